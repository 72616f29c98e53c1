import { Validations } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { CfnInstance, CloudFormationInit, InitCommand, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { ImdsExemption } from '../../src';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedStack, enforcedTemplate, findingsIn, textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const NEEDED = 'Imdsv2::EndpointNeeded';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const OFF = { httpEndpoint: false };

const spec = { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' };
const INIT = { 'AWS::CloudFormation::Init': { config: {} } };
const instance = (more: Json, Metadata?: Json): Written => ({ Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...more }, Metadata });
const template = (data: Json = {}): Written => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1', ...data } } });
const configuration = (more: Json): Written =>
  ({ Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', InstanceType: 'm5.large', ...more } });
const workspace = (more: Json): Written => ({ Type: 'AWS::WorkspacesInstances::WorkspaceInstance', Properties: { ManagedInstance: { ImageId: 'ami-1', InstanceType: 'm5.large', ...more } } });
const group = (more: Json = {}, Metadata?: Json): Written =>
  ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: spec, ...more }, Metadata });
const nodes: Written = {
  Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'web', NodeRole: 'role', Subnets: ['subnet-1'], LaunchTemplate: { Id: { Ref: 'Template' } } },
};
const fleet = (override: Json): Written => ({
  Type: 'AWS::EC2::EC2Fleet',
  Properties: {
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: spec, Overrides: [override] }],
    TargetCapacitySpecification: { TotalTargetCapacity: 1 },
  },
});

type Case = readonly [name: string, resources: WrittenTemplate['Resources']];

const WRITTEN: readonly Case[] = [
  ['an instance without anything', { Host: instance({}) }],
  ['an instance whose user data is left out', { Host: instance({ UserData: NO_VALUE, KeyName: NO_VALUE }) }],
  ['an instance with other metadata', { Host: instance({}, { Comment: 'AWS::CloudFormation::Init' }) }],
  ['a template', { Template: template() }],
  ['a template with a group', { Template: template(), Group: group() }],
  ['a template with a fleet', { Template: template(), Fleet: fleet({ InstanceType: 'm5.large' }) }],
  ['a launch configuration', { Host: configuration({}) }],
  ['a WorkSpace', { Host: workspace({}) }],
];

const REFUSED: readonly (readonly [...Case, words: RegExp])[] = [
  ['an instance with user data', { Host: instance({ UserData: { 'Fn::Base64': 'echo' } }) }, /'Stack\/.*Host' has UserData/],
  ['an instance with a key pair', { Host: instance({ KeyName: 'web' }) }, /Host' has KeyName/],
  ['an instance with an instance profile', { Host: instance({ IamInstanceProfile: { Ref: 'Profile' } }) }, /Host' has IamInstanceProfile/],
  ['an instance with AWS::CloudFormation::Init', { Host: instance({}, INIT) }, /Host' has AWS::CloudFormation::Init/],
  ['an instance with all of them', { Host: instance({ UserData: 'ZQ==', KeyName: 'web', IamInstanceProfile: 'web' }, INIT) },
    /has UserData, .*has KeyName, .*has IamInstanceProfile and .*has AWS::CloudFormation::Init; leave/],
  ['a key pair in one branch', { Host: instance({ KeyName: when('IsProduction', 'web', NO_VALUE) }) }, /has KeyName/],
  ['a key pair by a parameter', { Host: instance({ KeyName: { Ref: 'Key' } }) }, /has KeyName/],
  ['a template with user data', { Template: template({ UserData: 'ZQ==' }) }, /Template' has LaunchTemplateData\.UserData/],
  ['a template with a key pair', { Template: template({ KeyName: 'web' }) }, /has LaunchTemplateData\.KeyName/],
  ['a template with an instance profile', { Template: template({ IamInstanceProfile: { Arn: 'arn' } }) }, /has LaunchTemplateData\.IamInstanceProfile/],
  ['a template whose group has AWS::CloudFormation::Init', { Template: template(), Group: group({}, INIT) }, /Group' has AWS::CloudFormation::Init/],
  ['a template whose instance has user data', { Template: template(), Other: instance({ LaunchTemplate: spec, UserData: 'ZQ==' }) }, /Other' has UserData/],
  ['a template of a node group', { Template: template(), Nodes: nodes }, /Nodes' has NodeRole and containers run on its instances \(the EKS node group/],
  ['a template behind a capacity provider', {
    Template: template(),
    Group: group(),
    Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
  }, /containers run on its instances \(the ECS capacity provider/],
  ['a launch configuration with user data', { Host: configuration({ UserData: 'ZQ==' }) }, /has UserData/],
  ['a WorkSpace with a key pair', { Host: workspace({ KeyName: 'web' }) }, /has ManagedInstance\.KeyName/],
];

describe.each(IN_A_TREE)('%s', (_, build) => {
  const endpointIn = (Resources: WrittenTemplate['Resources'], props: object = OFF) => {
    const enforced = enforcedTemplate(build, { Parameters: { Key: { Type: 'String' }, Profile: { Type: 'String' } }, Resources }, props);
    const written = /"HttpEndpoint":"(\w+)"/.exec(JSON.stringify(enforced.template.Resources));
    return { written: written?.[1], texts: textsOf(enforced.reports, NEEDED), findings: findingsIn(enforced.reports), options: enforced.options };
  };

  test.each(WRITTEN)('the metadata service is turned off for %s', (__, resources) => {
    expect(endpointIn(resources)).toMatchObject({ written: 'disabled', findings: [] });
  });

  test.each(REFUSED)('the metadata service stays enabled for %s', (__, resources, words) => {
    const { written, texts } = endpointIn(resources);
    expect(written).toBeUndefined();
    expect(texts).not.toEqual([]);
    expect(texts).toEqual(texts.map(() => expect.stringMatching(/HttpEndpoint was not set to 'disabled', because .*acknowledge to disable it anyway/)));
    expect(texts[0]).toMatch(words);
  });

  test.each(REFUSED)('%s: the metadata service is enabled in any case', (__, resources) => {
    expect(endpointIn(resources, { httpEndpoint: true })).toMatchObject({ written: 'enabled', texts: [] });
  });

  test('an endpoint that the user disabled stays disabled, without a finding', () => {
    const host = instance({ KeyName: 'web', MetadataOptions: { HttpEndpoint: 'disabled' } });
    expect(endpointIn({ Host: host })).toMatchObject({ written: 'disabled', findings: [] });
    expect(endpointIn({ Host: host }, {})).toMatchObject({ written: 'disabled', findings: [] });
  });

  test('a branch without options does not get a disabled endpoint if the instance needs the service', () => {
    const { options, texts } = endpointIn({ Host: instance({ KeyName: 'web', MetadataOptions: when('IsProduction', { HttpEndpoint: 'enabled' }, NO_VALUE) }) });
    expect(JSON.stringify(options.Host)).not.toContain('disabled');
    expect(texts).toHaveLength(1);
  });
});

const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const l2 = (stack: Stack) => new Instance(stack, 'Host', { vpc: new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 }), instanceType: new InstanceType('m5.large'), machineImage });
const isOff = (stack: Stack) => JSON.stringify(synthesize(stack).template.Resources).includes('"HttpEndpoint":"disabled"');

describe.each(NOW_AND_LATER)('by %s', (_, door) => {
  test('an L2 instance keeps the metadata service, because it has a role', () => {
    const { reports } = enforcedStack(l2, OFF, door);
    expect(textsOf(reports, NEEDED)).toEqual([expect.stringMatching(/'Stack\/Host\/Resource' has IamInstanceProfile/)]);
  });

  test('an L2 instance with CloudFormationInit is reported with that reason, too', () => {
    const { reports } = enforcedStack(stack => { l2(stack).applyCloudFormationInit(CloudFormationInit.fromElements(InitCommand.shellCommand('echo'))); }, OFF, door);
    expect(textsOf(reports, NEEDED)[0]).toContain('has AWS::CloudFormation::Init');
  });

  test('an L1 instance without a need gets a disabled endpoint', () => {
    const { options } = enforcedStack(stack => { new CfnInstance(stack, 'Host'); }, OFF, door);
    expect(options.Host).toEqual({ HttpTokens: 'required', HttpEndpoint: 'disabled' });
  });

  test('an L2 template without a need gets a disabled endpoint', () => {
    const { reports, template: { Resources } } = enforcedStack(stack => { new LaunchTemplate(stack, 'Host', {}); }, OFF, door);
    expect(JSON.stringify(Resources)).toContain('"HttpEndpoint":"disabled"');
    expect(findingsIn(reports)).toEqual([]);
  });

  const scopes: readonly (readonly [string, (host: IConstruct) => IConstruct])[] = [
    ['the construct', host => host],
    ['its resource', host => host.node.defaultChild!],
    ['the stack', host => host.node.scope!],
    ['the app', host => host.node.root],
  ];

  test.each(scopes)('the endpoint is disabled if this is acknowledged on %s', (__, scopeOf) => {
    const stack = scratchStack(scratchApp());
    Validations.of(scopeOf(l2(stack))).acknowledge({ id: NEEDED, reason: 'nothing on it asks for anything' });
    door(stack, OFF);
    expect(isOff(stack)).toBe(true);
    expect(textsOf(synthesize(stack).reports, NEEDED)).toEqual([]);
  });

  test.each(scopes)('the endpoint is disabled if %s is exempt', (__, scopeOf) => {
    const stack = scratchStack(scratchApp());
    ImdsExemption.of(scopeOf(l2(stack))).add({ rule: NEEDED, reason: 'nothing on it asks for anything' });
    door(stack, OFF);
    expect(isOff(stack)).toBe(true);
  });

  test('the endpoint stays enabled if the exemption has expired, or is for another rule', () => {
    for (const exemption of [{ rule: NEEDED, expires: '2020-01-01' }, { rule: 'Imdsv2::TagKeyNotAllowed' }]) {
      const stack = scratchStack(scratchApp());
      ImdsExemption.of(l2(stack)).add({ reason: 'nothing on it asks for anything', ...exemption });
      door(stack, OFF);
      expect(isOff(stack)).toBe(false);
    }
  });

  test('all other settings are written if the endpoint stays enabled', () => {
    const { reports, options } = enforcedStack(stack => { new CfnInstance(stack, 'Host', { keyName: 'web' }); }, { ...OFF, httpPutResponseHopLimit: 1 }, door);
    expect(options.Host).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(findingsIn(reports)).toEqual([`Stack/Host ${NEEDED}`]);
  });
});
