import type { Context } from './event';

/** What is kept of the time that Lambda gives, for the response, in milliseconds. */
const TIME_TO_RESPOND = 30_000;

/** The options of a call that ends while there is time to respond, even in a Region that cannot be reached. */
export function inTime(context: Context): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RESPOND)) };
}
