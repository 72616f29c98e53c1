import { AspectPriority, Aspects, Fn, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { ImdsExemption, ImdsUsage, Imdsv2 } from '../../src';
import type { RuleCase } from './rule-case';

/** The settings of enforcement, its exemptions, and what it did not reach. */
export const ENFORCEMENT_CASES: readonly RuleCase[] = [
  {
    id: 'Imdsv2::EndpointNeeded',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        userData: Fn.base64('#!/bin/bash\ndnf install -y nginx'),
      });
      Imdsv2.enforce(app, { httpEndpoint: false });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', {
        imageId: 'ami-0123456789abcdef0', // everything is in the image
      });
      Imdsv2.enforce(app, { httpEndpoint: false });
    },
  },
  {
    id: 'Imdsv2::StillUsesImdsv1',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Licences', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
    good(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Api', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
  },
  {
    id: 'Imdsv2::UsageUnknown',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'us-east-1' } });
      new CfnInstance(stack, 'Api', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
    good(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Api', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
  },
  {
    id: 'Imdsv2::Imdsv1Refused',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Backup', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
    good(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Api', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
  },
  {
    id: 'Imdsv2::RequiredBeforeReady',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Search', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
    good(app) {
      const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      new CfnInstance(stack, 'Api', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app, { onlyWhereReady: ImdsUsage.fromFile('examples/transition/imdsv1-usage.json') });
    },
  },
  {
    id: 'Imdsv2::ExemptionExpired',
    through: 'check',
    today: '2027-04-15',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Licences', { metadataOptions: { httpTokens: 'required' } });
      ImdsExemption.of(stack).add({
        rule: 'Imdsv2::TokensRequired',
        reason: 'the licence daemon supports only IMDSv1',
        expires: '2027-03-31',
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Licences', { metadataOptions: { httpTokens: 'required' } });
    },
  },
  {
    id: 'Imdsv2::ExemptionExpiring',
    through: 'check',
    today: '2027-03-15',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Licences', { metadataOptions: { httpTokens: 'optional' } });
      ImdsExemption.of(stack).add({
        rule: 'Imdsv2::TokensRequired',
        reason: 'the licence daemon supports only IMDSv1',
        expires: '2027-03-31',
      });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Licences', { metadataOptions: { httpTokens: 'optional' } });
      ImdsExemption.of(stack).add({
        rule: 'Imdsv2::TokensRequired',
        reason: 'the licence daemon supports only IMDSv1; its next release does not',
        expires: '2027-06-30',
      });
    },
  },
  {
    id: 'Imdsv2::ExemptionWithoutEffect',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
      const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
      const group = new CfnAutoScalingGroup(stack, 'Licences', { minSize: '1', maxSize: '1', launchTemplate });
      ImdsExemption.of(group).add({ rule: 'Imdsv2::TokensRequired', reason: 'the licence daemon supports only IMDSv1' });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'optional' } } });
      const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
      new CfnAutoScalingGroup(stack, 'Licences', { minSize: '1', maxSize: '1', launchTemplate });
      ImdsExemption.of(template).add({ rule: 'Imdsv2::TokensRequired', reason: 'the licence daemon supports only IMDSv1' });
    },
  },
  {
    id: 'Imdsv2::UnknownRule',
    through: 'check',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      Validations.of(stack).acknowledge({ id: 'Imdsv2::TokenRequired', reason: 'the licence daemon supports only IMDSv1' });
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      Validations.of(stack).acknowledge({ id: 'Imdsv2::TokensRequired', reason: 'the licence daemon supports only IMDSv1' });
    },
  },
  {
    id: 'Imdsv2::StageNotEnforced',
    through: 'enforce',
    bad(app) {
      Imdsv2.enforce(app);
      const production = new Stage(app, 'Production');
      const stack = new Stack(production, 'Shop');
      new CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
    },
    good(app) {
      const production = new Stage(app, 'Production');
      const stack = new Stack(production, 'Shop');
      new CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
      Imdsv2.enforce(app);
    },
  },
  {
    id: 'Imdsv2::ChangedAfterEnforcement',
    through: 'enforce',
    bad(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
      Aspects.of(app).add({
        visit: node => {
          if (node instanceof CfnInstance) { node.metadataOptions = { httpTokens: 'optional' }; }
        },
      }, { priority: AspectPriority.READONLY });
      Imdsv2.enforce(app);
    },
    good(app) {
      const stack = new Stack(app, 'Shop');
      new CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
      Aspects.of(app).add({
        visit: node => {
          if (node instanceof CfnInstance) { node.metadataOptions = { httpTokens: 'optional' }; }
        },
      }, { priority: AspectPriority.MUTATING });
      Imdsv2.enforce(app);
    },
  },
];
