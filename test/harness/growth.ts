/** Much work, in seconds of processor time: below it, noise is larger than what is measured. */
const MUCH = 1;
const TIMES = 8;

/** Half of what growth with the square is. Linear work may take more than eight times as much: garbage is dearer to collect where there is more of it. */
const MOST = TIMES * TIMES / 2;

/** What is slow is slow each time. One measure may be too high: the processor's caches and the collection of garbage are not the work's alone. */
const MEASURES = 3;

/**
 * Expects that a size and eight times the size differ by about eight in what they take: where work grows with the square, it is sixty-four.
 *
 * Processor time is what other processes on the machine change little.
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
