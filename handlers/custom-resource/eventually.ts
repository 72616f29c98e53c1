import type { Context } from './event';
import { timeLeft } from './in-time';

/** How long to wait after each attempt, in milliseconds: a minute in all. */
const DELAYS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/**
 * Tries what may fail for a while: a right that was just given, an answer of what was just written, a network.
 *
 * @param context tells when it is time to give up; it never is where nothing is given
 */
export async function eventually<T>(attempt: () => Promise<T>, context?: Context): Promise<T> {
  for (const delay of DELAYS) {
    try {
      return await attempt();
    } catch (error) {
      console.log(error);
      if (context && timeLeft(context) < delay) { throw error; }
      await new Promise(resolve => setTimeout(resolve, delay));
    }
  }
  return attempt();
}
