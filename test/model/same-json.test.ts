import { isSameJson } from '../../src/model/same-json';

test.each<[unknown, unknown]>([
  [1, 1], ['a', 'a'], [null, null], [undefined, undefined], [[], []], [{}, {}], [{ a: 1, b: [2] }, { b: [2], a: 1 }],
])('%j is the same as %j', (one, other) => {
  expect(isSameJson(one, other)).toBe(true);
});

test.each<[unknown, unknown]>([
  [1, '1'], [null, undefined], [null, {}], [{}, null], [[], {}], [{}, []], [[1], [2]], [[1], [1, 1]], [[1, 2], [2, 1]], [{ a: 1 }, {}], [{ a: undefined }, { b: undefined }],
  [JSON.parse('{"__proto__":1}'), {}], [{ a: { b: 1 } }, { a: { b: 2 } }], [{}, 'a'], [0, false],
])('%j is not the same as %j', (one, other) => {
  expect(isSameJson(one, other)).toBe(false);
  expect(isSameJson(other, one)).toBe(false);
});
