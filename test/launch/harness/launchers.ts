import type { CfnResource } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate, CfnSpotFleet } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { CfnConfigurationTemplate, CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnCluster, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnGameServerGroup } from 'aws-cdk-lib/aws-gamelift';
import { CfnDistributionConfiguration, CfnImage, CfnImagePipeline, CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { CfnComputeNodeGroup } from 'aws-cdk-lib/aws-pcs';
import type { Construct } from 'constructs';
import type { LaunchReference } from '../../../src/resources/record';
import { recordOf } from '../../../src/resources/record-table';
import type { Json } from '../../harness/json';
import { put } from '../../harness/json';
import { camelCase } from '../../harness/spelling';

/** A constructor of an L1 with any properties. */
type L1 = new (scope: Construct, id: string, props: never) => CfnResource;

/** The reference of a launcher to its source. */
export interface Named {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly version?: unknown;
}

/** A place where launchers of a type name their source. */
export interface Launcher {
  /** The type and the place. */
  readonly title: string;
  readonly type: string;
  readonly reference: LaunchReference;
  /** All properties of a launcher, with CloudFormation's names. */
  properties(named: Named): Json;
  /** Creates the typed L1 from properties with CloudFormation's names. */
  typed(scope: Construct, id: string, properties: Json): CfnResource;
}

/** A source. */
export interface Target {
  readonly type: string;
  /** The property with its name, if others can use that name. */
  readonly nameProperty?: string;
  properties(name?: unknown): Json;
  typed(scope: Construct, id: string, properties: Json): CfnResource;
}

const LT = 'AWS::EC2::LaunchTemplate';

/** One case for every place in the table. */
export const LAUNCHERS: readonly Launcher[] = [
  launcher('AWS::EC2::Instance', 'LaunchTemplate', CfnInstance, LaunchTemplate => ({ LaunchTemplate })),
  launcher('AWS::EC2::EC2Fleet', 'LaunchTemplateConfigs[].LaunchTemplateSpecification', CfnEC2Fleet, LaunchTemplateSpecification => ({
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification }], TargetCapacitySpecification: { TotalTargetCapacity: 1 },
  })),
  launcher('AWS::EC2::SpotFleet', 'SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification', CfnSpotFleet, specification => ({
    SpotFleetRequestConfigData: {
      IamFleetRole: 'role', TargetCapacity: 1, LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification }],
    },
  })),
  launcher('AWS::AutoScaling::AutoScalingGroup', 'LaunchTemplate', CfnAutoScalingGroup, LaunchTemplate => ({ LaunchTemplate, MinSize: '0', MaxSize: '1' })),
  launcher('AWS::AutoScaling::AutoScalingGroup', 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification', CfnAutoScalingGroup, specification => ({
    MinSize: '0', MaxSize: '1', MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: specification } },
  })),
  launcher('AWS::AutoScaling::AutoScalingGroup', 'MixedInstancesPolicy.LaunchTemplate.Overrides[].LaunchTemplateSpecification', CfnAutoScalingGroup,
    specification => ({
      MinSize: '0',
      MaxSize: '1',
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: 'lt-base', Version: '1' },
          Overrides: [{ InstanceType: 'm7g.large', LaunchTemplateSpecification: specification }, { InstanceType: 'm5.large' }],
        },
      },
    })),
  launcher('AWS::AutoScaling::AutoScalingGroup', 'LaunchConfigurationName', CfnAutoScalingGroup, LaunchConfigurationName => ({
    LaunchConfigurationName, MinSize: '0', MaxSize: '1',
  })),
  launcher('AWS::ImageBuilder::ImagePipeline', 'InfrastructureConfigurationArn', CfnImagePipeline, InfrastructureConfigurationArn => ({
    InfrastructureConfigurationArn, Name: 'images',
  })),
  launcher('AWS::ImageBuilder::Image', 'InfrastructureConfigurationArn', CfnImage, InfrastructureConfigurationArn => ({ InfrastructureConfigurationArn })),
  launcher('AWS::EMR::Cluster', 'SecurityConfiguration', CfnCluster, SecurityConfiguration => ({
    SecurityConfiguration, Instances: {}, JobFlowRole: 'role', Name: 'cluster', ServiceRole: 'role',
  })),
  launcher('AWS::ElasticBeanstalk::Environment', 'TemplateName', CfnEnvironment, TemplateName => ({ TemplateName, ApplicationName: 'app' })),
  launcher('AWS::EKS::Nodegroup', 'LaunchTemplate', CfnNodegroup, LaunchTemplate => ({
    LaunchTemplate, ClusterName: 'cluster', NodeRole: 'role', Subnets: ['subnet-1'],
  })),
  launcher('AWS::Batch::ComputeEnvironment', 'ComputeResources.LaunchTemplate', CfnComputeEnvironment, LaunchTemplate => ({
    Type: 'MANAGED', ComputeResources: { LaunchTemplate, MaxvCpus: 1, Subnets: ['subnet-1'], Type: 'EC2' },
  })),
  launcher('AWS::Batch::ComputeEnvironment', 'ComputeResources.LaunchTemplate.Overrides[]', CfnComputeEnvironment, override => ({
    Type: 'MANAGED',
    ComputeResources: {
      LaunchTemplate: { LaunchTemplateId: 'lt-base', Overrides: [{ ...override as Json, TargetInstanceTypes: ['m5'] }] },
      MaxvCpus: 1,
      Subnets: ['subnet-1'],
      Type: 'EC2',
    },
  })),
  launcher('AWS::PCS::ComputeNodeGroup', 'CustomLaunchTemplate', CfnComputeNodeGroup, CustomLaunchTemplate => ({
    CustomLaunchTemplate,
    ClusterId: 'cluster',
    IamInstanceProfileArn: 'profile',
    InstanceConfigs: [{ InstanceType: 'm5.large' }],
    ScalingConfiguration: { MinInstanceCount: 0, MaxInstanceCount: 1 },
    SubnetIds: ['subnet-1'],
  })),
  launcher('AWS::GameLift::GameServerGroup', 'LaunchTemplate', CfnGameServerGroup, LaunchTemplate => ({
    LaunchTemplate, GameServerGroupName: 'games', InstanceDefinitions: [{ InstanceType: 'm5.large' }], RoleArn: 'role',
  })),
  launcher('AWS::ImageBuilder::DistributionConfiguration', 'Distributions[].FastLaunchConfigurations[].LaunchTemplate', CfnDistributionConfiguration,
    LaunchTemplate => ({ Name: 'images', Distributions: [{ Region: 'eu-west-1', FastLaunchConfigurations: [{ LaunchTemplate }] }] })),
  launcher('AWS::ECS::CapacityProvider', 'AutoScalingGroupProvider.AutoScalingGroupArn', CfnCapacityProvider, AutoScalingGroupArn => ({
    AutoScalingGroupProvider: { AutoScalingGroupArn },
  })),
];

/** All kinds of sources. */
const TARGETS: readonly Target[] = [
  target(LT, CfnLaunchTemplate, { LaunchTemplateData: { ImageId: 'ami-1' } }, 'LaunchTemplateName'),
  target('AWS::AutoScaling::LaunchConfiguration', CfnLaunchConfiguration, { ImageId: 'ami-1', InstanceType: 'm5.large' }, 'LaunchConfigurationName'),
  target('AWS::AutoScaling::AutoScalingGroup', CfnAutoScalingGroup, { MinSize: '0', MaxSize: '1' }, 'AutoScalingGroupName'),
  target('AWS::ImageBuilder::InfrastructureConfiguration', CfnInfrastructureConfiguration, { Name: 'builds', InstanceProfileName: 'profile' }),
  target('AWS::EMR::SecurityConfiguration', CfnSecurityConfiguration, { SecurityConfiguration: {} }, 'Name'),
  target('AWS::ElasticBeanstalk::ConfigurationTemplate', CfnConfigurationTemplate, { ApplicationName: 'app' }),
];

/** The source of a launcher, as a test writes it. */
export function targetOf({ reference }: Launcher): Target {
  return TARGETS.find(({ type }) => type === reference.target)!;
}

/** Whether a launcher can use a name that the user gave its source. */
export function takesNames(subject: Launcher): boolean {
  const { reference: { keys } } = subject;
  return targetOf(subject).nameProperty !== undefined && (keys === undefined || keys.name !== undefined);
}

function launcher(type: string, path: string, l1: L1, around: (naming: unknown) => Json): Launcher {
  const reference = recordOf(type)!.launchesFrom!.references.find(place => place.path === path)!;
  const { keys } = reference;
  const naming = ({ id, name, version }: Named) => keys
    ? [[keys.id, id], [keys.name ?? keys.id, name], [keys.version, version]].reduce<Json>((all, [key, value]) => put(all, key as string, value), {})
    : id ?? name;
  return { title: `${type} (${path})`, type, reference, properties: named => around(naming(named)), typed: constructs(l1) };
}

function target(type: string, l1: L1, others: Json, nameProperty?: string): Target {
  return { type, nameProperty, properties: name => nameProperty ? put(others, nameProperty, name) : others, typed: constructs(l1) };
}

function constructs(l1: L1): Launcher['typed'] {
  return (scope, id, properties) => new l1(scope, id, thawed(camelCase(properties) as Json) as never);
}

/** Some L1s change the lists that they are given. */
function thawed(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, Array.isArray(value) ? [...value as unknown[]] : value]));
}
