/** What a worker is asked to do. */
export type Job = CoverFile | TryMutant;

export interface CoverFile { readonly kind: 'cover'; readonly file: string }

export interface TryMutant {
  readonly kind: 'try';
  readonly mutant: string;
  /** Whether it is run over when the library is loaded. */
  readonly atLoad: boolean;
  readonly plan: readonly PlannedFile[];
  /** Seconds of processor time. */
  readonly limit: number;
}

export interface PlannedFile {
  readonly file: string;
  /** The names of the tests to run. */
  readonly only: readonly string[];
}

/** What a worker says when it has loaded everything: the mutants that were run over in doing so. */
export interface Ready { readonly kind: 'ready'; readonly atLoad: readonly string[] }

/** What a file of tests runs over. Costs are seconds of processor time. */
export interface Covered {
  readonly kind: 'covered';
  readonly file: string;
  readonly tests: Readonly<Record<string, readonly string[]>>;
  readonly costs: Readonly<Record<string, number>>;
  /** Tests that fail over the mutated library with no mutant on, such as those that look at source text. */
  readonly failed: readonly string[];
  /** What is run over outside of its tests. */
  readonly outside: readonly string[];
  readonly cost: number;
}

export interface Outcome {
  readonly kind: 'outcome';
  readonly mutant: string;
  /** The test that failed. */
  readonly killer?: string;
  /** There was no time for all of the planned files. */
  readonly cutShort: boolean;
  readonly cost: number;
}

export type Answer = Ready | Covered | Outcome;

/** The job that has such an answer. */
export type JobOf<A extends Covered | Outcome> = A extends Covered ? CoverFile : TryMutant;
