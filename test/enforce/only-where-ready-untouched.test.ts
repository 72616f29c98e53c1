import { CfnResource } from 'aws-cdk-lib';
import { ImdsUsage, Imdsv2, RequireImdsv2 } from '../../src';
import { ResourceUsages } from '../../src/inspect/resource-usage';
import { UsageIndex } from '../../src/usage/usage-index';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { ENV, from, launcher, usageOfLaunchers } from '../usage/records';

afterEach(() => jest.restoreAllMocks());

/** A stack with a template, a group that launches from it, and an unrelated resource. */
function shop() {
  const stack = scratchStack(scratchApp(), 'Shop', { env: ENV });
  const template = new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: 'ami-1' } } });
  const properties = { LaunchTemplate: { LaunchTemplateId: template.ref, Version: template.getAtt('LatestVersionNumber') } };
  new CfnResource(stack, 'Group', { type: 'AWS::AutoScaling::AutoScalingGroup', properties });
  new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  return stack;
}

test('without onlyWhereReady, no usage is looked up', () => {
  const asked = jest.spyOn(ResourceUsages.prototype, 'of');
  const stack = shop();
  Imdsv2.enforce(stack);
  stack.with(new RequireImdsv2());
  (stack.node.root as ReturnType<typeof scratchApp>).synth();
  expect(asked).not.toHaveBeenCalled();
});

test('the index of a record is created once, for the first resource', () => {
  const index = jest.spyOn(ImdsUsage.prototype, '_index', 'get');
  const looked = jest.spyOn(UsageIndex.prototype, 'of');
  const stack = shop();
  const usage = usageOfLaunchers(launcher('a', from('Shop', 'Group')));
  Imdsv2.enforce(stack, { onlyWhereReady: usage });
  expect(index).not.toHaveBeenCalled();
  (stack.node.root as ReturnType<typeof scratchApp>).synth();
  expect(new Set(index.mock.results.map(({ value }) => value as UsageIndex)).size).toBe(1);
  const asked = looked.mock.calls.map(([{ logicalId }]) => logicalId);
  expect(new Set(asked)).toEqual(new Set(['Template', 'Group']));
});

test.each([100, 400])('%i groups that share a template cause a proportional number of look-ups', count => {
  const looked = jest.spyOn(UsageIndex.prototype, 'of');
  const stack = scratchStack(scratchApp(), 'Shop', { env: ENV });
  const template = new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: {} } });
  for (let number = 0; number < count; number++) {
    new CfnResource(stack, `Group${number}`, {
      type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: template.ref, Version: '$Latest' } },
    });
  }
  Imdsv2.enforce(stack, { onlyWhereReady: usageOfLaunchers() });
  (stack.node.root as ReturnType<typeof scratchApp>).synth();
  expect(looked.mock.calls.length).toBeLessThanOrEqual(3 * (count + 1));
});
