import { dayOf, forgetBefore } from './days';
import { type Hour, HOURS_OF_DAY, later } from './hours';
import { quietSince } from './judge';
import { type InstanceMemory, keyOf, type LauncherMemory, type Memory } from './memory';
import type { Run } from './run';
import { isUnresolved, resourcesOf } from './stack-resources';
import { LATE_HOURS } from './window';

/** For how many days a launcher without instances is kept, at least, and an instance that called and that nobody launched. */
const DAYS_KEPT = 30;

/** For how many days one of a stack is kept that called and was not ready since: an app that scales it up again would be told that nothing runs. */
const DAYS_CALLER_KEPT = 400;

/** For how many days it is known when a launcher was seen, at least: the quiet days may become more. */
const DAYS_SEEN_KEPT = 90;

/** For how many days metrics are listed, and one to be sure. */
const DAYS_LISTED = 15;

/** How many callers of a launcher are remembered: those that called last. */
const MOST_CALLERS = 10;

/** Forgets what does not count any more, so that the memory stays small. */
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

/** An instance that is gone is done once nothing more comes of it. */
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

/** Whether it called and is unattributed. */
function isWanted({ launchers, call, refusal }: InstanceMemory, kept: Hour): boolean {
  return launchers.length === 0 && (later(call, refusal) ?? -1) >= kept;
}

/** An instance by itself that is gone counts as long as its calls do; other launchers may have none now and some again. */
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

/** Whether it called, was not ready or required since, and is of a stack, as far as that is known. */
function isDeployedCaller(run: Run, memory: Memory, launcher: LauncherMemory): boolean {
  const { state, call, refusal } = launcher;
  if (later(call, refusal) === undefined || state === 'ready' || state === 'required') { return false; }
  return resourcesOf(run, memory, launcher).length > 0 || isUnresolved(run, memory, launcher);
}
