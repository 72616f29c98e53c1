import { CustomResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { RuleCase } from './rule-case';

/** The metadata options of a resource. */
export const OPTIONS_CASES: readonly RuleCase[] = [
  {
    id: 'Imdsv2::TokensRequired',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
        metadataOptions: { httpTokens: 'required' },
      });
    },
  },
  {
    id: 'Imdsv2::OptionsUnreadable',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const settings = new CustomResource(stack, 'Settings', { serviceToken: 'arn:aws:sns:eu-west-1:111122223333:settings' });
      new CfnInstance(stack, 'Web', {
        metadataOptions: settings.getAtt('MetadataOptions'),
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const settings = new CustomResource(stack, 'Settings', { serviceToken: 'arn:aws:sns:eu-west-1:111122223333:settings' });
      new CfnInstance(stack, 'Web', {
        metadataOptions: {
          httpTokens: 'required',
          httpPutResponseHopLimit: Token.asNumber(settings.getAtt('HopLimit')),
        },
      });
    },
  },
  {
    id: 'Imdsv2::ValueNotAccepted',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        metadataOptions: { httpTokens: 'required', httpEndpoint: 'on' },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        metadataOptions: { httpTokens: 'required', httpEndpoint: 'enabled' },
      });
    },
  },
  {
    id: 'Imdsv2::OptionsIgnored',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required' } },
      });
      new CfnEC2Fleet(stack, 'Workers', {
        type: 'maintain',
        targetCapacitySpecification: { totalTargetCapacity: 2 },
        launchTemplateConfigs: [{
          launchTemplateSpecification: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
          overrides: [{ instanceType: 'm5.large', metadataOptions: { httpTokens: 'required' } }],
        }],
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required' } },
      });
      new CfnEC2Fleet(stack, 'Workers', {
        type: 'maintain',
        targetCapacitySpecification: { totalTargetCapacity: 2 },
        launchTemplateConfigs: [{
          launchTemplateSpecification: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
          overrides: [{ instanceType: 'm5.large' }],
        }],
      });
    },
  },
  {
    id: 'Imdsv2::ContainerHopLimit',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnLaunchTemplate(stack, 'Hosts', {
        launchTemplateData: {
          userData: Fn.base64('#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config'),
          metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnLaunchTemplate(stack, 'Hosts', {
        launchTemplateData: {
          userData: Fn.base64('#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config'),
          metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 },
        },
      });
    },
  },
  {
    id: 'Imdsv2::HopLimitTooHigh',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 5 },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      });
    },
  },
  {
    id: 'Imdsv2::Ipv6NotSupported',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        instanceType: 't2.micro',
        metadataOptions: { httpTokens: 'required', httpProtocolIpv6: 'enabled' },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        instanceType: 't3.micro',
        metadataOptions: { httpTokens: 'required', httpProtocolIpv6: 'enabled' },
      });
    },
  },
  {
    id: 'Imdsv2::TagKeyNotAllowed',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        tags: [{ key: 'cost center', value: 'web' }],
        metadataOptions: { httpTokens: 'required', instanceMetadataTags: 'enabled' },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        tags: [{ key: 'cost-center', value: 'web' }],
        metadataOptions: { httpTokens: 'required', instanceMetadataTags: 'enabled' },
      });
    },
  },
  {
    id: 'Imdsv2::UserDataCallsImdsv1',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        userData: Fn.base64([
          '#!/bin/bash',
          'ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)',
          'hostname "web-$ID"',
        ].join('\n')),
        metadataOptions: { httpTokens: 'required' },
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        userData: Fn.base64([
          '#!/bin/bash',
          'TOKEN=$(curl -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 300" http://169.254.169.254/latest/api/token)',
          'ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)',
          'hostname "web-$ID"',
        ].join('\n')),
        metadataOptions: { httpTokens: 'required' },
      });
    },
  },
];
