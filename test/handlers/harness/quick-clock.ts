/** How many times quicker waits are over. */
export const QUICKER = 100;

/** The longest wait of the SDK between two attempts, in milliseconds. What is longer is no wait but a timeout, of jest for example. */
const LONGEST_WAIT = 20_000;

let waited = 0;

/** How much time the waits took, had they not been shortened, in ms: a busy machine does not make it longer. */
export function timeWaited(): number {
  return waited;
}

/** Shortens the waits of the handler and of the SDK between their attempts. Returns what ends that. */
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
