import { reasonFor } from '../../src/launch/targets';

test.each<[unknown, string]>([
  [['a', 'b'], 'a list'],
  [{ 'Fn::FindInMap': ['A', 'B', 'C'] }, 'Fn::FindInMap'],
  [{ Name: 'web' }, 'an object with Name'],
  [{ A: 1, B: 2, C: 3, D: 4, E: 5 }, 'an object with A, B, C'],
  [7, '7'],
])('%j cannot be read: it is %s', (value, reason) => {
  expect(reasonFor(value)).toBe(reason);
});
