import type { ImdsPolicyProps } from '../../src/policy/imds-policy';
import { ImdsPolicy } from '../../src/policy/imds-policy';

const TOKEN = '${Token[later.1]}';
const isUnresolved = (value: unknown) => value === TOKEN;

describe('the wanted settings of a policy', () => {
  test.each<[ImdsPolicyProps, object]>([
    [{}, { tokens: 'required' }],
    [{ httpEndpoint: true }, { tokens: 'required', endpoint: true }],
    [{ httpEndpoint: false }, { tokens: 'required', endpoint: false }],
    [{ httpProtocolIpv6: false, instanceMetadataTags: true }, { tokens: 'required', ipv6: false, tags: true }],
    [{ httpEndpoint: undefined, httpPutResponseHopLimit: undefined }, { tokens: 'required' }],
  ])('of %j is %j', (props, wanted) => {
    expect(new ImdsPolicy(props, isUnresolved).wanted).toEqual(wanted);
  });

  test('are only tokens if a launch template decides the rest', () => {
    expect(new ImdsPolicy({ httpPutResponseHopLimit: 2 }, isUnresolved).tokensOnly).toEqual({ tokens: 'required' });
  });
});

describe('a policy is rejected, with its value', () => {
  test.each<[unknown, string]>([
    [0, '0'], [65, '65'], [1.5, '1.5'], [-1, '-1'], [NaN, 'NaN'], [Infinity, 'Infinity'],
    ['2', "'2'"], ['', "''"], [null, 'null'], [true, 'true'], [[2], '[2]'], [{}, '{}'],
  ])('for a hop limit of %p', (value, got) => {
    expect(() => new ImdsPolicy({ httpPutResponseHopLimit: value } as ImdsPolicyProps, isUnresolved))
      .toThrow(`httpPutResponseHopLimit must be a whole number from 1 to 64, got ${got}`);
  });
});
