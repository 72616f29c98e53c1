import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { answerXml, errorXml, regionsXml } from './ec2-xml';

/** Account defaults as EC2 takes them, every value a text; what is not set is missing. */
export type Defaults = { readonly [field: string]: string };

/** A Region of the account. */
export interface Region {
  defaults: Defaults;

  /** Whether it is an opt-in Region that is not enabled. */
  readonly off?: boolean;

  /** What EC2 does not take, and does not answer. */
  readonly ignores?: readonly string[];

  /** The declarative policy that sets the defaults. */
  readonly policy?: { readonly message?: string };

  /** After how many reads a change is seen. */
  readonly lag?: number;
}

/** A call that the server got. */
export interface Call {
  readonly region: string;
  readonly action: string;
  readonly parameters: Defaults;
}

/** What goes wrong, and how often. */
export interface Fault {
  readonly region?: string;
  readonly action: string;
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

const STATUS: { readonly [code: string]: number } = { RequestLimitExceeded: 503, UnauthorizedOperation: 403, AuthFailure: 401 };
const STATUS_OF_OTHERS = 400;

/** What EC2 takes for each of the defaults. */
const SWITCH = /^(enabled|disabled|no-preference)$/;
const ACCEPTED: { readonly [field: string]: RegExp } = {
  HttpTokens: /^(required|optional|no-preference)$/,
  HttpPutResponseHopLimit: /^(-1|[1-9]|[1-5]\d|6[0-4])$/,
  HttpEndpoint: SWITCH,
  InstanceMetadataTags: SWITCH,
  HttpTokensEnforced: SWITCH,
};

/** The account defaults of EC2, as far as the handler calls it, over HTTP; and the place where a custom resource responds. */
export class FakeEc2 {
  /** What the server was asked, in the order in which it came. */
  public readonly calls: Call[] = [];
  public readonly responses: Response[] = [];

  /** How often a response is not taken. */
  public refusedResponses = 0;

  private readonly faults: { fault: Fault; left: number }[] = [];
  private readonly stale = new Map<string, { defaults: Defaults; reads: number }>();
  private readonly silent = new Set<string>();
  private readonly server: Server = createServer((request, response) => { void this.serve(request, response); });

  public constructor(public readonly regions: { readonly [name: string]: Region }) {}

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

  /** Leaves every request to a Region without an answer. */
  public neverAnswerIn(region: string): void {
    this.silent.add(region);
  }

  /** What was written in a Region, call by call. */
  public writesIn(region: string): readonly Defaults[] {
    return this.calls.filter(call => call.region === region && call.action === 'ModifyInstanceMetadataDefaults').map(({ parameters }) => parameters);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) { chunks.push(chunk as Buffer); }
    const body = Buffer.concat(chunks).toString();
    if (request.url !== '/') { this.takeResponse({ method: request.method, headers: request.headers, body }, response); return; }

    const region = /Credential=[^/]+\/\d+\/([^/]+)\/ec2\//.exec(request.headers.authorization ?? '')![1];
    if (this.silent.has(region)) { return; }
    const { Action: action, Version, ...parameters } = Object.fromEntries(new URLSearchParams(body));
    this.calls.push({ region, action, parameters });
    const { status, xml } = this.answer({ region, action, parameters });
    response.writeHead(status, { 'content-type': 'text/xml;charset=UTF-8' }).end(xml);
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

  private answer(call: Call): { status: number; xml: string } {
    const fault = this.faultFor(call);
    if (fault) { return failed(fault.code, fault.message ?? `${fault.code} as a test wants it`); }
    if (this.regions[call.region].off) { return failed('AuthFailure', 'AWS was not able to validate the provided access credentials'); }
    switch (call.action) {
      case 'DescribeRegions': return succeeded(regionsXml(this.listed(), call.parameters.AllRegions === 'true'));
      case 'GetInstanceMetadataDefaults': return succeeded(answerXml(this.read(call.region), this.regions[call.region].policy));
      case 'ModifyInstanceMetadataDefaults': return this.modify(call);
      default: return failed('InvalidAction', `The action ${call.action} is not valid for this web service.`);
    }
  }

  private listed(): { name: string; off?: boolean }[] {
    return Object.entries(this.regions).map(([name, { off }]) => ({ name, off }));
  }

  private faultFor({ region, action }: Call): Fault | undefined {
    const found = this.faults.find(({ fault, left }) => left > 0 && fault.action === action && (fault.region ?? region) === region);
    if (found) { found.left -= 1; }
    return found?.fault;
  }

  private read(region: string): Defaults {
    const stale = this.stale.get(region);
    if (!stale || stale.reads === 0) { return this.regions[region].defaults; }
    stale.reads -= 1;
    return stale.defaults;
  }

  private modify({ region, parameters }: Call): { status: number; xml: string } {
    const state = this.regions[region];
    if (state.policy) { return failed('UnsupportedOperation', 'The defaults are managed by a declarative policy'); }
    const wrong = Object.entries(parameters).find(([field, value]) => !ACCEPTED[field]?.test(value));
    if (wrong) { return failed('InvalidParameterValue', `Value (${wrong[1]}) for parameter ${wrong[0]} is invalid.`); }

    this.stale.set(region, { defaults: state.defaults, reads: state.lag ?? 0 });
    const all = Object.entries({ ...state.defaults, ...parameters });
    state.defaults = Object.fromEntries(all.filter(([field, value]) => !['no-preference', '-1'].includes(value) && !state.ignores?.includes(field)));
    return succeeded('<ModifyInstanceMetadataDefaultsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><return>true</return></ModifyInstanceMetadataDefaultsResponse>');
  }
}

function succeeded(xml: string): { status: number; xml: string } {
  return { status: 200, xml };
}

function failed(code: string, message: string): { status: number; xml: string } {
  return { status: STATUS[code] ?? STATUS_OF_OTHERS, xml: errorXml(code, message) };
}
