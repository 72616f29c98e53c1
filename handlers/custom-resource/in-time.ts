import type { Context } from './event';

/** The time in milliseconds that is reserved for the response. */
const TIME_TO_RESPOND = 30_000;

/** The longest time of one call, in milliseconds. After that, a retry is better. */
const LONGEST_CALL = 20_000;

/** The milliseconds that are left before the response must be sent. */
export function timeLeft(context: Context): number {
  return Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RESPOND);
}

/** The options of a call that ends in time for the response, even if the Region cannot be reached. */
export function inTime(context: Context): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(Math.min(LONGEST_CALL, timeLeft(context))) };
}
