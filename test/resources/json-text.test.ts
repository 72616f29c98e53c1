import { parseJsonText } from '../../src/resources/json-text';
import { expectLinear } from '../harness/growth';

const REF = { Ref: 'Key' };
const GET_ATT = { 'Fn::GetAtt': ['Key', 'Arn'] };

interface Case {
  readonly name: string;
  readonly source: unknown;
  /** The text with `"added": 1` as another key at the end of the outer object. */
  readonly printed: unknown;
}

const CASES: readonly Case[] = [
  { name: 'a string', source: '{"a":"b"}', printed: '{"a":"b","added":1}' },
  { name: 'a string without keys', source: '{}', printed: '{"added":1}' },
  { name: 'a string with an escaped quote', source: '{"a":"\\"b\\\\"}', printed: '{"a":"\\"b\\\\","added":1}' },
  { name: 'a string with a key __proto__', source: '{"__proto__":{"a":1}}', printed: '{"__proto__":{"a":1},"added":1}' },
  { name: 'indentation by two', source: '{\n  "a": 1\n}', printed: '{\n  "a": 1,\n  "added": 1\n}' },
  { name: 'indentation by four', source: '{\n    "a": {\n        "b": 1\n    }\n}', printed: '{\n    "a": {\n        "b": 1\n    },\n    "added": 1\n}' },
  { name: 'indentation by tabs', source: '{\n\t"a": 1\n}', printed: '{\n\t"a": 1,\n\t"added": 1\n}' },

  { name: 'a join of strings', source: join('', '{"a":', '1}'), printed: join('', '{"a":1,"added":1}') },
  { name: 'a join with a value inside of a string', source: join('', '{"a":"x', REF, 'y"}'), printed: join('', '{"a":"x', REF, 'y","added":1}') },
  { name: 'a join with a bare value', source: join('', '{"a":', REF, '}'), printed: join('', '{"a":', REF, ',"added":1}') },
  { name: 'a join with both', source: join('', '{"a":', REF, ',"b":"', GET_ATT, '"}'), printed: join('', '{"a":', REF, ',"b":"', GET_ATT, '","added":1}') },
  { name: 'a join with two values side by side', source: join('', '{"a":"', REF, GET_ATT, '"}'), printed: join('', '{"a":"', REF, GET_ATT, '","added":1}') },
  { name: 'a join with a value in a list', source: join('', '{"a":[1,', REF, ']}'), printed: join('', '{"a":[1,', REF, '],"added":1}') },
  { name: 'a join with a value as a key', source: join('', '{"', REF, '":1}'), printed: join('', '{"', REF, '":1,"added":1}') },
  { name: 'a join with a delimiter', source: join(',', '{"a":1', '"b":2}'), printed: join('', '{"a":1,"b":2,"added":1}') },
  { name: 'a join with a delimiter and a value', source: join('"', '{', 'a', ':', REF, '}'), printed: join('', '{"a":"', REF, '","added":1}') },
  { name: 'a join of many values', source: many(12), printed: join('', ...pieces(many(12)).slice(0, -1), '"],"added":1}') },
  { name: 'an escape that two pieces share', source: join('', '{"a":"x\\', '"y","b":"', REF, '"}'), printed: join('', '{"a":"x\\"y","b":"', REF, '","added":1}') },

  { name: 'a substitution', source: sub('{"a":"${Key}"}'), printed: sub('{"a":"${Key}","added":1}') },
  { name: 'a substitution of an attribute', source: sub('{"a":"x${Key.Arn}y"}'), printed: sub('{"a":"x${Key.Arn}y","added":1}') },
  { name: 'a substitution of a bare value', source: sub('{"a":${Number}}'), printed: sub('{"a":${Number},"added":1}') },
  { name: 'a substitution with a map', source: sub('{"a":"${x}"}', { x: REF }), printed: sub('{"a":"${x}","added":1}', { x: REF }) },
  { name: 'a substitution with a literal', source: sub('{"a":"${!Literal}"}'), printed: sub('{"a":"${!Literal}","added":1}') },
  { name: 'a substitution with an empty name', source: sub('{"a":"${}"}'), printed: sub('{"a":"${}","added":1}') },
  { name: 'a substitution with a dollar alone', source: sub('{"a":"$ {b} $"}'), printed: sub('{"a":"$ {b} $","added":1}') },

  {
    name: 'a substitution whose references are written out, as in a construct tree',
    source: { 'Fn::Sub': join('', '{"a":"', REF, '-${AWS::Region}"}') },
    printed: { 'Fn::Sub': join('', '{"a":"', REF, '-${AWS::Region}","added":1}') },
  },

  { name: 'a document that CloudFormation makes text of', source: { 'Fn::ToJsonString': { a: REF } }, printed: { 'Fn::ToJsonString': { a: REF, added: 1 } } },

  {
    name: 'a word of the user like our own placeholder',
    source: join('', '{"a":"cdkImdsv2Value1.","b":"', REF, '"}'),
    printed: join('', '{"a":"cdkImdsv2Value1.","b":"', REF, '","added":1}'),
  },
  {
    name: 'an escaped word of the user like our own placeholder',
    source: join('', '{"a":"\\u0063dkImdsv2Value1.","b":"', REF, '"}'),
    printed: join('', '{"a":"cdkImdsv2Value1.","b":"', REF, '","added":1}'),
  },
];

describe('another value in JSON text', () => {
  test.each(CASES)('does not change the rest: $name', ({ source, printed }) => {
    const text = parseJsonText(source);
    expect(text?.print({ ...text.value as object, added: 1 })).toEqual(printed);
  });

  test('is rejected if a number is too large for a double, because it would change', () => {
    expect(parseJsonText('{"id":12345678901234567890,"a":1}')).toBeUndefined();
    expect(parseJsonText('{"id":"12345678901234567890","a":1}')).toBeDefined();
  });

  test('does not turn an escaped dollar into a variable', () => {
    const text = parseJsonText(sub('{"a":"\\u0024{NoVariable}"}'))!;
    const printed = text.print({ ...text.value as object, added: 1 }) as { 'Fn::Sub': string };
    expect(printed['Fn::Sub']).not.toContain('"${NoVariable}"');
  });
});

describe('a value that CloudFormation fills in', () => {
  test('is an intrinsic in the parsed value, inside a string and outside', () => {
    const text = parseJsonText(join('', '{"a":"x', REF, 'y","b":', REF, ',"c":"z"}'))!;
    const intrinsic = { 'Fn::Join': expect.any(String) };
    expect(text.value).toEqual({ a: intrinsic, b: intrinsic, c: 'z' });
  });

  test('can be replaced with a literal', () => {
    const text = parseJsonText(join('', '{"a":', REF, ',"b":"', GET_ATT, '"}'))!;
    expect(text.print({ ...text.value as object, a: 2 })).toEqual(join('', '{"a":2,"b":"', GET_ATT, '"}'));
  });

  test('can be a separate literal', () => {
    expect(parseJsonText(join('', '{"a":', 1, '}'))).toBeDefined();
  });
});

describe('invalid JSON text', () => {
  test.each<[string, unknown]>([
    ['an invalid string', 'not json'],
    ['the empty string', ''],
    ['half an object', '{"a":'],
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['null', null],
    ['nothing', undefined],
    ['a number', 1],
    ['a reference', REF],
    ['a join without a list', { 'Fn::Join': ['', REF] }],
    ['a join of a list that is not there yet', { 'Fn::Join': [',', { 'Fn::Split': [',', REF] }] }],
    ['a join with an invalid delimiter', { 'Fn::Join': [REF, ['{}']] }],
    ['a join that is null', { 'Fn::Join': null }],
    ['a join of things that make no JSON', join('', '{"a":1', REF, '}')],
    ['a substitution that is an object', { 'Fn::Sub': {} }],
    ['a substitution of nothing', { 'Fn::Sub': [] }],
    ['a substitution that is null', { 'Fn::Sub': null }],
  ])('%s', (_, source) => {
    expect(parseJsonText(source)).toBeUndefined();
  });

  test.each([['"text"', 'text'], ['5', 5], ['null', null], ['[1]', [1]]])('%s is JSON text, although it is not an object', (source, value) => {
    expect(parseJsonText(source)?.value).toEqual(value);
  });
});

describe('a long text is read like any other', () => {
  const LENGTH = 12_000_000;

  test.each<[string, string]>([
    ['a long string', 'x'.repeat(LENGTH)],
    ['a string of escapes', '\\"'.repeat(LENGTH / 2)],
    ['our own mark, and a long word behind it', `cdkImdsv2Value${'x'.repeat(40_000)}`],
    ['our own mark, and a long number behind it', `cdkImdsv2Value${'1'.repeat(40_000)}x`],
    ['our own mark with many numbers', Array.from({ length: 5_000 }, (_, number) => `cdkImdsv2Value${number}x`).join()],
  ])('%s', (_, inside) => {
    const text = parseJsonText(join('', `{"a":"${inside}`, REF, '"}'));
    expect(text?.print({ ...text.value as object, added: 1 })).toEqual(join('', `{"a":"${inside}`, REF, '","added":1}'));
  });
});

describe('the time for a long unusual text is linear', () => {
  test.each<[string, (length: number) => unknown]>([
    ['unclosed brackets', length => ({ 'Fn::Sub': '${'.repeat(length / 2) })],
    ['letters that may stand in numbers', length => 'e'.repeat(length)],
    ['our own mark, again and again', length => `"cdkImdsv2Value${'x'.repeat(length)}"`],
  ])('%s', (_, source) => {
    expectLinear(length => { parseJsonText(source(length)); }, 400_000);
  });
});

function join(delimiter: string, ...values: unknown[]): object {
  return { 'Fn::Join': [delimiter, values] };
}

function pieces(joined: object): unknown[] {
  return (joined as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
}

function sub(text: string, variables?: object): object {
  return { 'Fn::Sub': variables ? [text, variables] : text };
}

/** A list of this number of values: placeholders with one digit and with two. */
function many(count: number): object {
  const values = Array.from({ length: count }, (_, index) => [index === 0 ? '{"a":["' : '","', { Ref: `Key${index}` }]).flat();
  return join('', ...values, '"]}');
}
