import { getItem, text } from './items';
import type { State, States, Steps } from './states';
import { call, children, choice, EMPTY, end, jsonata, pass, RETRY, task, wait } from './states';

/** How often a child asks for the lock, and how many seconds apart: for four hours. It is a child, so that its questions do not fill the history. */
const [ASKED, ASKED_EVERY] = [240, 60];

/**
 * For how many seconds a lock that was taken over is not used: the child of an execution that was ended asks for it before each change, and may be in the
 * middle of one, with each of its calls tried again for a minute.
 */
const LET_IT_END = 300;

/** As the integration of DynamoDB calls it, and as those of the SDKs would. */
const REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'];

/** A write that a condition may refuse is not tried again when it does. */
const UNLESS_REFUSED = [{ ErrorEquals: REFUSED, MaxAttempts: 0 }, ...RETRY];

/**
 * What only one execution has at a time: the lock while it changes instances, the turn of those that begin by themselves, and the wait for the end of a
 * pause. `rollback` has none of these: it says that a rollback waits for the lock.
 */
export type Claim = 'lock' | 'turn' | 'wait' | 'rollback';

/** Who an execution is. */
const ME = '$states.context.Execution.Id';

/** How somebody waits for the lock: for how many times four hours, and as what others see it wait. */
interface Patience {
  readonly rounds: number;
  readonly seenAs?: Claim;
}

/**
 * Takes the lock that only one execution has while it changes instances, or waits for it.
 *
 * @param name what its states begin with
 * @param next what comes when it is taken
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

/** A child that waits for the lock, and takes it for the execution that it is of. */
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
 * Takes what only one execution has, or says who has it as `$holder`. An execution that ended without giving it back has lost it.
 *
 * @param take the name of its first state, with which the others begin
 * @param next what comes when it is taken
 * @param busy what comes where another one has it, and still runs
 * @param me the execution that takes it, as an expression
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

/** A turn or a wait is kept for days by one that runs: where a call is throttled, it is not taken over. */
const IS_DENIED = '$exists($states.errorOutput.Cause) and $contains($states.errorOutput.Cause, /not authorized|AccessDenied/i)';

/** When a claim is taken over from an execution that cannot be looked at: its state machine had another name before an update of the stack, perhaps. */
const OLD_SECONDS = 86400;

/** An execution that nobody remembers any more. */
const GONE = ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'];

/** What becomes of an execution that waited too long. */
export function waitedTooLong(): States {
  return {
    'Stop waiting for the lock': pass({
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
    ExpressionAttributeValues: { ':me': text(ME) },
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: next }] });
}

/** How old the word of a rollback that waits may be, in milliseconds: it says so again before each time that it asks. */
const STALE = 300_000;

/** Whether a rollback waits for the lock, for a child of the execution that has it. */
export function isRollbackWaiting(next: string): State {
  const at = '$exists($states.result.Item.at.S) ? $toMillis($states.result.Item.at.S) : 0';
  return getItem({ S: 'rollback' }, { isAwaited: jsonata(`$toMillis($states.context.State.EnteredTime) - (${at}) < ${STALE}`) }, next);
}

/** Whether this execution still has the lock, for a child of it. */
export function stillLocked(next: string): State {
  return getItem({ S: 'lock' }, { hasLock: jsonata('$states.result.Item.holder.S = $execution') }, next);
}

function putClaim(id: Claim, me: string, ConditionExpression: string, ExpressionAttributeValues: object, next: string, refused: string): State {
  const item = itemOf(id, me);
  return task('dynamodb:putItem', {
    ...item, ConditionExpression, ExpressionAttributeValues,
  }, next, { retry: UNLESS_REFUSED, catchers: [{ ErrorEquals: REFUSED, Next: refused }] });
}

/** Writes it, whoever has it. */
function putItem(id: Claim, me: string, next: string): State {
  return task('dynamodb:putItem', itemOf(id, me), next);
}

function itemOf(id: Claim, me: string): object {
  return { TableName: jsonata('$config.table'), Item: { id: { S: id }, holder: text(me), at: text('$states.context.State.EnteredTime') } };
}
