import { EC2 } from '@aws-sdk/client-ec2';
import type { Context } from './event';

/** What is kept of the time that Lambda gives, for the response, in milliseconds. */
const TIME_TO_RESPOND = 30_000;

/** A client for a Region, or for the one that the function runs in. */
export function clientIn(region?: string): EC2 {
  return new EC2({ region, maxAttempts: 5 });
}

/** The options of a call that ends while there is time to respond, even in a Region that cannot be reached. */
export function inTime(context: Context): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RESPOND)) };
}
