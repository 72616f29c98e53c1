import type { IResolvable } from 'aws-cdk-lib';
import { App, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { resolveUncached } from '../../src/resources/resolve-uncached';

const stack = new Stack(new App(), 'Stack');
const parameter = new CfnParameter(stack, 'Parameter');
const number = new CfnParameter(stack, 'Number', { type: 'Number' });

/** Ways to hide a value that is known later, and the rendered value of each. */
const DISGUISES: readonly [string, (produce: () => string) => unknown, (value: string) => unknown][] = [
  ['a lazy value', produce => Lazy.any({ produce }), value => value],
  ['a lazy string', produce => Lazy.string({ produce }), value => value],
  ['a lazy string in a string', produce => `a-${Lazy.string({ produce })}-b`, value => `a-${value}-b`],
  ['a lazy string beside a reference', produce => `${Lazy.string({ produce })}${parameter.valueAsString}`, value => ({ 'Fn::Join': ['', [value, { Ref: 'Parameter' }]] })],
  ['a lazy list', produce => Lazy.list({ produce: () => [produce()] }), value => [value]],
  ['a lazy value in a lazy value', produce => Lazy.any({ produce: () => ({ inner: Lazy.any({ produce }) }) }), value => ({ inner: value })],
  ['a lazy value in an object', produce => ({ list: [Lazy.any({ produce })] }), value => ({ list: [value] })],
  ['a lazy value in a condition', produce => Fn.conditionIf('C', Lazy.any({ produce }), 'other'), value => ({ 'Fn::If': ['C', value, 'other'] })],
  ['a lazy value in a token', produce => Token.asAny(Lazy.any({ produce })), value => value],
  ['a lazy value in a function', produce => Fn.join('-', ['a', Lazy.string({ produce })]), value => `a-${value}`],
];

describe('reading the rendered value', () => {
  test.each(DISGUISES)('decides nothing: %s', (_, disguise, rendered) => {
    let current = 'now';
    const value = disguise(() => current);
    expect(resolveUncached(value, stack)).toEqual(rendered('now'));
    current = 'later';
    expect(resolveUncached(value, stack)).toEqual(rendered('later'));
    expect(stack.resolve(value)).toEqual(rendered('later'));
  });

  test('keeps the decisions of CDK', () => {
    let current = 'now';
    const value = Lazy.any({ produce: () => current });
    stack.resolve(value);
    current = 'later';
    expect([resolveUncached(value, stack), stack.resolve(value)]).toEqual(['now', 'now']);
  });

  test('keeps a lazy value lazy if it fails', () => {
    let isReady = false;
    const value = Lazy.any({ produce: () => { if (!isReady) { throw new Error('not yet'); } return 'later'; } });
    expect(() => resolveUncached({ first: Lazy.any({ produce: () => 'now' }), value }, stack)).toThrow('not yet');
    isReady = true;
    expect(stack.resolve(value)).toBe('later');
  });

  test('resolves a token that is a whole value, as CDK does', () => {
    const inner = Lazy.any({ produce: () => ({ gone: undefined, kept: parameter.valueAsString }) });
    const token: IResolvable = {
      creationStack: [],
      resolve: context => {
        const { scope: { node: { path } }, preparing } = context;
        context.registerPostProcessor({ postProcess: (value: unknown) => ({ value, path, preparing }) });
        return { without: context.resolve(inner) as unknown, keys: Object.keys(context.resolve(inner, { removeEmpty: false }) as object) };
      },
    };
    const expected = { value: { without: { kept: { Ref: 'Parameter' } }, keys: ['gone', 'kept'] }, path: 'Stack', preparing: false };
    const resolved = [resolveUncached(token, stack), resolveUncached(Token.asString(token), stack), stack.resolve(token)];
    expect(resolved).toEqual([expected, expected, expected]);
  });

  test('returns what CDK renders', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom<unknown>(
      parameter.valueAsString, `x${parameter.valueAsString}y${parameter.valueAsString}`, number.valueAsNumber, Fn.sub('${Parameter}'),
      Fn.join('', ['{"a":"', parameter.valueAsString, '"}']), stack.toJsonString({ a: parameter.valueAsString }), Token.asList({ Ref: 'List' }), stack.region,
    ));
    const { value } = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'Ref'), tie('value')),
        tie('value').map(inner => Lazy.any({ produce: () => inner })), tie('value').map(inner => Token.asAny({ inner }))),
    }));
    fc.assert(fc.property(value, each => { expect(resolveUncached(each, stack)).toEqual(stack.resolve(each)); }), { seed: 1, numRuns: 300 });
  });
});
