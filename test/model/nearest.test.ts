import { mostSimilar, nearest, suggestion } from '../../src/model/nearest';

const NAMES = ['quietDays', 'regions', 'schedule'];

test.each([
  ['quietdays', 'quietDays'],
  ['region', 'regions'],
  ['shedule', 'schedule'],
])('for %p the most similar one is %p', (written, meant) => {
  expect(nearest(written, NAMES)).toBe(meant);
});

test.each(['Foo', '', 'bucket', 'x'.repeat(100_000)])('for %# there is none', written => {
  expect(nearest(written, NAMES)).toBeUndefined();
  expect(suggestion(nearest(written, NAMES))).toBe('');
});

test.each([['shedule', 'schedule'], ['REGIONS', 'regions'], ['bucket', 'quietDays']])('the most similar name to %p is %p, however different it is', (written, found) => {
  expect(mostSimilar(written, NAMES)).toBe(found);
});

test('of no names, none is the most similar one', () => {
  expect(mostSimilar('bucket', [])).toBeUndefined();
});
