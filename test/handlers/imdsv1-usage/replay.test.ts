import { quickClock } from '../harness/quick-clock';
import { knownAccount } from './account';
import { Chance } from './launches';
import { replay } from './replay';
import { REGION } from './runs';
import { HOUR } from './world';

const BEGINNING = Date.parse('2026-10-01T00:00:00Z');

let restore: () => void;
beforeEach(() => {
  restore = quickClock(2_000);
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(() => restore());

test.each([1, 2, 3, 4])('400 instances over 30 days, with all failures (seed %i)', async seed => {
  const account = knownAccount(seed, 400, 30, BEGINNING, REGION);
  const { lies, ready, callers } = await replay(account, 30, 6 * HOUR, new Chance(seed + 100));
  expect(lies).toEqual([]);
  expect(callers).toBeGreaterThan(30);
  expect(ready).toBeGreaterThan(10);
});
