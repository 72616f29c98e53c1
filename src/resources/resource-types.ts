import { DISABLE_FLAG, JSON_DOCUMENT, MINIMUM_VERSION, OPTION_SETTINGS, httpOptions, withConditionKeys } from './dialects';
import type { CarrierRow, MuteRow, ReferrerRow, ResourceType, Row } from './rows';
import { carrier, mute, named, referrer, template } from './rows';

const ALL_HTTP_OPTIONS = httpOptions('hopLimit', 'endpoint', 'ipv6', 'tags');
const BASIC_HTTP_OPTIONS = httpOptions('hopLimit', 'endpoint');

/** What an instance says at launch. A launch template says nothing to IAM until something launches from it; the instance carries the keys then. */
const INSTANCE_OPTIONS = withConditionKeys(ALL_HTTP_OPTIONS, {
  tokens: 'ec2:MetadataHttpTokens',
  hopLimit: 'ec2:MetadataHttpPutResponseHopLimit',
  endpoint: 'ec2:MetadataHttpEndpoint',
  tags: 'ec2:InstanceMetadataTags',
});
const LAUNCH_CONFIGURATION_OPTIONS = withConditionKeys(BASIC_HTTP_OPTIONS, {
  tokens: 'autoscaling:MetadataHttpTokens',
  hopLimit: 'autoscaling:MetadataHttpPutResponseHopLimit',
  endpoint: 'autoscaling:MetadataHttpEndpoint',
});
const IMAGE_BUILDER_OPTIONS = withConditionKeys(httpOptions('hopLimit'), { tokens: 'imagebuilder:Ec2MetadataHttpTokens' });

const INFRASTRUCTURE = 'AWS::ImageBuilder::InfrastructureConfiguration';

const REGIONAL = 'the account default of the Region (HttpTokens required, then HttpTokensEnforced) or a declarative policy';
const SERVICE_OWNED = 'the service itself: its instances do not run under your account defaults; see its documentation';

/**
 * The table: every CloudFormation type that launches EC2 instances, or holds the metadata options of what does.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export const ROWS: readonly Row[] = [
  carrier('AWS::EC2::Instance', 'MetadataOptions', INSTANCE_OPTIONS, 'in place'),
  referrer('AWS::EC2::Instance', 'replacement', template('LaunchTemplate')),
  carrier('AWS::EC2::LaunchTemplate', 'LaunchTemplateData.MetadataOptions', ALL_HTTP_OPTIONS, 'new version'),

  carrier('AWS::EC2::EC2Fleet', 'LaunchTemplateConfigs[].Overrides[].MetadataOptions', BASIC_HTTP_OPTIONS, 'replacement', {
    inherits: true,
    replacement: 'CloudFormation deletes the fleet and makes another one: its instances are terminated',
  }),
  referrer('AWS::EC2::EC2Fleet', 'replacement', template('LaunchTemplateConfigs[].LaunchTemplateSpecification')),
  referrer('AWS::EC2::SpotFleet', 'replacement', template('SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification')),
  mute('AWS::EC2::SpotFleet', { present: 'SpotFleetRequestConfigData.LaunchSpecifications' },
    `a launch template in LaunchTemplateConfigs instead of LaunchSpecifications; else ${REGIONAL}`),

  carrier('AWS::AutoScaling::LaunchConfiguration', 'MetadataOptions', LAUNCH_CONFIGURATION_OPTIONS, 'replacement', {
    replacement: 'CloudFormation makes another launch configuration, and its groups launch from that one. '
      + 'Running instances stay unless the group has an UpdatePolicy. A fixed LaunchConfigurationName must change',
  }),
  referrer('AWS::AutoScaling::AutoScalingGroup', 'in place',
    template('LaunchTemplate'),
    template('MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification'),
    template('MixedInstancesPolicy.LaunchTemplate.Overrides[].LaunchTemplateSpecification'),
    named('LaunchConfigurationName', 'AWS::AutoScaling::LaunchConfiguration')),
  mute('AWS::AutoScaling::AutoScalingGroup', { present: 'InstanceId' },
    `a launch template of your own instead of InstanceId, from which Auto Scaling makes a launch configuration; else ${REGIONAL}`),

  carrier(INFRASTRUCTURE, 'InstanceMetadataOptions', IMAGE_BUILDER_OPTIONS, 'in place'),
  referrer('AWS::ImageBuilder::ImagePipeline', 'in place', named('InfrastructureConfigurationArn', INFRASTRUCTURE)),
  referrer('AWS::ImageBuilder::Image', 'replacement', named('InfrastructureConfigurationArn', INFRASTRUCTURE)),
  carrier('AWS::SageMaker::NotebookInstance', 'InstanceMetadataServiceConfiguration', MINIMUM_VERSION, 'in place'),
  carrier('AWS::AppStream::Fleet', 'DisableIMDSV1', DISABLE_FLAG, 'in place'),
  carrier('AWS::AppStream::ImageBuilder', 'DisableIMDSV1', DISABLE_FLAG, 'in place'),
  carrier('AWS::AppStream::AppBlockBuilder', 'DisableIMDSV1', DISABLE_FLAG, 'in place'),
  carrier('AWS::ElasticBeanstalk::Environment', 'OptionSettings', OPTION_SETTINGS, 'in place'),
  carrier('AWS::ElasticBeanstalk::ConfigurationTemplate', 'OptionSettings', OPTION_SETTINGS, 'in place'),
  carrier('AWS::WorkspacesInstances::WorkspaceInstance', 'ManagedInstance.MetadataOptions', ALL_HTTP_OPTIONS, 'replacement', {
    needsParent: true,
    replacement: 'CloudFormation deletes the WorkSpace and makes another one: what its user keeps on it is lost',
  }),
  carrier('AWS::EMR::SecurityConfiguration', 'SecurityConfiguration', JSON_DOCUMENT, 'replacement', {
    replacement: 'CloudFormation makes another security configuration, and replaces every cluster that names it. A fixed Name must change',
  }),
  referrer('AWS::EMR::Cluster', 'replacement', named('SecurityConfiguration', 'AWS::EMR::SecurityConfiguration')),
  mute('AWS::EMR::Cluster', { absent: 'SecurityConfiguration' },
    `an AWS::EMR::SecurityConfiguration with MinimumInstanceMetadataServiceVersion 2; else ${REGIONAL}`),

  {
    ...referrer('AWS::EKS::Nodegroup', 'in place', template('LaunchTemplate', { id: 'Id', name: 'Name', version: 'Version' })),
    evaluatesOnce: true,
  },
  mute('AWS::EKS::Nodegroup', { absent: 'LaunchTemplate' }, `a launch template of your own; else ${REGIONAL}`),
  {
    ...referrer('AWS::Batch::ComputeEnvironment', 'in place',
      template('ComputeResources.LaunchTemplate'),
      template('ComputeResources.LaunchTemplate.Overrides[]')),
    evaluatesOnce: true,
  },
  mute('AWS::Batch::ComputeEnvironment', {
    present: 'ComputeResources',
    absent: 'ComputeResources.LaunchTemplate',
    unless: { path: 'ComputeResources.Type', values: ['FARGATE', 'FARGATE_SPOT'] },
  }, `a launch template of your own; else ${REGIONAL}`),
  referrer('AWS::PCS::ComputeNodeGroup', 'in place', template('CustomLaunchTemplate', { id: 'TemplateId', version: 'Version' })),
  referrer('AWS::GameLift::GameServerGroup', 'in place', template('LaunchTemplate')),
  referrer('AWS::ImageBuilder::DistributionConfiguration', 'in place', template('Distributions[].FastLaunchConfigurations[].LaunchTemplate', {
    id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'LaunchTemplateVersion',
  })),
  referrer('AWS::ECS::CapacityProvider', 'in place', named('AutoScalingGroupProvider.AutoScalingGroupArn', 'AWS::AutoScaling::AutoScalingGroup')),
  mute('AWS::ECS::CapacityProvider', { present: 'ManagedInstancesProvider' }, REGIONAL),

  mute('AWS::Lightsail::Instance', {}, 'the Lightsail API UpdateInstanceMetadataOptions, called once the instance is there'),
  mute('AWS::GameLift::Fleet', {}, SERVICE_OWNED),
  mute('AWS::GameLift::ContainerFleet', {}, SERVICE_OWNED),
  mute('AWS::Deadline::Fleet', { present: 'Configuration.ServiceManagedEc2' }, SERVICE_OWNED),
  mute('AWS::BedrockAgentCore::CapacityProvider', { present: 'ComputeConfiguration.Ec2Configuration' }, REGIONAL),
  mute('AWS::Cloud9::EnvironmentEC2', {}, REGIONAL),
  mute('AWS::MWAA::Environment', {}, SERVICE_OWNED),
  mute('AWS::DataPipeline::Pipeline', {}, REGIONAL),
];

const TYPES: ReadonlyMap<string, ResourceType> = groupByType();
const NAMED_TYPES: ReadonlySet<string> = new Set(
  ROWS.flatMap(row => row.kind === 'referrer' ? row.references.map(({ target }) => target) : []),
);

/** The rows of a CloudFormation type, or `undefined` where it has nothing to do with instance metadata. */
export function resourceTypeOf(type: string): ResourceType | undefined {
  return TYPES.get(type);
}

/** Whether launchers may name a resource of this type. */
export function isNamedByLaunchers(type: string): boolean {
  return NAMED_TYPES.has(type);
}

function groupByType(): Map<string, ResourceType> {
  const types = new Map<string, { carriers: CarrierRow[]; referrers: ReferrerRow[]; mutes: MuteRow[] }>();
  for (const row of ROWS) {
    const type = types.get(row.type) ?? { carriers: [], referrers: [], mutes: [] };
    types.set(row.type, type);
    switch (row.kind) {
      case 'carrier': type.carriers.push(row); break;
      case 'referrer': type.referrers.push(row); break;
      case 'mute': type.mutes.push(row); break;
    }
  }
  return types;
}
