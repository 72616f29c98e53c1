import { complaintsOf, cutOff } from './cut-off';

const cuts: number[] = [];

test.each(Array.from({ length: 12 }, (_, index) => index + 1))('an interrupted run can be continued, and rolled back to the former options (seed %s)', async seed => {
  const what = await cutOff(seed);
  cuts.push(what.cuts);
  expect(complaintsOf(what)).toEqual([]);
});

test('the seeds interrupt runs', () => {
  expect(Math.max(...cuts)).toBeGreaterThan(2);
});
