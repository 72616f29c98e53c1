import type { Stack } from 'aws-cdk-lib';
import { CfnResource, Lazy, Tags } from 'aws-cdk-lib';
import {
  CfnInstance, HttpTokens, Instance, InstanceType, LaunchTemplate, MachineImage, Peer, Port, SecurityGroup, UserData, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../../src';
import { CARRIERS } from '../harness/carriers';
import type { Json } from '../harness/json';
import { deepFreeze } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { camelCase } from '../harness/spelling';
import { synthesize } from '../harness/synthesized';

const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
const generic = (stack: Stack, type: string, properties?: Json) => new CfnResource(stack, 'Host', { type, properties });
const host = (stack: Stack) => synthesize(stack).template.Resources.Host;

describe('what the user holds in hand stays as it is', () => {
  test.each(CARRIERS)('properties of $type', carrier => {
    const { words } = carrier;
    const properties = deepFreeze(carrier.around(words.say(words.weak)));
    const copy = JSON.stringify(properties);
    const stack = scratchStack();
    const resources = [
      generic(stack, carrier.type, properties),
      carrier.typed(stack, 'Typed', properties),
    ];
    for (const resource of resources) { resource.with(new RequireImdsv2({ httpPutResponseHopLimit: 2 })); }
    expect(host(stack).Properties).not.toEqual(properties);
    expect(JSON.stringify(properties)).toBe(copy);
  });

  test.each(CARRIERS)('overrides of $type', carrier => {
    const { words } = carrier;
    const overrides = deepFreeze(carrier.around(words.say(words.weak)));
    const stack = scratchStack();
    const resource = generic(stack, carrier.type);
    for (const [name, value] of Object.entries(overrides)) { resource.addPropertyOverride(name, value); }
    resource.with(new RequireImdsv2());
    expect(host(stack).Properties).toEqual(carrier.around(words.say(words.required)));
  });

  test('props that two resources share', () => {
    const stack = scratchStack();
    const props = camelCase({ ImageId: 'ami-1', ...OPTIONAL }) as Json;
    new CfnInstance(stack, 'Host', props).with(new RequireImdsv2());
    new CfnInstance(stack, 'Other', props);
    const { Resources } = synthesize(stack).template;
    expect([Resources.Host.Properties, Resources.Other.Properties]).toEqual([{ ImageId: 'ami-1', ...REQUIRED }, { ImageId: 'ami-1', ...OPTIONAL }]);
  });
});

describe('what comes later arrives', () => {
  test('user data, security groups and tags of a launch template', () => {
    const stack = scratchStack();
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
    const securityGroup = new SecurityGroup(stack, 'Group', { vpc });
    const userData = UserData.forLinux();
    const template = new LaunchTemplate(stack, 'Template', { userData, securityGroup, instanceMetadataTags: true });
    template.with(new RequireImdsv2());
    userData.addCommands('echo later');
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(443));
    template.connections.addSecurityGroup(new SecurityGroup(stack, 'Later', { vpc }));
    Tags.of(template).add('team', 'web');
    const [{ LaunchTemplateData }] = Object.values(synthesize(stack).template.Resources)
      .filter(({ Type }) => Type === 'AWS::EC2::LaunchTemplate').map(({ Properties }) => Properties as { LaunchTemplateData: Json });
    expect(LaunchTemplateData).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
      UserData: { 'Fn::Base64': '#!/bin/bash\necho later' },
      TagSpecifications: expect.arrayContaining([{ ResourceType: 'instance', Tags: expect.arrayContaining([{ Key: 'team', Value: 'web' }]) }]),
    });
    expect(LaunchTemplateData.SecurityGroupIds).toHaveLength(2);
  });

  test('user data of an instance, and its options as they are set in the end', () => {
    const stack = scratchStack();
    const instance = new Instance(stack, 'Instance', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
      instanceType: new InstanceType('m5.large'),
      machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
      httpTokens: HttpTokens.OPTIONAL,
    });
    instance.instance.overrideLogicalId('Host');
    instance.with(new RequireImdsv2());
    instance.userData.addCommands('echo later');
    expect(host(stack).Properties).toMatchObject({ ...REQUIRED, UserData: { 'Fn::Base64': '#!/bin/bash\necho later' } });
  });

  test.each([
    ['typed', (stack: Stack, options: unknown) => new CfnInstance(stack, 'Host', { metadataOptions: options as CfnInstance.MetadataOptionsProperty })],
    ['generic', (stack: Stack, options: unknown) => generic(stack, 'AWS::EC2::Instance', { MetadataOptions: options })],
  ])('what a Lazy of a %s resource says in the end, and weak values do not', (kind, build) => {
    const spell = kind === 'typed' ? camelCase : (value: unknown) => value;
    let inTheEnd: Json = { HttpTokens: 'required' };
    const stack = scratchStack();
    build(stack, Lazy.uncachedAny({ produce: () => spell(inTheEnd) })).with(new RequireImdsv2());
    inTheEnd = { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 };
    expect(host(stack).Properties).toEqual({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 3 } });
  });

  test('what a Lazy value says in the end does not weaken', () => {
    let inTheEnd = 'required';
    const stack = scratchStack();
    new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: Lazy.uncachedString({ produce: () => inTheEnd }) } }).with(new RequireImdsv2());
    inTheEnd = 'optional';
    expect(host(stack).Properties).toEqual(REQUIRED);
  });
});
