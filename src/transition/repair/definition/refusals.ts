import { dayOf, metrics, NOW } from './instances';
import { get, look, pageKey, READ } from './objects';
import type { Catcher, State, States } from './states';
import { choice, jsonata } from './states';

/**
 * Sets `$refused` to the refused IMDSv1 calls of the instances of a page, as the last watch or rollback wrote them.
 *
 * @param name the prefix of its states
 * @param next the next state; `$refused` does not change if no calls were refused
 */
export function readRefusals(name: string, next: string): States {
  return {
    [`${name} - look for refused calls`]: look(pageKey('refused'), 'hasRefused', `${name} - were calls refused`),
    [`${name} - were calls refused`]: choice([['$hasRefused', `${name} - read refused calls`]], next),
    [`${name} - read refused calls`]: get(pageKey('refused'), { refused: jsonata(READ) }, next),
  };
}

/** The most daily sums in one query to CloudWatch, because the response must fit into a state of 256 KB. */
const MOST_SUMS = 4000;

/** The day of the first change to the instances in `$rest`. Before it, they were ready, so they refused no calls. */
const SINCE = dayOf('$min($append([], $map($rest, function($id) {$toMillis($append([], [$lookup($record, $id).since, $lookup($record, $id).at])[0])})))');

/** The number of instances in one query. It is lower if the first change is longer ago. */
const AT_ONCE = `$max([1, $floor(${MOST_SUMS} / ((${dayOf(NOW)} - ${SINCE}) / 86400000 + 1))])`;

const split = (condition: string) => `($most := ${AT_ONCE}; $append([], $filter($rest, function($id, $n) { $n ${condition} $most })))`;

/** Queries the refused calls of some instances of `$rest`. It sets `$asked` to these instances, and removes them from `$rest`. */
export function askForRefusals(next: string, catchers?: readonly Catcher[]): State {
  const some = split('<');
  return metrics(some, [['r', 'MetadataNoTokenRejected']], SINCE, next, { assign: { asked: jsonata(some), rest: jsonata(split('>=')) }, catchers });
}

/** The refused calls of each instance that refused any, and the number of instances without a complete response. */
export const REFUSED = `$merge($append([{}], $map($asked, function($id, $n) {(
  $calls := $sum($append([], $lookup($metrics, 'r' & $n).values));
  $calls > 0 ? {$id: $calls} : {}
)})))`;
export const UNANSWERED = "$count($filter($asked, function($id, $n) { $not($lookup($metrics, 'r' & $n).status = 'Complete') }))";

/** Whether a run may have changed an instance, from its entry in the record. An interrupted attempt may not have written the result. */
export const MAY_BE_CHANGED = "$entry.outcome in ['repaired', 'unconfirmed'] or $exists($entry.after) and $not($exists($entry.outcome))";
