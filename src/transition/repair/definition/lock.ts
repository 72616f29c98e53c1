import { getItem, text } from './items';
import type { State, States, Steps } from './states';
import { call, children, choice, EMPTY, end, jsonata, pass, RETRY, task, wait } from './states';

/**
 * How often a child execution tries to get the lock, and the seconds between the tries: four hours. A child, so that the tries do not fill the
 * history.
 */
const [ASKED, ASKED_EVERY] = [240, 60];

/**
 * How many seconds to wait after taking over a lock. A child execution of the former holder checks the lock before each change. It can be in the
 * middle of a change, and each of its calls can be retried for a minute.
 */
const LET_IT_END = 300;

/** The names of the same error, from the DynamoDB integration and from the SDK integrations. */
const REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'];

/** A write that its condition rejects is not retried. */
const UNLESS_REFUSED = [{ ErrorEquals: REFUSED, MaxAttempts: 0 }, ...RETRY];

/**
 * Something that only one execution can hold: the lock for changes to instances, the turn of automatic runs, and the wait for the end of a pause.
 * `rollback` is different: it shows that a rollback waits for the lock.
 */
export type Claim = 'lock' | 'turn' | 'wait' | 'rollback';

/** The id of the execution. */
const ME = '$states.context.Execution.Id';

/** How to wait for the lock: the number of rounds of four hours, and the item that shows the wait to others. */
interface Patience {
  readonly rounds: number;
  readonly seenAs?: Claim;
}

/**
 * Gets the lock for changes to instances, or waits for it.
 *
 * @param name the prefix of its states
 * @param next the state after it has the lock
 */
export function lock(name: string, next: string, { rounds, seenAs }: Patience = { rounds: 1 }): States {
  const [take, patience, rest, got] = ['take it', 'has it waited too long', 'wait', 'does it have it'].map(each => `${name} - ${each}`);
  return {
    [name]: pass({ rounds: 0 }, take),
    ...claim('lock', take, next, patience),
    [patience]: choice([[`$rounds < ${rounds}`, rest]], 'Stop waiting for the lock'),
    [rest]: children(jsonata('[$rounds]'), { config: jsonata('$config'), execution: jsonata(ME) }, waitForLock(rest, seenAs), got, {
      assign: { rounds: jsonata('$rounds + 1'), hasLock: jsonata('$states.result[0].hasLock'), holder: jsonata('$states.result[0].holder') },
    }),
    [got]: choice([['$hasLock', next]], patience),
  };
}

/** A child execution that waits for the lock, and gets it for its parent. */
function waitForLock(name: string, seenAs: Claim | undefined): Steps {
  const [begin, ask, show, rest, take, busy, taken] = ['start', 'is it time to stop', 'tell that it waits', 'pause', 'take', 'stop', 'done'].map(each => `${name} - ${each}`);
  const claimed = claim('lock', take, taken, ask, '$execution');
  return {
    StartAt: begin,
    States: {
      [begin]: pass({ config: jsonata('$states.input.config'), execution: jsonata('$states.input.execution'), asked: 0, holder: EMPTY }, ask),
      [ask]: choice([[`$asked < ${ASKED}`, seenAs === undefined ? rest : show]], busy),
      ...seenAs !== undefined && { [show]: putItem(seenAs, '$execution', rest) },
      [rest]: { ...wait(ASKED_EVERY, take), Assign: { asked: jsonata('$asked + 1') } },
      ...claimed,
      [taken]: end({ hasLock: true, holder: jsonata('$execution') }),
      [busy]: end({ hasLock: false, holder: jsonata('$holder') }),
    },
  };
}

/**
 * Gets a claim, or sets `$holder` to the execution that has it. A claim of an execution that has ended can be taken over.
 *
 * @param take the name of the first state, and the prefix of the others
 * @param next the state after it has the claim
 * @param busy the state if another running execution has it
 * @param me an expression for the execution that gets it
 */
export function claim(id: Claim, take: string, next: string, busy: string, me = ME): States {
  const [holder, isFree, isRunning, decide, untold, takeOver, letItEnd] = [
    'read the holder', 'is it free', 'describe the holder', 'is the holder running', 'is the claim old', 'take it over', 'wait until its last change has ended',
  ].map(each => `${take} - ${each}`);
  return {
    [take]: putClaim(id, me, 'attribute_not_exists(id) OR holder = :me', { ':me': text(me) }, next, holder),
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
    [takeOver]: putClaim(id, me, 'holder = :other', { ':other': text('$holder') }, id === 'lock' ? letItEnd : next, holder),
    ...id === 'lock' && { [letItEnd]: wait(LET_IT_END, next) },
  };
}

/** A running execution can hold a turn or a wait for days. So these are not taken over after an error such as throttling. */
const IS_DENIED = '$exists($states.errorOutput.Cause) and $contains($states.errorOutput.Cause, /not authorized|AccessDenied/i)';

/**
 * The age in seconds at which a claim is taken over if its holder cannot be described. The state machine may have had another name before an update.
 */
const OLD_SECONDS = 86400;

/** The errors for an execution that no longer exists. */
const GONE = ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'];

/** Ends an execution that waited too long. */
export function waitedTooLong(): States {
  return {
    'Stop waiting for the lock': pass({
      error: 'RepairRunning',
      problem: jsonata("'it stopped waiting for ' & $holder & ': start this run again after that execution has ended'"),
    }, 'Report'),
  };
}

/** Releases the lock, if this execution has it. */
export function unlock(next: string): State {
  return leave('lock', next);
}

/** Releases a claim, if this execution has it. */
export function leave(id: Claim, next: string): State {
  return task('dynamodb:deleteItem', {
    TableName: jsonata('$config.table'),
    Key: { id: { S: id } },
    ConditionExpression: 'holder = :me',
    ExpressionAttributeValues: { ':me': text(ME) },
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: next }] });
}

/** The oldest valid note of a waiting rollback, in milliseconds. The rollback renews it before each try. */
const STALE = 300_000;

/** Reads whether a rollback waits for the lock, in a child of the execution that has the lock. */
export function isRollbackWaiting(next: string): State {
  const at = '$exists($states.result.Item.at.S) ? $toMillis($states.result.Item.at.S) : 0';
  return getItem({ S: 'rollback' }, { isAwaited: jsonata(`$toMillis($states.context.State.EnteredTime) - (${at}) < ${STALE}`) }, next);
}

/** Reads whether the execution of this child still has the lock. */
export function stillLocked(next: string): State {
  return getItem({ S: 'lock' }, { hasLock: jsonata('$states.result.Item.holder.S = $execution') }, next);
}

function putClaim(id: Claim, me: string, ConditionExpression: string, ExpressionAttributeValues: object, next: string, refused: string): State {
  const item = itemOf(id, me);
  return task('dynamodb:putItem', {
    ...item, ConditionExpression, ExpressionAttributeValues,
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: refused }] });
}

/** Writes an item without a condition. */
function putItem(id: Claim, me: string, next: string): State {
  return task('dynamodb:putItem', itemOf(id, me), next);
}

function itemOf(id: Claim, me: string): object {
  return { TableName: jsonata('$config.table'), Item: { id: { S: id }, holder: text(me), at: text('$states.context.State.EnteredTime') } };
}
