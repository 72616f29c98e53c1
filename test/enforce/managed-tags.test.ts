import { CfnResource, Tags } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { when } from '../harness/condition-forms';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedTemplate, textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const NOT_ALLOWED = 'Imdsv2::TagKeyNotAllowed';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const BAD = 'cost/center';
const PROPAGATED = { PropagateTags: 'CAPACITY_PROVIDER' };

const LAUNCH = { Ec2InstanceProfileArn: 'arn', NetworkConfiguration: { Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] } };

const managed = (more: Json, launch: Json = {}): Json => ({ InfrastructureRoleArn: 'arn', ...more, InstanceLaunchTemplate: { ...LAUNCH, ...launch } });
const said = (InstanceMetadataTagsPropagation: unknown): Json => ({ InstanceMetadataTagsPropagation });
const ecs = (provider: Json, ...keys: unknown[]): Written => ({
  Type: 'AWS::ECS::CapacityProvider', Properties: { ManagedInstancesProvider: provider, Tags: keys.map(Key => ({ Key, Value: 'web' })) },
});
const batch = (provider: Json, tags: Json): Written => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ComputeResources: { Type: 'ECS_MANAGED_INSTANCES', MaxvCpus: 1, ManagedInstancesProvider: provider, CapacityTags: tags } },
});

const BREAKING: readonly (readonly [name: string, resource: Written, words: string])[] = [
  ['ECS, if tags in the metadata are unset: they are enabled', ecs(managed(PROPAGATED), BAD), 'must be false, got unset, because the tag key \'cost/center\''],
  ['ECS, if they are enabled', ecs(managed(PROPAGATED, said(true)), 'Name', BAD), 'must be false, got true'],
  ['ECS, if they are enabled in one branch', ecs(managed(PROPAGATED, said(when('IsProduction', true, false))), BAD), 'must be false, got true'],
  ['ECS, if they are unset in one branch', ecs(managed(PROPAGATED, said(when('IsProduction', false, NO_VALUE))), BAD), 'must be false, got unset'],
  ['ECS, with a space', ecs(managed(PROPAGATED), 'cost center'), '\'cost center\''],
  ['Batch, if they are enabled', batch(managed(PROPAGATED, said('true')), { [BAD]: 'web' }), 'must be false, got'],
];

const FINE: readonly (readonly [name: string, resource: Written])[] = [
  ['ECS, with allowed keys', ecs(managed(PROPAGATED), 'Name')],
  ['ECS, without propagation of tags', ecs(managed({}), BAD)],
  ['ECS, with the propagation NONE', ecs(managed({ PropagateTags: 'NONE' }), BAD)],
  ['ECS, if propagation is only known at deployment', ecs(managed({ PropagateTags: { Ref: 'Open' } }), BAD)],
  ['ECS, if they are disabled', ecs(managed(PROPAGATED, said(false)), BAD)],
  ['ECS, if they are only known at deployment', ecs(managed(PROPAGATED, said({ Ref: 'Open' })), BAD)],
  ['ECS, with a key that is only known at deployment', ecs(managed(PROPAGATED), { Ref: 'Open' })],
  ['Batch, if they are unset: they are disabled', batch(managed(PROPAGATED), { [BAD]: 'web' })],
  ['Batch, with allowed keys', batch(managed(PROPAGATED, said(true)), { Name: 'web' })],
];

describe.each(IN_A_TREE)('tags of managed instances in the metadata, %s', (_, build) => {
  const textsFor = (Launcher: Written) =>
    textsOf(enforcedTemplate(build, { Parameters: { Open: { Type: 'String' } }, Resources: { Launcher } }).reports, NOT_ALLOWED);

  test.each(BREAKING)('make a launch of %s fail', (__, launcher, words) => {
    expect(textsFor(launcher)).toEqual([expect.stringContaining(words)]);
    expect(textsFor(launcher)[0]).toContain('ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation');
  });

  test.each(FINE)('have no effect on %s', (__, launcher) => {
    expect(textsFor(launcher)).toEqual([]);
  });

  test('have no effect on the group of another provider', () => {
    const Resources: WrittenTemplate['Resources'] = {
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1' } } },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } },
      },
      Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } }, Tags: [{ Key: BAD, Value: 'web' }] } },
    };
    const { options, reports } = enforcedTemplate(build, { Resources }, { instanceMetadataTags: true });
    expect(options.Template).toMatchObject({ InstanceMetadataTags: 'enabled' });
    expect(textsOf(reports, NOT_ALLOWED)).toEqual([]);
  });
});

test.each<readonly [string, object, (provider: CfnResource) => void]>([
  ['of Tags.of()', {}, provider => Tags.of(provider).add(BAD, 'web')],
  ['of the stack', { tags: { [BAD]: 'web' } }, () => undefined],
])('tags %s reach managed instances through their provider', (_, props, tagIt) => {
  const stack = scratchStack(scratchApp(), 'Stack', props);
  Imdsv2.enforce(stack);
  IN_A_TREE[1][1](stack, { Resources: { Provider: ecs(managed(PROPAGATED)) } });
  tagIt(stack.node.findAll().find((construct): construct is CfnResource => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::ECS::CapacityProvider')!);
  expect(textsOf(synthesize(stack).reports, NOT_ALLOWED)).toEqual([expect.stringContaining(BAD)]);
});

test('a Batch environment with managed instances cannot name a launch template', () => {
  const { reports } = enforcedTemplate(IN_A_TREE[0][1], { Resources: { Batch: batch(managed({}), {}) } });
  expect(textsOf(reports, 'Imdsv2::LaunchSourceMissing')).toEqual([]);
  expect(textsOf(reports, 'Imdsv2::CannotBeSet')).toEqual([expect.not.stringContaining('unless you')]);
});
