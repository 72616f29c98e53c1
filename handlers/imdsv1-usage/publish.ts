import type { LauncherUsage, RegionUsage } from '../../src/usage/usage-record';
import { hourIn, HOURS_OF_DAY } from './hours';

const NAMESPACE = 'cdk-imdsv2';

/** How many launchers of a Region have metrics of their own, since each costs. */
const MOST_LAUNCHERS = 20;

interface Values {
  readonly [name: string]: number;
}

/** The metrics of a Region, and a line for each of its launchers. A Region in which nothing ever was has none. */
export function publish(account: string, usage: RegionUsage): void {
  const { region, launchers, unattributed } = usage;
  if (launchers.length === 0 && unattributed.length === 0) { return; }
  const dimensions = { Account: account, Region: region };
  print(metrics(dimensions, regionValues(usage)));
  const loudest = launchers.filter(({ lastCallAt, lastRejectedAt }) => lastCallAt ?? lastRejectedAt)
    .sort((one, other) => other.calls + other.rejected - one.calls - one.rejected || lastCall(other) - lastCall(one));
  for (const launcher of loudest.slice(0, MOST_LAUNCHERS)) {
    const { kind, name, calls: V1Calls, rejected: RejectedCalls } = launcher;
    print(metrics({ ...dimensions, Launcher: `${kind} ${name}` }, { V1Calls, RejectedCalls, DaysAtZero: daysAtZero(launcher, usage) }));
  }
  launchers.forEach(launcher => print({ launcher: line(account, launcher, usage) }));
}

/** The metrics of a Region that was not read. */
export function publishUnread(account: string, region: string): void {
  print(metrics({ Account: account, Region: region }, { UnreadRegions: 1 }));
}

function regionValues({ launchers, unattributed }: RegionUsage): Values {
  const sum = (of: (launcher: LauncherUsage) => number) => launchers.reduce((total, launcher) => total + of(launcher), 0);
  const inState = (wanted: LauncherUsage['state']) => sum(({ state }) => Number(state === wanted));
  return {
    V1Calls: sum(({ calls }) => calls),
    RejectedCalls: sum(({ rejected }) => rejected),
    InstancesRequired: sum(({ instances }) => instances.required),
    InstancesQuiet: sum(({ instances }) => instances.quiet),
    InstancesCalling: sum(({ instances }) => instances.calling),
    InstancesUnknown: sum(({ instances }) => instances.unknown),
    LaunchersReady: inState('ready'),
    LaunchersInUse: inState('in use'),
    LaunchersBroken: inState('broken'),
    LaunchersUnknown: inState('unknown'),
    UnattributedCallers: unattributed.length,
    UnreadRegions: 0,
  };
}

/** What the log says of a launcher, for queries and tables. */
function line(account: string, launcher: LauncherUsage, usage: RegionUsage): object {
  const { kind, name, cluster, state, because, instances, calls, rejected, lastCallAt, lastRejectedAt, daysSeen, resources: [resource] } = launcher;
  const where = { account, region: usage.region, stack: resource?.stackName, logicalId: resource?.logicalId };
  const zero = daysAtZero(launcher, usage);
  return { ...where, kind, name, cluster, state, because, instances, calls, rejected, lastCallAt, lastRejectedAt, daysSeen, daysAtZero: zero };
}

/** How many whole days no call was seen, of those that were watched. */
export function daysAtZero(launcher: LauncherUsage, { watchedSince, watchedUntil }: RegionUsage): number {
  const from = Math.max(hourIn(watchedSince) ?? 0, hourIn(launcher.firstSeenAt) ?? 0, lastCall(launcher) + 1);
  return Math.max(0, Math.floor(((hourIn(watchedUntil) ?? 0) - from) / HOURS_OF_DAY));
}

function lastCall({ lastCallAt, lastRejectedAt }: LauncherUsage): number {
  return Math.max(hourIn(lastCallAt) ?? -1, hourIn(lastRejectedAt) ?? -1);
}

/**
 * Metrics in the form in which CloudWatch takes them from a log: that needs no right, and no call that could fail.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function metrics(dimensions: { readonly [name: string]: string }, values: Values): object {
  const Metrics = Object.keys(values).map(Name => ({ Name, Unit: 'Count' }));
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics }] };
  return { _aws, ...dimensions, ...values };
}

function print(entry: object): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
