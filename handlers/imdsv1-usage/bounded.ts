import type { LauncherState, LauncherUsage, RegionUsage } from '../../src/usage/usage-record';

/** How many single instances of no stack a record names, and how many callers of unknown origin. */
const MOST = 500;

/** What is named before others comes last: what has to be looked after, and what may be turned over. What is gone comes first. */
const ORDER: readonly LauncherState[] = ['required', 'unknown', 'ready', 'in use', 'broken'];

/**
 * A Region as the record has it. Somebody may start thousands of single instances a day: those of no stack are no resource of an app, so the record
 * need not name them all. Metrics count all.
 */
export function bounded(usage: RegionUsage): RegionUsage {
  const left = new Set(usage.launchers.filter(isSingle).sort((one, other) => worthOf(other) > worthOf(one) ? 1 : -1).slice(MOST));
  const leftOut = { instances: left.size, unattributed: Math.max(0, usage.unattributed.length - MOST) };
  if (leftOut.instances + leftOut.unattributed === 0) { return usage; }
  return { ...usage, launchers: usage.launchers.filter(each => !left.has(each)), unattributed: usage.unattributed.slice(0, MOST), leftOut };
}

/** Whether it is of no stack: one of which that is not known yet may be of any. */
function isSingle({ kind, resources, unresolved }: LauncherUsage): boolean {
  return kind === 'instance' && resources.length === 0 && !unresolved;
}

function worthOf({ state, instances, lastCallAt, lastRejectedAt }: LauncherUsage): string {
  const doesRun = Object.values(instances).some(count => count > 0);
  return `${doesRun ? ORDER.indexOf(state) : ''} ${lastCallAt ?? lastRejectedAt ?? ''}`;
}
