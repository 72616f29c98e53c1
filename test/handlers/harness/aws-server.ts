import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { errorXml } from './xml';

/** A call of a client of the AWS SDK. */
export interface Call {
  readonly service: string;
  readonly region: string;
  /** The id of the access key that signed it. */
  readonly accessKeyId: string;
  /** Its session token, if the access key is a temporary one. */
  readonly sessionToken: string | undefined;
  readonly action: string;
  /** The HTTP method, which is part of the action in a REST protocol. */
  readonly method: string;
  /** Its unparsed body. */
  readonly body: string;
  readonly bytes: Buffer;
  readonly headers: IncomingMessage['headers'];
  /** Its parameters as texts: `BlockDeviceMapping.1.Ebs.SnapshotId`. */
  readonly parameters: Parameters;
}

export type Parameters = { readonly [name: string]: string };

/** A failure, and how often it occurs. */
export interface Fault {
  readonly region?: string;
  readonly action: string;
  /** The calls of the action that fail. All of them by default. */
  readonly when?: (call: Call) => boolean;
  readonly code: string;
  readonly message?: string;
  readonly times?: number;
}

/** The requests that would go to CloudFormation. */
export interface Response {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A response of the server. */
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

/** The part of AWS that a handler calls, over HTTP, and the URL for responses of a custom resource. */
export abstract class AwsServer {
  /** The calls of the server, in their order. */
  public readonly calls: Call[] = [];
  public readonly responses: Response[] = [];

  /** How often a response is not accepted. */
  public refusedResponses = 0;

  /** Runs after a call arrived, before it is answered. */
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

  /** Makes calls fail with an error, as often as given. */
  public failWith(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? Infinity });
  }

  /** Whether there are still failures left. */
  public get mayFail(): boolean {
    return this.faults.some(({ left }) => left > 0);
  }

  /** Leaves calls without a response. */
  public neverAnswer(which: (call: Call) => boolean): void {
    this.silent.push(which);
  }

  /** Leaves every call to a Region without a response. */
  public neverAnswerIn(region: string): void {
    this.neverAnswer(call => call.region === region);
  }

  /** The calls of an action. */
  public callsOf(action: string): readonly Call[] {
    return this.calls.filter(call => call.action === action);
  }

  /** The response to a call that does not fail. */
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

/** The call in a request: in the query protocol, or with the action in its path or a header. */
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

/** A response of a query protocol. */
export function succeeded(xml: string): Answer {
  return { status: 200, body: xml, contentType: XML };
}

/** A response in JSON. */
export function succeededWith(json: object): Answer {
  return { status: 200, body: JSON.stringify(json), contentType: 'application/json' };
}

/** An error of a query protocol. */
export function failed(code: string, message: string): Answer {
  return { status: STATUS[code] ?? STATUS_OF_OTHERS, body: errorXml(code, message), contentType: XML };
}

/** An error in the protocol of a call. The SDK does not understand other protocols, and would not retry. */
function failedAsIn({ headers }: Call, { code, message = `${code} as a test wants it` }: Fault): Answer {
  const xml = failed(code, message);
  return headers['x-amz-target'] === undefined ? xml : { status: xml.status, body: JSON.stringify({ __type: code, message }), contentType: 'application/x-amz-json-1.1' };
}

/** The response for an unknown action. */
export function unknownAction({ action }: Call): Answer {
  return failed('InvalidAction', `The action ${action} is not valid for this web service.`);
}
