import { Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { CfnCluster, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnInstance as LightsailInstance } from 'aws-cdk-lib/aws-lightsail';
import { Imdsv2 } from '../../src';
import type { RuleCase } from './rule-case';

/** The sources of instances, and the effect of a deployment. */
export const LAUNCH_CASES: readonly RuleCase[] = [
  {
    id: 'Imdsv2::CannotBeSet',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new LightsailInstance(stack, 'Blog', { blueprintId: 'wordpress', bundleId: 'small_3_0', instanceName: 'blog' });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Blog', { imageId: 'ami-0123456789abcdef0', metadataOptions: { httpTokens: 'required' } });
    },
  },
  {
    id: 'Imdsv2::ReleaseTooOld',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnCluster(stack, 'Reports', {
        name: 'reports',
        jobFlowRole: 'EMR_EC2_DefaultRole',
        serviceRole: 'EMR_DefaultRole',
        instances: {},
        releaseLabel: 'emr-5.30.0',
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const configuration = new CfnSecurityConfiguration(stack, 'Configuration', {
        securityConfiguration: {
          InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 },
        },
      });
      new CfnCluster(stack, 'Reports', {
        name: 'reports',
        jobFlowRole: 'EMR_EC2_DefaultRole',
        serviceRole: 'EMR_DefaultRole',
        instances: {},
        releaseLabel: 'emr-7.2.0',
        securityConfiguration: configuration.ref,
      });
    },
  },
  {
    id: 'Imdsv2::NameBlocksReplacement',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnLaunchConfiguration(stack, 'Workers', {
        launchConfigurationName: 'workers',
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
      });
      Imdsv2.enforce(app);
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnLaunchConfiguration(stack, 'Workers', {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
      });
      Imdsv2.enforce(app);
    },
  },
  {
    id: 'Imdsv2::LaunchSourceMissing',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnNodegroup(stack, 'Nodes', {
        clusterName: 'shop',
        nodeRole: 'arn:aws:iam::111122223333:role/nodes',
        subnets: ['subnet-0123456789abcdef0'],
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 } },
      });
      new CfnNodegroup(stack, 'Nodes', {
        clusterName: 'shop',
        nodeRole: 'arn:aws:iam::111122223333:role/nodes',
        subnets: ['subnet-0123456789abcdef0'],
        launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
      });
    },
  },
  {
    id: 'Imdsv2::LaunchSourceUnknown',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnAutoScalingGroup(stack, 'Workers', {
        minSize: '1',
        maxSize: '4',
        launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', version: '3' },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required' } },
      });
      new CfnAutoScalingGroup(stack, 'Workers', {
        minSize: '1',
        maxSize: '4',
        launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      });
    },
  },
  {
    id: 'Imdsv2::ReplacesResource',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const configuration = new CfnLaunchConfiguration(stack, 'Configuration', {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
      });
      new CfnAutoScalingGroup(stack, 'Workers', { minSize: '1', maxSize: '4', launchConfigurationName: configuration.ref });
      Imdsv2.enforce(app);
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const configuration = new CfnLaunchConfiguration(stack, 'Configuration', {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
        metadataOptions: { httpTokens: 'required' },
      });
      new CfnAutoScalingGroup(stack, 'Workers', { minSize: '1', maxSize: '4', launchConfigurationName: configuration.ref });
      Imdsv2.enforce(app);
    },
  },
  {
    id: 'Imdsv2::ReplacesFollower',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { instanceType: 't3.micro' },
      });
      new CfnInstance(stack, 'Web', {
        launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      });
      Imdsv2.enforce(app);
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { instanceType: 't3.micro' },
      });
      new CfnInstance(stack, 'Web', {
        launchTemplate: { launchTemplateId: template.ref, version: '1' }, // the number of the deployed version
      });
      Imdsv2.enforce(app);
    },
  },
  {
    id: 'Imdsv2::VersionNotFollowed',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required' } },
      });
      new CfnAutoScalingGroup(stack, 'Workers', {
        minSize: '1',
        maxSize: '4',
        launchTemplate: { launchTemplateId: template.ref, version: template.attrDefaultVersionNumber },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required' } },
      });
      new CfnAutoScalingGroup(stack, 'Workers', {
        minSize: '1',
        maxSize: '4',
        launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      });
    },
  },
  {
    id: 'Imdsv2::LatestNotLookedUp',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { instanceType: 't3.micro' },
      });
      new CfnNodegroup(stack, 'Workers', {
        clusterName: 'shop',
        nodeRole: 'arn:aws:iam::123456789012:role/nodes',
        subnets: ['subnet-0a1b2c3d'],
        launchTemplate: { id: template.ref, version: '$Latest' },
      });
      Imdsv2.enforce(app);
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { instanceType: 't3.micro' },
      });
      new CfnNodegroup(stack, 'Workers', {
        clusterName: 'shop',
        nodeRole: 'arn:aws:iam::123456789012:role/nodes',
        subnets: ['subnet-0a1b2c3d'],
        launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
      });
      Imdsv2.enforce(app);
    },
  },
];
