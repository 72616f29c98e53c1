import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { errorXml } from './xml';

/** A call that the server got from a client of the AWS SDK. */
export interface Call {
  readonly service: string;
  readonly region: string;
  /** The id of the access key that signed it. */
  readonly accessKeyId: string;
  /** The session token that came with it, where the access key is a temporary one. */
  readonly sessionToken: string | undefined;
  readonly action: string;
  /** The method of HTTP, which is part of the action in a protocol of resources. */
  readonly method: string;
  /** What came with it as it is. */
  readonly body: string;
  readonly bytes: Buffer;
  readonly headers: IncomingMessage['headers'];
  /** What came with it, every value a text: `BlockDeviceMapping.1.Ebs.SnapshotId`. */
  readonly parameters: Parameters;
}

export type Parameters = { readonly [name: string]: string };

/** What goes wrong, and how often. */
export interface Fault {
  readonly region?: string;
  readonly action: string;
  /** With which calls of the action; with all of them where it is not given. */
  readonly when?: (call: Call) => boolean;
  readonly code: string;
  readonly message?: string;
  readonly times?: number;
}

/** What the server got where CloudFormation would be. */
export interface Response {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server says. */
export interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly contentType: string;
  readonly headers?: { readonly [name: string]: string };
}

const XML = 'text/xml;charset=UTF-8';
const STATUS: { readonly [code: string]: number } = {
  RequestLimitExceeded: 503, UnauthorizedOperation: 403, AuthFailure: 401, AccessDenied: 403, InternalError: 500,
};
const STATUS_OF_OTHERS = 400;

/** As much of AWS as a handler calls, over HTTP; and the place where a custom resource responds. */
export abstract class AwsServer {
  /** What the server was asked, in the order in which it came. */
  public readonly calls: Call[] = [];
  public readonly responses: Response[] = [];

  /** How often a response is not taken. */
  public refusedResponses = 0;

  /** What happens when a call came, before it is answered. */
  public onCall: ((call: Call) => Promise<void> | void) | undefined;

  private readonly faults: { fault: Fault; left: number }[] = [];
  private readonly silent: ((call: Call) => boolean)[] = [];
  private readonly server: Server = createServer((request, response) => { void this.serve(request, response); });

  public async start(): Promise<void> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers with an error, as often as it says. */
  public failWith(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? Infinity });
  }

  /** Whether there is still something that goes wrong. */
  public get mayFail(): boolean {
    return this.faults.some(({ left }) => left > 0);
  }

  /** Leaves calls without an answer. */
  public neverAnswer(which: (call: Call) => boolean): void {
    this.silent.push(which);
  }

  /** Leaves every call to a Region without an answer. */
  public neverAnswerIn(region: string): void {
    this.neverAnswer(call => call.region === region);
  }

  /** The calls of an action. */
  public callsOf(action: string): readonly Call[] {
    return this.calls.filter(call => call.action === action);
  }

  /** What there is to say to a call for which nothing is to go wrong. */
  protected abstract answer(call: Call): Answer;

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) { chunks.push(chunk as Buffer); }
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString();
    if (!request.headers.authorization) { this.takeResponse({ method: request.method, headers: request.headers, body }, response); return; }

    const call = callIn(request, bytes);
    if (this.silent.some(leaves => leaves(call))) { return; }
    this.calls.push(call);
    await this.onCall?.(call);
    const fault = this.faultFor(call);
    const answer = fault ? failedAsIn(call, fault) : this.answer(call);
    response.writeHead(answer.status, { ...answer.headers, 'content-type': answer.contentType }).end(answer.body);
  }

  private takeResponse(got: Response, response: ServerResponse): void {
    if (this.refusedResponses > 0) {
      this.refusedResponses -= 1;
      response.writeHead(500).end();
      return;
    }
    this.responses.push(got);
    response.writeHead(200).end();
  }

  private faultFor(call: Call): Fault | undefined {
    const { region, action } = call;
    const found = this.faults.find(({ fault, left }) =>
      left > 0 && fault.action === action && (fault.region ?? region) === region && (fault.when?.(call) ?? true));
    if (found) { found.left -= 1; }
    return found?.fault;
  }
}

/** The call in a request: of the query protocol, or of one with the action in its path or in a header. */
function callIn({ headers, method = '', url = '' }: IncomingMessage, bytes: Buffer): Call {
  const body = bytes.toString();
  const [, accessKeyId, region, service] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization!)!;
  const [path, query] = url.split('?');
  const target = headers['x-amz-target'] as string | undefined;
  const text = target === undefined && path === '/' ? body : query;
  const all = { ...target && { Body: body }, ...Object.fromEntries(new URLSearchParams(text)) };
  const { Action, Version, ...parameters } = all as { [name: string]: string };
  const sessionToken = headers['x-amz-security-token'] as string | undefined;
  const action = Action ?? target?.split('.')[1] ?? path.slice(1);
  return { service, region, accessKeyId, sessionToken, action, method, body, bytes, headers, parameters };
}

/** An answer of a query protocol. */
export function succeeded(xml: string): Answer {
  return { status: 200, body: xml, contentType: XML };
}

/** An answer in JSON. */
export function succeededWith(json: object): Answer {
  return { status: 200, body: JSON.stringify(json), contentType: 'application/json' };
}

/** An error of a query protocol. */
export function failed(code: string, message: string): Answer {
  return { status: STATUS[code] ?? STATUS_OF_OTHERS, body: errorXml(code, message), contentType: XML };
}

/** An error in the protocol of a call: the SDK does not understand another one, and so does not try again. */
function failedAsIn({ headers }: Call, { code, message = `${code} as a test wants it` }: Fault): Answer {
  const xml = failed(code, message);
  return headers['x-amz-target'] === undefined ? xml : { status: xml.status, body: JSON.stringify({ __type: code, message }), contentType: 'application/x-amz-json-1.1' };
}

/** An answer to an action that is not there. */
export function unknownAction({ action }: Call): Answer {
  return failed('InvalidAction', `The action ${action} is not valid for this web service.`);
}
