import { getItem, text } from './items';
import type { State } from './states';
import { jsonata, task } from './states';

const STOP = text("'stopped ' & $run");
const PAUSE = { S: 'pause' };

/** The time after some seconds, in seconds. */
const LATER = (seconds: number | string) => `($floor($toMillis($states.context.State.EnteredTime) / 1000) + ${seconds})`;

/** Reads whether the run is over, and why. The reason is empty if it succeeded. */
export function isStopped(next: string): State {
  return getItem(STOP, {
    isStopped: jsonata('$exists($states.result.Item)'),
    reason: jsonata("$exists($states.result.Item.because.S) ? $states.result.Item.because.S : ''"),
  }, next);
}

/**
 * Stores that the run is over, so that none of its waves starts. The note expires later than the plan, which is valid for some days.
 *
 * @param because an expression for the reason, empty if the run succeeded
 */
export function stop(because: string, next: string, retry?: readonly object[]): State {
  return putNote(STOP, { because: text(because) }, 400 * 86400, next, retry);
}

/**
 * Stores a pause in which no run starts automatically.
 *
 * @param because an expression for the reason
 */
export function pause(because: string, next: string, retry?: readonly object[]): State {
  const until = text(`$fromMillis(${LATER('$config.pauseSeconds')} * 1000)`);
  return putNote(PAUSE, { run: text('$run'), because: text(because), until }, '$config.pauseSeconds', next, retry);
}

/** Reads the end of the pause, the run that caused it, and the reason. These are empty if there is no pause. */
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

/** Writes an item with an expiry time. */
function putNote(id: object, more: object, seconds: number | string, next: string, retry?: readonly object[]): State {
  return task('dynamodb:putItem', {
    TableName: jsonata('$config.table'),
    Item: {
      id, ...more, by: text('$states.context.Execution.Id'), at: text('$states.context.State.EnteredTime'), expires: { N: jsonata(`$string(${LATER(seconds)})`) },
    },
  }, next, { ...retry && { retry } });
}
