/** Random numbers from 0 to 1, from a seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0; // eslint-disable-line no-bitwise
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // eslint-disable-line no-bitwise
    return state / 2 ** 32;
  };
}
