import type { LauncherState, LauncherUsage, RegionUsage } from '../../src/usage/usage-record';

/** The most single instances without a stack in a record, and the most callers with an unknown launcher. */
const MOST = 500;

/** The launcher states, from the least to the most important. Terminated launchers come before all of them. */
const ORDER: readonly LauncherState[] = ['required', 'unknown', 'ready', 'in use', 'broken'];

/**
 * The data of a Region for the record. An account can start thousands of single instances in a day. Instances without a stack are no resources of an
 * app, so the record can leave some out. The metrics include all.
 */
export function bounded(usage: RegionUsage): RegionUsage {
  const left = new Set(usage.launchers.filter(isSingle).sort((one, other) => worthOf(other) > worthOf(one) ? 1 : -1).slice(MOST));
  const leftOut = { instances: left.size, unattributed: Math.max(0, usage.unattributed.length - MOST) };
  if (leftOut.instances + leftOut.unattributed === 0) { return usage; }
  return { ...usage, launchers: usage.launchers.filter(each => !left.has(each)), unattributed: usage.unattributed.slice(0, MOST), leftOut };
}

/** Whether it is a single instance without a stack. If its stack is not known yet, it can belong to any. */
function isSingle({ kind, resources, unresolved }: LauncherUsage): boolean {
  return kind === 'instance' && resources.length === 0 && !unresolved;
}

function worthOf({ state, instances, lastCallAt, lastRejectedAt }: LauncherUsage): string {
  const doesRun = Object.values(instances).some(count => count > 0);
  return `${doesRun ? ORDER.indexOf(state) : ''} ${lastCallAt ?? lastRejectedAt ?? ''}`;
}
