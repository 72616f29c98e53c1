import type { Aws } from './aws';

/** What the steps of a run in a Region need. */
export interface Run {
  readonly aws: Aws;
  readonly account: string;
  readonly region: string;
  /** When the run began, in milliseconds since 1970. */
  readonly now: number;
  readonly quietDays: number;
  /** How long there is to go on reading, in milliseconds. */
  timeLeft(): number;
  /** The options of a call that ends while there is time to publish. */
  inTime(): { abortSignal: AbortSignal };
}
