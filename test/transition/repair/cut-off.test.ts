import { complaintsOf, cutOff } from './cut-off';

const cuts: number[] = [];

test.each(Array.from({ length: 12 }, (_, index) => index + 1))('a run that is cut off is gone on with, and taken back to what was there (seed %s)', async seed => {
  const what = await cutOff(seed);
  cuts.push(what.cuts);
  expect(complaintsOf(what)).toEqual([]);
});

test('the seeds cut runs off', () => {
  expect(Math.max(...cuts)).toBeGreaterThan(2);
});
