import { HOURS_OF_DAY, type Hour, hourOf } from './hours';

/** How long CloudWatch can take to publish the datapoints of an hour, in milliseconds. */
const PUBLISHED_AFTER = 20 * 60_000;

/** How many hours are read again, for late data. */
export const LATE_HOURS = 2;

/** The oldest hour that a run reads. `ListMetrics` lists a metric for two weeks after its last datapoint, minus some hours for safety. */
const OLDEST = 14 * HOURS_OF_DAY - 6;

/** The hours that a run reads. */
export interface Window {
  /** The first hour that no run has read, and the hour after the last one to read. */
  readonly from: Hour;
  readonly until: Hour;
  /** The first hour that is read again. */
  readonly reread: Hour;
  /** The first hour that can be read at all. */
  readonly oldest: Hour;
  /** The start of the hours that were read without a gap. */
  readonly since: Hour;
}

/** The hours that were read. */
export interface Watched {
  readonly watchedSince?: Hour;
  readonly watchedUntil?: Hour;
}

/** Whether none of the hours that can still be read was read. */
export function isUnwatched({ watchedUntil = 0 }: Watched, now: number): boolean {
  return watchedUntil < hourOf(now) - OLDEST;
}

/** The hours to read now. `undefined` if all were read. A missed run is made up for, and a repeated run reads nothing. */
export function windowOf({ watchedSince, watchedUntil }: Watched, now: number): Window | undefined {
  const until = hourOf(now - PUBLISHED_AFTER);
  const oldest = until - OLDEST;
  const from = Math.max(watchedUntil ?? oldest, oldest);
  if (from >= until) { return undefined; }
  return { from, until, oldest, reread: Math.max(from - LATE_HOURS, oldest), since: from === watchedUntil ? watchedSince ?? from : from };
}
