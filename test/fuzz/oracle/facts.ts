/**
 * What AWS lets one say about instance metadata and where, written down once more and by hand: an oracle that asked the library itself would agree
 * with each of its mistakes.
 */

/** A JSON value, or nothing. */
export type Json = unknown;

/** A place that holds metadata options. */
export interface CarrierFact {
  readonly type: string;
  readonly path: readonly string[];
  readonly form: 'object' | 'flag' | 'options' | 'document';
  /** The name of the setting that says whether tokens are required. */
  readonly tokens: string;
  /** The values that require them; the first is the one to write. */
  readonly required: readonly Json[];
  /** The names of the other settings by the property of the library that fills them. */
  readonly others: { readonly [prop: string]: string };
  /** A launch template answers where this place says nothing. */
  readonly inherits?: true;
  /** What the block lies in has other properties that it must have, so that it cannot be made for the block's sake. */
  readonly within?: true;
  /** What has to stand beside the tokens, and is written with them where nothing does. */
  readonly mandatory?: { readonly [name: string]: Json };
  /** The properties without which CDK refuses a resource of the type, and that make its options count. */
  readonly must?: { readonly [name: string]: Json };
  /** The property with the launch template that decides what the block leaves unset. */
  readonly template?: string;
}

const HOPS = { httpPutResponseHopLimit: 'HttpPutResponseHopLimit' };
const THREE = { ...HOPS, httpEndpoint: 'HttpEndpoint' };
const FIVE = { ...THREE, httpProtocolIpv6: 'HttpProtocolIpv6', instanceMetadataTags: 'InstanceMetadataTags' };

export const CARRIERS: readonly CarrierFact[] = [
  http('AWS::EC2::Instance', ['MetadataOptions'], FIVE, { template: 'LaunchTemplate' }),
  http('AWS::EC2::LaunchTemplate', ['LaunchTemplateData', 'MetadataOptions'], FIVE, { must: { LaunchTemplateData: {} } }),
  http('AWS::EC2::EC2Fleet', ['LaunchTemplateConfigs', '[]', 'Overrides', '[]', 'MetadataOptions'], THREE, {
    inherits: true,
    must: { Type: 'instant', LaunchTemplateConfigs: [], TargetCapacitySpecification: { TotalTargetCapacity: 1 } },
  }),
  http('AWS::AutoScaling::LaunchConfiguration', ['MetadataOptions'], THREE, { must: { ImageId: 'ami-1', InstanceType: 't3.micro' } }),
  http('AWS::ImageBuilder::InfrastructureConfiguration', ['InstanceMetadataOptions'], HOPS, { must: { InstanceProfileName: 'p', Name: 'n' } }),
  http('AWS::WorkspacesInstances::WorkspaceInstance', ['ManagedInstance', 'MetadataOptions'], FIVE, { within: true }),
  {
    type: 'AWS::SageMaker::NotebookInstance',
    path: ['InstanceMetadataServiceConfiguration'],
    form: 'object',
    tokens: 'MinimumInstanceMetadataServiceVersion',
    required: ['2', 2],
    others: {},
    must: { InstanceType: 'ml.t3.medium', RoleArn: 'r' },
  },
  flag('AWS::AppStream::Fleet', { InstanceType: 'stream.standard.small', Name: 'n' }),
  flag('AWS::AppStream::ImageBuilder', { InstanceType: 'stream.standard.small', Name: 'n' }),
  flag('AWS::AppStream::AppBlockBuilder', { InstanceType: 'stream.standard.small', Name: 'n', Platform: 'WINDOWS_SERVER_2019', VpcConfig: {} }),
  options('AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a' }),
  options('AWS::ElasticBeanstalk::ConfigurationTemplate', { ApplicationName: 'a' }),
  {
    type: 'AWS::EMR::SecurityConfiguration',
    path: ['SecurityConfiguration'],
    form: 'document',
    tokens: 'MinimumInstanceMetadataServiceVersion',
    required: [2],
    others: HOPS,
    mandatory: { HttpPutResponseHopLimit: 1 },
  },
];

/** The key of the block in the JSON document of EMR. */
export const DOCUMENT_KEY = 'InstanceMetadataServiceConfiguration';

/** The option of Elastic Beanstalk. */
export const OPTION = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1' };

/** Types that launch and hold no metadata options. */
export const LAUNCHERS = [
  'AWS::AutoScaling::AutoScalingGroup', 'AWS::EKS::Nodegroup', 'AWS::Batch::ComputeEnvironment', 'AWS::EC2::SpotFleet', 'AWS::EMR::Cluster',
  'AWS::ECS::CapacityProvider', 'AWS::PCS::ComputeNodeGroup', 'AWS::Lightsail::Instance', 'AWS::Cloud9::EnvironmentEC2', 'AWS::Deadline::Fleet',
];

/** Types that have nothing to do with instance metadata. */
export const IRRELEVANT = ['AWS::S3::Bucket', 'AWS::EC2::VPC', 'AWS::IAM::Role', 'AWS::ECS::Service', 'Custom::Thing', 'AWS::EC2::Instances'];

function http(type: string, path: string[], others: CarrierFact['others'], more: Partial<CarrierFact> = {}): CarrierFact {
  return { type, path, form: 'object', tokens: 'HttpTokens', required: ['required'], others, ...more };
}

function flag(type: string, must: CarrierFact['must']): CarrierFact {
  return { type, path: ['DisableIMDSV1'], form: 'flag', tokens: 'DisableIMDSV1', required: [true, 'true'], others: {}, must };
}

function options(type: string, must: CarrierFact['must']): CarrierFact {
  return { type, path: ['OptionSettings'], form: 'options', tokens: 'Value', required: ['true', true], others: {}, must };
}
