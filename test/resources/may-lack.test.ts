import { App, CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib';
import { LiveLayer } from '../../src/resources/live-layer';
import { mayLack } from '../../src/resources/plain-places';
import * as resolving from '../../src/resources/resolve-uncached';

const stack = new Stack(new App(), 'Stack');
const layer = LiveLayer.verbatim(stack);
const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
const gone = Lazy.any({ produce: () => undefined });
const noValue = { Ref: 'AWS::NoValue' };

test.each<[string, unknown, boolean]>([
  ['nothing', undefined, true],
  ['an object', { a: parameter }, false],
  ['an empty object', {}, false],
  ['no value', noValue, true],
  ['no value beside what is left out', { ...noValue, gone }, true],
  ['a key that renders to a function', { [Token.asString({ resolve: () => 'Ref', creationStack: [] })]: 'AWS::NoValue' }, true],
  ['a condition', { 'Fn::If': ['C', Lazy.any({ produce: () => noValue }), 'here'] }, true],
  ['a token', Lazy.any({ produce: () => noValue }), true],
])('whether a property can be missing: %s', (_, value, expected) => {
  expect(mayLack({ Property: value }, ['Property'], layer)).toBe(expected);
});

test('the contents of an object are not resolved to find that it exists', () => {
  const resolveUncached = jest.spyOn(resolving, 'resolveUncached');
  expect(mayLack({ Property: { a: parameter, b: parameter } }, ['Property'], layer)).toBe(false);
  expect(resolveUncached).not.toHaveBeenCalled();
  resolveUncached.mockRestore();
});
