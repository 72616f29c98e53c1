import { complaintsOf, cutOff } from './cut-off';

test.each(Array.from({ length: 12 }, (_, index) => index + 1))('a run that is cut off is gone on with, and taken back to what was there (seed %s)', async seed => {
  const what = await cutOff(seed);
  expect(complaintsOf(what)).toEqual([]);
});

test('the seeds cut runs off', async () => {
  const cuts = [];
  for (const seed of [1, 2, 3, 4]) { cuts.push((await cutOff(seed)).cuts); }
  expect(Math.max(...cuts)).toBeGreaterThan(2);
});
