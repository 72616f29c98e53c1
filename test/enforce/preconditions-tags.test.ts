import type { App, StackProps } from 'aws-cdk-lib';
import { CfnParameter, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Imdsv2 } from '../../src';
import { checked } from '../check/checked';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedTemplate, findingsIn, textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read, synthesize } from '../harness/synthesized';

const NOT_ALLOWED = 'Imdsv2::TagKeyNotAllowed';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const TAGS = { instanceMetadataTags: true };
const BAD = 'cost center';

const tag = (Key: unknown, more: Json = {}): Json => ({ Key, Value: 'web', ...more });
const spec = { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' };
const instance = (more: Json): Written => ({ Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...more } });
const template = (...TagSpecifications: unknown[]): Written =>
  ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1', TagSpecifications } } });
const forInstances = (...tags: unknown[]) => ({ ResourceType: 'instance', Tags: tags });
const group = (...tags: unknown[]): Written =>
  ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: spec, Tags: tags } });
const fleet = (...TagSpecifications: unknown[]): Written => ({
  Type: 'AWS::EC2::EC2Fleet',
  Properties: {
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: spec }],
    TargetCapacitySpecification: { TotalTargetCapacity: 1 },
    TagSpecifications,
  },
});
const batch = (tags: unknown): Written => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ComputeResources: { Type: 'EC2', MaxvCpus: 1, Subnets: ['subnet-1'], InstanceTypes: ['m5'], LaunchTemplate: spec, Tags: tags } },
});
const nodes = (tags: Json): Written => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: { ClusterName: 'web', NodeRole: 'role', Subnets: ['subnet-1'], LaunchTemplate: { Id: { Ref: 'Template' } }, Tags: tags },
});

type Case = readonly [name: string, resources: WrittenTemplate['Resources']];

const WRITTEN: readonly Case[] = [
  ['an instance without tags', { Host: instance({}) }],
  ['an instance with allowed keys', { Host: instance({ Tags: [tag('Name'), tag('a+b-c=d.e,f_g:h@i'), tag('x'.repeat(128))] }) }],
  ['a key that is put together', { Host: instance({ Tags: [tag({ 'Fn::Join': ['-', ['cost', 'center']] })] }) }],
  ['a tag that is left out', { Host: instance({ Tags: [NO_VALUE, tag('Name')] }) }],
  ['a value that would be no key', { Host: instance({ Tags: [{ Key: 'Name', Value: 'a / b' }] }) }],
  ['a template with allowed keys', { Template: template(forInstances(tag('Name'))) }],
  ['a template with other keys for volumes', { Template: template(forInstances(tag('Name')), { ResourceType: 'volume', Tags: [tag(BAD)] }) }],
  ['a group with allowed keys', { Template: template(), Group: group(tag('Name', { PropagateAtLaunch: true })) }],
  ['a group with another key that does not propagate', { Template: template(), Group: group(tag(BAD, { PropagateAtLaunch: false })) }],
  ['a group with another key that does not propagate, in words', { Template: template(), Group: group(tag(BAD, { PropagateAtLaunch: 'false' })) }],
  ['a fleet with another key for itself', { Template: template(), Fleet: fleet({ ResourceType: 'fleet', Tags: [tag(BAD)] }) }],
  ['a Batch environment with allowed keys', { Template: template(), Batch: batch({ Name: 'web' }) }],
];

const REFUSED: readonly (readonly [...Case, words: string])[] = [
  ['an instance with a space', { Host: instance({ Tags: [tag('Name'), tag(BAD)] }) }, "the tag key 'cost center' is not allowed in instance metadata"],
  ['an instance with a slash', { Host: instance({ Tags: [tag('a/b')] }) }, "'a/b'"],
  ['an instance with a reserved key', { Host: instance({ Tags: [tag('_index')] }) }, "'_index'"],
  ['a key that is put together', { Host: instance({ Tags: [tag({ 'Fn::Join': ['/', ['a', { Ref: 'AWS::StackName' }]] })] }) }, 'is not allowed'],
  ['a key in one branch', { Host: instance({ Tags: [when('IsProduction', tag(BAD), NO_VALUE)] }) }, "'cost center'"],
  ['a key of one branch', { Host: instance({ Tags: [tag(when('IsProduction', BAD, 'Name'))] }) }, "'cost center'"],
  ['a key by a parameter', { Host: instance({ Tags: [tag({ Ref: 'Open' })] }) }, 'a tag key is only known at deployment (Ref'],
  ['a template with a space', { Template: template(forInstances(tag(BAD))) }, "'cost center'"],
  ['a template with a key in one branch', { Template: template(forInstances(when('IsProduction', tag(BAD), NO_VALUE))) }, "'cost center'"],
  ['a template with a specification in one branch', { Template: template(when('IsProduction', forInstances(tag(BAD)), NO_VALUE)) }, "'cost center'"],
  ['a template with tags in one branch', { Template: template({ ResourceType: 'instance', Tags: when('IsProduction', [tag(BAD)], NO_VALUE) }) }, "'cost center'"],
  ['a template with tags from a transform', { Template: template({ ResourceType: 'instance', Tags: { 'Fn::Transform': { Name: 'Tags' } } }) }, 'only known at deployment'],
  ['a template whose instance has it', { Template: template(), Other: instance({ LaunchTemplate: spec, Tags: [tag(BAD)] }) }, "'cost center'"],
  ['a group with a space', { Template: template(), Group: group(tag(BAD, { PropagateAtLaunch: true })) }, "'cost center'"],
  ['a group with a key that may propagate', { Template: template(), Group: group(tag(BAD, { PropagateAtLaunch: { Ref: 'Open' } })) }, "'cost center'"],
  ['a fleet with a key for instances', { Template: template(), Fleet: fleet({ ResourceType: 'instance', Tags: [tag(BAD)] }) }, "'cost center'"],
  ['a Batch environment', { Template: template(), Batch: batch({ [BAD]: 'web' }) }, "'cost center'"],
  ['a node group, for EKS tags its instances', { Template: template(), Nodes: nodes({}) }, "'kubernetes.io/cluster/"],
];

describe.each(IN_A_TREE)('%s', (_, build) => {
  const tagsIn = (Resources: WrittenTemplate['Resources'], props: object = TAGS) => {
    const { options, reports } = enforcedTemplate(build, { Parameters: { Open: { Type: 'String' } }, Resources }, props);
    const written = (options.Host ?? options.Template)?.InstanceMetadataTags;
    return { written, texts: textsOf(reports, NOT_ALLOWED), findings: findingsIn(reports), options };
  };

  test.each(WRITTEN)('tags are put into the metadata of %s', (__, resources) => {
    const { written, findings } = tagsIn(resources);
    expect(written).toBe('enabled');
    expect(findings).toEqual([]);
  });

  test.each(REFUSED)('tags are not put into the metadata of %s', (__, resources, words) => {
    const { written, texts } = tagsIn(resources);
    expect(written).toBeUndefined();
    expect(texts).not.toEqual([]);
    expect(texts).toEqual(texts.map(() => expect.stringMatching(/InstanceMetadataTags was not set to 'enabled', because .*; change the tag key, or acknowledge: the tags stay out of the metadata \(/)));
    expect(texts[0]).toContain(words);
  });

  test('the tags of a node group itself do not reach its instances', () => {
    expect(tagsIn({ Template: template(), Nodes: nodes({ [BAD]: 'web' }) }).texts[0]).not.toContain(BAD);
  });

  test('disabling tags has no preconditions', () => {
    expect(tagsIn({ Host: instance({ Tags: [tag(BAD)] }) }, { instanceMetadataTags: false })).toMatchObject({ written: 'disabled', findings: [] });
  });

  const turnedOn = (key: unknown) => tagsIn({ Host: instance({ Tags: [tag(key)], MetadataOptions: { InstanceMetadataTags: 'enabled' } }) }, {});

  test.each<readonly [string, unknown, string]>([
    ['a key that is not allowed', BAD, 'cost center'],
    ['a key with a slash, with an unknown rest', { 'Fn::Join': ['', ['team/', { Ref: 'Open' }]] }, 'team/'],
    ['a key with a slash after an unknown part', { 'Fn::Sub': '${Open}/team' }, '/team'],
  ])('tags that the user enabled stay, and are reported if they certainly break the launch: %s', (__, key, words) => {
    const { written, texts } = turnedOn(key);
    expect(written).toBe('enabled');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain("MetadataOptions.InstanceMetadataTags must not be 'enabled', because the tag key '");
    expect(texts[0]).toContain(words);
  });

  test.each<readonly [string, unknown]>([
    ['an allowed key', 'Name'],
    ['a parameter', { Ref: 'Open' }],
    ['an allowed part and a parameter', { 'Fn::Join': ['-', ['team', { Ref: 'Open' }]] }],
    ['a pseudo parameter', { Ref: 'AWS::Region' }],
    ['a pseudo parameter after an allowed part', { 'Fn::Sub': 'stack-${AWS::StackName}' }],
  ])('tags that the user enabled stay, and are not reported if the effect is unknown: %s', (__, key) => {
    expect(turnedOn(key)).toMatchObject({ written: 'enabled', findings: [] });
  });

  test('a branch without options gets no tags if a key is not allowed', () => {
    const Resources = { Host: instance({ Tags: [tag(BAD)], MetadataOptions: when('IsProduction', { InstanceMetadataTags: 'disabled' }, NO_VALUE) }) };
    const { options, reports } = enforcedTemplate(build, { Resources }, TAGS);
    expect(JSON.stringify(options.Host)).not.toContain('enabled');
    expect(textsOf(reports, NOT_ALLOWED)).toHaveLength(1);
  });
});

/** CfnInclude itself renders such a map incorrectly. */
test.each([IN_A_TREE[0], IN_A_TREE[2]])('%s: tags are not put into the metadata of a Batch environment with another key in one branch', (_, build) => {
  const Resources = { Template: template(), Batch: batch(when('IsProduction', { [BAD]: 'web' }, NO_VALUE)) };
  const { options, reports } = enforcedTemplate(build, { Resources }, TAGS);
  expect(options.Template).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  expect(textsOf(reports, NOT_ALLOWED)).toEqual([expect.stringContaining("'cost center'")]);
});

/** The resources with options, in a stack. */
const LIVE: readonly (readonly [name: string, build: (stack: Stack) => Construct])[] = [
  ['an L1 instance', stack => new CfnInstance(stack, 'Host', { imageId: 'ami-1' })],
  ['an L2 instance', stack => new Instance(stack, 'Host', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 }), instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
  })],
  ['the template of an L1 group', stack => {
    const made = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    return new CfnAutoScalingGroup(stack, 'Host', { minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: made.ref, version: made.attrLatestVersionNumber } });
  }],
  ['the template of an L2 group', stack => new AutoScalingGroup(stack, 'Host', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 }),
    launchTemplate: new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }) }),
  })],
  ['an L2 template', stack => new LaunchTemplate(stack, 'Host', {})],
];

function saidIn(stack: Stack): unknown {
  const { template: { Resources }, reports } = read((stack.node.root as App).synth(), stack);
  const isOn = JSON.stringify(Resources).includes('"InstanceMetadataTags":"enabled"');
  expect(textsOf(reports, NOT_ALLOWED)).toHaveLength(isOn ? 0 : 1);
  return isOn;
}

describe.each(LIVE)('%s', (name, build) => {
  const isTemplate = name === 'an L2 template';

  test.each<readonly [string, (app: App, stack: Stack, host: Construct) => void, boolean]>([
    ['Tags.of(app)', app => Tags.of(app).add(BAD, 'web'), false],
    ['Tags.of(stack)', (_, stack) => Tags.of(stack).add(BAD, 'web'), false],
    ['Tags.of(construct)', (_, __, host) => Tags.of(host).add(BAD, 'web'), false],
    ['Tags.of(construct) with an allowed key', (_, __, host) => Tags.of(host).add('Name', 'web'), true],
    ['Tags.of(app) for buckets only', app => Tags.of(app).add(BAD, 'web', { includeResourceTypes: ['AWS::S3::Bucket'] }), true],
    ['Tags.of(app) but not for these', app => Tags.of(app).add(BAD, 'web', {
      excludeResourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::AutoScalingGroup', 'aws:cdk:stack'],
    }), true],
    ['Tags.of(app), taken away again', app => {
      Tags.of(app).add(BAD, 'web');
      Tags.of(app).remove(BAD);
    }, true],
    ['Tags.of(app), taken away with less priority', app => {
      Tags.of(app).add(BAD, 'web');
      Tags.of(app).remove(BAD, { priority: 50 });
    }, false],
  ])('includes %s, before and after Imdsv2.enforce()', (_, tagIt, expected) => {
    for (const isAfter of [false, true]) {
      const app = scratchApp();
      const stack = scratchStack(app);
      const host = build(stack);
      if (isAfter) { Imdsv2.enforce(app, TAGS); }
      tagIt(app, stack, host);
      if (!isAfter) { Imdsv2.enforce(app, TAGS); }
      expect([isAfter, saidIn(stack)]).toEqual([isAfter, expected]);
    }
  });

  test.each<readonly [string, StackProps, boolean]>([
    ['the tags of the stack', { tags: { [BAD]: 'web' } }, isTemplate],
    ['allowed tags of the stack', { tags: { CostCenter: 'web' } }, true],
  ])('includes %s', (_, props, expected) => {
    const stack = scratchStack(scratchApp(), 'Stack', props);
    build(stack);
    Imdsv2.enforce(stack, TAGS);
    expect(saidIn(stack)).toBe(expected);
  });

  test('does not include tags of the app inside a stage, because they do not reach it', () => {
    const app = scratchApp();
    const stack = scratchStack(new Stage(app, 'Stage'));
    build(stack);
    Tags.of(app).add(BAD, 'web');
    Imdsv2.enforce(app, TAGS);
    expect(JSON.stringify(read(app.synth(), stack).template)).not.toContain(BAD);
    expect(saidIn(stack)).toBe(true);
  });

  test('includes tags of its stage', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Stage');
    const stack = scratchStack(stage);
    build(stack);
    Imdsv2.enforce(app, TAGS);
    Tags.of(stage).add(BAD, 'web');
    expect(saidIn(stack)).toBe(false);
  });
});

test('does not include a key that only the group has', () => {
  const stack = scratchStack();
  const made = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
  const launchTemplate = { launchTemplateId: made.ref, version: made.attrLatestVersionNumber };
  const host = new CfnAutoScalingGroup(stack, 'Host', { minSize: '0', maxSize: '1', launchTemplate });
  Tags.of(host).add(BAD, 'web', { applyToLaunchedInstances: false });
  Imdsv2.enforce(stack, TAGS);
  expect(saidIn(stack)).toBe(true);
});

test.each(NOW_AND_LATER)('on an instance includes every key, because it has no group, by %s', (_, door) => {
  const stack = scratchStack();
  Tags.of(new CfnInstance(stack, 'Host')).add(BAD, 'web', { applyToLaunchedInstances: false });
  door(stack, TAGS);
  expect(saidIn(stack)).toBe(false);
});

test('the tags of a parent stack count in its nested stack', () => {
  const stack = scratchStack(scratchApp(), 'Stack', { tags: { [BAD]: 'web' } });
  new CfnInstance(new NestedStack(stack, 'Nested'), 'Host');
  Imdsv2.enforce(stack, TAGS);
  expect(textsOf(synthesize(stack).reports, NOT_ALLOWED)).toHaveLength(1);
});

test.each<readonly [string, (value: string) => readonly [key: string, value: string]]>([
  ['key', value => [`kubernetes.io/cluster/${value}`, 'web']], ['value', value => [BAD, value]],
])('a tag of a stack with an unresolved %s does not reach its instances', (_, tagOf) => {
  const stack = scratchStack();
  new CfnInstance(stack, 'Host');
  Tags.of(stack).add(...tagOf(new CfnParameter(stack, 'Team').valueAsString), { includeResourceTypes: ['aws:cdk:stack'] });
  Imdsv2.enforce(stack, TAGS);
  expect(saidIn(stack)).toBe(true);
});

test('the tags of a stack do not come to the instances of a fleet', () => {
  const stack = scratchStack(scratchApp(), 'Stack', { tags: { [BAD]: 'web' } });
  IN_A_TREE[0][1](stack, { Resources: { Template: template(), Fleet: fleet() } });
  Imdsv2.enforce(stack, TAGS);
  expect(saidIn(stack)).toBe(true);
});

describe.each(NOW_AND_LATER)('a key with an unresolved part, by %s,', (_, door) => {
  /** An instance in a stack with a parameter, and the reports about its tags. */
  const reportsOf = (keyOf: (name: string) => string, host: object, props: object) => {
    const stack = scratchStack();
    const tagged = new CfnInstance(stack, 'Host', host);
    Tags.of(tagged).add(keyOf(new CfnParameter(stack, 'Cluster').valueAsString), 'owned');
    door(stack, props);
    return textsOf(synthesize(stack).reports, NOT_ALLOWED);
  };

  const ON = { metadataOptions: { instanceMetadataTags: 'enabled' } };

  test('is reported without the token', () => {
    const [text] = reportsOf(name => `kubernetes.io/cluster/${name}`, {}, TAGS);
    expect(text).toContain("the tag key 'kubernetes.io/cluster/");
    expect(text).not.toContain('Token[');
  });

  test('keeps tags out of the metadata', () => {
    expect(reportsOf(name => name, {}, TAGS)).toEqual([expect.stringContaining('a tag key is only known at deployment (Ref ')]);
  });

  test('is reported if the user enabled tags and the launch certainly fails', () => {
    expect(reportsOf(name => `kubernetes.io/cluster/${name}`, ON, {})).toEqual([expect.stringContaining("the tag key 'kubernetes.io/cluster/")]);
  });

  test.each([['it is all of the key', (name: string) => name], ['the rest is allowed', (name: string) => `team:${name}`]])(
    'is not reported if the user enabled tags and %s', (__, keyOf) => {
      expect(reportsOf(keyOf, ON, {})).toEqual([]);
    });
});

test('a check does not report a parameter in a key if the user enabled tags', () => {
  const stack = scratchStack();
  const host = new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'required', instanceMetadataTags: 'enabled' } });
  Tags.of(host).add(new CfnParameter(stack, 'Team').valueAsString, 'web');
  expect(checked(stack.node.root as App).violations).toEqual([]);
});

test('a tag from another aspect is found if it is added in time', () => {
  const stack = scratchStack();
  const host = new CfnInstance(stack, 'Host');
  host.tags.setTag(BAD, 'web');
  Imdsv2.enforce(stack, TAGS);
  expect(saidIn(stack)).toBe(false);
});
