import type { Stack } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { synthesized } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { reportedIds, synthesize } from '../harness/synthesized';

const TOKENS = 'Imdsv2::TokensRequired';
const REQUIRED = { HttpTokens: 'required' };

const DOORS: readonly [string, (stack: Stack) => void][] = [
  ['Imdsv2.enforce()', stack => Imdsv2.enforce(stack, { avoidReplacement: true })],
  ['the mixin', stack => { stack.with(new RequireImdsv2({ avoidReplacement: true })); }],
];

function add(stack: Stack, id: string, type: string, properties: Json, updatePolicy?: Json): CfnResource {
  const resource = new CfnResource(stack, id, { type, properties });
  if (updatePolicy) { resource.addOverride('UpdatePolicy', updatePolicy); }
  return resource;
}

function template(stack: Stack): CfnResource {
  return add(stack, 'Template', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceType: 'm5.large' } });
}

const latest = ({ ref, logicalId }: CfnResource) => ({ LaunchTemplateId: ref, Version: { 'Fn::GetAtt': [logicalId, 'LatestVersionNumber'] } });
const newest = ({ ref }: CfnResource) => ({ LaunchTemplateId: ref, Version: '$Latest' });

/** A resource that a deployment would replace or interrupt, and the construct that is not changed because of it. */
const LEFT: readonly [string, (stack: Stack) => unknown, RegExp][] = [
  ['a launch configuration', stack => add(stack, 'Left', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami-1' }), /would replace this resource/],
  ['a WorkSpace', stack => add(stack, 'Left', 'AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: { ImageId: 'ami-1' } }), /would replace this resource/],
  ['an environment of Elastic Beanstalk', stack => add(stack, 'Left', 'AWS::ElasticBeanstalk::Environment', { ApplicationName: 'shop' }), /the running instances of this resource/],
  ['a template that an instance follows', stack => add(stack, 'Web', 'AWS::EC2::Instance', { LaunchTemplate: latest(template(stack)) }), /would replace 'Stack\/Web'/],
  ['a template that a rolling group follows', stack => add(stack, 'Web', 'AWS::AutoScaling::AutoScalingGroup',
    { LaunchTemplate: latest(template(stack)) }, { AutoScalingRollingUpdate: { MinInstancesInService: 1 } }), /the running instances of 'Stack\/Web'/],
];

describe.each(DOORS)('avoidReplacement by %s', (_, door) => {
  test.each(LEFT)('does not change %s, and reports the setting and the reason', (__, build, words) => {
    const stack = scratchStack();
    build(stack);
    const before = Object.entries((scratchCopy(build)).Resources).filter(([id]) => id === 'Left' || id === 'Template');
    door(stack);
    const { template: { Resources }, reports } = synthesize(stack);
    for (const [id, resource] of before) { expect(Resources[id]).toEqual(resource); }
    expect(reportedIds(reports)).toEqual([TOKENS]);
    expect(reports[0].text).toMatch(/must be .*, got unset, because avoidReplacement is set, and a change/);
    expect(reports[0].text).toMatch(words);
    expect(reports[0].text).toMatch(/because avoidReplacement is set, .*; deploy without avoidReplacement when the replacement is acceptable \(/);
  });

  test('requires tokens if this is a change in place', () => {
    const stack = scratchStack();
    add(stack, 'Web', 'AWS::EC2::Instance', { LaunchTemplate: latest(template(stack)) });
    door(stack);
    expect(synthesize(stack).template.Resources.Web.Properties).toMatchObject({ MetadataOptions: REQUIRED });
  });

  test.each<[string, (stack: Stack, source: CfnResource) => unknown]>([
    ['by $Latest', (stack, source) => add(stack, 'Web', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: newest(source) }, { AutoScalingRollingUpdate: { MinInstancesInService: 1 } })],
    ['and does not roll', (stack, source) => add(stack, 'Web', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: latest(source) })],
  ])('changes a template that a group follows %s', (__, launch) => {
    const stack = scratchStack();
    launch(stack, template(stack));
    door(stack);
    const { template: { Resources }, reports } = synthesize(stack);
    expect(Resources.Template.Properties).toMatchObject({ LaunchTemplateData: { MetadataOptions: REQUIRED } });
    expect(reports).toEqual([]);
  });
});

test('an unchanged resource does not fail the synthesis', () => {
  const app = scratchApp();
  LEFT[0][1](scratchStack(app));
  Imdsv2.enforce(app, { avoidReplacement: true });
  expect(synthesized(app).failure).toBeUndefined();
});

test('without avoidReplacement, all of these resources are changed', () => {
  const stack = scratchStack();
  LEFT[3][1](stack);
  Imdsv2.enforce(stack);
  const { template: { Resources }, reports } = synthesize(stack);
  expect(Resources.Template.Properties).toMatchObject({ LaunchTemplateData: { MetadataOptions: REQUIRED } });
  expect(reportedIds(reports)).toEqual(['Imdsv2::ReplacesFollower']);
});

function scratchCopy(build: (stack: Stack) => unknown) {
  const stack = scratchStack();
  build(stack);
  return synthesize(stack).template;
}
