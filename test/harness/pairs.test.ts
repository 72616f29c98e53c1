import { covering, pairs } from './pairs';

const LETTERS = ['a', 'b', 'c', 'd'];
const DIGITS = ['1', '2', '3', '4', '5'];
const SIGNS = ['+', '-'];
const PRODUCT = LETTERS.flatMap(letter => DIGITS.flatMap(digit => SIGNS.map(sign => [letter, digit, sign])));

const pairsOf = (rows: readonly string[][]) => new Set(rows.flatMap(([letter, digit, sign]) => [letter + digit, letter + sign, digit + sign]));

test('every pair of a product is included, in far fewer rows', () => {
  const rows = pairs(PRODUCT, row => row);
  expect(pairsOf(rows)).toEqual(pairsOf(PRODUCT));
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(rows.length).toBeLessThan(28);
});

test('an impossible row is not generated', () => {
  const possible = PRODUCT.filter(([letter, digit]) => letter !== 'a' || digit === '1');
  const rows = pairs(possible, row => row);
  expect(possible).toEqual(expect.arrayContaining(rows));
  expect(pairsOf(rows)).toEqual(pairsOf(possible));
});

test('the same value of two factors counts as two values', () => {
  expect(pairs([['x', 'y'], ['y', 'x']], row => row)).toHaveLength(2);
});

test('rows keep their order, and a row with nothing new is left out', () => {
  expect(covering(['ab', 'a', 'c', 'b'], row => [...row])).toEqual(['ab', 'c']);
});
