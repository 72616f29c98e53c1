/** How many times quicker waits are over. */
export const QUICKER = 100;

/** The longest wait of the SDK between two attempts, in milliseconds. What is longer is no wait but a timeout, of jest for example. */
const LONGEST_WAIT = 20_000;

/** Shortens the waits of the handler and of the SDK between their attempts. Returns what ends that. */
export function quickClock(quicker = QUICKER): () => void {
  const original = global.setTimeout;
  const quick = (callback: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
    original(callback, delay <= LONGEST_WAIT ? delay / quicker : delay, ...args);
  global.setTimeout = Object.assign(quick, original);
  return () => { global.setTimeout = original; };
}
