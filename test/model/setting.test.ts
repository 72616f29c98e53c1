import type { Setting } from '../../src/model/setting';
import { UNSET, describe as inWords, describeValue, isAlways, mayBeUnset } from '../../src/model/setting';

const REQUIRED: Setting = [{ kind: 'set', value: 'required' }];
const OPTIONAL: Setting = [{ kind: 'set', value: 'optional' }];
const UNKNOWN: Setting = [{ kind: 'unknown', reason: 'Ref Tokens' }];

interface Case {
  readonly setting: Setting;
  readonly words: string;
  readonly alwaysRequired: boolean;
  readonly mayBeUnset: boolean;
}

const CASES: readonly Case[] = [
  { setting: REQUIRED, words: "'required'", alwaysRequired: true, mayBeUnset: false },
  { setting: [...REQUIRED, ...REQUIRED], words: "'required'", alwaysRequired: true, mayBeUnset: false },
  { setting: OPTIONAL, words: "'optional'", alwaysRequired: false, mayBeUnset: false },
  { setting: [...REQUIRED, ...OPTIONAL], words: "'required' or 'optional'", alwaysRequired: false, mayBeUnset: false },
  { setting: UNSET, words: 'unset', alwaysRequired: false, mayBeUnset: true },
  { setting: [...REQUIRED, ...UNSET], words: "'required' or unset", alwaysRequired: false, mayBeUnset: true },
  { setting: UNKNOWN, words: 'unknown (Ref Tokens)', alwaysRequired: false, mayBeUnset: false },
  { setting: [...REQUIRED, ...UNKNOWN], words: "'required' or unknown (Ref Tokens)", alwaysRequired: false, mayBeUnset: false },
  { setting: [], words: '', alwaysRequired: false, mayBeUnset: false },
];

describe('a setting', () => {
  test.each(CASES)('that is $words: always required $alwaysRequired, may be unset $mayBeUnset', ({ setting, words, ...expected }) => {
    expect(inWords(setting)).toBe(words);
    expect(isAlways(setting, value => value === 'required')).toBe(expected.alwaysRequired);
    expect(mayBeUnset(setting)).toBe(expected.mayBeUnset);
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

  test('is cut where it is long', () => {
    const words = describeValue({ List: Array(1000).fill('element') });
    expect(words).toHaveLength(80);
    expect(words).toMatch(/\.\.\.$/);
  });

  test('is cut where it is a long string too', () => {
    expect(describeValue('x'.repeat(10_000)).length).toBeLessThanOrEqual(100);
  });
});
