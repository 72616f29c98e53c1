/** What the code that Stryker writes looks at: which mutant is on, and which test is running. The object stays the same for the whole process. */
export interface Switches {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  readonly mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

/** What a worker and the environment of its test files tell each other. */
export interface CurrentRun {
  /** The names of the tests to run; all, where there is none. */
  only?: ReadonlySet<string>;
  /** Skips what is left. */
  done: boolean;
  /** Called at the start of each test. */
  started?(name: string): void;
  failed?(name: string): void;
}

const shared = globalThis as unknown as { __stryker__?: Switches; [key: symbol]: CurrentRun | undefined };
const RUN = Symbol.for('cdk-imdsv2.mutation.run');

export function switches(): Switches {
  return shared.__stryker__ ??= { mutantCoverage: { static: {}, perTest: {} } };
}

export function currentRun(): CurrentRun {
  return shared[RUN] ??= { done: false };
}
