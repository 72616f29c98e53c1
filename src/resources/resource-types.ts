import type { Dialect } from './dialects';
import { DISABLE_FLAG, JSON_DOCUMENT, MINIMUM_VERSION, OPTION_SETTINGS, httpOptions } from './dialects';
import { parsePath } from './paths';

/** What CloudFormation does with a deployed resource when its metadata options change. */
export type Update = 'in place' | 'new version' | 'replacement';

/** A place that holds metadata options. */
export interface CarrierRow {
  readonly kind: 'carrier';
  readonly type: string;
  /** The path of the block; `[]` stands for every element of a list. */
  readonly block: string;
  /** The same path, taken apart. */
  readonly path: readonly string[];
  readonly dialect: Dialect;
  readonly update: Update;
  /** Whether the object that holds the block has required properties of its own: where it is missing, it is not made up. */
  readonly needsParent: boolean;
  /** Whether a block that says nothing leaves the tokens to a launch template, whose own row answers. */
  readonly inherits: boolean;
  /** The property that names a launch template: where it stands, the template decides what the block leaves unset. */
  readonly template?: string;
  /** What a replacement means for the user, where the update is one. */
  readonly replacement?: string;
}

/** A type that launches from a template, a configuration or a group: what it names answers for it. */
export interface ReferrerRow {
  readonly kind: 'referrer';
  readonly type: string;
  /** Paths of launch template specifications (id or name, and version). */
  readonly templates: readonly string[];
  /** Paths of values that name another launching resource. */
  readonly names: readonly string[];
  /** What CloudFormation does with the launcher when the version that it names changes. */
  readonly onNewVersion: Update;
}

/** A type that launches instances and cannot say it. */
export interface MuteRow {
  readonly kind: 'mute';
  readonly type: string;
  /** When it is mute: always, or only with or without some property. */
  readonly when: MuteCondition;
  /** What governs its instances instead. */
  readonly fallback: string;
}

/** The properties that make a type mute. */
export interface MuteCondition {
  readonly present?: string;
  readonly absent?: string;
  readonly unless?: { readonly path: string; readonly values: readonly string[] };
}

/** One row of the table. */
export type Row = CarrierRow | ReferrerRow | MuteRow;

/** All rows of one type. */
export interface ResourceType {
  readonly carriers: readonly CarrierRow[];
  readonly referrers: readonly ReferrerRow[];
  readonly mutes: readonly MuteRow[];
}

const ALL_HTTP_OPTIONS = httpOptions('hopLimit', 'endpoint', 'ipv6', 'tags');
const BASIC_HTTP_OPTIONS = httpOptions('hopLimit', 'endpoint');

const REGIONAL = 'the account default of the Region (HttpTokens required, then HttpTokensEnforced) or a declarative policy';
const SERVICE_OWNED = 'the service itself: its instances do not run under your account defaults; see its documentation';

/**
 * The table: every CloudFormation type that launches EC2 instances, or holds the metadata options of what does.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export const ROWS: readonly Row[] = [
  carrier('AWS::EC2::Instance', 'MetadataOptions', ALL_HTTP_OPTIONS, 'in place', { template: 'LaunchTemplate' }),
  referrer('AWS::EC2::Instance', ['LaunchTemplate'], [], 'replacement'),
  carrier('AWS::EC2::LaunchTemplate', 'LaunchTemplateData.MetadataOptions', ALL_HTTP_OPTIONS, 'new version'),

  carrier('AWS::EC2::EC2Fleet', 'LaunchTemplateConfigs[].Overrides[].MetadataOptions', BASIC_HTTP_OPTIONS, 'replacement', {
    inherits: true,
    replacement: 'CloudFormation deletes the fleet and makes another one: its instances are terminated',
  }),
  referrer('AWS::EC2::EC2Fleet', ['LaunchTemplateConfigs[].LaunchTemplateSpecification'], [], 'replacement'),
  referrer('AWS::EC2::SpotFleet', ['SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification'], [], 'replacement'),
  mute('AWS::EC2::SpotFleet', { present: 'SpotFleetRequestConfigData.LaunchSpecifications' },
    `a launch template in LaunchTemplateConfigs instead of LaunchSpecifications; else ${REGIONAL}`),

  carrier('AWS::AutoScaling::LaunchConfiguration', 'MetadataOptions', BASIC_HTTP_OPTIONS, 'replacement', {
    replacement: 'CloudFormation makes another launch configuration, and its groups launch from that one. '
      + 'Running instances stay unless the group has an UpdatePolicy. A fixed LaunchConfigurationName must change',
  }),
  referrer('AWS::AutoScaling::AutoScalingGroup', [
    'LaunchTemplate',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification',
    'MixedInstancesPolicy.LaunchTemplate.Overrides[].LaunchTemplateSpecification',
  ], ['LaunchConfigurationName'], 'in place'),

  carrier('AWS::ImageBuilder::InfrastructureConfiguration', 'InstanceMetadataOptions', httpOptions('hopLimit'), 'in place'),
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
  referrer('AWS::EMR::Cluster', [], ['SecurityConfiguration'], 'replacement'),
  mute('AWS::EMR::Cluster', { absent: 'SecurityConfiguration' },
    `an AWS::EMR::SecurityConfiguration with MinimumInstanceMetadataServiceVersion 2; else ${REGIONAL}`),

  referrer('AWS::EKS::Nodegroup', ['LaunchTemplate'], [], 'in place'),
  mute('AWS::EKS::Nodegroup', { absent: 'LaunchTemplate' }, `a launch template of your own; else ${REGIONAL}`),
  referrer('AWS::Batch::ComputeEnvironment', [
    'ComputeResources.LaunchTemplate',
    'ComputeResources.LaunchTemplate.Overrides[]',
  ], [], 'in place'),
  mute('AWS::Batch::ComputeEnvironment', {
    present: 'ComputeResources',
    absent: 'ComputeResources.LaunchTemplate',
    unless: { path: 'ComputeResources.Type', values: ['FARGATE', 'FARGATE_SPOT'] },
  }, `a launch template of your own; else ${REGIONAL}`),
  referrer('AWS::PCS::ComputeNodeGroup', ['CustomLaunchTemplate'], [], 'in place'),
  referrer('AWS::GameLift::GameServerGroup', ['LaunchTemplate'], [], 'in place'),
  referrer('AWS::BedrockAgentCore::CapacityProvider', ['ComputeConfiguration.Ec2Configuration.LaunchTemplateSource'], [], 'in place'),
  referrer('AWS::ImageBuilder::DistributionConfiguration', ['Distributions[].FastLaunchConfigurations[].LaunchTemplate'], [], 'in place'),
  referrer('AWS::ECS::CapacityProvider', [], ['AutoScalingGroupProvider.AutoScalingGroupArn'], 'in place'),
  mute('AWS::ECS::CapacityProvider', { present: 'ManagedInstancesProvider' }, REGIONAL),

  mute('AWS::Lightsail::Instance', {}, 'the Lightsail API UpdateInstanceMetadataOptions, called once the instance is there'),
  mute('AWS::GameLift::Fleet', {}, SERVICE_OWNED),
  mute('AWS::GameLift::ContainerFleet', {}, SERVICE_OWNED),
  mute('AWS::Deadline::Fleet', { present: 'Configuration.ServiceManagedEc2' }, SERVICE_OWNED),
  mute('AWS::Cloud9::EnvironmentEC2', {}, REGIONAL),
  mute('AWS::MWAA::Environment', {}, SERVICE_OWNED),
  mute('AWS::DataPipeline::Pipeline', {}, REGIONAL),
];

const TYPES: ReadonlyMap<string, ResourceType> = groupByType();

/** The rows of a CloudFormation type, or `undefined` where it has nothing to do with instance metadata. */
export function resourceTypeOf(type: string): ResourceType | undefined {
  return TYPES.get(type);
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

function carrier(
  type: string, block: string, dialect: Dialect, update: Update,
  more: Partial<Pick<CarrierRow, 'needsParent' | 'inherits' | 'template' | 'replacement'>> = {},
): CarrierRow {
  return { kind: 'carrier', type, block, path: parsePath(block), dialect, update, needsParent: false, inherits: false, ...more };
}

function referrer(type: string, templates: readonly string[], names: readonly string[], onNewVersion: Update): ReferrerRow {
  return { kind: 'referrer', type, templates, names, onNewVersion };
}

function mute(type: string, when: MuteCondition, fallback: string): MuteRow {
  return { kind: 'mute', type, when, fallback };
}
