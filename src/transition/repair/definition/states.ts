import { Aws } from 'aws-cdk-lib';

/** A state of the Amazon States Language. */
export interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

export interface States {
  readonly [name: string]: State;
}

/** States, and the first of them. */
export interface Steps {
  readonly StartAt: string;
  readonly States: States;
}

/** Values of the Amazon States Language, which can contain expressions. */
interface Values {
  readonly [name: string]: unknown;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Values;
  readonly Output?: unknown;
}

/** Optional fields of a task. */
export interface TaskFields {
  readonly assign?: Values;
  readonly output?: unknown;
  readonly retry?: readonly object[];
  readonly catchers?: readonly Catcher[];
}

/** A JSONata expression, on one line. */
export function jsonata(expression: string): string {
  return `{% ${expression.trim().split('\n').map(line => line.trim()).join(' ')} %}`;
}

/** An empty text as an expression, because some validators read an empty literal as no value. */
export const EMPTY = jsonata("''");

export function pass(assign: Values, next: string): State {
  return { Type: 'Pass', Assign: assign, Output: {}, Next: next };
}

/** The last state of a child execution or an iteration. It returns the given output, or its input. */
export function end(output?: unknown): State {
  return { Type: 'Pass', ...output !== undefined && { Output: output }, End: true };
}

/** The next state is that of the first true condition. */
export function choice(rules: readonly (readonly [string, string])[], otherwise: string): State {
  return { Type: 'Choice', Choices: rules.map(([condition, Next]) => ({ Condition: jsonata(condition), Next })), Default: otherwise };
}

export function wait(seconds: number | string, next: string): State {
  return { Type: 'Wait', Seconds: seconds, Output: {}, Next: next };
}

export function fail(error: string, cause: string): State {
  return { Type: 'Fail', Error: error, Cause: cause };
}

/** Ends a failed execution, after it has started the next automatic run. */
export function failed(error: string, cause: string): State {
  return pass({ error, problem: cause }, 'Is it an automatic run');
}

/** A task that continues with the next state also if it fails. */
export function inAnyCase(state: State, Assign?: Values): State {
  const catchers = (state.Catch ?? []) as readonly Catcher[];
  return { ...state, Catch: [...catchers, { ErrorEquals: ['States.ALL'], Next: state.Next, ...Assign && { Assign } }] };
}

/**
 * Catches failed calls in these states, so that the failure is reported and another run can start.
 *
 * @param next the state after a failed call
 * @param words the error and the advice
 */
export function caught(states: States, next = 'Release the lock after a failed call', words = CALL_FAILED): States {
  return Object.fromEntries(Object.entries(states).map(([name, state]) => {
    const catchers = (state.Catch ?? []) as readonly Catcher[];
    const isOpen = (state.Type === 'Task' || state.Type === 'Map') && !catchers.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
    return [name, isOpen ? { ...state, Catch: [...catchers, callFailed(name, next, words)] } : state];
  }));
}

/** The name of the error of a failed call, and an expression for the advice. */
export interface Words {
  readonly error: string;
  readonly advice: string;
}

const CALL_FAILED: Words = { error: 'CallFailed', advice: "''" };

function callFailed(name: string, Next: string, { error, advice }: Words): Catcher {
  const cause = "$exists($states.errorOutput.Cause) ? ': ' & $substring($states.errorOutput.Cause, 0, 500) : ''";
  const said = `($problem = '' ? '' : $problem & '. ') & '${name}: ' & $states.errorOutput.Error & (${cause}) & (${advice})`;
  return {
    ErrorEquals: ['States.ALL'],
    Next,
    Assign: { error: jsonata(`$error = '' ? '${error}' : $error`), problem: jsonata(said), broken: jsonata('$broken + 1'), where: EMPTY },
  };
}

export function succeed(output: string): State {
  return { Type: 'Succeed', Output: jsonata(output) };
}

/**
 * A call of an AWS API through the SDK integration, such as `ec2:describeInstances`. Before an EC2 call, or a group of parallel ones, wait for a
 * second.
 */
export function call(action: string, args: unknown, next: string, fields: TaskFields = {}): State {
  return task(`aws-sdk:${action}`, args, next, fields);
}

/** A task of an integration. It is retried after throttling and temporary errors, with at least a second in between. */
export function task(integration: string, args: unknown, next: string, { assign, output = {}, retry = RETRY, catchers }: TaskFields = {}): State {
  return {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::${integration}`,
    Arguments: args,
    Retry: retry,
    ...catchers && { Catch: catchers },
    ...assign && { Assign: assign },
    Output: output,
    ...next === END ? { End: true } : { Next: next },
  };
}

/** The `next` of a task that is the last state. */
export const END = '';

/** Runs a child execution with its own history for each item, one after the other. */
export function children(items: string, selected: Values, steps: Steps, next: string, { assign, catchers }: TaskFields = {}): State {
  return {
    Type: 'Map',
    Items: items,
    ItemSelector: selected,
    MaxConcurrency: 1,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...steps },
    ...catchers && { Catch: catchers },
    ...assign && { Assign: assign },
    Output: {},
    Next: next,
  };
}

/** The item of a child execution, and the variables that each of them gets. */
export const ITEM = jsonata('$states.context.Map.Item.Value');
export const FOR_ALL = { config: jsonata('$config'), run: jsonata('$run') };

/** A failed child execution is reported without its reason, which the parent does not get. */
export function cutOff(next: string, error: string, what: string, assign: Values = {}): Catcher[] {
  const cause = '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 500) : $states.errorOutput.Error';
  return [{
    ErrorEquals: ['States.ALL'],
    Next: next,
    Assign: { ...assign, error, problem: jsonata(`'${what} was interrupted, see the map run of this execution: ' & (${cause})`) },
  }];
}

/** Runs states for each item within the execution. */
export function turns(items: string, concurrency: number, steps: Steps, next: string, assign: Values): State {
  return {
    Type: 'Map',
    Items: items,
    MaxConcurrency: concurrency,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...steps },
    Assign: assign,
    Output: {},
    Next: next,
  };
}

/** Six retries within about a minute. */
export const RETRY = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 6, MaxDelaySeconds: 30 }];

/** Retries for about four hours, for calls that nobody would repeat otherwise. */
export const PATIENT = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 24, MaxDelaySeconds: 900 }];

/** The error for a response that does not fit into a state. A retry does not help. */
export const TOO_LONG = 'States.DataLimitExceeded';
