import { writeFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { Aspects, CfnParameter, CfnResource, NestedStack } from 'aws-cdk-lib';
import { AutoScalingGroup, AutoScalingGroupRequireImdsv2Aspect, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  CfnInstance, CfnLaunchTemplate, HttpTokens, Instance, InstanceRequireImdsv2Aspect, InstanceType, LaunchTemplate, MachineImage, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { NagRuleCompliance, rules } from 'cdk-nag';
import { Imdsv2, ImdsExemption } from '../../src';
import { passesControl } from '../harness/control-tower';
import { SCRATCH, scratchApp, scratchStack } from '../harness/scratch-app';
import { read, reportedIds, synthesize } from '../harness/synthesized';

const OPTIONAL = { httpTokens: 'optional' };
const REQUIRED = { httpTokens: 'required' };
const instanceType = new InstanceType('m5.large');
const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });

/** The findings of cdk-nag for a resource. */
const nagAccepts = (resource: CfnResource) => rules.ec2.EC2IMDSv2Enabled(resource) === NagRuleCompliance.COMPLIANT;
/** The tokens of a resource in a template. */
const tokensIn = (stack: Stack, resource: CfnResource) => {
  const { Properties } = synthesize(stack).template.Resources[stack.getLogicalId(resource)];
  const holder = (Properties?.LaunchTemplateData ?? Properties) as { MetadataOptions?: { HttpTokens?: unknown } };
  return holder.MetadataOptions?.HttpTokens;
};
const templateOf = (stack: Stack, id: string, options?: CfnLaunchTemplate.MetadataOptionsProperty) =>
  new CfnLaunchTemplate(stack, id, { launchTemplateData: { imageId: 'ami-1', metadataOptions: options } });
const latest = (template: CfnLaunchTemplate) => ({ launchTemplateId: template.ref, version: template.attrLatestVersionNumber });

describe('aws-cdk-lib, InstanceRequireImdsv2Aspect', () => {
  const build = (httpTokens?: HttpTokens) => {
    const stack = scratchStack();
    const instance = new Instance(stack, 'Host', { vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), instanceType, machineImage, httpTokens });
    return { stack, instance: instance.instance };
  };
  const resourcesOf = (stack: Stack) => Object.keys(synthesize(stack).template.Resources).sort();

  test('adds a launch template, which replaces the instance; we add neither a resource nor a launch template', () => {
    const [bare, theirs, ours] = [build(), build(), build()];
    Aspects.of(theirs.stack).add(new InstanceRequireImdsv2Aspect());
    Imdsv2.enforce(ours.stack);
    expect(synthesize(theirs.stack).template.Resources[theirs.stack.getLogicalId(theirs.instance)].Properties).toHaveProperty('LaunchTemplate');
    expect(resourcesOf(ours.stack)).toEqual(resourcesOf(bare.stack));
    expect(tokensIn(ours.stack, ours.instance)).toBe('required');
  });

  test('keeps IMDSv1 if the instance sets optional; we do not', () => {
    const [theirs, ours] = [build(HttpTokens.OPTIONAL), build(HttpTokens.OPTIONAL)];
    Aspects.of(theirs.stack).add(new InstanceRequireImdsv2Aspect());
    Imdsv2.enforce(ours.stack);
    expect(tokensIn(theirs.stack, theirs.instance)).toBe('optional');
    expect(tokensIn(ours.stack, ours.instance)).toBe('required');
  });

  test('does nothing if there is a launch template; we require tokens on both', () => {
    const { stack, instance } = build();
    const template = templateOf(stack, 'Template', OPTIONAL);
    instance.launchTemplate = latest(template);
    Imdsv2.enforce(stack);
    expect([instance, template].map(resource => tokensIn(stack, resource))).toEqual(['required', 'required']);
  });
});

test('aws-cdk-lib, AutoScalingGroupRequireImdsv2Aspect throws on a group with its own template; we require tokens in that template', () => {
  const build = () => {
    const stack = scratchStack();
    const launchTemplate = new LaunchTemplate(stack, 'Template', { instanceType, machineImage });
    new AutoScalingGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), launchTemplate });
    return { stack, template: launchTemplate.node.defaultChild as CfnLaunchTemplate };
  };
  const [theirs, ours] = [build(), build()];
  Aspects.of(theirs.stack).add(new AutoScalingGroupRequireImdsv2Aspect());
  Imdsv2.enforce(ours.stack);
  expect(() => synthesize(theirs.stack)).toThrow(TypeError);
  expect(tokensIn(ours.stack, ours.template)).toBe('required');
});

describe('cdk-nag, EC2IMDSv2Enabled', () => {
  test('confuses two unnamed templates; we find the template that the instance names', () => {
    const stack = scratchStack();
    templateOf(stack, 'Good', REQUIRED);
    const bad = templateOf(stack, 'Bad', OPTIONAL);
    const instance = new CfnInstance(stack, 'Host', { launchTemplate: latest(bad) });
    expect(nagAccepts(instance)).toBe(true);
    Imdsv2.enforce(stack);
    const { reports } = synthesize(stack);
    expect(reports).toMatchObject([{ at: 'Stack/Host', id: 'Imdsv2::ReplacesFollower', text: expect.stringContaining('Stack/Bad') }]);
  });

  test('accepts an instance with optional over a template with required; we require tokens on the instance', () => {
    const stack = scratchStack();
    const instance = new CfnInstance(stack, 'Host', { metadataOptions: OPTIONAL, launchTemplate: latest(templateOf(stack, 'Template', REQUIRED)) });
    expect(nagAccepts(instance)).toBe(true);
    Imdsv2.enforce(stack);
    expect(tokensIn(stack, instance)).toBe('required');
  });

  test('rejects a mixed instances policy with a correct template; we report nothing', () => {
    const stack = scratchStack();
    const group = new CfnAutoScalingGroup(stack, 'Group', {
      minSize: '1',
      maxSize: '1',
      mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: latest(templateOf(stack, 'Template', REQUIRED)) } },
    });
    expect(nagAccepts(group)).toBe(false);
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toEqual([]);
  });

  test('rejects a template of another stack; we find it there', () => {
    const app = scratchApp();
    const launchers = scratchStack(app, 'Launchers');
    const template = templateOf(scratchStack(app, 'Templates'), 'Template', REQUIRED);
    const group = new CfnAutoScalingGroup(launchers, 'Group', { minSize: '1', maxSize: '1', launchTemplate: latest(template) });
    expect(nagAccepts(group)).toBe(false);
    Imdsv2.enforce(app);
    expect(reportedIds(read(app.synth(), launchers).reports.filter(({ id }) => id?.startsWith('Imdsv2::')))).toEqual([]);
  });

  test('rejects a disabled endpoint; we report nothing', () => {
    const stack = scratchStack();
    const instance = new CfnInstance(stack, 'Host', { metadataOptions: { httpEndpoint: 'disabled' } });
    expect(nagAccepts(instance)).toBe(false);
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toEqual([]);
    expect(instance.metadataOptions).toEqual({ httpEndpoint: 'disabled', httpTokens: 'required' });
  });

  test('ignores raw overrides; we correct them', () => {
    const stack = scratchStack();
    const instance = new CfnInstance(stack, 'Host', { metadataOptions: REQUIRED });
    instance.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
    expect(nagAccepts(instance)).toBe(true);
    Imdsv2.enforce(stack);
    expect(tokensIn(stack, instance)).toBe('required');
  });
});

describe('Control Tower', () => {
  const passes = (control: string, stack: Stack) => {
    const file = join(SCRATCH, `${control.replace('/', '-')}.json`);
    writeFileSync(file, JSON.stringify(synthesize(stack).template));
    return passesControl(control, file);
  };

  test('requires a hop limit of 1 everywhere, which breaks containers; we give container hosts 2 and report nothing', () => {
    const stack = scratchStack();
    const template = templateOf(stack, 'Nodes', REQUIRED);
    new CfnNodegroup(stack, 'Group', {
      clusterName: 'cluster', nodeRole: 'role', subnets: ['subnet-1'], launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
    });
    Imdsv2.enforce(stack);
    const { template: { Resources }, reports } = synthesize(stack);
    expect(Resources.Nodes.Properties?.LaunchTemplateData).toHaveProperty('MetadataOptions', { HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
    expect(reports).toEqual([]);
    expect(passes('ec2/ct-ec2-pr-2', stack)).toBe(false);
  });

  test('rejects a parameter that can only be required; we accept it and do not change it', () => {
    const stack = scratchStack();
    const tokens = new CfnParameter(stack, 'Tokens', { allowedValues: ['required'], default: 'required' });
    const template = templateOf(stack, 'Template', { httpTokens: tokens.valueAsString });
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toEqual([]);
    expect(tokensIn(stack, template)).toEqual({ Ref: 'Tokens' });
    expect(passes('ec2/ct-ec2-pr-1', stack)).toBe(false);
  });
});

test('no other tool reads the overrides of an EC2 fleet; we do', () => {
  const stack = scratchStack();
  const Overrides = [{ InstanceType: 'm5.large', MetadataOptions: { HttpTokens: 'optional' } }];
  const fleet = new CfnResource(stack, 'Fleet', { type: 'AWS::EC2::EC2Fleet', properties: { Type: 'instant', LaunchTemplateConfigs: [{ Overrides }] } });
  expect(rules.ec2.EC2IMDSv2Enabled(fleet)).toBe(NagRuleCompliance.NOT_APPLICABLE);
  Imdsv2.enforce(stack);
  expect(JSON.stringify(synthesize(stack).template)).toContain('"HttpTokens":"required"');
});

test('no other tool ends an exemption; we do', () => {
  const stack = scratchStack();
  const instance = new CfnInstance(stack, 'Host', { metadataOptions: OPTIONAL });
  ImdsExemption.of(instance).add({ rule: 'Imdsv2::TokensRequired', reason: 'legacy agent', expires: '2026-01-01' });
  Imdsv2.enforce(stack, { today: '2026-01-01' });
  expect(tokensIn(stack, instance)).toBe('required');
  expect(synthesize(stack).reports).toMatchObject([{ id: 'Imdsv2::ExemptionExpired' }]);
});

test('resources in a nested stack are found', () => {
  const stack = scratchStack();
  const nested = new NestedStack(stack, 'Nested');
  const template = templateOf(stack, 'Template', OPTIONAL);
  const group = new CfnAutoScalingGroup(nested, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: '1' } });
  Imdsv2.enforce(stack);
  expect(synthesize(stack).reports).toMatchObject([{ at: group.node.path, id: 'Imdsv2::VersionNotFollowed' }]);
});
