import { getItem, text } from './items';
import type { State, States } from './states';
import { call, choice, jsonata, pass, RETRY, task, wait } from './states';

/** How long an execution waits for another one: four hours, where it is not said otherwise. */
const PATIENCE = { seconds: 60, times: 240 };

/** As the integration of DynamoDB calls it, and as those of the SDKs would. */
const REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'];

/** A write that a condition may refuse is not tried again when it does. */
const UNLESS_REFUSED = [{ ErrorEquals: REFUSED, MaxAttempts: 0 }, ...RETRY];

/** What only one execution has at a time: the lock while it changes instances, the turn of those that begin by themselves, and the wait for the end of a pause. */
export type Claim = 'lock' | 'turn' | 'wait';

/**
 * Takes the lock that only one execution has while it changes instances, or waits for it.
 *
 * @param name what its states begin with
 * @param next what comes when it is taken
 * @param patience how often it looks whether the other one is through, and how many seconds apart
 */
export function lock(name: string, next: string, { seconds, times } = PATIENCE): States {
  const [take, patience, rest] = ['take it', 'has it waited too long', 'wait'].map(each => `${name} - ${each}`);
  return {
    [name]: pass({ asked: 0 }, take),
    ...claim('lock', take, next, patience),
    [patience]: choice([[`$asked < ${times}`, rest]], 'Stop waiting for the lock'),
    [rest]: { ...wait(seconds, take), Assign: { asked: jsonata('$asked + 1') } },
  };
}

/**
 * Takes what only one execution has, or says who has it as `$holder`. An execution that ended without giving it back has lost it.
 *
 * @param take the name of its first state, with which the others begin
 * @param next what comes when it is taken
 * @param busy what comes where another one has it, and still runs
 */
export function claim(id: Claim, take: string, next: string, busy: string): States {
  const [holder, isFree, isRunning, decide, untold, takeOver] = [
    'read the holder', 'is it free', 'describe the holder', 'is the holder running', 'is the claim old', 'take it over',
  ].map(each => `${take} - ${each}`);
  return {
    [take]: putClaim(id, 'attribute_not_exists(id) OR holder = :me', { ':me': text('$states.context.Execution.Id') }, next, holder),
    [holder]: getItem({ S: id }, {
      holder: jsonata("$exists($states.result.Item.holder.S) ? $states.result.Item.holder.S : ''"),
      heldSince: jsonata('$exists($states.result.Item.at.S) ? $toMillis($states.result.Item.at.S) : 0'),
    }, isFree),
    [isFree]: choice([["$holder = ''", take]], isRunning),
    [isRunning]: call('sfn:describeExecution', { ExecutionArn: jsonata('$holder') }, decide, {
      assign: { isAlive: jsonata("$states.result.Status in ['RUNNING', 'PENDING_REDRIVE']") },
      retry: [{ ErrorEquals: GONE, MaxAttempts: 0 }, ...RETRY],
      catchers: [{ ErrorEquals: GONE, Next: takeOver }, { ErrorEquals: ['States.TaskFailed'], Next: untold, Assign: { isUntold: jsonata(IS_DENIED) } }],
    }),
    [decide]: choice([['$isAlive', busy]], takeOver),
    [untold]: choice([[`${id === 'lock' ? '' : '$isUntold and '}$toMillis($states.context.State.EnteredTime) - $heldSince > ${OLD_SECONDS} * 1000`, takeOver]], busy),
    [takeOver]: putClaim(id, 'holder = :other', { ':other': text('$holder') }, next, holder),
  };
}

/** A turn or a wait is kept for days by one that runs: where a call is throttled, it is not taken over. */
const IS_DENIED = '$exists($states.errorOutput.Cause) and $contains($states.errorOutput.Cause, /not authorized|AccessDenied/i)';

/** When a claim is taken over from an execution that cannot be looked at: its state machine had another name before an update of the stack, perhaps. */
const OLD_SECONDS = 86400;

/** An execution that nobody remembers any more. */
const GONE = ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'];

/** What becomes of an execution that waited too long, and what it assigns then. */
export function waitedTooLong(assign: { readonly [name: string]: string } = {}): States {
  return {
    'Stop waiting for the lock': pass({
      ...assign,
      error: 'RepairRunning',
      problem: jsonata("'it stopped waiting for ' & $holder & ': start this run again after that execution has ended'"),
    }, 'Report'),
  };
}

/** Gives the lock back, if it is still there. */
export function unlock(next: string): State {
  return leave('lock', next);
}

/** Gives back what only one execution has, if this one still has it. */
export function leave(id: Claim, next: string): State {
  return task('dynamodb:deleteItem', {
    TableName: jsonata('$config.table'),
    Key: { id: { S: id } },
    ConditionExpression: 'holder = :me',
    ExpressionAttributeValues: { ':me': text('$states.context.Execution.Id') },
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: next }] });
}

/** Whether this execution still has the lock, for a child of it. */
export function stillLocked(next: string): State {
  return getItem({ S: 'lock' }, { hasLock: jsonata('$states.result.Item.holder.S = $execution') }, next);
}

function putClaim(id: Claim, ConditionExpression: string, ExpressionAttributeValues: object, next: string, refused: string): State {
  return task('dynamodb:putItem', {
    TableName: jsonata('$config.table'),
    Item: { id: { S: id }, holder: text('$states.context.Execution.Id'), at: text('$states.context.State.EnteredTime') },
    ConditionExpression,
    ExpressionAttributeValues,
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: refused }] });
}
