import { Aws } from 'aws-cdk-lib';

/** A state of the States Language. */
export interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

export interface States {
  readonly [name: string]: State;
}

/** States, and the one that they begin with. */
export interface Steps {
  readonly StartAt: string;
  readonly States: States;
}

/** Values of the States Language, with expressions among them. */
interface Values {
  readonly [name: string]: unknown;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Values;
  readonly Output?: unknown;
}

/** What a task has besides its call. */
export interface TaskFields {
  readonly assign?: Values;
  readonly output?: unknown;
  readonly retry?: readonly object[];
  readonly catchers?: readonly Catcher[];
}

/** An expression of JSONata, on one line. */
export function jsonata(expression: string): string {
  return `{% ${expression.trim().split('\n').map(line => line.trim()).join(' ')} %}`;
}

/** An empty text, which some validators take for no value otherwise. */
export const EMPTY = jsonata("''");

export function pass(assign: Values, next: string): State {
  return { Type: 'Pass', Assign: assign, Output: {}, Next: next };
}

/** The end of a child, or of a turn: what it says, or what it is given. */
export function end(output?: unknown): State {
  return { Type: 'Pass', ...output !== undefined && { Output: output }, End: true };
}

/** The first condition that holds says what is next. */
export function choice(rules: readonly (readonly [string, string])[], otherwise: string): State {
  return { Type: 'Choice', Choices: rules.map(([condition, Next]) => ({ Condition: jsonata(condition), Next })), Default: otherwise };
}

export function wait(seconds: number | string, next: string): State {
  return { Type: 'Wait', Seconds: seconds, Output: {}, Next: next };
}

export function fail(error: string, cause: string): State {
  return { Type: 'Fail', Error: error, Cause: cause };
}

/** Ends an execution that failed, when it has let the next one begin. */
export function failed(error: string, cause: string): State {
  return pass({ error, problem: cause }, 'Is it an automatic run');
}

/** A task that is gone on from also where it fails. */
export function inAnyCase(state: State, Assign?: Values): State {
  const catchers = (state.Catch ?? []) as readonly Catcher[];
  return { ...state, Catch: [...catchers, { ErrorEquals: ['States.ALL'], Next: state.Next, ...Assign && { Assign } }] };
}

/**
 * Lets no execution end by a call that fails without a word: what fails in these states is said, and another one may begin.
 *
 * @param next what comes after a call that failed
 * @param words what it is called, and what is to be done then
 */
export function caught(states: States, next = 'Release the lock after a failed call', words = CALL_FAILED): States {
  return Object.fromEntries(Object.entries(states).map(([name, state]) => {
    const catchers = (state.Catch ?? []) as readonly Catcher[];
    const isOpen = (state.Type === 'Task' || state.Type === 'Map') && !catchers.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
    return [name, isOpen ? { ...state, Catch: [...catchers, callFailed(name, next, words)] } : state];
  }));
}

/** What a call that failed is called, and what is to be done then, as an expression. */
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

/** A call of an AWS API by its integration of the SDK: `ec2:describeInstances`. Before each of EC2, or so many at once as are allowed, a second is waited. */
export function call(action: string, args: unknown, next: string, fields: TaskFields = {}): State {
  return task(`aws-sdk:${action}`, args, next, fields);
}

/** A task of an integration. What throttles or fails in passing is tried again; nothing waits less than a second. */
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

/** In the place of the next state: there is none. */
export const END = '';

/** Goes through items in child executions of their own, each with a history of its own, one after the other. */
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

/** The item of a child, and what each of them is given. */
export const ITEM = jsonata('$states.context.Map.Item.Value');
export const FOR_ALL = { config: jsonata('$config'), run: jsonata('$run') };

/** What fails in a child is not known here, but that it did. */
export function cutOff(next: string, error: string, what: string, assign: Values = {}): Catcher[] {
  const cause = '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 500) : $states.errorOutput.Error';
  return [{
    ErrorEquals: ['States.ALL'],
    Next: next,
    Assign: { ...assign, error, problem: jsonata(`'${what} was interrupted, see the map run of this execution: ' & (${cause})`) },
  }];
}

/** Goes through items within the execution. */
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

/** Six attempts within a minute or so. */
export const RETRY = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 6, MaxDelaySeconds: 30 }];

/** For some four hours: where nobody would do it again. */
export const PATIENT = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 24, MaxDelaySeconds: 900 }];

/** What a task cannot be tried again with. */
export const TOO_LONG = 'States.DataLimitExceeded';
