import type { Stack } from 'aws-cdk-lib';
import { PhysicalName } from 'aws-cdk-lib';
import type { AutoScalingGroupProps } from 'aws-cdk-lib/aws-autoscaling';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { ManagedEc2EcsComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import type { ILaunchTemplate, LaunchTemplateAttributes } from 'aws-cdk-lib/aws-ec2';
import { CfnInstance, InstanceType, LaunchTemplate, MachineImage, SecurityGroup, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, CfnCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { scratchStack } from '../harness/scratch-app';
import { always, answer, readableApp, readings } from './harness/readings';

const instanceType = new InstanceType('m5.large');
const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const ENV = { account: '111111111111', region: 'eu-west-1' };

const templateIn = (stack: Stack, id = 'Template', launchTemplateName?: string) => new LaunchTemplate(stack, id, {
  launchTemplateName, instanceType, machineImage, securityGroup: new SecurityGroup(stack, `${id}SecurityGroup`, { vpc: vpcIn(stack) }), userData: UserData.forLinux(),
});
const groupIn = (stack: Stack, props: Partial<AutoScalingGroupProps>) => new AutoScalingGroup(stack, 'Group', { vpc: vpcIn(stack), ...props });
const vpcIn = (stack: Stack) => stack.node.tryFindChild('Vpc') as Vpc | undefined ?? new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 });
const nodes = (stack: Stack, { launchTemplateId: id, versionNumber: version }: ILaunchTemplate) => new CfnNodegroup(stack, 'Nodes', {
  clusterName: 'cluster', nodeRole: 'role', subnets: ['subnet-1'], launchTemplate: { id, version },
});
const imported = (stack: Stack, attributes: LaunchTemplateAttributes) => LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Imported', attributes);

/** Constructs of aws-cdk-lib, and their sources. */
const CONSTRUCTS: readonly (readonly [name: string, build: (stack: Stack) => unknown, ...answers: string[]])[] = [
  [
    'a group with a launch template',
    stack => groupIn(stack, { launchTemplate: templateIn(stack) }),
    answer('Stack/Group/ASG', 'Stack/Template/Resource', ['latest number']),
  ],
  [
    'a group with a mixed instances policy, and a template of its own for one type',
    stack => groupIn(stack, {
      mixedInstancesPolicy: {
        launchTemplate: templateIn(stack),
        launchTemplateOverrides: [{ instanceType, launchTemplate: templateIn(stack, 'Arm') }, { instanceType: new InstanceType('c5.large') }],
      },
    }),
    answer('Stack/Group/ASG', 'Stack/Arm/Resource', ['latest number']),
    answer('Stack/Group/ASG', 'Stack/Template/Resource', ['latest number']),
  ],
  [
    'a group with an image, by a launch template that CDK makes',
    stack => {
      stack.node.setContext('@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig', true);
      return groupIn(stack, { instanceType, machineImage });
    },
    answer('Stack/Group/ASG', 'Stack/Group/LaunchTemplate/Resource', ['latest number']),
  ],
  [
    'a group with an image, by a launch configuration',
    stack => groupIn(stack, { instanceType, machineImage }),
    answer('Stack/Group/ASG', 'Stack/Group/LaunchConfig'),
  ],
  [
    'a capacity provider, by its group',
    stack => {
      const cluster = new Cluster(stack, 'Cluster', { vpc: vpcIn(stack) });
      const autoScalingGroup = groupIn(stack, { instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() });
      cluster.addAsgCapacityProvider(new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup, enableManagedTerminationProtection: false }));
    },
    answer('Stack/Group/ASG', 'Stack/Group/LaunchConfig'),
    answer('Stack/Provider/Provider', 'Stack/Group/ASG'),
  ],
  [
    'a node group',
    stack => nodes(stack, templateIn(stack)),
    answer('Stack/Nodes', 'Stack/Template/Resource', ['latest number']),
  ],
  [
    'a Batch compute environment',
    stack => new ManagedEc2EcsComputeEnvironment(stack, 'Batch', { vpc: vpcIn(stack), launchTemplate: templateIn(stack) }),
    answer('Stack/Batch/Resource', 'Stack/Template/Resource', ['none']),
  ],
  [
    'an instance that names a template by what it is called',
    stack => {
      const { launchTemplateName, latestVersionNumber: version } = templateIn(stack, 'Template', 'web');
      return new CfnInstance(stack, 'Instance', { launchTemplate: { launchTemplateName, version } });
    },
    answer('Stack/Instance', 'Stack/Template/Resource', ['latest number']),
  ],
  [
    'a template of the app, imported by its id',
    stack => nodes(stack, imported(stack, { launchTemplateId: templateIn(stack).launchTemplateId })),
    answer('Stack/Nodes', 'Stack/Template/Resource', ['default']),
  ],
  [
    'a template of the app, imported by its name',
    stack => {
      templateIn(stack, 'Template', 'web');
      return groupIn(stack, { launchTemplate: imported(stack, { launchTemplateName: 'web', versionNumber: '$Latest' }) });
    },
    answer('Stack/Group/ASG', 'Stack/Template/Resource', ['latest']),
  ],
  [
    'a template outside the app, imported by its id',
    stack => nodes(stack, imported(stack, { launchTemplateId: 'lt-1', versionNumber: '3' })),
    answer('Stack/Nodes', 'outside lt-1', ['number']),
  ],
  [
    'a template outside the app, imported by its name',
    stack => groupIn(stack, { launchTemplate: imported(stack, { launchTemplateName: 'web' }) }),
    answer('Stack/Group/ASG', 'outside web', ['default']),
  ],
];

test.each(CONSTRUCTS.map(([name, build, ...answers]) => [name, build, answers] as const))('%s', (_, build, answers) => {
  const app = readableApp();
  build(scratchStack(app, 'Stack', { env: ENV }));
  expect(readings(app)).toEqual(always(...answers));
});

test('a group in another stack with a name that CDK generates on demand', () => {
  const app = readableApp();
  const group = groupIn(scratchStack(app, 'Other', { env: ENV }), {
    autoScalingGroupName: PhysicalName.GENERATE_IF_NEEDED, launchTemplate: imported(scratchStack(app, 'Third'), { launchTemplateId: 'lt-1' }),
  });
  new CfnCapacityProvider(scratchStack(app, 'Stack', { env: ENV }), 'Provider', {
    autoScalingGroupProvider: { autoScalingGroupArn: group.autoScalingGroupName },
  });
  expect(readings(app)).toEqual(always(
    answer('Other/Group/ASG', 'outside lt-1', ['default']), answer('Stack/Provider', 'Other/Group/ASG'),
  ));
});
