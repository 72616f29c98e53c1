import type { Context } from './event';
import { timeLeft } from './in-time';

/** The milliseconds to wait after each try: a minute in total. */
const DELAYS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/**
 * Retries something that can fail for some time: because of a new permission, eventual consistency or the network.
 *
 * @param context limits the time; without it, there is no limit
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
