import type { Aws } from './aws';

/** The inputs of the steps of a run in a Region. */
export interface Run {
  readonly aws: Aws;
  readonly account: string;
  readonly region: string;
  /** The start of the run, in milliseconds since 1970. */
  readonly now: number;
  readonly quietDays: number;
  /** The milliseconds that are left for reading. */
  timeLeft(): number;
  /** The options of a call that ends in time to publish the results. */
  inTime(): { abortSignal: AbortSignal };
}
