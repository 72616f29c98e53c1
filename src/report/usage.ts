import type { ResourceUsage } from '../inspect/resource-usage';
import type { SeenLauncher, UsageIndex } from '../usage/usage-index';
import type { ReportedResource } from './reported-resource';
import type { ReportedLauncherUsage, ReportedUsage, ReportedWatch, UsageTotals } from './reported-usage';

/** The usage of a resource, for a report. */
export function reportedUsage({ state, mayRequire, because, seen, doubts }: ResourceUsage): ReportedUsage {
  const reasons = doubts.map(({ resource, reason }) => `${reason} (${resource})`);
  return { state, mayRequire, because, launchers: seen.map(reportedLauncher), doubts: reasons };
}

/** The monitored Regions, for a report. */
export function reportedWatches({ regions }: UsageIndex): readonly ReportedWatch[] {
  return regions.map(({ account, region, record: { at, quietDays }, usage: { watchedSince, watchedUntil, error } }) =>
    ({ account, region, at, quietDays, watchedSince, watchedUntil, error }));
}

/** The number of launchers in each state, or `undefined` without a usage record. */
export function usageTotalsOf(resources: readonly ReportedResource[]): UsageTotals | undefined {
  const known = resources.flatMap(({ isLauncher, outcome, usage }) => isLauncher && usage ? [{ outcome, usage }] : []);
  if (known.length === 0) { return undefined; }
  const of = (state: ReportedUsage['state']) => known.filter(({ usage }) => usage.state === state).length;
  return {
    required: of('required'),
    ready: of('ready'),
    inUse: of('in use'),
    broken: of('broken'),
    unknown: of('unknown'),
    mayTurnOver: known.filter(({ outcome, usage }) => usage.mayRequire && outcome !== 'required').length,
  };
}

function reportedLauncher({ launcher, region: { account, region } }: SeenLauncher): ReportedLauncherUsage {
  const { kind, name, state, because, instances, lastCallAt, lastRejectedAt, callers } = launcher;
  const running = instances.required + instances.quiet + instances.calling + instances.unknown;
  const ids = callers.map(({ instanceId }) => instanceId);
  return { kind, name, account, region, state, because, running, calling: instances.calling, lastCallAt, lastRejectedAt, callers: ids };
}
