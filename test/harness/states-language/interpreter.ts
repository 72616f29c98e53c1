import type { Variables } from './expressions';
import { evaluated, StatesError } from './expressions';
import type { Catcher, Machine, MachineState } from './machine';
import { isAmong } from './machine';
import type { VirtualClock } from './virtual-clock';

/** Calls an integration: `aws-sdk:ec2:describeInstances`. It throws a StatesError. */
export type Integration = (name: string, args: never, execution: string) => Promise<unknown>;

/** The environment of a state machine. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly integration: Integration;
  /** Is called before each state, and before and after each call. If it throws `Aborted`, the execution ends there. */
  readonly step?: (where: string) => void;
}

/** The execution was ended from outside. Nothing catches it. */
export class Aborted extends Error {}

/** The result of an execution. */
export interface Ended {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

const EXCEEDED = 'States.ExceedToleratedFailureThreshold';
const MOST_BYTES = 262_144;
const MOST_EVENTS = 25_000;
const MOST_INLINE = 40;

/** The lengths of the histories of executions, the longest first, and the size of the largest value in bytes. */
export interface Figures {
  events: number;
  bytes: number;
  executions: number;
  transitions: number;
}

/**
 * Runs a state machine in the States Language with JSONata, in virtual time. It is a small interpreter for these tests.
 *
 * It supports Pass, Task, Choice, Wait for seconds, Succeed, Fail and Map (inline, and distributed over `Items`), Assign, Output, Retry without jitter,
 * Catch, scopes of variables, the limits of 256 KB and of 25,000 events, and terminal errors. It throws for everything else: Parallel, item readers, result
 * writers, activities, callbacks, timeouts, JSONPath, Express workflows.
 */
export class Interpreter {
  public readonly figures: Figures = { events: 0, bytes: 0, executions: 0, transitions: 0 };
  private isAborted = false;

  public constructor(private readonly around: Surroundings) {}

  /** Runs an execution to its end. */
  public async execute(machine: Machine, input: unknown, arn: string): Promise<Ended> {
    try {
      return { status: 'SUCCEEDED', output: await new Execution(this, this.around, arn, input).runIn(machine, input, new Scope()) };
    } catch (error) {
      if (error instanceof Aborted) { return { status: 'ABORTED' }; }
      if (!(error instanceof StatesError)) { throw error; }
      return { status: 'FAILED', error: error.error, cause: error.cause };
    }
  }

  /** @throws Aborted if the execution was ended, here or in another branch of it */
  public step(where: string): void {
    if (this.isAborted) { throw new Aborted(); }
    try {
      this.around.step?.(where);
    } catch (error) {
      this.isAborted = true;
      throw error;
    }
  }
}

/** The variables of a state: its own, and those of the outer states. */
class Scope {
  /** All variables. Those of outer states do not change while an inner state runs. */
  public all: Variables;

  public constructor(private readonly outer?: Scope) {
    this.all = outer?.all ?? {};
  }

  /** @throws StatesError if a variable hides an outer one, which Step Functions does not allow */
  public assign(values: Variables): void {
    const hiding = Object.keys(values).find(name => this.outer && name in this.outer.all);
    if (hiding !== undefined) { throw new StatesError('States.Runtime', `${hiding} is a variable of an outer scope`); }
    this.all = { ...this.all, ...values };
  }
}

class Execution {
  private events = 1;
  private readonly started: string;

  public constructor(
    private readonly interpreter: Interpreter, private readonly around: Surroundings, private readonly arn: string, private readonly input: unknown,
  ) {
    this.started = around.clock.iso;
    interpreter.figures.executions += 1;
  }

  public async runIn(machine: Machine, input: unknown, scope: Scope): Promise<unknown> {
    let [name, value] = [machine.StartAt, this.sized(input, 'input')];
    for (;;) {
      const state = machine.States[name];
      if (state === undefined) { throw new Error(`there is no state ${name}`); }
      const { next, output } = await new Turn(this.interpreter, this.around, this, name, state, value, scope).take();
      value = this.sized(output, `the output of ${name}`);
      if (next === undefined) { return value; }
      name = next;
    }
  }

  public context(state: string, entered: string, item?: { readonly Index: number; readonly Value: unknown }): object {
    return {
      Execution: { Id: this.arn, Name: this.arn.split(':').pop(), StartTime: this.started, Input: this.input },
      State: { Name: state, EnteredTime: entered },
      StateMachine: { Id: this.arn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '') },
      ...item && { Map: { Item: item } },
    };
  }

  public note(events: number): void {
    this.events += events;
    this.interpreter.figures.events = Math.max(this.interpreter.figures.events, this.events);
    if (this.events > MOST_EVENTS) { throw new StatesError('States.Runtime', 'the history is full'); }
  }

  public sized<Value>(value: Value, what: string): Value {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > MOST_BYTES) { throw new StatesError('States.DataLimitExceeded', `${what} has ${bytes} bytes`); }
    this.interpreter.figures.bytes = Math.max(this.interpreter.figures.bytes, bytes);
    return value;
  }

  public child(index: number, input: unknown): Execution {
    return new Execution(this.interpreter, this.around, `${this.arn}/Map:${index}-${this.events}`, input);
  }

  public get id(): string {
    return this.arn;
  }
}

interface Taken {
  readonly next?: string;
  readonly output: unknown;
}

/** A state that is entered. */
class Turn {
  private readonly entered: string;

  public constructor(
    private readonly interpreter: Interpreter, private readonly around: Surroundings, private readonly execution: Execution,
    private readonly name: string, private readonly state: MachineState, private readonly input: unknown, private readonly scope: Scope,
  ) {
    this.entered = around.clock.iso;
  }

  public async take(): Promise<Taken> {
    this.interpreter.step(this.name);
    this.interpreter.figures.transitions += 1;
    this.execution.note(2);
    try {
      return await this.through();
    } catch (error) {
      return this.caught(error);
    }
  }

  private async through(): Promise<Taken> {
    const { state } = this;
    switch (state.Type) {
      case 'Pass': return this.leave(undefined);
      case 'Succeed': return this.leave(undefined);
      case 'Choice': return this.choose();
      case 'Fail': throw new StatesError(String(await this.value(state.Error)), String(await this.value(state.Cause)));
      case 'Wait': await this.around.clock.sleep(1000 * await this.seconds()); return this.leave(undefined);
      case 'Task': return this.leave(await this.tried());
      case 'Map': return this.leave(await this.mapped());
      default: throw new Error(`${this.name} is of type ${String(state.Type)}, which this interpreter does not know`);
    }
  }

  private async seconds(): Promise<number> {
    const seconds = await this.value(this.state.Seconds);
    if (!Number.isInteger(seconds) || (seconds as number) < 0) { throw new StatesError('States.Runtime', `${this.name} waits for ${String(seconds)} seconds`); }
    return seconds as number;
  }

  private async leave(
    result: unknown, said: Pick<MachineState, 'Assign' | 'Output'> = this.state, next = this.state.Next, errorOutput?: object,
  ): Promise<Taken> {
    const more = { result, errorOutput };
    const values = await this.value(said.Assign ?? {}, more) as Variables;
    const output = said.Output === undefined ? errorOutput ?? (result === undefined ? this.input : result) : await this.value(said.Output, more);
    this.scope.assign(this.execution.sized(values, `what ${this.name} assigns`));
    this.execution.sized(output, `the output of ${this.name}`);
    return { output, next };
  }

  private async choose(): Promise<Taken> {
    for (const { Condition, Next } of this.state.Choices!) {
      const holds = await this.value(Condition);
      if (typeof holds !== 'boolean') { throw new StatesError('States.QueryEvaluationError', `${Condition} is ${JSON.stringify(holds)}`); }
      if (holds) { return this.leave(undefined, {}, Next); }
    }
    return this.leave(undefined, this.state, this.state.Default);
  }

  private async tried(): Promise<unknown> {
    const attempts = new Map<object, number>();
    for (;;) {
      try {
        return await this.call();
      } catch (error) {
        if (!(error instanceof StatesError)) { throw error; }
        const retrier = this.state.Retry?.find(({ ErrorEquals }) => isAmong(error.error, ErrorEquals));
        const made = retrier ? attempts.get(retrier) ?? 0 : 0;
        if (!retrier || made >= (retrier.MaxAttempts ?? 3)) { throw error; }
        attempts.set(retrier, made + 1);
        const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
        await this.around.clock.sleep(1000 * Math.min(delay, retrier.MaxDelaySeconds ?? Infinity));
      }
    }
  }

  private async call(): Promise<unknown> {
    this.execution.note(3);
    const args = this.execution.sized(await this.value(this.state.Arguments ?? {}), `the arguments of ${this.name}`);
    const [, integration] = /^arn:aws:states:::(.+)$/.exec(this.state.Resource!)!;
    this.interpreter.step(`before ${this.name}`);
    const result = await this.around.integration(integration, args as never, this.execution.id);
    this.interpreter.step(`after ${this.name}`);
    return this.execution.sized(JSON.parse(JSON.stringify(result)) as unknown, `the result of ${this.name}`);
  }

  private async mapped(): Promise<unknown[]> {
    const { ItemProcessor: processor, MaxConcurrency = 0, ItemSelector } = this.state;
    const isInline = processor!.ProcessorConfig.Mode === 'INLINE';
    const items = await this.value(this.state.Items ?? '{% $states.input %}');
    if (!Array.isArray(items)) { throw new StatesError('States.QueryEvaluationError', `the items of ${this.name} are ${JSON.stringify(items)}`); }
    this.execution.note(2);
    const results: unknown[] = [];
    let [next, failed] = [0, 0];
    const work = async () => {
      while (next < items.length) {
        const index = next++;
        const item = { Index: index, Value: items[index] as unknown };
        const input = ItemSelector ? await this.value(ItemSelector, {}, item) : item.Value;
        this.execution.note(isInline ? 2 : 0);
        try {
          results[index] = isInline
            ? await this.execution.runIn(processor!, input, new Scope(this.scope))
            : await this.execution.child(index, input).runIn(processor!, input, new Scope());
        } catch (error) {
          if (isInline || !(error instanceof StatesError)) { throw error; }
          failed += 1;
          const tolerated = this.state.ToleratedFailurePercentage ?? 0;
          if (failed * 100 > tolerated * items.length) { throw new StatesError(EXCEEDED, 'The specified tolerated failure threshold was exceeded'); }
        }
      }
    };
    const most = Math.min(MaxConcurrency || Infinity, isInline ? MOST_INLINE : 10_000, items.length);
    await Promise.all(Array.from({ length: most }, work));
    return results.filter(result => result !== undefined);
  }

  private async caught(error: unknown): Promise<Taken> {
    if (!(error instanceof StatesError)) { throw error; }
    const catcher: Catcher | undefined = this.state.Catch?.find(({ ErrorEquals }) => isAmong(error.error, ErrorEquals));
    if (!catcher) { throw error; }
    return this.leave(undefined, catcher, catcher.Next, { Error: error.error, Cause: error.cause });
  }

  private async value(template: unknown, more: object = {}, item?: { readonly Index: number; readonly Value: unknown }): Promise<unknown> {
    const states = { input: this.input, ...more, context: this.execution.context(this.name, this.entered, item) };
    return evaluated(template, { ...this.scope.all, states });
  }
}
