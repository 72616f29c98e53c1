import { HOURS_OF_DAY, type Hour } from './hours';

/** Days on which something was seen, as ranges: the first and the last day of each range, in order. A year without a gap takes two numbers. */
export type Days = number[];

export function dayOf(hour: Hour): number {
  return Math.floor(hour / HOURS_OF_DAY);
}

/** Adds a day. */
export function addDay(days: Days, day: number): void {
  let at = days.length;
  while (at > 0 && days[at - 2] > day) { at -= 2; }
  if (at > 0 && days[at - 1] >= day) { return; }
  days.splice(at, 0, day, day);
  join(days, at + 2);
  join(days, at);
}

/** How many of the days are this day or later. */
export function daysSince(days: Days, first: number): number {
  let count = 0;
  for (let at = 0; at < days.length; at += 2) { count += Math.max(0, days[at + 1] - Math.max(days[at], first) + 1); }
  return count;
}

/** Removes the days before a day. */
export function forgetBefore(days: Days, first: number): void {
  while (days.length > 0 && days[1] < first) { days.splice(0, 2); }
}

/** Joins two adjacent ranges, of which the second starts here. */
function join(days: Days, at: number): void {
  if (at > 0 && at < days.length && days[at] === days[at - 1] + 1) { days.splice(at - 1, 2); }
}
