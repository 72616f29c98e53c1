import type { Setting } from '../../src/model/setting';
import { UNSET, describe as inWords, describeValue, isAlways } from '../../src/model/setting';

const REQUIRED: Setting = [{ kind: 'set', value: 'required' }];
const OPTIONAL: Setting = [{ kind: 'set', value: 'optional' }];
const UNKNOWN: Setting = [{ kind: 'unknown', reason: 'Ref Tokens' }];

interface Case {
  readonly setting: Setting;
  readonly words: string;
  readonly alwaysRequired: boolean;
}

const CASES: readonly Case[] = [
  { setting: REQUIRED, words: "'required'", alwaysRequired: true },
  { setting: [...REQUIRED, ...REQUIRED], words: "'required'", alwaysRequired: true },
  { setting: OPTIONAL, words: "'optional'", alwaysRequired: false },
  { setting: [...REQUIRED, ...OPTIONAL], words: "'required' or 'optional'", alwaysRequired: false },
  { setting: UNSET, words: 'unset', alwaysRequired: false },
  { setting: [...REQUIRED, ...UNSET], words: "'required' or unset", alwaysRequired: false },
  { setting: UNKNOWN, words: 'unknown (Ref Tokens)', alwaysRequired: false },
  { setting: [...REQUIRED, ...UNKNOWN], words: "'required' or unknown (Ref Tokens)", alwaysRequired: false },
  { setting: [], words: '', alwaysRequired: false },
];

describe('a setting', () => {
  test.each(CASES)('that is $words: always required $alwaysRequired', ({ setting, words, alwaysRequired }) => {
    expect(inWords(setting)).toBe(words);
    expect(isAlways(setting, value => value === 'required')).toBe(alwaysRequired);
  });
});

describe('a value in words', () => {
  test.each([
    ['optional', "'optional'"],
    ['', "''"],
    [true, 'true'],
    [2, '2'],
    [null, 'null'],
    [undefined, 'undefined'],
    [['a', 1], '["a",1]'],
    [{ Ref: 'A' }, '{"Ref":"A"}'],
  ])('%j is %s', (value, words) => {
    expect(describeValue(value)).toBe(words);
  });

  test.each([['a list', 'a list that cannot be shown'], ['an object', 'an object that cannot be shown']])('%s that contains itself is named', (kind, words) => {
    const value: unknown[] & { self?: unknown } = [];
    value.push(value);
    expect(describeValue(kind === 'a list' ? value : { value })).toBe(words);
  });

  test('is cut if it is long', () => {
    const words = describeValue({ List: Array(1000).fill('element') });
    expect(words).toHaveLength(80);
    expect(words).toMatch(/\.\.\.$/);
  });

  test('is cut if it is a long string, too', () => {
    expect(describeValue('x'.repeat(10_000)).length).toBeLessThanOrEqual(100);
  });
});
