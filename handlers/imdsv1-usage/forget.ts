import { dayOf, forgetBefore } from './days';
import { type Hour, HOURS_OF_DAY, later } from './hours';
import { quietSince } from './judge';
import { type InstanceMemory, keyOf, type LauncherMemory, type Memory } from './memory';
import type { Run } from './run';
import { isUnresolved, resourcesOf } from './stack-resources';
import { LATE_HOURS } from './window';

/** How many days a launcher without instances is kept at least, and an instance with calls and an unknown launcher. */
const DAYS_KEPT = 30;

/**
 * How many days a launcher of a stack is kept that called and was not ready since. Otherwise an app that scales it up again would find no instances.
 */
const DAYS_CALLER_KEPT = 400;

/** How many days the dates of running instances are kept at least, because `quietDays` can be increased. */
const DAYS_SEEN_KEPT = 90;

/** For how many days metrics are listed, plus one day for safety. */
const DAYS_LISTED = 15;

/** The most callers of a launcher that are kept: those that called last. */
const MOST_CALLERS = 10;

/** Removes data that no longer counts, so that the memory stays small. */
export function forget(run: Run, memory: Memory, until: Hour): void {
  const { quietDays } = run;
  const kept = until - Math.max(DAYS_KEPT, quietDays) * HOURS_OF_DAY;
  forgetInstances(memory, until, kept);
  const quiet = quietSince({ watchedUntil: until, quietDays });
  const callerKept = until - Math.max(DAYS_CALLER_KEPT, quietDays) * HOURS_OF_DAY;
  forgetLaunchers(memory, quiet, launcher => isDeployedCaller(run, memory, launcher) ? callerKept : kept);
  for (const launcher of Object.values(memory.launchers)) {
    forgetBefore(launcher.days, dayOf(until) - Math.max(DAYS_SEEN_KEPT, quietDays));
    const callers = Object.entries(launcher.callers).sort(([, one], [, other]) => other.at - one.at || other.calls - one.calls);
    launcher.callers = Object.fromEntries(callers.slice(0, MOST_CALLERS));
  }
}

/** Removes terminated instances without new data. */
function forgetInstances({ instances, done }: Memory, until: Hour, kept: Hour): void {
  for (const [id, instance] of Object.entries(instances)) {
    if (instance.is !== 'gone' || (instance.published ?? instance.launched ?? 0) >= until - LATE_HOURS - 1 || isWanted(instance, kept)) { continue; }
    done[id] = until;
    delete instances[id];
  }
  for (const [id, hour] of Object.entries(done)) {
    if (hour < until - DAYS_LISTED * HOURS_OF_DAY) { delete done[id]; }
  }
}

/** Whether an instance called and its launcher is unknown. */
function isWanted({ launchers, call, refusal }: InstanceMemory, kept: Hour): boolean {
  return launchers.length === 0 && (later(call, refusal) ?? -1) >= kept;
}

/**
 * Removes launchers. A terminated single instance is kept as long as its calls count. Other launchers can have no instances now, and new ones later.
 */
function forgetLaunchers({ launchers, instances }: Memory, quiet: Hour, keptOf: (launcher: LauncherMemory) => Hour): void {
  const withInstances = new Set(Object.values(instances).flatMap(each => each.is === 'gone' ? [] : each.launchers));
  for (const launcher of Object.values(launchers)) {
    if (!withInstances.has(keyOf(launcher)) && isOver(launcher, keptOf(launcher), quiet)) { delete launchers[keyOf(launcher)]; }
  }
}

function isOver({ kind, last, call, refusal }: LauncherMemory, kept: Hour, quiet: Hour): boolean {
  const called = later(call, refusal) ?? -1;
  return kind === 'instance' ? called < quiet : Math.max(last, called) < kept;
}

/** Whether a launcher called, was not ready or required since, and belongs to a stack, as far as known. */
function isDeployedCaller(run: Run, memory: Memory, launcher: LauncherMemory): boolean {
  const { state, call, refusal } = launcher;
  if (later(call, refusal) === undefined || state === 'ready' || state === 'required') { return false; }
  return resourcesOf(run, memory, launcher).length > 0 || isUnresolved(run, memory, launcher);
}
