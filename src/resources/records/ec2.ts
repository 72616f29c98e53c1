import { httpOptions, withConditionKeys } from '../dialects';
import type { NetworkRecord } from '../record';
import { carrier, gap, paths, record, template } from '../record-builder';
import { REGIONAL } from './governed-by';

/** All options of EC2: tokens, hop limit, endpoint, IPv6 and tags. */
export const ALL_OPTIONS = httpOptions('hopLimit', 'endpoint', 'ipv6', 'tags');

/** The options of an instance at launch. IAM sees those of a launch template only at a launch, where the instance has the condition keys. */
const INSTANCE_OPTIONS = withConditionKeys(ALL_OPTIONS, {
  tokens: 'ec2:MetadataHttpTokens',
  hopLimit: 'ec2:MetadataHttpPutResponseHopLimit',
  endpoint: 'ec2:MetadataHttpEndpoint',
  tags: 'ec2:InstanceMetadataTags',
});

const EC2_FLEET = 'LaunchTemplateConfigs[].Overrides[]';
const SPOT_FLEET = 'SpotFleetRequestConfigData.LaunchTemplateConfigs[].Overrides[]';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html */
export const INSTANCE = record('AWS::EC2::Instance', {
  watchedAs: 'instance',
  carriers: [carrier('MetadataOptions', INSTANCE_OPTIONS, 'in place')],
  launchesFrom: { references: [template('LaunchTemplate')], onNewVersion: 'replacement' },
  instances: {
    instanceTypes: paths('InstanceType'),
    subnets: paths('SubnetId', 'NetworkInterfaces[].SubnetId', 'NetworkInterfaces[].NetworkInterfaceId'),
    tags: paths('Tags'),
    tagsOf: 'itself and its stacks',
    userData: paths('UserData'),
    onNewUserData: 'restart',
    images: paths('ImageId'),
    access: paths('KeyName', 'IamInstanceProfile'),
  },
  configSpelling: 'camel case',
});

const LAUNCH_TEMPLATE = record('AWS::EC2::LaunchTemplate', {
  isTemplate: true,
  nameProperty: 'LaunchTemplateName',
  carriers: [carrier('LaunchTemplateData.MetadataOptions', ALL_OPTIONS, 'new version')],
  instances: {
    instanceTypes: paths('LaunchTemplateData.InstanceType'),
    instanceRequirements: paths('LaunchTemplateData.InstanceRequirements'),
    subnets: paths('LaunchTemplateData.NetworkInterfaces[].SubnetId', 'LaunchTemplateData.NetworkInterfaces[].NetworkInterfaceId'),
    tagSpecifications: paths('LaunchTemplateData.TagSpecifications'),
    tagsOf: 'its L2',
    userData: paths('LaunchTemplateData.UserData'),
    onNewUserData: 'new version',
    images: paths('LaunchTemplateData.ImageId'),
    access: paths('LaunchTemplateData.KeyName', 'LaunchTemplateData.IamInstanceProfile'),
  },
  configSpelling: 'as in CloudFormation',
});

const FLEET = record('AWS::EC2::EC2Fleet', {
  watchedAs: 'EC2 Fleet',
  carriers: [carrier(`${EC2_FLEET}.MetadataOptions`, httpOptions('hopLimit', 'endpoint'), 'replacement', {
    inherits: true,
    countsWith: {
      path: 'Type',
      values: ['instant'],
      otherwise: 'the launch template applies instead',
      remedy: 'set the options in the launch template, and remove them here',
      source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetLaunchTemplateOverridesRequest.html',
    },
    replacement: 'CloudFormation deletes the fleet and creates a new one: its instances are terminated',
  })],
  launchesFrom: { references: [template('LaunchTemplateConfigs[].LaunchTemplateSpecification')], onNewVersion: 'replacement' },
  instances: {
    instanceTypes: paths(`${EC2_FLEET}.InstanceType`),
    instanceRequirements: paths(`${EC2_FLEET}.InstanceRequirements`),
    launchOverrides: paths(EC2_FLEET),
    subnets: paths(`${EC2_FLEET}.SubnetId`, `${EC2_FLEET}.NetworkInterfaces[].SubnetId`),
    tagSpecifications: paths('TagSpecifications'),
    userData: paths('LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateSpecificationUserData'),
    onNewUserData: 'replacement',
    access: paths(`${EC2_FLEET}.KeyName`, `${EC2_FLEET}.IamInstanceProfile`),
  },
});

const SPOT = record('AWS::EC2::SpotFleet', {
  watchedAs: 'Spot Fleet',
  launchesFrom: { references: [template('SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification')], onNewVersion: 'replacement' },
  gaps: [gap({ present: 'SpotFleetRequestConfigData.LaunchSpecifications' }, {
    governedBy: REGIONAL,
    remedy: 'use a launch template in LaunchTemplateConfigs instead of LaunchSpecifications',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetLaunchSpecification.html',
  })],
  instances: {
    instanceTypes: paths(`${SPOT_FLEET}.InstanceType`),
    instanceRequirements: paths(`${SPOT_FLEET}.InstanceRequirements`),
    launchOverrides: paths(SPOT_FLEET),
    subnets: paths(`${SPOT_FLEET}.SubnetId`),
    tagSpecifications: paths('SpotFleetRequestConfigData.TagSpecifications'),
    userData: paths('SpotFleetRequestConfigData.LaunchSpecifications[].UserData'),
    onNewUserData: 'replacement',
  },
});

export const EC2 = [INSTANCE, LAUNCH_TEMPLATE, FLEET, SPOT];

export const EC2_NETWORK: readonly NetworkRecord[] = [
  { type: 'AWS::EC2::Subnet', ipv6: ['Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'], ipv6Native: 'Ipv6Native' },
  { type: 'AWS::EC2::NetworkInterface', subnet: 'SubnetId' },
  { type: 'AWS::EC2::SubnetCidrBlock', givesIpv6To: 'SubnetId' },
];
