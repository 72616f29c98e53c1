import type { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { FargateComputeEnvironment, JobQueue, ManagedEc2EcsComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import { CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, BottleRocketImage, Cluster as EcsCluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { Cluster, EksOptimizedImage, KubernetesVersion, MachineImageType } from 'aws-cdk-lib/aws-eks';
import * as eks2 from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Imdsv2 } from '../../src';
import { enforcedStack, findingsIn, hopLimitsIn, textsOf, withOptions } from '../harness/in-a-tree';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const instanceType = new InstanceType('m5.large');
const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const vpcIn = (stack: Stack) => new Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 1 });
const version = KubernetesVersion.V1_31;
const layer = (stack: Stack) => LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:eu-west-1:123456789012:layer:kubectl:1');
const eksCluster = (stack: Stack) => new Cluster(stack, 'Cluster', { vpc: vpcIn(stack), version, defaultCapacity: 0, kubectlLayer: layer(stack) });
const eks2Cluster = (stack: Stack) => new eks2.Cluster(stack, 'Cluster', {
  vpc: vpcIn(stack), version: eks2.KubernetesVersion.V1_31, defaultCapacity: 0, defaultCapacityType: eks2.DefaultCapacityType.NODEGROUP,
});

const HOSTS: readonly (readonly [name: string, build: (stack: Stack) => unknown, reason: RegExp])[] = [
  ['cluster.addCapacity() of ECS', stack => new EcsCluster(stack, 'Cluster', { vpc: vpcIn(stack) }).addCapacity('Group', { instanceType }),
    /user data configures the ECS agent/],
  ['AsgCapacityProvider', stack => {
    const vpc = vpcIn(stack);
    const autoScalingGroup = new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() });
    new EcsCluster(stack, 'Cluster', { vpc }).addAsgCapacityProvider(new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
  }, /the ECS capacity provider 'Stack\/Provider\/Provider'/],
  ['AsgCapacityProvider over a launch template', stack => {
    const vpc = vpcIn(stack);
    const launchTemplate = new LaunchTemplate(stack, 'Template', {
      instanceType, machineImage, requireImdsv2: true, role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/node'),
    });
    new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup: new AutoScalingGroup(stack, 'Group', { vpc, launchTemplate }), enableManagedTerminationProtection: false });
  }, /the ECS capacity provider/],
  ['Bottlerocket of ECS', stack => new EcsCluster(stack, 'Cluster', { vpc: vpcIn(stack) })
    .addCapacity('Group', { instanceType, machineImage: new BottleRocketImage(), machineImageType: 1 }), /settings\.ecs/],
  ['addAutoScalingGroupCapacity() of EKS', stack => eksCluster(stack).addAutoScalingGroupCapacity('Group', { instanceType }), /\/etc\/eks\/bootstrap\.sh/],
  ['addAutoScalingGroupCapacity() of EKS on Bottlerocket', stack =>
    eksCluster(stack).addAutoScalingGroupCapacity('Group', { instanceType, machineImageType: MachineImageType.BOTTLEROCKET }), /settings\.kubernetes/],
  ['addNodegroupCapacity() of EKS with a launch template', stack => {
    const template = new LaunchTemplate(stack, 'Template', { instanceType });
    eksCluster(stack).addNodegroupCapacity('Nodes', { launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber } });
  }, /the EKS node group/],
  ['a group with EksOptimizedImage', stack =>
    new LaunchTemplate(stack, 'Template', { instanceType, machineImage: new EksOptimizedImage({ kubernetesVersion: '1.31' }) }), /the image is \/aws\/service\/eks/],
  ['addAutoScalingGroupCapacity() of EKS 2', stack => eks2Cluster(stack).addAutoScalingGroupCapacity('Group', { instanceType }), /\/etc\/eks\/bootstrap\.sh/],
  ['addNodegroupCapacity() of EKS 2 with a launch template', stack => {
    const template = new LaunchTemplate(stack, 'Template', { instanceType });
    eks2Cluster(stack).addNodegroupCapacity('Nodes', { launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber } });
  }, /the EKS node group/],
  ['ManagedEc2EcsComputeEnvironment', stack => {
    const launchTemplate = new LaunchTemplate(stack, 'Template', {});
    const environment = new ManagedEc2EcsComputeEnvironment(stack, 'Batch', { vpc: vpcIn(stack), launchTemplate });
    new JobQueue(stack, 'Queue').addComputeEnvironment(environment, 1);
  }, /the Batch compute environment/],
];

describe('container constructs of aws-cdk-lib', () => {
  test.each(HOSTS)('%s', (_, build, reason) => {
    expect(hopLimitsIn(enforcedStack(stack => { build(stack); }, { httpPutResponseHopLimit: 1, containerHopLimit: 2 }))).toEqual([2]);
    const stack = scratchStack();
    build(stack);
    for (const construct of stack.node.findAll()) {
      if (construct instanceof CfnLaunchTemplate) { construct.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', 1); }
      if (construct instanceof CfnLaunchConfiguration) { construct.addPropertyOverride('MetadataOptions.HttpPutResponseHopLimit', 1); }
    }
    Imdsv2.enforce(stack);
    expect(textsOf(synthesize(stack).reports, 'Imdsv2::ContainerHopLimit')).toEqual([expect.stringMatching(reason)]);
  });

  test("are recognized both with the group's own launch template and with a launch configuration", () => {
    for (const isTemplate of [true, false]) {
      const stack = scratchStack(scratchApp({ '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': isTemplate }));
      new EcsCluster(stack, 'Cluster', { vpc: vpcIn(stack) }).addCapacity('Group', { instanceType });
      Imdsv2.enforce(stack);
      const enforced = withOptions(synthesize(stack));
      expect(hopLimitsIn(enforced)).toEqual([2]);
      expect(findingsIn(enforced.reports)).toEqual([]);
    }
  });
});

const NO_HOSTS: readonly (readonly [name: string, build: (stack: Stack) => unknown])[] = [
  ['an instance', stack => new Instance(stack, 'Host', { vpc: vpcIn(stack), instanceType, machineImage })],
  ['a group', stack => new AutoScalingGroup(stack, 'Group', { vpc: vpcIn(stack), instanceType, machineImage })],
  ['a template', stack => new LaunchTemplate(stack, 'Template', { instanceType, machineImage })],
  ['a group beside an ECS cluster', stack => {
    const vpc = vpcIn(stack);
    new EcsCluster(stack, 'Cluster', { vpc });
    new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage });
  }],
  ['a template beside Batch on Fargate', stack => {
    new FargateComputeEnvironment(stack, 'Batch', { vpc: vpcIn(stack) });
    new LaunchTemplate(stack, 'Template', { instanceType, machineImage });
  }],
];

test.each(NO_HOSTS)('%s of aws-cdk-lib is not a container host', (_, build) => {
  expect(hopLimitsIn(enforcedStack(stack => { build(stack); }))).toEqual([undefined]);
});
