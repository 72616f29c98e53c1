/** Much work, in seconds of processor time: below it, noise is larger than what is measured. */
const MUCH = 1;
const TIMES = 8;

/**
 * Expects that a size and eight times the size differ by about eight in what they take: where work grows with the square, it is sixty-four.
 *
 * Processor time is what other processes on the machine do not change.
 */
export function expectLinear(work: (size: number) => void, size: number): void {
  const most = effort(() => work(size));
  if (most < MUCH) { return; }
  const least = effort(() => work(size / TIMES));
  expect(most / least).toBeLessThan(3 * TIMES);
}

function effort(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
