import { httpOptions, withConditionKeys } from '../dialects';
import { carrier, gap, named, paths, record, template } from '../record-builder';
import { REGIONAL } from './governed-by';

const LAUNCH_CONFIGURATION_OPTIONS = withConditionKeys(httpOptions('hopLimit', 'endpoint'), {
  tokens: 'autoscaling:MetadataHttpTokens',
  hopLimit: 'autoscaling:MetadataHttpPutResponseHopLimit',
  endpoint: 'autoscaling:MetadataHttpEndpoint',
});

const OVERRIDES = 'MixedInstancesPolicy.LaunchTemplate.Overrides[]';

export const LAUNCH_CONFIGURATION = record('AWS::AutoScaling::LaunchConfiguration', {
  isTemplate: true,
  nameProperty: 'LaunchConfigurationName',
  carriers: [carrier('MetadataOptions', LAUNCH_CONFIGURATION_OPTIONS, 'replacement', {
    replacement: 'CloudFormation creates a new launch configuration',
  })],
  instances: {
    instanceTypes: paths('InstanceType'),
    userData: paths('UserData'),
    onNewUserData: 'replacement',
    images: paths('ImageId'),
    access: paths('KeyName', 'IamInstanceProfile'),
  },
  configSpelling: 'camel case',
});

const GROUP = record('AWS::AutoScaling::AutoScalingGroup', {
  watchedAs: 'Auto Scaling group',
  nameProperty: 'AutoScalingGroupName',
  launchesFrom: {
    references: [
      template('LaunchTemplate'),
      template('MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification'),
      template(`${OVERRIDES}.LaunchTemplateSpecification`),
      named('LaunchConfigurationName', LAUNCH_CONFIGURATION.type),
    ],
    onNewVersion: 'in place',
  },
  gaps: [gap({ present: 'InstanceId' }, {
    governedBy: REGIONAL,
    remedy: 'use your own launch template instead of InstanceId, from which Auto Scaling creates a launch configuration',
    source: 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html',
  })],
  instances: {
    instanceTypes: paths(`${OVERRIDES}.InstanceType`),
    instanceRequirements: paths(`${OVERRIDES}.InstanceRequirements`),
    launchOverrides: paths(OVERRIDES),
    subnets: paths('VPCZoneIdentifier[]'),
    tags: paths('Tags'),
    tagsOf: 'itself and its stacks',
    choosesTags: true,
    images: paths(`${OVERRIDES}.ImageId`),
  },
});

export const AUTO_SCALING = [LAUNCH_CONFIGURATION, GROUP];
