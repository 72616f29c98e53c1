import type { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { ManagedEc2EcsComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  BastionHostLinux, HttpTokens, Instance, InstanceType, LaunchTemplate, LaunchTemplateHttpTokens, MachineImage, NatProvider, SecurityGroup,
  SubnetType, UserData, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { beforeAndAfter, countTypes, withTokensRequired } from '../harness/before-and-after';
import { DOORS } from '../harness/doors';
import { reportedIds } from '../harness/synthesized';

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
const BY_TEMPLATE = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };
const BY_CONFIGURATION = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': false };

const instanceType = new InstanceType('m5.large');
const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const vpcOf = (stack: Stack): IVpc => new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 });

/** A construct of aws-cdk-lib, and the number of its resources with metadata options. */
interface Case {
  readonly name: string;
  readonly makes: { readonly [type: string]: number };
  readonly context?: { readonly [flag: string]: boolean };
  readonly reports?: readonly string[];
  /** Whether all its instances run containers. */
  readonly runsContainers?: boolean;
  build(stack: Stack): unknown;
}

const CASES: readonly Case[] = [
  {
    name: 'Instance',
    build: stack => new Instance(stack, 'Host', { vpc: vpcOf(stack), instanceType, machineImage }),
    makes: { [INSTANCE]: 1, [TEMPLATE]: 0 },
  },
  {
    name: 'Instance with options of its own',
    build: stack => new Instance(stack, 'Host', {
      vpc: vpcOf(stack), instanceType, machineImage, httpTokens: HttpTokens.OPTIONAL, httpPutResponseHopLimit: 2, instanceMetadataTags: true,
    }),
    makes: { [INSTANCE]: 1, [TEMPLATE]: 0 },
  },
  {
    name: 'Instance with requireImdsv2',
    build: stack => new Instance(stack, 'Host', { vpc: vpcOf(stack), instanceType, machineImage, requireImdsv2: true }),
    makes: { [INSTANCE]: 1, [TEMPLATE]: 1 },
  },
  {
    name: 'LaunchTemplate',
    build: stack => new LaunchTemplate(stack, 'Template', { instanceType, machineImage, userData: UserData.forLinux() }),
    makes: { [TEMPLATE]: 1 },
  },
  {
    name: 'LaunchTemplate with options of its own',
    build: stack => new LaunchTemplate(stack, 'Template', { httpTokens: LaunchTemplateHttpTokens.OPTIONAL, httpPutResponseHopLimit: 1, httpEndpoint: true }),
    makes: { [TEMPLATE]: 1 },
  },
  {
    name: 'LaunchTemplate with requireImdsv2',
    build: stack => new LaunchTemplate(stack, 'Template', { requireImdsv2: true }),
    makes: { [TEMPLATE]: 1 },
  },
  {
    name: 'AutoScalingGroup by launch template',
    build: stack => new AutoScalingGroup(stack, 'Group', { vpc: vpcOf(stack), instanceType, machineImage }),
    makes: { [TEMPLATE]: 1, [CONFIGURATION]: 0 },
    context: BY_TEMPLATE,
  },
  {
    name: 'AutoScalingGroup by launch configuration',
    build: stack => new AutoScalingGroup(stack, 'Group', { vpc: vpcOf(stack), instanceType, machineImage }),
    makes: { [TEMPLATE]: 0, [CONFIGURATION]: 1 },
    context: BY_CONFIGURATION,
    reports: ['Imdsv2::ReplacesResource'],
  },
  {
    name: 'AutoScalingGroup by launch template with requireImdsv2',
    build: stack => new AutoScalingGroup(stack, 'Group', { vpc: vpcOf(stack), instanceType, machineImage, requireImdsv2: true }),
    makes: { [TEMPLATE]: 1 },
    context: BY_TEMPLATE,
  },
  {
    name: 'AutoScalingGroup that brings its own template',
    build: stack => {
      const vpc = vpcOf(stack);
      const launchTemplate = new LaunchTemplate(stack, 'Template', { instanceType, machineImage, securityGroup: new SecurityGroup(stack, 'Own', { vpc }) });
      new AutoScalingGroup(stack, 'Group', { vpc, launchTemplate });
    },
    makes: { [TEMPLATE]: 1, [CONFIGURATION]: 0 },
  },
  {
    name: 'AutoScalingGroup with a MixedInstancesPolicy',
    build: stack => {
      const vpc = vpcOf(stack);
      const template = (id: string) => new LaunchTemplate(stack, id, { machineImage, securityGroup: new SecurityGroup(stack, `${id}Group`, { vpc }) });
      const launchTemplateOverrides = [{ instanceType, launchTemplate: template('Graviton') }];
      new AutoScalingGroup(stack, 'Group', { vpc, mixedInstancesPolicy: { launchTemplate: template('Intel'), launchTemplateOverrides } });
    },
    makes: { [TEMPLATE]: 2, [CONFIGURATION]: 0 },
  },
  {
    name: 'BastionHostLinux',
    build: stack => new BastionHostLinux(stack, 'Bastion', { vpc: vpcOf(stack), subnetSelection: { subnetType: SubnetType.PUBLIC } }),
    makes: { [INSTANCE]: 1, [TEMPLATE]: 0 },
  },
  {
    name: 'NatInstanceV2',
    build: stack => new Vpc(stack, 'Vpc', { maxAzs: 2, natGatewayProvider: NatProvider.instanceV2({ instanceType }) }),
    makes: { [INSTANCE]: 2, [TEMPLATE]: 0 },
  },
  ...[BY_TEMPLATE, BY_CONFIGURATION].map((context): Case => ({
    name: `ECS addCapacity by launch ${context === BY_TEMPLATE ? 'template' : 'configuration'}`,
    runsContainers: true,
    build: stack => new Cluster(stack, 'Cluster', { vpc: vpcOf(stack) }).addCapacity('Hosts', { instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() }),
    makes: context === BY_TEMPLATE ? { [TEMPLATE]: 1, [CONFIGURATION]: 0 } : { [TEMPLATE]: 0, [CONFIGURATION]: 1 },
    context,
    reports: context === BY_TEMPLATE ? [] : ['Imdsv2::ReplacesResource'],
  })),
  {
    name: 'ECS capacity provider',
    runsContainers: true,
    build: stack => {
      const vpc = vpcOf(stack);
      const autoScalingGroup = new AutoScalingGroup(stack, 'Hosts', { vpc, instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() });
      new Cluster(stack, 'Cluster', { vpc }).addAsgCapacityProvider(new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
    },
    makes: { [TEMPLATE]: 1 },
    context: BY_TEMPLATE,
  },
  {
    name: 'EKS node group with a template, and self-managed nodes',
    runsContainers: true,
    build: stack => {
      const cluster = new eks.Cluster(stack, 'Cluster', {
        vpc: vpcOf(stack),
        version: eks.KubernetesVersion.of('1.31'),
        defaultCapacity: 0,
        kubectlLayer: kubectlLayer(stack),
        vpcSubnets: [{ subnetType: SubnetType.PUBLIC }],
      });
      cluster.addNodegroupCapacity('Nodes', { launchTemplateSpec: templateSpec(stack), subnets: { subnetType: SubnetType.PUBLIC } });
      cluster.addAutoScalingGroupCapacity('Own', { instanceType, vpcSubnets: { subnetType: SubnetType.PUBLIC } });
    },
    makes: { [TEMPLATE]: 2 },
    context: BY_TEMPLATE,
  },
  {
    name: 'EKS v2 node group with a template, and self-managed nodes',
    runsContainers: true,
    build: stack => {
      const cluster = new eksV2.Cluster(stack, 'Cluster', {
        vpc: vpcOf(stack),
        version: eksV2.KubernetesVersion.of('1.31'),
        defaultCapacity: 0,
        defaultCapacityType: eksV2.DefaultCapacityType.NODEGROUP,
        vpcSubnets: [{ subnetType: SubnetType.PUBLIC }],
      });
      cluster.addNodegroupCapacity('Nodes', { launchTemplateSpec: templateSpec(stack), subnets: { subnetType: SubnetType.PUBLIC } });
      cluster.addAutoScalingGroupCapacity('Own', { instanceType, vpcSubnets: { subnetType: SubnetType.PUBLIC } });
    },
    makes: { [TEMPLATE]: 2 },
    context: BY_TEMPLATE,
  },
  {
    name: 'Batch compute environment with a template',
    reports: ['Imdsv2::VersionNotFollowed'],
    runsContainers: true,
    build: stack => new ManagedEc2EcsComputeEnvironment(stack, 'Batch', { vpc: vpcOf(stack), launchTemplate: new LaunchTemplate(stack, 'Template') }),
    makes: { [TEMPLATE]: 1 },
  },
  {
    name: 'Batch compute environment without a template',
    build: stack => new ManagedEc2EcsComputeEnvironment(stack, 'Batch', { vpc: vpcOf(stack) }),
    makes: { [TEMPLATE]: 0 },
    reports: ['Imdsv2::LaunchSourceMissing'],
  },
];

function kubectlLayer(stack: Stack): LayerVersion {
  return LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:eu-west-1:123456789012:layer:kubectl:1') as LayerVersion;
}

function templateSpec(stack: Stack): { readonly id: string; readonly version: string } {
  const template = new LaunchTemplate(stack, 'NodeTemplate');
  return { id: template.launchTemplateId!, version: template.latestVersionNumber };
}

describe.each(CASES)('$name', ({ build, makes, context, reports = [], runsContainers }) => {
  test.each(['enforce', 'aspect'] as const)('requires tokens and changes nothing else, by %s', door => {
    const { before, after } = beforeAndAfter(build, DOORS[door], context);
    expect(countTypes(before.template, Object.keys(makes))).toEqual(makes);
    expect(after.template).toEqual(withTokensRequired(before.template, runsContainers ? { HttpPutResponseHopLimit: 2 } : {}));
    const said = after.reports.filter(report => !before.reports.some(({ text }) => text === report.text));
    expect(reportedIds(said)).toEqual(reports);
  });
});
