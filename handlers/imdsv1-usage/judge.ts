import type { InstanceState, LauncherState } from '../../src/usage/usage-record';
import { daysSince, dayOf } from './days';
import { type Hour, HOURS_OF_DAY, hourText, later } from './hours';
import type { InstanceMemory, LauncherMemory } from './memory';

/** The data of a Region that applies to all its launchers. */
export interface Situation {
  readonly quietDays: number;
  readonly watchedSince: Hour;
  readonly watchedUntil: Hour;
  /** The first hour that the last run read. */
  readonly readFrom: Hour;
  /** Whether it was last read more than a day ago. */
  readonly isStale: boolean;
  /** The number of instances that called within the quiet days, and whose launcher is unknown. */
  readonly unattributed: number;
}

/** The running instances of a launcher. */
export interface Running {
  readonly counts: { readonly [state in InstanceState]: number };
  /** The number of instances with unknown usage that have run long enough to have metrics. */
  readonly silent: number;
}

export interface Verdict {
  readonly state: LauncherState;
  readonly because: string;
}

/** An instance that has published no metric after this number of hours will not publish one. */
const TIME_TO_PUBLISH = 3;

/** On how many of the quiet days instances must be seen running, so that missing calls mean something. */
const FEWEST_DAYS_SEEN = 2;

/** The first hour of the quiet days. */
export function quietSince({ watchedUntil, quietDays }: Pick<Situation, 'watchedUntil' | 'quietDays'>): Hour {
  return watchedUntil - quietDays * HOURS_OF_DAY;
}

/** On how many of the quiet days the launcher had running instances. The day on which they begin does not count, because most of it is earlier. */
export function daysSeen({ days }: LauncherMemory, situation: Situation): number {
  return daysSince(days, dayOf(quietSince(situation)) + 1);
}

/** The state of a running instance. */
export function stateOf({ requires, call, published }: InstanceMemory, situation: Situation): InstanceState {
  if (requires) { return 'required'; }
  if (call !== undefined && call >= quietSince(situation)) { return 'calling'; }
  return published === undefined || published < situation.watchedUntil - TIME_TO_PUBLISH ? 'unknown' : 'quiet';
}

/** Counts the running instances of a launcher. */
export function runningOf(instances: readonly InstanceMemory[], situation: Situation): Running {
  const counts = { required: 0, quiet: 0, calling: 0, unknown: 0 };
  let silent = 0;
  for (const instance of instances) {
    const state = stateOf(instance, situation);
    counts[state] += 1;
    const isYoung = instance.published === undefined && (instance.launched ?? 0) > situation.watchedUntil - TIME_TO_PUBLISH;
    if (state === 'unknown' && !isYoung) { silent += 1; }
  }
  return { counts, silent };
}

/** The state of a launcher. The first matching one counts: broken, in use, required or unknown, ready. In doubt, it is not ready. */
export function judge(launcher: LauncherMemory, running: Running, situation: Situation): Verdict {
  const requires = doesRequire(launcher, running);
  return broken(launcher, running, situation) ?? inUse(launcher, running, situation, requires)
    ?? (requires ? required(running) : unknown(launcher, running, situation) ?? ready(launcher, situation));
}

function doesRequire(launcher: LauncherMemory, running: Running): boolean {
  const count = countOf(running);
  return count > 0 ? running.counts.required === count : launcher.requires === true;
}

function countOf({ counts: { required: one, quiet, calling, unknown: last } }: Running): number {
  return one + quiet + calling + last;
}

function broken({ refusal }: LauncherMemory, running: Running, { watchedUntil, readFrom }: Situation): Verdict | undefined {
  const isRefused = refusal !== undefined && refusal >= Math.min(watchedUntil - HOURS_OF_DAY, readFrom);
  const { required: some, calling } = running.counts;
  const count = countOf(running);
  if (!isRefused || (some === 0 && count > 0)) { return undefined; }
  const part = some < count ? `, ${some} of ${countText(count, 'running instance')} ${some === 1 ? 'requires' : 'require'} IMDSv2, and ${calling} called` : '';
  return { state: 'broken', because: `IMDSv1 calls are refused, the last one at ${hourText(refusal)}${part}` };
}

function inUse(launcher: LauncherMemory, running: Running, situation: Situation, requires: boolean): Verdict | undefined {
  const { call } = launcher;
  const since = quietSince(situation);
  const calling = running.counts.calling > 0 ? `, ${countText(running.counts.calling, 'running instance')} called within ${daysText(situation.quietDays)}` : '';
  if (call !== undefined && call >= since) {
    const now = requires ? ', all running instances now require IMDSv2' : calling;
    return { state: 'in use', because: `IMDSv1 was last used at ${hourText(call)}${now}` };
  }
  const refusal = requires ? undefined : launcher.refusal;
  if (refusal === undefined || refusal < since) { return undefined; }
  return { state: 'in use', because: `IMDSv1 calls were refused, the last one at ${hourText(refusal)}, and not all instances require IMDSv2` };
}

function required(running: Running): Verdict {
  const count = countOf(running);
  const which = count > 0 ? `${count === 1 ? 'the' : `all ${count}`} running ${count === 1 ? 'instance requires' : 'instances require'} IMDSv2` : 'its last instances required IMDSv2';
  return { state: 'required', because: `${which}, and no call is refused` };
}

/** The reasons why a launcher is not ready. `undefined` if there are none. */
function unknown(launcher: LauncherMemory, { silent }: Running, situation: Situation): Verdict | undefined {
  const { quietDays, watchedSince, watchedUntil, isStale, unattributed } = situation;
  const since = quietSince(situation);
  const seen = daysSeen(launcher, situation);
  const fewest = Math.min(FEWEST_DAYS_SEEN, quietDays);
  const missing: readonly (readonly [boolean, string])[] = [
    [isStale, `the data of the Region ends at ${hourText(watchedUntil)}`],
    [watchedSince > since, `monitored for ${daysBetween(watchedSince, watchedUntil)} of ${daysText(quietDays)}`],
    [launcher.first > since, `known for ${daysBetween(launcher.first, watchedUntil)} of ${daysText(quietDays)}`],
    [seen < fewest, `seen running on ${seen} of the last ${daysText(quietDays)}`],
    [silent > 0, `${countText(silent, 'running instance')} published no IMDS metrics`],
    [unattributed > 0, `${countText(unattributed, 'instance')} in the Region used IMDSv1, and ${unattributed === 1 ? 'its' : 'their'} launcher is unknown`],
  ];
  const reasons = missing.filter(([is]) => is).map(([, reason]) => reason);
  return reasons.length > 0 ? { state: 'unknown', because: reasons.join('; ') } : undefined;
}

function ready(launcher: LauncherMemory, { quietDays, watchedSince }: Situation): Verdict {
  const last = later(launcher.call, launcher.refusal);
  const since = last === undefined ? `none was seen since ${hourText(watchedSince)}` : `the last one was at ${hourText(last)}`;
  return { state: 'ready', because: `no IMDSv1 call within ${daysText(quietDays)}, ${since}` };
}

function daysBetween(from: Hour, until: Hour): number {
  return Math.floor((until - from) / HOURS_OF_DAY);
}

function daysText(days: number): string {
  return countText(days, 'day');
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
