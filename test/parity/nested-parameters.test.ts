import type { App, Stack } from 'aws-cdk-lib';
import { Aws, CfnCondition, CfnParameter, CfnResource, Fn, Lazy, NestedStack, Token } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { ContainerHost } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { threeWays, unanimous } from './three-ways';
import type { Verdicts } from './verdicts';

const HOPS = 'Imdsv2::ContainerHopLimit';
const HIGH = 'Imdsv2::HopLimitTooHigh';
const TOKENS = 'Imdsv2::TokensRequired';

/** A container host in a nested stack, whose hop limit is a parameter. */
function host(nested: Stack, hops: unknown = Token.asNumber(Fn.ref('Hops'))): void {
  new CfnParameter(nested, 'Hops', { type: 'Number', default: 1 });
  new CfnInstance(nested, 'Host', { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: hops as number } }).with(new ContainerHost());
}

function condition(stack: Stack): string {
  return new CfnCondition(stack, 'C', { expression: Fn.conditionEquals(Aws.REGION, 'x') }).logicalId;
}

/** The parameter from a parent, and the finding about a host with this hop limit. */
const HANDED: readonly [string, (stack: Stack) => NestedStack, Verdicts[string]][] = [
  ['2', stack => new NestedStack(stack, 'Nested', { parameters: { Hops: '2' } }), []],
  ['1', stack => new NestedStack(stack, 'Nested', { parameters: { Hops: '1' } }), [HOPS]],
  ['nothing, but the default', stack => new NestedStack(stack, 'Nested'), [HOPS]],
  ['either 2 or the default', stack => new NestedStack(stack, 'Nested', { parameters: { Hops: Fn.conditionIf(condition(stack), '2', Aws.NO_VALUE).toString() } }), [HOPS]],
  ['one map or the other', stack => overriding(stack, { 'Fn::If': [condition(stack), { Hops: '2' }, { Hops: '3' }] }), [HIGH]],
  ['a map or none', stack => overriding(stack, { 'Fn::If': [condition(stack), { Hops: '2' }, { Ref: 'AWS::NoValue' }] }), [HOPS]],
  ['2 in either map', stack => overriding(stack, { 'Fn::If': [condition(stack), { Hops: '2' }, { Hops: 2 }] }), []],
  ['an unknown map', stack => overriding(stack, { 'Fn::FindInMap': ['A', 'B', 'C'] }), [HOPS]],
  ['2, later', stack => { const nested = new NestedStack(stack, 'Nested'); nested.setParameter('Hops', '2'); return nested; }, []],
  ['2 by something lazy', stack => new NestedStack(stack, 'Nested', { parameters: { Hops: Lazy.string({ produce: () => '2' }) } }), []],
];

function overriding(stack: Stack, parameters: object): NestedStack {
  const nested = new NestedStack(stack, 'Nested', { parameters: { Hops: '1' } });
  nested.nestedStackResource!.addPropertyOverride('Parameters', parameters);
  return nested;
}

test.each(HANDED)('a hop limit that a parent passes as %s has the same verdict everywhere', (_, nest, rules) => {
  const found: Verdicts = rules.length > 0 ? { 'Stack/Nested/Host': rules } : {};
  expect(threeWays(app => host(nest(scratchStack(app))))).toEqual({ asWritten: unanimous(found), enforced: unanimous(found) });
});

test('a hop limit from another nested stack has the same verdict everywhere', () => {
  const build = (hops: string) => (app: App) => {
    const stack = scratchStack(app);
    const source = new NestedStack(stack, 'Source', { parameters: { Source: hops } });
    host(new NestedStack(stack, 'Nested'), new CfnParameter(source, 'Source', { type: 'Number' }).valueAsNumber);
  };
  expect(threeWays(build('2'))).toEqual({ asWritten: unanimous({}), enforced: unanimous({}) });
  const found = unanimous({ 'Stack/Nested/Host': [HOPS] });
  expect(threeWays(build('1'))).toEqual({ asWritten: found, enforced: found });
});

test('a hop limit from a nested stack in its parent has the same verdict everywhere', () => {
  const build = (hops: string) => (app: App) => {
    const stack = scratchStack(app);
    const source = new NestedStack(stack, 'Source', { parameters: { Source: hops } });
    const { valueAsNumber } = new CfnParameter(source, 'Source', { type: 'Number' });
    new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: valueAsNumber } }).with(new ContainerHost());
  };
  expect(threeWays(build('2'))).toEqual({ asWritten: unanimous({}), enforced: unanimous({}) });
  const found = unanimous({ 'Stack/Host': [HOPS] });
  expect(threeWays(build('1'))).toEqual({ asWritten: found, enforced: found });
});

test.each([['required', {}], ['optional', { 'Stack/Nested/Host': [TOKENS] }]] as const)('tokens that a parent passes as %s have the same verdict everywhere', (handed, found) => {
  const build = (app: App) => {
    const nested = new NestedStack(scratchStack(app), 'Nested', { parameters: { Tokens: handed } });
    new CfnParameter(nested, 'Tokens');
    new CfnResource(nested, 'Host', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpTokens: Fn.ref('Tokens') } } });
  };
  expect(threeWays(build)).toEqual({ asWritten: unanimous(found as Verdicts), enforced: unanimous({}) });
});

test('a hop limit that each nested stack doubles is read once in each', () => {
  const build = (app: App) => {
    const stack = scratchStack(app);
    const either = condition(stack);
    const handOver = (hops: string, index: number): string => {
      const nested = new NestedStack(stack, `Nested${index}`, { parameters: { Source: Fn.conditionIf(either, hops, hops).toString() } });
      return Token.asString(new CfnParameter(nested, 'Source', { type: 'Number' }).valueAsNumber);
    };
    host(new NestedStack(stack, 'Nested'), Array.from({ length: 30 }, (_, index) => index).reduce(handOver, '2'));
  };
  expect(threeWays(build)).toEqual({ asWritten: unanimous({}), enforced: unanimous({}) });
});
