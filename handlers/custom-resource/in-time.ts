import type { Context } from './event';

/** What is kept of the time that Lambda gives, for the response, in milliseconds. */
const TIME_TO_RESPOND = 30_000;

/** How long one call may take, in milliseconds: after that it is better to ask again. */
const LONGEST_CALL = 20_000;

/** How long there is to go on, in milliseconds, until it is time to respond. */
export function timeLeft(context: Context): number {
  return Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RESPOND);
}

/** The options of a call that ends while there is time to respond, even in a Region that cannot be reached. */
export function inTime(context: Context): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(Math.min(LONGEST_CALL, timeLeft(context))) };
}
