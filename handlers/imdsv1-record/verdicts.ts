import type { LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { launcherOf, type Tags } from '../imdsv1-usage/launcher-of';
import { keyOf } from '../imdsv1-usage/memory';

/** A request of a repair: whether these instances, which allow IMDSv1, may require IMDSv2. */
export interface Question {
  /** The account of the instances. */
  readonly account: string;
  readonly quietDays: number;
  readonly instances: readonly { readonly id: string; readonly tags?: Tags }[];
}

export interface Verdict {
  readonly is: 'ready' | 'in use' | 'unknown' | 'too young';
  readonly because: string;
}

/** The verdicts by instance id. */
export interface Verdicts {
  readonly [id: string]: Verdict;
}

/** The data of a Region in a record, and the quiet days of the record. */
type Judged = RegionUsage & Pick<UsageRecord, 'quietDays'>;

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Judges each instance by its launcher, because other instances of the launcher may still use IMDSv1. In doubt, an instance is not ready. */
export function verdictsOn({ account, quietDays, instances }: Question, record: UsageRecord | undefined, region: string, now: number): Verdicts {
  const usage = listOf(record?.regions).find(each => each.region === region);
  const missing = record?.account === undefined || record.account === account
    ? missingIn(record, usage, quietDays, now) : unknown(`the record is for account ${record.account}`);
  const launchers = new Map<string, LauncherUsage>(listOf(usage?.launchers).map(launcher => [keyOf(launcher), launcher]));
  return Object.fromEntries(instances.map(({ id, tags = {} }) => {
    const { kind, name } = launcherOf(id, tags);
    const launcher = launchers.get(keyOf({ kind, name }));
    return [id, missing ?? verdictOn(`${kind} ${name}`, launcher, { ...usage!, quietDays: record!.quietDays }, quietDays)];
  }));
}

/** Why the record as a whole cannot be used. */
function missingIn(record: UsageRecord | undefined, usage: RegionUsage | undefined, quietDays: number, now: number): Verdict | undefined {
  if (record === undefined) { return unknown('the monitor has not written a record yet'); }
  if (!/^1\./.test(record.schemaVersion)) { return unknown(`the record has the unsupported version ${record.schemaVersion}`); }
  if (usage?.watchedUntil === undefined || usage.watchedSince === undefined) { return unknown('the record has no data for the Region'); }
  const [since, until] = [Date.parse(usage.watchedSince), Date.parse(usage.watchedUntil)];
  if (!(since <= until && until <= now + HOUR)) { return unknown(`the record has an invalid period for the Region: ${usage.watchedSince} to ${usage.watchedUntil}`); }
  if (now - until > DAY) { return unknown(`the record has no data for the Region since ${usage.watchedUntil}`); }
  const days = Math.floor((until - since) / DAY);
  return days < quietDays ? unknown(`the Region was monitored for ${days} of ${quietDays} days`) : undefined;
}

function verdictOn(title: string, launcher: LauncherUsage | undefined, { watchedUntil, quietDays: judged }: Judged, quietDays: number): Verdict {
  if (launcher === undefined) { return unknown(`the record does not contain ${title}`); }
  const { state, because, firstSeenAt, lastCallAt, lastRejectedAt } = launcher;
  const since = Date.parse(watchedUntil!) - quietDays * DAY;
  const isRecent = (time: string | undefined) => time !== undefined && Date.parse(time) >= since;
  const times = [firstSeenAt, lastCallAt, lastRejectedAt].filter(time => time !== undefined);
  if (firstSeenAt === undefined || times.some(time => !Number.isFinite(Date.parse(time)))) { return unknown(`the record has invalid times for ${title}`); }
  if (state === 'in use' || state === 'broken') { return { is: 'in use', because: `${title}: ${because}` }; }
  const [last] = [lastCallAt, lastRejectedAt].filter(isRecent);
  if (last !== undefined) { return { is: 'in use', because: `${title}: IMDSv1 was last used at ${last}` }; }
  if (isRecent(firstSeenAt)) { return { is: 'too young', because: `${title} was first seen at ${firstSeenAt}` }; }
  if (state === 'required') { return unknown(`${title} required IMDSv2 when the record was written, but this instance does not`); }
  if (!(quietDays <= judged)) { return unknown(`the record judges ${judged} quiet days, but ${quietDays} are required`); }
  return state === 'ready' ? { is: 'ready', because: `${title}: ${because}` } : unknown(`${title}: ${because}`);
}

/** A list, or an empty list if the record has something else. */
function listOf<Element>(value: readonly Element[] | undefined): readonly Element[] {
  return Array.isArray(value) ? value as readonly Element[] : [];
}

function unknown(because: string): Verdict {
  return { is: 'unknown', because };
}
