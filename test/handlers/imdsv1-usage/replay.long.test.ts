import { quickClock } from '../harness/quick-clock';
import { knownAccount } from './account';
import { Chance } from './launches';
import { replay } from './replay';
import { REGION } from './runs';
import { HOUR } from './world';

const BEGINNING = Date.parse('2026-10-01T00:00:00Z');

/** The highest costs of a run for each 1,000 running instances. Five of the calls are to CloudFormation, for ids that had no stack last time. */
const MOST_CALLS_FOR_1000 = 35;
const MOST_BYTES_FOR_1000 = 60_000;

let restore: () => void;
beforeEach(() => {
  restore = quickClock(20_000);
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(() => restore());

test.each([
  ['10,000 instances over 30 days, every six hours', 11, 10_000, 6 * HOUR],
  ['1,500 instances over 30 days, every hour', 12, 1_500, HOUR],
])('%s: every caller is found, and no launcher is ready by mistake', async (_, seed, instances, every) => {
  const account = knownAccount(seed, instances, 30, BEGINNING, REGION);
  const found = await replay(account, 30, every, new Chance(seed));
  const { lies, ready, callers, runs, calls, largestMemory, instanceHours, last } = found;
  const running = instanceHours / (30 * 24);
  const perRun = Object.values(calls).reduce((sum, count) => sum + count, 0) / runs;
  expect(lies).toEqual([]);
  expect(last.unattributed).toEqual([]);
  expect(callers).toBeGreaterThan(instances / 20);
  expect(ready).toBeGreaterThan(runs);
  expect(perRun).toBeLessThan(MOST_CALLS_FOR_1000 * Math.max(1, running / 1000));
  expect(largestMemory).toBeLessThan(MOST_BYTES_FOR_1000 * Math.max(1, running / 1000));
}, 600_000);
