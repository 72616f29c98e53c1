import { mostSimilar, nearest, similarTo, suggestion } from '../../src/model/nearest';

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

test.each([
  ['hopLimit', ['containerHopLimit', 'httpPutResponseHopLimit', 'maxHopLimit'], ": did you mean 'containerHopLimit', 'httpPutResponseHopLimit' or 'maxHopLimit'"],
  ['putresponse', ['httpPutResponseHopLimit'], ": did you mean 'httpPutResponseHopLimit'"],
  ['maxHopLimits', ['maxHopLimit'], ": did you mean 'maxHopLimit'"],
  ['Hop', [], ''],
  ['colour', [], ''],
])('the user may mean each name that contains %p, or else the most similar name: %j', (written, meant, text) => {
  const similar = similarTo(written, ['httpEndpoint', 'containerHopLimit', 'httpPutResponseHopLimit', 'maxHopLimit']);
  expect(similar).toEqual(meant);
  expect(suggestion(...similar)).toBe(text);
});

test.each([['shedule', 'schedule'], ['REGIONS', 'regions'], ['bucket', 'quietDays']])('the most similar name to %p is %p, however different it is', (written, found) => {
  expect(mostSimilar(written, NAMES)).toBe(found);
});

test('of no names, none is the most similar one', () => {
  expect(mostSimilar('bucket', [])).toBeUndefined();
});
