import type { State, States } from './states';
import { call, choice, jsonata, pass, RETRY, task, wait } from './states';

/** How long an execution waits for another one: four hours, where it is not said otherwise. */
const PATIENCE = { seconds: 60, times: 240 };

/** As the integration of DynamoDB calls it, and as those of the SDKs would. */
const REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'];

/** A write that a condition may refuse is not tried again when it does. */
const UNLESS_REFUSED = [{ ErrorEquals: REFUSED, MaxAttempts: 0 }, ...RETRY];

/**
 * Takes the lock that only one execution has while it changes instances, or waits for it.
 *
 * An execution that ended without giving it back has lost it.
 *
 * @param name what its states begin with
 * @param next what comes when it is taken
 * @param patience how often it looks whether the other one is through, and how many seconds apart
 */
export function lock(name: string, next: string, { seconds, times } = PATIENCE): States {
  const [take, holder, isFree, isRunning, decide, takeOver, patience, rest] = [
    'take the lock', 'who has the lock', 'is it free by now', 'does that one run', 'is it left behind', 'take it over', 'is it long enough', 'wait for it',
  ].map(each => `${name} - ${each}`);
  return {
    [name]: pass({ asked: 0 }, take),
    [take]: putLock('attribute_not_exists(id) OR holder = :me', { ':me': text('$states.context.Execution.Id') }, next, holder),
    [holder]: getItem('lock', { holder: jsonata("$exists($states.result.Item.holder.S) ? $states.result.Item.holder.S : ''") }, isFree),
    [isFree]: choice([["$holder = ''", take]], isRunning),
    [isRunning]: call('sfn:describeExecution', { ExecutionArn: jsonata('$holder') }, decide, {
      assign: { isAlive: jsonata("$states.result.Status in ['RUNNING', 'PENDING_REDRIVE']") },
      retry: [{ ErrorEquals: GONE, MaxAttempts: 0 }, ...RETRY],
      catchers: [{ ErrorEquals: GONE, Next: takeOver }],
    }),
    [decide]: choice([['$isAlive', patience]], takeOver),
    [takeOver]: putLock('holder = :other', { ':other': text('$holder') }, next, holder),
    [patience]: choice([[`$asked < ${times}`, rest]], 'Another one is at work'),
    [rest]: { ...wait(seconds, take), Assign: { asked: jsonata('$asked + 1') } },
  };
}

/** An execution that nobody remembers any more. */
const GONE = ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'];

/** What becomes of an execution that waited too long. */
export const BUSY: States = {
  'Another one is at work': pass({
    error: 'RepairRunning',
    problem: jsonata("'it waits no longer for ' & $holder & ': when that is through, start this run again'"),
  }, 'Report'),
};

/** Gives the lock back, if it is still there. */
export function unlock(next: string): State {
  return task('dynamodb:deleteItem', {
    TableName: jsonata('$config.table'),
    Key: { id: { S: 'lock' } },
    ConditionExpression: 'holder = :me',
    ExpressionAttributeValues: { ':me': text('$states.context.Execution.Id') },
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: next }] });
}

/** Whether this execution still has the lock, for a child of it. */
export function stillLocked(next: string): State {
  return getItem('lock', { hasLock: jsonata('$states.result.Item.holder.S = $execution') }, next);
}

/** Whether the run was stopped. */
export function isStopped(next: string): State {
  return getItem(undefined, { isStopped: jsonata('$exists($states.result.Item)') }, next);
}

/** Notes that the run is over: no wave of it begins any more. The note stays for longer than the plan, which is good for some days. */
export function stop(next: string): State {
  const expires = { N: jsonata('$string($floor($toMillis($states.context.State.EnteredTime) / 1000) + 400 * 86400)') };
  return task('dynamodb:putItem', {
    TableName: jsonata('$config.table'),
    Item: { id: STOP, by: text('$states.context.Execution.Id'), at: text('$states.context.State.EnteredTime'), expires },
  }, next);
}

const STOP = text("'stopped ' & $run");

function text(expression: string): object {
  return { S: jsonata(expression) };
}

function getItem(id: 'lock' | undefined, assign: { readonly [name: string]: string }, next: string): State {
  return task('dynamodb:getItem', { TableName: jsonata('$config.table'), Key: { id: id ? { S: id } : STOP }, ConsistentRead: true }, next, { assign });
}

function putLock(ConditionExpression: string, ExpressionAttributeValues: object, next: string, refused: string): State {
  return task('dynamodb:putItem', {
    TableName: jsonata('$config.table'),
    Item: { id: { S: 'lock' }, holder: text('$states.context.Execution.Id'), at: text('$states.context.State.EnteredTime') },
    ConditionExpression,
    ExpressionAttributeValues,
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: refused }] });
}
