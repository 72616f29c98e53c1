/** The object that Stryker's code reads: the active mutant, and the current test. It stays the same object for the whole process. */
export interface Switches {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  readonly mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

/** The data that a worker and the environment of its test files share. */
export interface CurrentRun {
  /** The names of the tests to run. `undefined` for all. */
  only?: ReadonlySet<string>;
  /** Whether to skip the remaining tests. */
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
