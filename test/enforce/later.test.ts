import type { Stack } from 'aws-cdk-lib';
import { Aspects, CfnResource, Lazy, Tags } from 'aws-cdk-lib';
import { ManagedEc2EcsComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInstance, HttpTokens, Instance, InstanceType, LaunchTemplate, MachineImage, SecurityGroup, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import type { Spelling } from '../harness/spelling';
import { asIs, camelCase } from '../harness/spelling';
import { reportedIds, synthesize } from '../harness/synthesized';

const REQUIRED = { HttpTokens: 'required' };
const ENABLED = { ...REQUIRED, InstanceMetadataTags: 'enabled' };
const optionsOf = (stack: Stack, id = 'Host') => synthesize(stack).template.Resources[id].Properties?.MetadataOptions;

/** The only resource of a type. */
function theOnly(stack: Stack, type: string): Json {
  const [{ Properties }, ...more] = Object.values(synthesize(stack).template.Resources).filter(({ Type }) => Type === type);
  expect(more).toEqual([]);
  return Properties!;
}

/** A launch template of aws-cdk-lib, and later changes of a program. */
function growingTemplate(stack: Stack) {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
  const userData = UserData.forLinux();
  const template = new LaunchTemplate(stack, 'Template', { userData, securityGroup: new SecurityGroup(stack, 'Group', { vpc }), instanceMetadataTags: true });
  const grow = () => {
    userData.addCommands('echo later');
    template.connections.addSecurityGroup(new SecurityGroup(stack, 'Later', { vpc }));
  };
  Tags.of(template).add('team', 'web');
  return { template, l1: template.node.defaultChild as CfnLaunchTemplate, grow };
}

function expectGrown(stack: Stack): void {
  const { LaunchTemplateData } = theOnly(stack, 'AWS::EC2::LaunchTemplate') as { readonly LaunchTemplateData: Json };
  expect(LaunchTemplateData).toMatchObject({
    MetadataOptions: ENABLED,
    UserData: { 'Fn::Base64': '#!/bin/bash\necho later' },
    TagSpecifications: expect.arrayContaining([{ ResourceType: 'instance', Tags: expect.arrayContaining([{ Key: 'team', Value: 'web' }]) }]),
  });
  expect(LaunchTemplateData.SecurityGroupIds).toHaveLength(2);
}

describe('later user data, security groups and tags of a launch template stay', () => {
  test('after the mixin', () => {
    const stack = scratchStack();
    const { template, grow } = growingTemplate(stack);
    template.with(new RequireImdsv2());
    grow();
    expectGrown(stack);
  });

  test.each([
    ['the value', 'LaunchTemplateData.MetadataOptions.HttpTokens', 'optional'],
    ['another option', 'LaunchTemplateData.MetadataOptions.HttpEndpoint', 'enabled'],
    ['something beside', 'LaunchTemplateData.EbsOptimized', true],
  ])('after the mixin, with an override of %s', (_, path, value) => {
    const stack = scratchStack();
    const { template, l1, grow } = growingTemplate(stack);
    l1.addPropertyOverride(path, value);
    template.with(new RequireImdsv2());
    grow();
    expectGrown(stack);
  });

  test('from an aspect between the passes of Imdsv2.enforce(), with an override of other properties', () => {
    const stack = scratchStack();
    const { l1, grow } = growingTemplate(stack);
    l1.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
    Imdsv2.enforce(stack);
    let isGrown = false;
    Aspects.of(l1).add({
      visit: (node: IConstruct) => {
        if (node !== l1 || isGrown) { return; }
        isGrown = true;
        grow();
      },
    });
    expectGrown(stack);
  });
});

test('later user data of an instance stays', () => {
  const stack = scratchStack();
  const instance = new Instance(stack, 'Instance', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
    instanceType: new InstanceType('m5.large'),
    machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
    httpTokens: HttpTokens.OPTIONAL,
  });
  instance.instance.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
  instance.with(new RequireImdsv2());
  instance.userData.addCommands('echo later');
  expect(theOnly(stack, 'AWS::EC2::Instance')).toMatchObject({ MetadataOptions: REQUIRED, UserData: { 'Fn::Base64': '#!/bin/bash\necho later' } });
});

test('later instance types of a Batch environment, which resolves its launch template, stay', () => {
  const stack = scratchStack();
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
  const environment = new ManagedEc2EcsComputeEnvironment(stack, 'Batch', {
    vpc, useOptimalInstanceClasses: false, instanceTypes: [new InstanceType('m5.large')],
  });
  stack.with(new RequireImdsv2());
  environment.addInstanceType(new InstanceType('c5.large'));
  expect(theOnly(stack, 'AWS::Batch::ComputeEnvironment').ComputeResources).toMatchObject({ InstanceTypes: ['m5.large', 'c5.large'] });
});

const KINDS: readonly (readonly [string, Spelling, (stack: Stack, options: unknown) => CfnResource])[] = [
  ['typed', camelCase, (stack, options) => new CfnInstance(stack, 'Host', { metadataOptions: options as CfnInstance.MetadataOptionsProperty })],
  ['generic', asIs, (stack, options) => new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: options } })],
];

describe.each(KINDS)('of a %s resource', (_, spell, build) => {
  test.each([['Lazy.any()', Lazy.any], ['Lazy.uncachedAny()', Lazy.uncachedAny]])('the later value of %s stays, and weak values do not', (__, lazy) => {
    let inTheEnd: Json = { HttpTokens: 'required' };
    const stack = scratchStack();
    build(stack, lazy.call(Lazy, { produce: () => spell(inTheEnd) })).with(new RequireImdsv2());
    inTheEnd = { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 };
    expect(optionsOf(stack)).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: 2 });
  });

  test.each([['Lazy.string()', Lazy.string], ['Lazy.uncachedString()', Lazy.uncachedString]])('the later value of %s does not weaken tokens', (__, lazy) => {
    let inTheEnd = 'required';
    const stack = scratchStack();
    build(stack, spell({ HttpTokens: lazy.call(Lazy, { produce: () => inTheEnd }) })).with(new RequireImdsv2());
    inTheEnd = 'optional';
    expect(optionsOf(stack)).toEqual(REQUIRED);
  });

  test('the later value of a Lazy for another option stays', () => {
    let inTheEnd = 1;
    const stack = scratchStack();
    const hops = Lazy.number({ produce: () => inTheEnd });
    build(stack, spell({ HttpPutResponseHopLimit: hops })).with(new RequireImdsv2({ httpPutResponseHopLimit: 2 }));
    inTheEnd = 2;
    expect(optionsOf(stack)).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: 2 });
  });

  test('the later value of a Lazy override stays, and weak values do not', () => {
    let inTheEnd: Json = { HttpTokens: 'required' };
    const stack = scratchStack();
    const resource = build(stack, spell({ HttpEndpoint: 'enabled' }));
    resource.addPropertyOverride('MetadataOptions', Lazy.uncachedAny({ produce: () => inTheEnd }));
    resource.with(new RequireImdsv2());
    inTheEnd = { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 };
    expect(optionsOf(stack)).toEqual({ ...REQUIRED, HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 });
  });

  test('a Lazy that cannot be resolved yet requires tokens in the end, without a report', () => {
    const stack = scratchStack();
    let isReady = false;
    const produce = () => {
      if (!isReady) { throw new Error('too early'); }
      return spell({ HttpTokens: 'optional', HttpEndpoint: 'enabled' });
    };
    build(stack, Lazy.uncachedAny({ produce })).with(new RequireImdsv2());
    isReady = true;
    const { template, reports } = synthesize(stack);
    expect(template.Resources.Host.Properties?.MetadataOptions).toEqual({ ...REQUIRED, HttpEndpoint: 'enabled' });
    expect(reportedIds(reports)).toEqual([]);
  });
});
