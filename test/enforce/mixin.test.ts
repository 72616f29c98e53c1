import { CfnResource, ConstructSelector, Mixin, Mixins } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate, LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { RequireImdsv2 } from '../../src';
import { CARRIERS } from '../harness/carriers';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const mixin = new RequireImdsv2();

test('it is a mixin', () => {
  expect(Mixin.isMixin(mixin)).toBe(true);
});

test.each(CARRIERS)('it supports $type, typed and generic', ({ type, typed, around, words }) => {
  const stack = scratchStack();
  expect(mixin.supports(typed(stack, 'Typed', around(words.say(words.weak))))).toBe(true);
  expect(mixin.supports(new CfnResource(stack, 'Generic', { type }))).toBe(true);
});

test.each(['AWS::EKS::Nodegroup', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::Lightsail::Instance'])('it supports %s, which launches instances', type => {
  expect(mixin.supports(new CfnResource(scratchStack(), 'Launcher', { type }))).toBe(true);
});

test('it supports no other construct', () => {
  const stack = scratchStack();
  const others = [stack, stack.node.root, new LaunchTemplate(stack, 'Template'), new Topic(stack, 'Topic'), new CfnResource(stack, 'Other', { type: 'AWS::S3::Bucket' })];
  expect(others.map(other => mixin.supports(other))).toEqual(others.map(() => false));
});

test('it does nothing with a construct that it does not support', () => {
  const topic = new CfnResource(scratchStack(), 'Topic', { type: 'AWS::SNS::Topic' });
  expect(() => mixin.applyTo(topic)).not.toThrow();
});

test('a selector can require it on all constructs', () => {
  const stack = scratchStack();
  new CfnInstance(stack, 'Host');
  new Topic(stack, 'Topic');
  const { report } = Mixins.of(stack, ConstructSelector.resourcesOfType(CfnInstance.CFN_RESOURCE_TYPE_NAME)).requireAll().apply(mixin);
  expect(report.map(({ construct }) => construct.node.path)).toEqual(['Stack/Host']);
});

test('it returns its construct', () => {
  const host = new CfnInstance(scratchStack(), 'Host');
  expect(host.with(mixin)).toBe(host);
});

test('an override after the mixin stays until the mixin is applied again', () => {
  const stack = scratchStack();
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} }).with(mixin) as CfnLaunchTemplate;
  template.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
  template.with(mixin);
  expect(synthesize(stack).template.Resources.Template.Properties).toEqual({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
});

test('the typed property has the same value as the template', () => {
  const host = new CfnInstance(scratchStack(), 'Host', { metadataOptions: { httpTokens: 'optional', httpEndpoint: 'enabled' } });
  host.with(mixin);
  expect(host.metadataOptions).toEqual({ httpTokens: 'required', httpEndpoint: 'enabled' });
});
