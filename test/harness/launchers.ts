import type { Stack } from 'aws-cdk-lib';
import { CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate, CfnSpotFleet } from 'aws-cdk-lib/aws-ec2';
import { when } from './condition-forms';

/** The newest version of the template. */
export const LATEST = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] };

/** A template in the reference of a launcher. */
export const templateIn = (stack: Stack, httpTokens?: string) =>
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1', metadataOptions: httpTokens ? { httpTokens } : undefined } });

const launcher = (stack: Stack, type: string, properties: { [name: string]: unknown }) => new CfnResource(stack, 'Launcher', { type, properties });
/** A generic instance that launches from a template. */
export const instance = (stack: Stack, template: unknown) => launcher(stack, 'AWS::EC2::Instance', { LaunchTemplate: template });
/** The template, and the version in the reference. */
export const specification = (Version: unknown) => ({ LaunchTemplateId: { Ref: 'Template' }, Version });

/** A launcher, and its type. */
export type Launcher = readonly [name: string, build: (stack: Stack) => unknown];

/** Launchers that are replaced if the template gets a new version. */
export const FOLLOWERS: readonly Launcher[] = [
  ['an instance', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnInstance(stack, 'Launcher', { launchTemplate: { launchTemplateId: ref, version: attrLatestVersionNumber } });
  }],
  ['an instance that names the template', stack => {
    const { attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnInstance(stack, 'Launcher', { launchTemplate: { launchTemplateName: 'web', version: attrLatestVersionNumber } });
  }],
  ['an instance by Fn.getAtt()', stack =>
    new CfnInstance(stack, 'Launcher', { launchTemplate: { version: Fn.getAtt('Template', 'LatestVersionNumber').toString() } })],
  ['an instance by a Lazy', stack => new CfnInstance(stack, 'Launcher', {
    launchTemplate: { version: Lazy.string({ produce: () => Fn.getAtt('Template', 'LatestVersionNumber').toString() }) },
  })],
  ['an instance by Fn.conditionIf()', stack => new CfnInstance(stack, 'Launcher', {
    launchTemplate: Fn.conditionIf('IsProduction', specification(LATEST), { Ref: 'AWS::NoValue' }),
  })],
  ['a generic instance', stack => instance(stack, specification(LATEST))],
  ['a generic instance with the attribute behind a dot', stack => instance(stack, specification({ 'Fn::GetAtt': 'Template.LatestVersionNumber' }))],
  ['a generic instance by Fn::Sub', stack => instance(stack, specification({ 'Fn::Sub': '${Template.LatestVersionNumber}' }))],
  ['a generic instance under Fn::If', stack => instance(stack, when('IsProduction', specification(LATEST), specification('1')))],
  ['a generic instance with the version under Fn::If', stack => instance(stack, specification(when('IsProduction', '1', LATEST)))],
  ['an instance by override', stack => {
    const resource = instance(stack, specification('1'));
    resource.addPropertyOverride('LaunchTemplate.Version', LATEST);
    return resource;
  }],
  ['a typed instance by override', stack => {
    const resource = new CfnInstance(stack, 'Launcher');
    resource.addPropertyOverride('LaunchTemplate', specification(LATEST));
    return resource;
  }],
  ['an EC2 fleet', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnEC2Fleet(stack, 'Launcher', {
      targetCapacitySpecification: { totalTargetCapacity: 1 },
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: ref, version: attrLatestVersionNumber } }],
    });
  }],
  ['a generic EC2 fleet', stack => launcher(stack, 'AWS::EC2::EC2Fleet', {
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification('1') }, { LaunchTemplateSpecification: specification(LATEST) }],
  })],
  ['a spot fleet', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnSpotFleet(stack, 'Launcher', {
      spotFleetRequestConfigData: {
        iamFleetRole: 'role', targetCapacity: 1, launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: ref, version: attrLatestVersionNumber } }],
      },
    });
  }],
];

/** Launchers that are not replaced. */
export const OTHERS: readonly Launcher[] = [
  ['an instance with $Latest', stack => instance(stack, specification('$Latest'))],
  ['an instance with $Default', stack => instance(stack, specification('$Default'))],
  ['an instance with a number', stack => instance(stack, specification('3'))],
  ['an instance with the default version', stack => instance(stack, specification({ 'Fn::GetAtt': ['Template', 'DefaultVersionNumber'] }))],
  ['an instance without a version', stack => instance(stack, { LaunchTemplateId: { Ref: 'Template' } })],
  ['an instance that follows another template', stack => instance(stack, specification({ 'Fn::GetAtt': ['Elsewhere', 'LatestVersionNumber'] }))],
  ['an instance without a template', stack => new CfnInstance(stack, 'Launcher')],
  ['an Auto Scaling group', stack => launcher(stack, 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: specification(LATEST) })],
  ['an EKS node group', stack => launcher(stack, 'AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: 'Template' }, Version: LATEST } })],
  ['a Batch environment', stack => launcher(stack, 'AWS::Batch::ComputeEnvironment', { ComputeResources: { LaunchTemplate: specification(LATEST) } })],
];
