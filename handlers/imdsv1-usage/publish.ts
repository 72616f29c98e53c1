import { callerLines } from '../../src/usage/caller-lines';
import { type AccountMetric, type LauncherMetric, type LoggedLauncher, type RegionMetric, USAGE_NAME } from '../../src/usage/published';
import type { LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { logLine, publishMetrics } from '../cloudwatch/embedded-metrics';
import { bounded } from './bounded';
import { hourIn, HOURS_OF_DAY } from './hours';

/** The most launchers of a Region with their own metrics, because each metric costs money. */
const MOST_LAUNCHERS = 20;

/** The most callers in a log line. */
const MOST_CALLERS = 3;

type Values<Name extends string> = { readonly [name in Name]: number };

/** Publishes the Regions that were read now: metrics, and log lines for their launchers and callers. */
export function publish(record: UsageRecord): void {
  record.regions.forEach(usage => publishRegion(record.account, usage));
  callerLines(record).forEach(logLine);
}

/** The metrics of the whole account. */
export function publishAccount(Account: string, values: Partial<Values<AccountMetric>>): void {
  publishMetrics(USAGE_NAME, { Account }, values);
}

function publishRegion(account: string, usage: RegionUsage): void {
  const { region, launchers, unattributed } = usage;
  if (launchers.length === 0 && unattributed.length === 0) { return; }
  const dimensions = { Account: account, Region: region };
  publishMetrics(USAGE_NAME, dimensions, regionValues(usage));
  const loudest = launchers.filter(({ lastCallAt, lastRejectedAt }) => lastCallAt ?? lastRejectedAt)
    .sort((one, other) => other.calls + other.rejected - one.calls - one.rejected || lastCall(other) - lastCall(one));
  for (const launcher of loudest.slice(0, MOST_LAUNCHERS)) {
    const { kind, name, calls: V1Calls, rejected: RejectedCalls } = launcher;
    const values: Values<LauncherMetric> = { V1Calls, RejectedCalls, DaysAtZero: daysAtZero(launcher, usage) };
    publishMetrics(USAGE_NAME, { ...dimensions, Launcher: `${kind} ${name}` }, values);
  }
  publishLaunchers(account, usage);
}

/** Writes the log lines of a Region, also if it could not be read. Otherwise a table would continue to show its old state. */
export function publishLaunchers(account: string, usage: RegionUsage): void {
  bounded(usage).launchers.forEach(launcher => logLine(line(account, launcher, usage)));
}

function regionValues({ launchers, unattributed }: RegionUsage): Values<RegionMetric> {
  const inState = (wanted: LauncherUsage['state']) => sum(launchers, ({ state }) => Number(state === wanted));
  return {
    V1Calls: sum(launchers, ({ calls }) => calls),
    RejectedCalls: sum(launchers, ({ rejected }) => rejected),
    InstancesRequired: sum(launchers, ({ instances }) => instances.required),
    InstancesQuiet: sum(launchers, ({ instances }) => instances.quiet),
    InstancesCalling: sum(launchers, ({ instances }) => instances.calling),
    InstancesUnknown: sum(launchers, ({ instances }) => instances.unknown),
    LaunchersReady: inState('ready'),
    LaunchersInUse: inState('in use'),
    LaunchersBroken: inState('broken'),
    LaunchersUnknown: inState('unknown'),
    UnattributedCallers: unattributed.length,
  };
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function line(account: string, launcher: LauncherUsage, usage: RegionUsage): LoggedLauncher {
  const { kind, name, state, because, instances, calls, rejected, resources: [resource] } = launcher;
  const { lastCallAt, lastRejectedAt, lastSeenAt, daysSeen } = launcher;
  const running = sum(Object.values(instances), count => count);
  const callers = launcher.callers.slice(0, MOST_CALLERS).map(({ instanceId }) => instanceId).join(' ') || undefined;
  const where = { account, region: usage.region, kind, name, stack: resource?.stackName, logicalId: resource?.logicalId };
  const when = { lastCallAt, lastRejectedAt, lastSeenAt, daysAtZero: daysAtZero(launcher, usage), daysSeen };
  return { launcher: { ...where, state, because, running, calls, rejected, callers, ...when } };
}

/** The number of full days without a call, as far as the Region was monitored. */
function daysAtZero(launcher: LauncherUsage, { watchedSince, watchedUntil }: RegionUsage): number {
  const from = Math.max(hourIn(watchedSince) ?? 0, hourIn(launcher.firstSeenAt) ?? 0, lastCall(launcher) + 1);
  return Math.max(0, Math.floor(((hourIn(watchedUntil) ?? 0) - from) / HOURS_OF_DAY));
}

function lastCall({ lastCallAt, lastRejectedAt }: LauncherUsage): number {
  return Math.max(hourIn(lastCallAt) ?? -1, hourIn(lastRejectedAt) ?? -1);
}
