import { HOURS_OF_DAY, type Hour, hourOf } from './hours';

/** How long CloudWatch may take until the datapoints of an hour are there, in milliseconds. */
const PUBLISHED_AFTER = 20 * 60_000;

/** How many of the hours that were read are read again, for data that came later still. */
export const LATE_HOURS = 2;

/** How far back a run looks: `ListMetrics` lists a metric for two weeks after its last datapoint, less some hours to be sure. */
const OLDEST = 14 * HOURS_OF_DAY - 6;

/** The hours that a run reads. */
export interface Window {
  /** The first hour that no run has read, and the one behind the last. */
  readonly from: Hour;
  readonly until: Hour;
  /** The first hour that is read, of those that were read before. */
  readonly reread: Hour;
  /** The first hour that can be read at all. */
  readonly oldest: Hour;
  /** From when on every hour was read without a gap. */
  readonly since: Hour;
}

/** What is known of the hours that were read. */
export interface Watched {
  readonly watchedSince?: Hour;
  readonly watchedUntil?: Hour;
}

/** Whether nothing is known of the hours that can still be read. */
export function isUnwatched({ watchedUntil = 0 }: Watched, now: number): boolean {
  return watchedUntil < hourOf(now) - OLDEST;
}

/** The hours to read now, or nothing where all were read: a run that is missed is caught up, one that comes twice reads nothing. */
export function windowOf({ watchedSince, watchedUntil }: Watched, now: number): Window | undefined {
  const until = hourOf(now - PUBLISHED_AFTER);
  const oldest = until - OLDEST;
  const from = Math.max(watchedUntil ?? oldest, oldest);
  if (from >= until) { return undefined; }
  return { from, until, oldest, reread: Math.max(from - LATE_HOURS, oldest), since: from === watchedUntil ? watchedSince ?? from : from };
}
