import type { CallingInstance, LauncherUsage, RegionUsage } from '../../src/usage/usage-record';
import { type Hour, HOURS_OF_DAY, hourOf, hourText, later } from './hours';
import { daysSeen, judge, quietSince, runningOf, type Situation } from './judge';
import type { InstanceMemory, LauncherMemory, Memory } from './memory';
import type { Run } from './run';
import { isUnresolved, resourcesOf } from './stack-resources';
import { unattributed } from './trail';

/** The oldest data with which a launcher can be ready. */
const STALE_AFTER = HOURS_OF_DAY;

const MOST_CALLERS = 10;

/** The data of a Region for the record. */
export function regionUsage(run: Run, memory: Memory, error?: string): RegionUsage {
  const situation = situationOf(run, memory);
  const running = runningByLauncher(memory);
  const launchers = Object.entries(memory.launchers).map(([key, launcher]) => usageOf(run, memory, launcher, running.get(key) ?? [], situation));
  return {
    region: run.region,
    ...memory.watchedUntil !== undefined && { watchedSince: hourText(situation.watchedSince), watchedUntil: hourText(situation.watchedUntil) },
    ...error !== undefined && { error },
    launchers: launchers.sort((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name)),
    unattributed: latest(unattributed(memory, quietSince(situation)).map(([id, { call, refusal, calls = 0, refusals = 0 }]) =>
      [id, { at: later(call, refusal)!, calls: calls + refusals }])),
  };
}

function situationOf({ now, quietDays }: Run, memory: Memory): Situation {
  const watchedUntil = memory.watchedUntil ?? hourOf(now);
  const window = { quietDays, watchedUntil };
  return {
    ...window,
    watchedSince: memory.watchedSince ?? watchedUntil,
    readFrom: memory.readFrom ?? watchedUntil,
    isStale: hourOf(now) - watchedUntil > STALE_AFTER,
    unattributed: unattributed(memory, quietSince(window)).length,
  };
}

function runningByLauncher({ instances }: Memory): Map<string, InstanceMemory[]> {
  const running = new Map<string, InstanceMemory[]>();
  for (const instance of Object.values(instances)) {
    const key = instance.launchers.at(-1);
    if (key === undefined || instance.is !== 'running') { continue; }
    const list = running.get(key);
    if (list) { list.push(instance); } else { running.set(key, [instance]); }
  }
  return running;
}

function usageOf(run: Run, memory: Memory, launcher: LauncherMemory, instances: readonly InstanceMemory[], situation: Situation): LauncherUsage {
  const running = runningOf(instances, situation);
  const { kind, name, cluster, launchesRequired, templates, calls, refusals, first, last, call, refusal, callers } = launcher;
  return {
    kind,
    name,
    ...cluster !== undefined && { cluster },
    ...judge(launcher, running, situation),
    ...launchesRequired !== undefined && { launchesRequired },
    resources: resourcesOf(run, memory, launcher),
    ...isUnresolved(run, memory, launcher) && { unresolved: true },
    launchTemplates: templates.map(([id, version]) => ({ id, version })),
    instances: running.counts,
    calls,
    rejected: refusals,
    firstSeenAt: hourText(first),
    lastSeenAt: hourText(last),
    ...call !== undefined && { lastCallAt: hourText(call) },
    ...refusal !== undefined && { lastRejectedAt: hourText(refusal) },
    daysSeen: daysSeen(launcher, situation),
    callers: latest(Object.entries(callers)).slice(0, MOST_CALLERS),
  };
}

function latest(callers: [string, { readonly at: Hour; readonly calls: number }][]): CallingInstance[] {
  const sorted = callers.sort(([, one], [, other]) => other.at - one.at || other.calls - one.calls);
  return sorted.map(([instanceId, { at, calls }]) => ({ instanceId, lastCallAt: hourText(at), calls }));
}
