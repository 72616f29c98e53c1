import { App, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { RequireImdsv2 } from '../../src';
import { TreeCensus } from '../../src/launch/tree-census';

test('what came after the first count is found by the next one, and nothing is found twice', () => {
  const stack = new Stack(new App(), 'Stack');
  const first = new CfnLaunchTemplate(stack, 'First', { launchTemplateData: {} });
  const census = new TreeCensus(stack.node.root);
  expect(census.refreshed()).toBe(census);
  const second = new CfnInstance(stack, 'Second');
  expect(census.has(second)).toBe(false);
  expect(census.refreshed()).toBe(census);
  expect(census.resources).toEqual([first, second]);
  expect(census.launchers).toEqual([second]);
  expect(census.stacks).toEqual([stack]);
});

test('a count is worth nothing where something was taken out of the tree', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnInstance(stack, 'Instance');
  const census = new TreeCensus(stack.node.root);
  census.refreshed();
  stack.node.tryRemoveChild('Instance');
  expect(census.refreshed()).toBeUndefined();
});

describe('one mixin for one construct after another', () => {
  test('sees a launcher that came in between', () => {
    const stack = new Stack(new App(), 'Stack');
    const mixin = new RequireImdsv2();
    new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} }).with(mixin);
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    runContainersOn(stack, template);
    template.with(mixin);
    expect(optionsOf(template)).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: 2 });
  });

  test('does not see a launcher that was taken out in between', () => {
    const stack = new Stack(new App(), 'Stack');
    const mixin = new RequireImdsv2();
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    runContainersOn(stack, template);
    new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} }).with(mixin);
    stack.node.tryRemoveChild('Provider');
    new CfnLaunchTemplate(stack, 'Third', { launchTemplateData: {} }).with(mixin);
    template.with(mixin);
    expect(optionsOf(template)).toEqual({ httpTokens: 'required' });
  });
});

function runContainersOn(stack: Stack, template: CfnLaunchTemplate): void {
  const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  const group = new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate });
  new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group.ref } });
}

function optionsOf({ launchTemplateData }: CfnLaunchTemplate): unknown {
  return (launchTemplateData as CfnLaunchTemplate.LaunchTemplateDataProperty).metadataOptions;
}
