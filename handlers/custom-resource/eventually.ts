/** How long to wait after each attempt, in milliseconds: 12 seconds in all. */
const DELAYS = [250, 500, 1_000, 2_000, 4_000, 4_000];

/** Tries what may fail for a while: a right that was just given, an answer of what was just written, a network. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const delay of DELAYS) {
    try {
      return await attempt();
    } catch (error) {
      console.log(error);
      await new Promise(resolve => setTimeout(resolve, delay));
    }
  }
  return attempt();
}
