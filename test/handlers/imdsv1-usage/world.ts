import type { Aws } from '../../../handlers/imdsv1-usage/aws';
import { hourOf } from '../../../handlers/imdsv1-usage/hours';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const ACCOUNT = '111122223333';
export const BUCKET = 'usage-bucket';

/** How long EC2 describes a terminated instance, and how long it takes until CloudWatch has a datapoint and CloudTrail an event. */
const DESCRIBED_AFTER_END = HOUR;
const DATA_AFTER = 4 * 60_000;
const EVENT_AFTER = 12 * 60_000;
const LEAST_PUBLISHED = 5 * 60_000;

/** An instance of the simulated account. */
export interface Simulated {
  readonly id: string;
  readonly region: string;
  readonly tags: { readonly [key: string]: string };
  readonly launchedAt: number;
  readonly endedAt?: number;
  /** When it was stopped. Then it publishes nothing. */
  readonly stopped?: readonly (readonly [number, number])[];
  /** When it started or stopped to require tokens. The last change before an hour counts. */
  readonly requires?: readonly (readonly [hour: number, requires: boolean])[];
  /** The event of its launch, if it is in CloudTrail. */
  readonly launch?: object;
  /** Whether it never publishes a metric. */
  readonly isSilent?: boolean;
  readonly isHidden?: boolean;
  /** The number of IMDSv1 calls that it tries in an hour. */
  attempts(hour: number): number;
  /** The additional delay of a datapoint. */
  lateness?(hour: number): number;
}

/** Returns the error of a call, if it fails. */
export type Fault = (action: string, region: string) => Error | undefined;

export interface Put {
  readonly body: Buffer;
  readonly tag: string;
}

/** An AWS account as far as the collector calls it, with its own clock. */
export class World {
  public now = 0;
  public readonly instances = new Map<string, Simulated>();
  public readonly objects = new Map<string, Put>();
  public readonly events: { readonly Source: string; readonly DetailType: string; readonly Detail: string; readonly EventBusName?: string }[] = [];
  public readonly stacks: { StackName: string; LogicalResourceId: string; PhysicalResourceId: string }[] = [];
  public readonly calls = new Map<string, number>();
  /** The number of requested metrics. */
  public requested = 0;
  /** The most datapoints in a page. */
  public datapoints = 100_800;
  public fault: Fault;
  private puts = 0;
  private launches: Simulated[] | undefined;

  public constructor(public regions: string[] = ['eu-west-1']) {
    this.fault = () => undefined;
  }

  public add(...instances: readonly Simulated[]): void {
    instances.forEach(each => this.instances.set(each.id, each));
    this.launches = undefined;
  }

  /** The parts of AWS that the collector calls, without a network. */
  public get aws(): Aws {
    const of = (region: string, actions: { readonly [action: string]: (input: never) => object }): never => Object.fromEntries(
      Object.entries(actions).map(([action, answer]) => [action, async (input: never, options?: { readonly abortSignal: AbortSignal }) => {
        if (options?.abortSignal.aborted) { throw named('AbortError'); }
        return this.ask(action, region, () => answer(input));
      }]),
    ) as never;
    return {
      cloudWatch: (region: string) => of(region, {
        listMetrics: input => this.listMetrics(region, input), getMetricData: input => this.getMetricData(input),
      }),
      ec2: (region = this.regions[0]) => of(region, {
        describeInstances: input => this.describeInstances(region, input), describeRegions: () => this.describeRegions(),
      }),
      cloudTrail: (region: string) => of(region, { lookupEvents: input => this.lookupEvents(region, input) }),
      cloudFormation: (region: string) => of(region, {
        describeStackResources: input => this.describeStackResources(input), listStackResources: input => this.listStackResources(input),
      }),
      eventBridge: () => of('', { putEvents: input => this.putEvents(input) }),
      s3: () => of('', { getObject: input => this.getObject(input), putObject: input => this.putObject(input) }),
    };
  }

  public listMetrics(region: string, { MetricName, RecentlyActive, NextToken }: ListInput): object {
    const since = this.now - (RecentlyActive ? 3 * HOUR : 14 * DAY);
    const all = [...this.instances.values()].filter(each => each.region === region && this.published(each, MetricName === REFUSED, since));
    const { page, next } = paged(all, 500, NextToken);
    const Metrics = page.map(({ id }) => ({ Namespace: 'AWS/EC2', MetricName, Dimensions: [{ Name: 'InstanceId', Value: id }] }));
    return { Metrics, NextToken: next };
  }

  public getMetricData({ MetricDataQueries: queries, StartTime, EndTime, NextToken }: MetricDataInput): object {
    if (queries.length > 500) { throw named('ValidationError', 'too many queries'); }
    if (!NextToken) { this.requested += queries.length; }
    const results = queries.map(({ Id, MetricStat: { Metric: { MetricName, Dimensions } } }) => {
      const hours = this.hoursOf(Dimensions[0].Value, MetricName === REFUSED, hourOf(StartTime), hourOf(EndTime));
      return { Id, StatusCode: 'Complete', Timestamps: hours.map(([hour]) => new Date(hour * HOUR)), Values: hours.map(([, calls]) => calls) };
    });
    return this.pageOf(results, Number(NextToken ?? 0));
  }

  public describeInstances(region: string, { NextToken, MaxResults, IncludeManagedResources }: DescribeInput): object {
    const all = [...this.instances.values()].filter(({ region: its, launchedAt, endedAt = Infinity, isHidden }) =>
      its === region && launchedAt <= this.now && this.now < endedAt + DESCRIBED_AFTER_END && (IncludeManagedResources || !isHidden));
    const { page, next } = paged(all, MaxResults ?? 1000, NextToken);
    return { Reservations: page.map(each => ({ Instances: [this.described(each)] })), NextToken: next };
  }

  public describeRegions(): object {
    return { Regions: this.regions.map(RegionName => ({ RegionName })) };
  }

  public lookupEvents(region: string, { LookupAttributes: [{ AttributeKey, AttributeValue }], StartTime, NextToken }: LookupInput): object {
    const isWanted = AttributeKey === 'EventName' ? () => true : ({ id }: Simulated) => id === AttributeValue;
    const found = this.launched().filter(each =>
      each.region === region && each.launchedAt >= StartTime.getTime() && each.launchedAt + EVENT_AFTER <= this.now && isWanted(each));
    const { page, next } = paged(found, 50, NextToken);
    return { Events: page.map(({ launch }) => ({ EventName: 'RunInstances', CloudTrailEvent: JSON.stringify(launch) })), NextToken: next };
  }

  public describeStackResources({ PhysicalResourceId: id }: { PhysicalResourceId: string }): object {
    const stack = this.stacks.find(each => each.PhysicalResourceId === id)?.StackName;
    if (stack === undefined) { throw named('ValidationError', `Stack for ${id} does not exist`); }
    return { StackResources: this.stacks.filter(({ StackName }) => StackName === stack).slice(0, 100) };
  }

  public listStackResources({ StackName, NextToken }: { StackName: string; NextToken?: string }): object {
    const { page, next } = paged(this.stacks.filter(each => each.StackName === StackName), 100, NextToken);
    const StackResourceSummaries = page.map(({ LogicalResourceId, PhysicalResourceId }) => ({ LogicalResourceId, PhysicalResourceId }));
    return { StackResourceSummaries, NextToken: next };
  }

  public putEvents({ Entries }: { Entries: World['events'] }): object {
    this.events.push(...Entries);
    return { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: String(index) })) };
  }

  public getObject({ Key }: { Key: string }): object {
    const found = this.objects.get(Key);
    if (found === undefined) { throw named('NoSuchKey', Key); }
    return { Body: { bytes: found.body, transformToByteArray: async () => Promise.resolve(found.body) }, ETag: found.tag };
  }

  public putObject({ Key, Body, IfMatch, IfNoneMatch }: { Key: string; Body: string | Uint8Array; IfMatch?: string; IfNoneMatch?: string }): object {
    const found = this.objects.get(Key);
    if (IfMatch !== undefined && found?.tag !== IfMatch || IfNoneMatch === '*' && found) { throw named('PreconditionFailed', Key); }
    const tag = `"${++this.puts}"`;
    this.objects.set(Key, { body: Buffer.from(Body), tag });
    return { ETag: tag };
  }

  /** The response of an action, or its error. */
  public ask(action: string, region: string, answer: () => object): object {
    this.calls.set(action, (this.calls.get(action) ?? 0) + 1);
    const error = this.fault(action, region);
    if (error !== undefined) { throw error; }
    return answer();
  }

  /** The hours whose datapoints CloudWatch has at this time. */
  public hoursOf(id: string, refused: boolean, from: number, until: number): [number, number][] {
    const each = this.instances.get(id);
    if (each === undefined || each.isSilent) { return []; }
    const { launchedAt, endedAt = this.now } = each;
    const hours: [number, number][] = [];
    for (let hour = Math.max(from, hourOf(launchedAt)); hour < Math.min(until, hourOf(endedAt) + 1); hour += 1) {
      if (requiresIn(each, hour) === refused && runsIn(each, hour) && this.hasCome(each, hour)) { hours.push([hour, each.attempts(hour)]); }
    }
    return hours;
  }

  private published(each: Simulated, refused: boolean, since: number): boolean {
    if (each.isSilent || each.launchedAt > this.now || (each.endedAt ?? this.now) < since) { return false; }
    const mayBoth = each.requires !== undefined && each.requires.length > 1;
    if (!mayBoth && requiresIn(each, hourOf(this.now)) !== refused) { return false; }
    for (let hour = hourOf(Math.min(this.now, each.endedAt ?? this.now)); hour >= hourOf(Math.max(since, each.launchedAt)); hour -= 1) {
      if (requiresIn(each, hour) === refused && runsIn(each, hour) && (hour === hourOf(this.now) || this.hasCome(each, hour))) { return true; }
    }
    return false;
  }

  private hasCome(each: Simulated, hour: number): boolean {
    return (hour + 1) * HOUR + DATA_AFTER + (each.lateness?.(hour) ?? 0) <= this.now;
  }

  private launched(): Simulated[] {
    return this.launches ??= [...this.instances.values()].filter(({ launch }) => launch).sort((one, other) => other.launchedAt - one.launchedAt);
  }

  private described(each: Simulated): object {
    const { id: InstanceId, tags, launchedAt, endedAt = Infinity } = each;
    const isOver = endedAt <= this.now;
    const name = isOver ? 'terminated' : isStopped(each, this.now) ? 'stopped' : 'running';
    const HttpTokens = requiresIn(each, hourOf(this.now)) ? 'required' : 'optional';
    const kept = Object.entries(tags).filter((_, index) => !isOver || (this.now - endedAt) / DESCRIBED_AFTER_END < index / 4);
    return {
      InstanceId,
      State: { Name: name },
      LaunchTime: new Date(launchedAt),
      MetadataOptions: { HttpTokens, HttpEndpoint: 'enabled' },
      Tags: kept.map(([Key, Value]) => ({ Key, Value })),
    };
  }

  /** As many results as datapoints fit into a page. The last one can be incomplete. */
  private pageOf(results: readonly Result[], from: number): object {
    let left = this.datapoints;
    let skipped = from;
    const page: Result[] = [];
    for (const { Id, Timestamps, Values } of results) {
      const start = Math.min(skipped, Values.length);
      skipped -= start;
      if (left === 0 && Values.length > start) { return { MetricDataResults: page, NextToken: String(from + this.datapoints) }; }
      if (from > 0 && start === Values.length && start > 0) { continue; }
      const end = Math.min(Values.length, start + left);
      left -= end - start;
      const StatusCode = end < Values.length ? 'PartialData' : 'Complete';
      page.push({ Id, StatusCode, Timestamps: Timestamps.slice(start, end), Values: Values.slice(start, end) });
      if (end < Values.length) { return { MetricDataResults: page, NextToken: String(from + this.datapoints) }; }
    }
    return { MetricDataResults: page };
  }
}

const REFUSED = 'MetadataNoTokenRejected';

interface Result {
  readonly Id: string;
  readonly StatusCode: string;
  readonly Timestamps: readonly Date[];
  readonly Values: readonly number[];
}

interface ListInput {
  readonly MetricName: string;
  readonly RecentlyActive?: string;
  readonly NextToken?: string;
}

interface MetricDataInput {
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: { readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] } };
  }[];
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly NextToken?: string;
}

interface DescribeInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly IncludeManagedResources?: boolean;
}

interface LookupInput {
  readonly LookupAttributes: readonly { readonly AttributeKey: string; readonly AttributeValue: string }[];
  readonly StartTime: Date;
  readonly NextToken?: string;
}

/** Whether an instance requires tokens in an hour. */
export function requiresIn({ requires = [] }: Simulated, hour: number): boolean {
  let result = false;
  for (const [from, value] of requires) { if (from <= hour) { result = value; } }
  return result;
}

/** Whether an instance runs long enough in an hour to publish metrics. */
export function runsIn({ launchedAt, endedAt = Infinity, stopped = [] }: Simulated, hour: number): boolean {
  const isStoppedThen = stopped.some(([from, until]) => from <= hour * HOUR && until >= (hour + 1) * HOUR);
  return !isStoppedThen && Math.min(endedAt, (hour + 1) * HOUR) - Math.max(launchedAt, hour * HOUR) >= LEAST_PUBLISHED;
}

function isStopped({ stopped = [] }: Simulated, time: number): boolean {
  return stopped.some(([from, until]) => from <= time && time < until);
}

export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

function paged<Item>(all: readonly Item[], size: number, token: string | undefined): { page: readonly Item[]; next: string | undefined } {
  const from = Number(token ?? 0);
  return { page: all.slice(from, from + size), next: from + size < all.length ? String(from + size) : undefined };
}
