import { dayOf, metrics, NOW } from './instances';
import { get, look, pageKey, READ } from './objects';
import type { Catcher, State, States } from './states';
import { choice, jsonata } from './states';

/**
 * Reads into `$refused` how many calls of IMDSv1 the instances of a page refused, as a watch or a rollback wrote it down last.
 *
 * @param name what its states begin with
 * @param next what comes then; `$refused` stays as it is where nothing was refused
 */
export function readRefusals(name: string, next: string): States {
  return {
    [`${name} - look for refused calls`]: look(pageKey('refused'), 'hasRefused', `${name} - were calls refused`),
    [`${name} - were calls refused`]: choice([['$hasRefused', `${name} - read refused calls`]], next),
    [`${name} - read refused calls`]: get(pageKey('refused'), { refused: jsonata(READ) }, next),
  };
}

/** How many daily sums CloudWatch is asked for at once: an answer has to fit into a state of 256 KB. */
const MOST_SUMS = 4000;

/** Since when instances in `$rest` may have refused calls: the day of the first change. Before it, nothing was refused, or they were not ready. */
const SINCE = dayOf('$min($append([], $map($rest, function($id) {$toMillis($append([], [$lookup($record, $id).since, $lookup($record, $id).at])[0])})))');

/** How many of them are asked for at once: fewer, the longer ago that is. */
const AT_ONCE = `$max([1, $floor(${MOST_SUMS} / ((${dayOf(NOW)} - ${SINCE}) / 86400000 + 1))])`;

const split = (condition: string) => `($most := ${AT_ONCE}; $append([], $filter($rest, function($id, $n) { $n ${condition} $most })))`;

/** Asks CloudWatch for the refused calls of some instances of `$rest`, which are `$asked` then, and leaves `$rest` to be asked for. */
export function askForRefusals(next: string, catchers?: readonly Catcher[]): State {
  const some = split('<');
  return metrics(some, [['r', 'MetadataNoTokenRejected']], SINCE, next, { assign: { asked: jsonata(some), rest: jsonata(split('>=')) }, catchers });
}

/** The refused calls of each instance that refused any, and how many CloudWatch did not answer for, from its answer. */
export const REFUSED = `$merge($append([{}], $map($asked, function($id, $n) {(
  $calls := $sum($append([], $lookup($metrics, 'r' & $n).values));
  $calls > 0 ? {$id: $calls} : {}
)})))`;
export const UNANSWERED = "$count($filter($asked, function($id, $n) { $not($lookup($metrics, 'r' & $n).status = 'Complete') }))";

/** Whether a run may have changed an instance, by its entry in the record: it was cut off, perhaps, before it wrote down what came of it. */
export const MAY_BE_CHANGED = "$entry.outcome in ['repaired', 'unconfirmed'] or $exists($entry.after) and $not($exists($entry.outcome))";
