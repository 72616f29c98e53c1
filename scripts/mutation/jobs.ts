/** A job for a worker. */
export type Job = CoverFile | TryMutant;

export interface CoverFile { readonly kind: 'cover'; readonly file: string }

export interface TryMutant {
  readonly kind: 'try';
  readonly mutant: string;
  /** Whether loading the library reaches the mutant. */
  readonly atLoad: boolean;
  readonly plan: readonly PlannedFile[];
  /** The limit in seconds of processor time. */
  readonly limit: number;
}

export interface PlannedFile {
  readonly file: string;
  /** The names of the tests to run. */
  readonly only: readonly string[];
}

/** The message of a worker that has loaded everything, with the mutants that this reached. */
export interface Ready { readonly kind: 'ready'; readonly atLoad: readonly string[] }

/** The coverage of a test file. Costs are in seconds of processor time. */
export interface Covered {
  readonly kind: 'covered';
  readonly file: string;
  readonly tests: Readonly<Record<string, readonly string[]>>;
  readonly costs: Readonly<Record<string, number>>;
  /** Tests that fail with the mutated library even without an active mutant, such as those that read source code. */
  readonly failed: readonly string[];
  /** The mutants that the file reaches outside its tests. */
  readonly outside: readonly string[];
  readonly cost: number;
}

export interface Outcome {
  readonly kind: 'outcome';
  readonly mutant: string;
  /** The test that failed. */
  readonly killer?: string;
  /** Whether the time limit ended the job before all planned files. */
  readonly cutShort: boolean;
  readonly cost: number;
}

export type Answer = Ready | Covered | Outcome;

/** The job for a type of answer. */
export type JobOf<A extends Covered | Outcome> = A extends Covered ? CoverFile : TryMutant;
