import type { Stack } from 'aws-cdk-lib';
import { CfnResource, Lazy, Token } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { scratchStack } from '../harness/scratch-app';
import { threeWays, unanimous } from './three-ways';
import type { Verdicts } from './verdicts';

const NOTHING = Token.asAny({ creationStack: [], resolve: () => undefined });
const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };

/** Values that CDK leaves out, or that JSON writes differently. They must be read as in the final template. */
const VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ['not a number', NaN],
  ['infinite', Infinity],
  ['a symbol', Symbol('x')],
  ['a map', new Map([['HttpTokens', 'required']])],
  ['an object with nothing but a key without a value', { Ref: undefined }],
  ['NoValue beside a key without a value', { Ref: 'AWS::NoValue', Other: undefined }],
  ['a function without operands', { 'Fn::Select': [] }],
  ['a list of nothing', [undefined]],
  ['null under a condition', when(null, '1')],
  ['null and an object under a condition', when({}, null)],
  ['null and a number under a condition', when(null, 64)],
  ['undefined and an object under a condition', when(undefined, {})],
  ['undefined and null under a condition', when(null, undefined)],
  ['not a number under a condition', when(NaN, { HttpTokens: 'optional' })],
];

/** Places, and a way to write a value into each of them. */
const PLACES: readonly (readonly [place: string, write: (scope: Stack, value: unknown) => void])[] = [
  ['a generic block', (scope, value) => { resource(scope, 'AWS::EC2::Instance', { MetadataOptions: value }); }],
  ['a lazy generic block', (scope, value) => { resource(scope, 'AWS::EC2::Instance', { MetadataOptions: lazy(value) }); }],
  ['lazy properties', (scope, value) => { resource(scope, 'AWS::EKS::Nodegroup', lazy({ LaunchTemplate: value })); }],
  ['what holds the block', (scope, value) => { resource(scope, 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: value }); }],
  ['what an instance launches from', (scope, value) => { resource(scope, 'AWS::EC2::Instance', { LaunchTemplate: value }); }],
  ['an override', (scope, value) => { template(scope).addPropertyOverride('LaunchTemplateData', value); }],
  ['a lazy override', (scope, value) => { template(scope).addPropertyOverride('LaunchTemplateData', lazy(value)); }],
  ['an override with a deletion below it', (scope, value) => {
    const overridden = resource(scope, 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: OPTIONAL });
    overridden.addPropertyOverride('LaunchTemplateData', value);
    overridden.addPropertyDeletionOverride('LaunchTemplateData.MetadataOptions');
  }],
];

describe.each(VALUES)('%s', (_, value) => {
  test.each(PLACES)('in %s has the same verdict everywhere as written, and with enforcement', (__, write) => {
    const { asWritten, enforced } = threeWays(app => write(scratchStack(app, 'Stack'), value));
    expect(asWritten).toEqual(unanimous(asWritten.aspect));
    expect(enforced).toEqual(unanimous(enforced.aspect));
  });
});

/** Enforcement writes there anyway, because a token can have another value in the end. */
test('a condition with a branch that CDK leaves out cannot be read', () => {
  const { asWritten, enforced } = threeWays(app => { resource(scratchStack(app, 'Stack'), 'AWS::EC2::Instance', { MetadataOptions: when(NOTHING, {}) }); });
  expect(asWritten).toMatchObject({ validator: { 'Stack/Resource': ['Imdsv2::OptionsUnreadable'] }, pack: { 'Stack/Resource': ['Imdsv2::OptionsUnreadable'] } });
  expect(enforced).toEqual(unanimous({}));
});

/** CDK leaves out properties of a generic resource without keys, so the template has none. */
test.each<[string, unknown]>([
  ['a number', 2], ['a fraction', 1.5], ['true', true], ['an empty list', []], ['a date', new Date(0)], ['a lazy number', lazy(2)], ['a lazy empty text', lazy('')],
])('properties that are %s count as missing, and enforcement writes them', (_, properties) => {
  const { asWritten, enforced } = threeWays(app => { resource(scratchStack(app, 'Stack'), 'AWS::EC2::Instance', properties); });
  expect(asWritten).toEqual(unanimous({ 'Stack/Resource': ['Imdsv2::TokensRequired'] }));
  expect(enforced).toEqual(unanimous({}));
});

test.each<[string, unknown]>([['a text', 'x'], ['a list', [1]]])('properties that are %s are in the template, and cannot be read', (_, properties) => {
  const { asWritten, enforced } = threeWays(app => { resource(scratchStack(app, 'Stack'), 'AWS::EC2::Instance', properties); });
  expect(asWritten).toEqual(unanimous({ 'Stack/Resource': ['Imdsv2::OptionsUnreadable'] }));
  expect(enforced).toEqual(unanimous({ 'Stack/Resource': ['Imdsv2::OptionsUnreadable'] }));
});

/** An overridden type counts, whatever its new value is. */
test.each<[string, unknown, Verdicts]>([
  ['nothing', undefined, {}],
  ['null', null, {}],
  ['a number', 5, {}],
  ['another one', 'AWS::S3::Bucket', {}],
  ['a lazy other one', Lazy.string({ produce: () => 'AWS::S3::Bucket' }), {}],
  ['a lazy one that launches', lazy('AWS::EC2::LaunchTemplate'), { 'Stack/Resource': ['Imdsv2::TokensRequired'] }],
])('a type that is overridden with %s is that type', (_, type, verdicts) => {
  const { asWritten, enforced } = threeWays(app => { resource(scratchStack(app, 'Stack'), 'AWS::EC2::Instance', {}).addOverride('Type', type); });
  expect(asWritten).toEqual(unanimous(verdicts));
  expect(enforced).toEqual(unanimous({}));
});

test('a lazy type is its final value', () => {
  const { asWritten, enforced } = threeWays(app => { resource(scratchStack(app, 'Stack'), Lazy.string({ produce: () => 'AWS::EC2::Instance' }), {}); });
  expect(asWritten).toEqual(unanimous({ 'Stack/Resource': ['Imdsv2::TokensRequired'] }));
  expect(enforced).toEqual(unanimous({}));
});

test('a resource that is not synthesized does not count', () => {
  class Hidden extends CfnLaunchTemplate {
    protected override shouldSynthesize(): boolean {
      return false;
    }
  }
  const { asWritten, enforced } = threeWays(app => {
    const stack = scratchStack(app, 'Stack');
    new Hidden(stack, 'Hidden', { launchTemplateData: {} });
    resource(stack, 'AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: { Ref: 'Hidden' }, Version: '$Latest' } });
  });
  const unknown = { 'Stack/Resource': ['Imdsv2::LaunchSourceUnknown'] } as const;
  expect({ asWritten: asWritten.validator, pack: asWritten.pack, enforced }).toEqual({ asWritten: unknown, pack: unknown, enforced: unanimous({}) });
});

test('an L1 treats a date as an object without properties', () => {
  const { asWritten, enforced } = threeWays(app => { new CfnInstance(scratchStack(app, 'Stack'), 'Resource', { metadataOptions: new Date(0) as object }); });
  expect(asWritten).toEqual(unanimous({ 'Stack/Resource': ['Imdsv2::TokensRequired'] }));
  expect(enforced).toEqual(unanimous({}));
});

function resource(scope: Stack, type: string, properties: unknown): CfnResource {
  return new CfnResource(scope, 'Resource', { type, properties: properties as { [name: string]: unknown } });
}

function template(scope: Stack): CfnLaunchTemplate {
  return new CfnLaunchTemplate(scope, 'Resource', { launchTemplateData: {} });
}

function when(whenTrue: unknown, whenFalse: unknown): object {
  return { 'Fn::If': ['C', whenTrue, whenFalse] };
}

function lazy(value: unknown): unknown {
  return Lazy.any({ produce: () => value });
}
