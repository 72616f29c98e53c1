import { getItem, text } from './items';
import type { State } from './states';
import { jsonata, task } from './states';

const STOP = text("'stopped ' & $run");
const PAUSE = { S: 'pause' };

/** A moment that is so many seconds away, in seconds. */
const LATER = (seconds: number | string) => `($floor($toMillis($states.context.State.EnteredTime) / 1000) + ${seconds})`;

/** Whether the run is over, and why: an empty text where it ended well. */
export function isStopped(next: string): State {
  return getItem(STOP, {
    isStopped: jsonata('$exists($states.result.Item)'),
    reason: jsonata("$exists($states.result.Item.because.S) ? $states.result.Item.because.S : ''"),
  }, next);
}

/**
 * Notes that the run is over: no wave of it begins any more. The note stays for longer than the plan, which is good for some days.
 *
 * @param because why, as an expression: an empty text where it ended well
 */
export function stop(because: string, next: string, retry?: readonly object[]): State {
  return putNote(STOP, { because: text(because) }, 400 * 86400, next, retry);
}

/**
 * Notes that no run begins by itself for a while.
 *
 * @param because why, as an expression
 */
export function pause(because: string, next: string, retry?: readonly object[]): State {
  const until = text(`$fromMillis(${LATER('$config.pauseSeconds')} * 1000)`);
  return putNote(PAUSE, { run: text('$run'), because: text(because), until }, '$config.pauseSeconds', next, retry);
}

/** Says until when no run begins by itself, after which run and why: empty texts where nothing is noted. */
export function readPause(next: string): State {
  return getItem(PAUSE, {
    pausedUntil: jsonata("$exists($states.result.Item.until.S) ? $states.result.Item.until.S : ''"),
    pausedBy: jsonata("$exists($states.result.Item.run.S) ? $states.result.Item.run.S : ''"),
    pausedSince: jsonata("$exists($states.result.Item.because.S) ? $states.result.Item.because.S : ''"),
  }, next);
}

export function resume(next: string): State {
  return task('dynamodb:deleteItem', { TableName: jsonata('$config.table'), Key: { id: PAUSE } }, next);
}

/** Writes an item that DynamoDB deletes in time. */
function putNote(id: object, more: object, seconds: number | string, next: string, retry?: readonly object[]): State {
  return task('dynamodb:putItem', {
    TableName: jsonata('$config.table'),
    Item: {
      id, ...more, by: text('$states.context.Execution.Id'), at: text('$states.context.State.EnteredTime'), expires: { N: jsonata(`$string(${LATER(seconds)})`) },
    },
  }, next, { ...retry && { retry } });
}
