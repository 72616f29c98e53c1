/** The factor by which waits are shortened. */
export const QUICKER = 100;

/** The longest wait of the SDK between two tries, in milliseconds. A longer one is not a wait, but a timeout, for example of jest. */
const LONGEST_WAIT = 20_000;

let waited = 0;

/** The total time of the waits without the factor, in ms. It does not depend on the speed of the machine. */
export function timeWaited(): number {
  return waited;
}

/** Shortens the waits of the handler and the SDK between tries. Returns a function that ends this. */
export function quickClock(quicker = QUICKER): () => void {
  const original = global.setTimeout;
  waited = 0;
  const quick = (callback: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
    if (delay > LONGEST_WAIT) { return original(callback, delay, ...args); }
    const end = waited + delay;
    return original(() => {
      waited = Math.max(waited, end);
      callback(...args);
    }, delay / quicker);
  };
  global.setTimeout = Object.assign(quick, original);
  return () => { global.setTimeout = original; };
}
