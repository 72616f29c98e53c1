import { describe as inWords } from '../../src/model/setting';
import type { SettingName } from '../../src/model/settings';
import type { Dialect } from '../../src/resources/dialects';
import { DISABLE_FLAG, MINIMUM_VERSION, httpOptions } from '../../src/resources/dialects';
import { RENDERED } from '../../src/resources/layer';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const UNKNOWN = { 'Fn::FindInMap': ['A', 'B', 'C'] };
const HTTP = httpOptions('hopLimit', 'endpoint', 'ipv6', 'tags');
const WANTED = { tokens: 'required', hopLimit: 2, endpoint: true, ipv6: false, tags: true } as const;
const FILLED = { HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled', HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'enabled' };
const REQUIRED = { HttpTokens: 'required' };

const parameters = (logicalId: string) => (({
  Required: { allowedValues: ['required'] },
  Either: { allowedValues: ['required', 'optional'] },
  Defaulted: { defaultValue: 'required' },
} as const) as { [id: string]: ReturnType<Parameters<Dialect['read']>[2]> })[logicalId];

interface Case {
  readonly block: unknown;
  /** The tokens of the block, in words. `undefined` if it cannot be read. */
  readonly tokens?: string;
  /** The block with required tokens. */
  readonly required: unknown;
  /** The block with required tokens, if it contains tokens. */
  readonly mended?: unknown;
}

const TOKENS: readonly Case[] = [
  { block: undefined, tokens: 'unset', required: REQUIRED },
  { block: null, tokens: 'unset', required: REQUIRED },
  { block: NO_VALUE, tokens: 'unset', required: REQUIRED },
  { block: {}, tokens: 'unset', required: REQUIRED },
  { block: { HttpEndpoint: 'disabled' }, tokens: 'unset', required: { HttpEndpoint: 'disabled', ...REQUIRED } },
  { block: REQUIRED, tokens: "'required'", required: REQUIRED },
  { block: http('optional'), tokens: "'optional'", required: REQUIRED, mended: REQUIRED },
  { block: http('Required'), tokens: "'Required'", required: REQUIRED, mended: REQUIRED },
  { block: http(' required'), tokens: "' required'", required: REQUIRED, mended: REQUIRED },
  { block: http(''), tokens: "''", required: REQUIRED, mended: REQUIRED },
  { block: http(true), tokens: 'true', required: REQUIRED, mended: REQUIRED },
  { block: http(2), tokens: '2', required: REQUIRED, mended: REQUIRED },
  { block: http(['required']), tokens: '["required"]', required: REQUIRED, mended: REQUIRED },
  { block: http({}), tokens: '{}', required: REQUIRED, mended: REQUIRED },
  { block: http(null), tokens: 'null', required: REQUIRED, mended: REQUIRED },
  { block: http(NO_VALUE), tokens: 'unset', required: REQUIRED },
  { block: http(UNKNOWN), tokens: 'unknown (Fn::FindInMap)', required: REQUIRED, mended: REQUIRED },
  { block: http(when('required', 'required')), tokens: "'required'", required: http(when('required', 'required')) },
  { block: http(when('required', 'optional')), tokens: "'required' or 'optional'", required: REQUIRED, mended: http(when('required', 'required')) },
  { block: http(when('optional', NO_VALUE)), tokens: "'optional' or unset", required: REQUIRED, mended: http(when('required', NO_VALUE)) },
  { block: http(when('required', NO_VALUE)), tokens: "'required' or unset", required: REQUIRED },
  { block: http({ Ref: 'Required' }), tokens: "'required'", required: http({ Ref: 'Required' }) },
  { block: http({ Ref: 'Either' }), tokens: "'required' or 'optional'", required: REQUIRED, mended: REQUIRED },
  { block: http({ Ref: 'Defaulted' }), tokens: "'required' or unknown (Ref Defaulted)", required: REQUIRED, mended: REQUIRED },
  { block: { httpTokens: 'required' }, tokens: 'unset', required: { httpTokens: 'required', ...REQUIRED } },
  { block: JSON.parse('{"__proto__":{"HttpTokens":"required"}}'), tokens: 'unset', required: JSON.parse('{"__proto__":{"HttpTokens":"required"},"HttpTokens":"required"}') },
  { block: Object.create(REQUIRED), tokens: 'unset', required: REQUIRED },
  { block: 'required', required: 'required' },
  { block: [REQUIRED], required: [REQUIRED] },
  { block: UNKNOWN, required: UNKNOWN },
];

describe('HTTP options: tokens', () => {
  test.each(TOKENS)('of $block are $tokens', ({ block, tokens }) => {
    expect(words(HTTP, block, 'tokens')).toBe(tokens);
  });

  test.each(TOKENS)('are required in $block, and a second time changes nothing', ({ block, required }) => {
    const once = HTTP.require(block, { tokens: 'required' }, RENDERED, parameters);
    expect(once).toEqual(required);
    expect(HTTP.require(once, { tokens: 'required' }, RENDERED, parameters)).toBe(once);
  });

  test.each(TOKENS)('are required in $block if it contains tokens', ({ block, mended = block }) => {
    const once = HTTP.requireWhereSet(block, RENDERED, parameters);
    expect(once).toEqual(mended);
    expect(HTTP.requireWhereSet(once, RENDERED, parameters)).toBe(once);
  });
});

describe('HTTP options: the other settings', () => {
  test.each<[unknown, object]>([
    [undefined, { ...FILLED, ...REQUIRED }],
    [{ HttpPutResponseHopLimit: 1 }, { ...FILLED, ...REQUIRED, HttpPutResponseHopLimit: 1 }],
    [{ HttpPutResponseHopLimit: 99 }, { ...FILLED, ...REQUIRED, HttpPutResponseHopLimit: 99 }],
    [{ HttpPutResponseHopLimit: UNKNOWN }, { ...FILLED, ...REQUIRED, HttpPutResponseHopLimit: UNKNOWN }],
    [{ HttpEndpoint: NO_VALUE }, { ...FILLED, ...REQUIRED }],
    [{ HttpEndpoint: null }, { ...FILLED, ...REQUIRED }],
    [{ HttpEndpoint: '' }, { ...FILLED, ...REQUIRED, HttpEndpoint: '' }],
    [{ InstanceMetadataTags: when('disabled', NO_VALUE) }, { ...FILLED, ...REQUIRED, InstanceMetadataTags: when('disabled', 'enabled') }],
    [{ Other: 1 }, { ...FILLED, ...REQUIRED, Other: 1 }],
  ])('%j has the unset ones filled', (block, filled) => {
    expect(HTTP.require(block, WANTED, RENDERED, parameters)).toEqual(filled);
  });

  test('are not filled if the type has no such setting', () => {
    expect(httpOptions('hopLimit').require({}, WANTED, RENDERED, parameters)).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: 2 });
  });

  test('are read', () => {
    const block = { HttpPutResponseHopLimit: 1, HttpEndpoint: when('enabled', 'disabled'), HttpProtocolIpv6: UNKNOWN };
    expect((Object.keys(HTTP.fields) as SettingName[]).map(name => words(HTTP, block, name)))
      .toEqual(['unset', '1', "'enabled' or 'disabled'", 'unknown (Fn::FindInMap)', 'unset']);
  });
});

describe('the minimum version of SageMaker', () => {
  test.each<[unknown, unknown]>([['1', '2'], ['2', '2'], [2, 2], [NO_VALUE, '2'], [when('1', '2'), '2']])('of %j becomes %j', (version, expected) => {
    expect(MINIMUM_VERSION.require(minimum(version), WANTED, RENDERED, parameters)).toEqual(minimum(expected));
  });
});

describe('the flag of AppStream', () => {
  test.each<[unknown, unknown]>([
    [undefined, true], [null, true], [NO_VALUE, true], [false, true], ['false', true], ['TRUE', true], [1, true], [UNKNOWN, true], [{}, true],
    [true, true], ['true', 'true'], [when(true, 'true'), when(true, 'true')], [when(true, false), true], [when(true, NO_VALUE), true],
  ])('%j becomes %j', (flag, expected) => {
    expect(DISABLE_FLAG.require(flag, WANTED, RENDERED, parameters)).toEqual(expected);
  });
});

describe('a hop limit', () => {
  test.each([1, 2, 64, '1', '64'])('can be %j', hops => {
    expect(HTTP.fields.hopLimit!.accepts(hops)).toBe(true);
  });

  test.each([0, 65, -1, 1.5, NaN, Infinity, '0', '65', '1.5', ' 1', '', 'two', null, undefined, true, [1], {}])('cannot be %j', hops => {
    expect(HTTP.fields.hopLimit!.accepts(hops)).toBe(false);
  });
});

function words(dialect: Dialect, block: unknown, name: SettingName): string | undefined {
  const setting = dialect.read(block, RENDERED, parameters)?.[name];
  return setting && inWords(setting);
}

function http(tokens: unknown): object {
  return { HttpTokens: tokens };
}

function minimum(version: unknown): object {
  return { MinimumInstanceMetadataServiceVersion: version };
}

function when(whenTrue: unknown, whenFalse: unknown): object {
  return { 'Fn::If': ['C', whenTrue, whenFalse] };
}
