/** Much work, in seconds of processor time. Below it, the noise is larger than the result. */
const MUCH = 1;
const TIMES = 8;

/** Half of quadratic growth. Linear work can take more than eight times as long, because garbage collection costs more with more objects. */
const MOST = TIMES * TIMES / 2;

/** Slow work is slow each time. One measurement can be too high, because of processor caches and garbage collection. */
const MEASURES = 3;

/**
 * Expects that eight times the size takes about eight times as long. Quadratic work would take sixty-four times as long.
 *
 * Other processes on the machine hardly change processor time.
 */
export function expectLinear(work: (size: number) => void, size: number): void {
  let growth = Infinity;
  for (let measures = 0; measures < MEASURES && growth >= MOST; measures += 1) {
    const most = effort(() => work(size));
    if (most < MUCH) { return; }
    growth = Math.min(growth, most / effort(() => work(size / TIMES)));
  }
  expect(growth).toBeLessThan(MOST);
}

function effort(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
