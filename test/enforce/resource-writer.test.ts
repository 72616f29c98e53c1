import type { CfnResource } from 'aws-cdk-lib';
import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { ResourceWriter } from '../../src/enforce/resource-writer';
import { WritingVisitor } from '../../src/enforce/writing-visitor';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { LiveResource } from '../../src/resources/live-resource';
import { PropertyWriter } from '../../src/resources/property-writer';
import { recordOf } from '../../src/resources/record-table';

const { tokensOnly } = new ImdsPolicy({}, () => false);
const parameters = () => undefined;

/** Values of a block, or of the object that contains it. */
const VALUES: readonly (() => unknown)[] = [
  () => undefined, () => null, () => ({}), () => 'text', () => [], () => ({ Ref: 'AWS::NoValue' }), () => ({ 'Fn::If': ['C', { httpEndpoint: 'enabled' }, { Ref: 'AWS::NoValue' }] }),
  () => ({ 'Fn::Transform': {} }), () => ({ httpTokens: 'optional' }), () => ({ httpTokens: undefined }), () => ({ httpTokens: 'required', httpEndpoint: 'enabled' }),
  () => Lazy.any({ produce: () => undefined }), () => Lazy.any({ produce: () => ({ httpTokens: 'optional' }) }), () => Object.create({ metadataOptions: { httpTokens: 'required' } }) as unknown,
];
const AROUND: readonly ((value: unknown) => unknown)[] = [value => value, value => ({ metadataOptions: value }), value => ({ metadataOptions: value, imageId: 'ami-1', userData: undefined })];

/** A resource, and the property with its block. */
const RESOURCES: readonly [string, (stack: Stack) => CfnResource, string][] = [
  ['an instance', stack => new CfnInstance(stack, 'It'), 'metadataOptions'],
  ['a launch template', stack => new CfnLaunchTemplate(stack, 'It', { launchTemplateData: {} }), 'launchTemplateData'],
  ['a launch configuration', stack => new CfnLaunchConfiguration(stack, 'It', { imageId: 'ami-1', instanceType: 't3.micro' }), 'metadataOptions'],
  ['a fleet', stack => new CfnEC2Fleet(stack, 'It', { launchTemplateConfigs: [], targetCapacitySpecification: { totalTargetCapacity: 1 } }), 'launchTemplateConfigs'],
];

/** The value of the property, and the notes, after one way of writing. */
function written(make: (stack: Stack) => CfnResource, property: string, value: unknown, write: (resource: CfnResource) => unknown): unknown {
  const stack = new Stack();
  const resource = make(stack) as CfnResource & { [property: string]: unknown };
  resource[property] = value;
  return [write(resource), resource[property] === value, stack.resolve(resource[property])];
}

const shortWay = (resource: CfnResource) => recordOf(LiveResource.typeOf(resource))!.carriers
  .flatMap(carrier => new ResourceWriter(resource, parameters).write(carrier, tokensOnly));

const longWay = (resource: CfnResource) => recordOf(LiveResource.typeOf(resource))!.carriers.flatMap(carrier => {
  const visitor = () => new WritingVisitor(carrier, tokensOnly, parameters);
  return new PropertyWriter(new LiveResource(resource), carrier.path, { whole: visitor, merged: visitor }).write().changes;
});

test.each(RESOURCES)('the fast way to fill a block in %s writes the same as the slow way, with the same notes', (_, make, property) => {
  for (const value of VALUES) {
    for (const around of AROUND) {
      expect(written(make, property, around(value()), shortWay)).toEqual(written(make, property, around(value()), longWay));
    }
  }
});

test('filling a block does not change the object of the user', () => {
  const stack = new Stack();
  const data = { imageId: 'ami-1' };
  const template = new CfnLaunchTemplate(stack, 'It', { launchTemplateData: data });
  expect(shortWay(template)).toHaveLength(1);
  expect(data).toEqual({ imageId: 'ami-1' });
  expect(template.launchTemplateData).toEqual({ imageId: 'ami-1', metadataOptions: { httpTokens: 'required' } });
});
