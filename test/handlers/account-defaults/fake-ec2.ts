import type { Answer, Call, Parameters } from '../harness/aws-server';
import { AwsServer, failed, succeeded, succeededWith, unknownAction } from '../harness/aws-server';
import { ec2Xml } from '../harness/xml';
import { stackAnswer, type StackView } from './cloudformation-xml';
import { answerXml, regionsXml } from './ec2-xml';

/** Account defaults in EC2's form. All values are texts, and unset ones are missing. */
export type Defaults = Parameters;

/** A Region of the account. */
export interface Region {
  defaults: Defaults;

  /** Whether it is a disabled opt-in Region. */
  readonly off?: boolean;

  /** The fields that EC2 does not know. */
  readonly ignores?: readonly string[];

  /** The declarative policy for the defaults. */
  readonly policy?: { readonly message?: string };

  /** After how many reads a change is visible. */
  readonly lag?: number;
}

/** The values that EC2 accepts for each default. */
const SWITCH = /^(enabled|disabled|no-preference)$/;
const ACCEPTED: { readonly [field: string]: RegExp } = {
  HttpTokens: /^(required|optional|no-preference)$/,
  HttpPutResponseHopLimit: /^(-1|[1-9]|[1-5]\d|6[0-4])$/,
  HttpEndpoint: SWITCH,
  InstanceMetadataTags: SWITCH,
  HttpTokensEnforced: SWITCH,
};

/** The events on the bus. */
export interface SentEvent {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** The parts of EC2, CloudFormation and EventBridge that the handler calls. */
export class FakeEc2 extends AwsServer {
  /** The data of the stack in CloudFormation. */
  public stack: StackView = { status: 'CREATE_IN_PROGRESS', resources: [] };
  public readonly events: SentEvent[] = [];

  /** How many events of each call are not accepted. */
  public refusedEvents = 0;

  private readonly stale = new Map<string, { defaults: Defaults; reads: number }>();

  public constructor(public readonly regions: { readonly [name: string]: Region }) {
    super();
  }

  /** The writes in a Region, by call. */
  public writesIn(region: string): readonly Defaults[] {
    return this.callsOf('ModifyInstanceMetadataDefaults').filter(call => call.region === region).map(({ parameters }) => parameters);
  }

  /** Returns the former values, for some reads. */
  public answersAsBefore(region: string, defaults: Defaults, reads: number): void {
    this.stale.set(region, { defaults, reads });
  }

  protected answer(call: Call): Answer {
    if (this.regions[call.region]?.off) { return failed('AuthFailure', 'AWS was not able to validate the provided access credentials'); }
    switch (call.action) {
      case 'DescribeRegions': return succeeded(regionsXml(this.listed(), call.parameters.AllRegions === 'true'));
      case 'GetInstanceMetadataDefaults': return succeeded(answerXml(this.read(call.region), this.regions[call.region].policy));
      case 'ModifyInstanceMetadataDefaults': return this.modify(call);
      case 'PutEvents': return this.putEvents(call);
      default: return stackAnswer(call, this.stack) ?? unknownAction(call);
    }
  }

  private putEvents({ parameters: { Body } }: Call): Answer {
    const entries = (JSON.parse(Body) as { Entries: SentEvent[] }).Entries;
    if (this.refusedEvents-- > 0) { return succeededWith({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'not taken' }] }); }
    this.events.push(...entries);
    return succeededWith({ FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: String(index) })) });
  }

  private listed(): { name: string; off?: boolean }[] {
    return Object.entries(this.regions).map(([name, { off }]) => ({ name, off }));
  }

  private read(region: string): Defaults {
    const stale = this.stale.get(region);
    if (!stale || stale.reads === 0) { return this.regions[region].defaults; }
    stale.reads -= 1;
    return stale.defaults;
  }

  private modify({ action, region, parameters }: Call): Answer {
    const state = this.regions[region];
    if (state.policy) { return failed('UnsupportedOperation', 'The defaults are managed by a declarative policy'); }
    const wrong = Object.entries(parameters).find(([field, value]) => !ACCEPTED[field]?.test(value));
    if (wrong) { return failed('InvalidParameterValue', `Value (${wrong[1]}) for parameter ${wrong[0]} is invalid.`); }

    this.stale.set(region, { defaults: state.defaults, reads: state.lag ?? 0 });
    const all = Object.entries({ ...state.defaults, ...parameters });
    state.defaults = Object.fromEntries(all.filter(([field, value]) => !['no-preference', '-1'].includes(value) && !state.ignores?.includes(field)));
    return succeeded(ec2Xml(action, '<return>true</return>'));
  }
}
