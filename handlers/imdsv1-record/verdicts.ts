import type { LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { launcherOf, type Tags } from '../imdsv1-usage/launcher-of';
import { keyOf } from '../imdsv1-usage/memory';

/** What a repair asks: may these instances, which allow IMDSv1, require IMDSv2? */
export interface Question {
  readonly quietDays: number;
  readonly instances: readonly { readonly id: string; readonly tags?: Tags }[];
}

export interface Verdict {
  readonly is: 'ready' | 'in use' | 'unknown' | 'too young';
  readonly because: string;
}

/** By the ids of the instances. */
export interface Verdicts {
  readonly [id: string]: Verdict;
}

const DAY = 86_400_000;

/** Answers by the launcher of each instance: what else it launched may still call. Nothing is ready by mistake. */
export function verdictsOn({ quietDays, instances }: Question, record: UsageRecord | undefined, region: string, now: number): Verdicts {
  const usage = record?.regions?.find(each => each.region === region);
  const missing = missingIn(record, usage, quietDays, now);
  const launchers = new Map((usage?.launchers ?? []).map(launcher => [keyOf(launcher), launcher]));
  return Object.fromEntries(instances.map(({ id, tags = {} }) => {
    const { kind, name } = launcherOf(id, tags);
    const launcher = launchers.get(keyOf({ kind, name }));
    return [id, missing ?? verdictOn(`${kind} ${name}`, launcher, usage!, quietDays)];
  }));
}

/** What speaks against the record as a whole. */
function missingIn(record: UsageRecord | undefined, usage: RegionUsage | undefined, quietDays: number, now: number): Verdict | undefined {
  if (record === undefined) { return unknown('the monitor has written no record yet'); }
  if (!/^1\./.test(record.schemaVersion)) { return unknown(`the record has the version ${record.schemaVersion}`); }
  if (usage?.watchedUntil === undefined || usage.watchedSince === undefined) { return unknown('the record has nothing of the Region'); }
  if (now - Date.parse(usage.watchedUntil) > DAY) { return unknown(`the record has nothing of the Region since ${usage.watchedUntil}`); }
  const days = Math.floor((Date.parse(usage.watchedUntil) - Date.parse(usage.watchedSince)) / DAY);
  return days < quietDays ? unknown(`the Region was watched for ${days} of ${quietDays} days`) : undefined;
}

function verdictOn(title: string, launcher: LauncherUsage | undefined, { watchedUntil }: RegionUsage, quietDays: number): Verdict {
  if (launcher === undefined) { return unknown(`the record has no ${title}`); }
  const { state, because, firstSeenAt, lastCallAt, lastRejectedAt } = launcher;
  const since = Date.parse(watchedUntil!) - quietDays * DAY;
  const isRecent = (time: string | undefined) => time !== undefined && Date.parse(time) >= since;
  if (state === 'in use' || state === 'broken') { return { is: 'in use', because: `${title}: ${because}` }; }
  const [last] = [lastCallAt, lastRejectedAt].filter(isRecent);
  if (last !== undefined) { return { is: 'in use', because: `${title}: IMDSv1 was last used at ${last}` }; }
  if (isRecent(firstSeenAt)) { return { is: 'too young', because: `${title} was first seen at ${firstSeenAt}` }; }
  if (state === 'required') { return unknown(`${title} required IMDSv2 when the record was written, and this instance does not`); }
  return state === 'ready' ? { is: 'ready', because: `${title}: ${because}` } : unknown(`${title}: ${because}`);
}

function unknown(because: string): Verdict {
  return { is: 'unknown', because };
}
