import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ImdsClientSettings } from '../../../src';
import { HOSTILE_NAMES } from '../../launch/harness/hostile-values';

/** All properties that are read or written, by type. */
const PLACES: readonly (readonly [type: string, around: (value: unknown) => unknown])[] = [
  ...['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::EC2::SpotFleet', 'AWS::ECS::TaskDefinition',
    'AWS::Batch::JobDefinition', 'AWS::Lambda::Function', 'AWS::CodeBuild::Project', 'AWS::WorkspacesInstances::WorkspaceInstance'].map(type => [type, (value: unknown) => value] as const),
  ['AWS::EC2::Instance', value => ({ UserData: value })],
  ['AWS::EC2::Instance', value => ({ UserData: { 'Fn::Base64': value } })],
  ['AWS::EC2::Instance', value => ({ UserData: { 'Fn::Base64': { 'Fn::Sub': value } } })],
  ['AWS::EC2::Instance', value => ({ UserData: { 'Fn::Base64': { 'Fn::Sub': ['#!/bin/sh\n', value] } } })],
  ['AWS::EC2::Instance', value => ({ UserData: { 'Fn::Base64': { 'Fn::Join': value } } })],
  ['AWS::EC2::Instance', value => ({ UserData: { 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/sh\n', value]] } } })],
  ['AWS::EC2::LaunchTemplate', value => ({ LaunchTemplateData: value })],
  ['AWS::EC2::SpotFleet', value => ({ SpotFleetRequestConfigData: { LaunchSpecifications: value } })],
  ['AWS::AutoScaling::LaunchConfiguration', value => ({ LaunchConfigurationName: value, UserData: '' })],
  ['AWS::ECS::TaskDefinition', value => ({ ContainerDefinitions: value })],
  ['AWS::ECS::TaskDefinition', value => ({ ContainerDefinitions: [value], RequiresCompatibilities: value })],
  ['AWS::ECS::TaskDefinition', value => ({ ContainerDefinitions: [{ Environment: value, Secrets: value, EnvironmentFiles: value }] })],
  ['AWS::ECS::TaskDefinition', value => ({ ContainerDefinitions: [{ Environment: [value, { Name: value, Value: value }, { Name: 'JAVA_TOOL_OPTIONS', Value: value }] }] })],
  ['AWS::ECS::TaskDefinition', value => ({ ContainerDefinitions: [{ Environment: [{ Name: 'JAVA_TOOL_OPTIONS', Value: value }] }] })],
  ['AWS::Batch::JobDefinition', value => ({ EcsProperties: { TaskProperties: [{ Containers: value }] }, NodeProperties: value })],
  ['AWS::Lambda::Function', value => ({ Environment: value, Role: value })],
  ['AWS::Lambda::Function', value => ({ Role: { 'Fn::GetAtt': value } })],
  ['AWS::Lambda::Function', value => ({ Environment: { Variables: value } })],
  ['AWS::Lambda::Function', value => ({ Environment: { Variables: { AWS_EC2_METADATA_DISABLED: value } } })],
  ['AWS::Lambda::Function', value => ({ Runtime: value, PackageType: value, FunctionName: value, AssumeRolePolicyDocument: value })],
  ['AWS::Lambda::Version', value => ({ FunctionName: value })],
  ['AWS::CloudFront::Distribution', value => ({ DistributionConfig: { DefaultCacheBehavior: value, CacheBehaviors: value } })],
  ['AWS::CloudFront::Distribution', value => ({ DistributionConfig: { CacheBehaviors: [{ LambdaFunctionAssociations: [{ LambdaFunctionARN: value }] }] } })],
  ['AWS::Batch::JobDefinition', value => ({ ContainerProperties: {}, ResourceRetentionPolicy: value })],
  ['AWS::CodeBuild::Project', value => ({ Environment: { Type: value, EnvironmentVariables: value } })],
];

const SETTINGS = new ImdsClientSettings({ java: true, disableWhereNoInstanceRole: true, restartInstances: true });

test.each(HOSTILE_NAMES.map(([name, value]) => [name, value] as const))('%s causes no exception in any property', (_, value) => {
  const stack = new Stack(new App(), 'Stack');
  PLACES.forEach(([type, around], index) => {
    new CfnResource(stack, `Properties${index}`, { type, properties: around(value()) as { [name: string]: unknown } });
    new CfnResource(stack, `Overrides${index}`, { type }).addOverride('Properties', around(value()));
  });
  expect(() => SETTINGS.applyTo(stack)).not.toThrow();
  expect(() => SETTINGS.applyTo(stack)).not.toThrow();
});

test('a role with an unreadable trust policy causes no exception', () => {
  const stack = new Stack(new App(), 'Stack');
  let trust: unknown = {};
  for (let depth = 0; depth < 50_000; depth += 1) { trust = [trust]; }
  new CfnResource(stack, 'Role', { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: trust } });
  new CfnResource(stack, 'Function', { type: 'AWS::Lambda::Function', properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } });
  expect(() => SETTINGS.applyTo(stack)).not.toThrow();
});
