import type { Stack } from 'aws-cdk-lib';
import { CfnResource, NestedStack, Stage, Validations } from 'aws-cdk-lib';
import type { ImdsUsage } from '../../src';
import { ImdsExemption, Imdsv2, RequireImdsv2 } from '../../src';
import type { LauncherUsage, RegionUsage } from '../../src/usage/usage-record';
import { checked, synthesized } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Synthesized } from '../harness/synthesized';
import { reportedIds, synthesize } from '../harness/synthesized';
import { BROKEN, CALLING, ENV, REQUIRED, UNKNOWN, from, launcher, record, region, usageOf, usageOfLaunchers } from '../usage/records';

const STILL_USES = 'Imdsv2::StillUsesImdsv1';
const UNKNOWN_USE = 'Imdsv2::UsageUnknown';
const REFUSED = 'Imdsv2::Imdsv1Refused';
const TOO_EARLY = 'Imdsv2::RequiredBeforeReady';
const TOKENS = { HttpTokens: 'required' };

const DOORS: readonly [string, (stack: Stack, usage: ImdsUsage) => void][] = [
  ['Imdsv2.enforce()', (stack, onlyWhereReady) => Imdsv2.enforce(stack, { onlyWhereReady })],
  ['the mixin', (stack, onlyWhereReady) => { stack.with(new RequireImdsv2({ onlyWhereReady })); }],
];

function add(stack: Stack, id: string, type: string, properties: Json = {}): CfnResource {
  return new CfnResource(stack, id, { type, properties });
}

function shop(): Stack {
  return scratchStack(scratchApp(), 'Shop', { env: ENV });
}

function instance(stack: Stack, id = 'Web'): CfnResource {
  return add(stack, id, 'AWS::EC2::Instance', { ImageId: 'ami-1' });
}

function template(stack: Stack, id = 'Template'): CfnResource {
  return add(stack, id, 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1' } });
}

function group(stack: Stack, id: string, source: CfnResource, version: unknown = { 'Fn::GetAtt': [source.logicalId, 'LatestVersionNumber'] }): CfnResource {
  return add(stack, id, 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: source.ref, Version: version } });
}

/** Whether a resource requires tokens in the template. */
function requires({ template: { Resources } }: Synthesized, id: string): boolean {
  const { Properties = {} } = Resources[id];
  const data = (Properties.LaunchTemplateData ?? Properties) as { readonly MetadataOptions?: unknown };
  return JSON.stringify(data.MetadataOptions) === JSON.stringify(TOKENS);
}

describe.each(DOORS)('onlyWhereReady by %s', (_, door) => {
  test.each([
    ['ready', {}, true, []],
    ['required', REQUIRED, true, []],
    ['broken', BROKEN, true, [REFUSED]],
    ['in use', CALLING, false, [STILL_USES]],
    ['unknown', UNKNOWN, false, [UNKNOWN_USE]],
    ['in use by an old instance, and launches with IMDSv2 required', { ...CALLING, launchesRequired: true }, true, [TOO_EARLY]],
    ['unknown since a new instance has no metric yet, and launches with IMDSv2 required', { ...UNKNOWN, launchesRequired: true }, true, [TOO_EARLY]],
    ['ready, and launches with IMDSv2 required', { launchesRequired: true }, true, []],
    ['broken in one instance that was changed by hand, and launches without', { ...BROKEN, launchesRequired: false }, false, [STILL_USES]],
    ['broken, and its next launch is unknown', { ...BROKEN, launchesRequired: undefined }, false, [STILL_USES]],
    ['in use, and launches without', { ...CALLING, launchesRequired: false }, false, [STILL_USES]],
  ])('an instance that is %s', (__, changed, isRequired, ids) => {
    const stack = shop();
    instance(stack);
    door(stack, usageOfLaunchers(launcher('i-1', { kind: 'instance', ...from('Shop', 'Web'), ...changed })));
    const result = synthesize(stack);
    expect(requires(result, 'Web')).toBe(isRequired);
    expect(reportedIds(result.reports)).toEqual(ids);
  });

  test('an instance in a stack without env, which the record cannot identify, has the advice to set it', () => {
    const stack = scratchStack();
    instance(stack);
    door(stack, usageOfLaunchers());
    const result = synthesize(stack);
    expect(requires(result, 'Web')).toBe(false);
    expect(result.reports.map(({ text }) => text)).toEqual([expect.stringContaining('set env of the stack')]);
  });

  test.each<[string, Partial<RegionUsage>]>([
    ['was read last more than a day before the record', { watchedUntil: '2026-11-28T02:00:00Z' }],
    ['has an EKS node group that calls, which launches from a copy', { launchers: [launcher('c/nodes', { kind: 'EKS node group', ...from('Platform', 'Nodes'), ...CALLING })] }],
    ['has a launcher that calls, whose stack is not known yet', { launchers: [launcher('web', { ...CALLING, unresolved: true })] }],
    ['has a group in the same stack that calls, and is no longer in the app', { launchers: [launcher('web', { ...from('Shop', 'Former'), ...CALLING })] }],
  ])('a launch template without launchers waits if its Region %s', (__, changed) => {
    const stack = shop();
    template(stack);
    door(stack, usageOf(record([region([], changed)])));
    const result = synthesize(stack);
    expect(requires(result, 'Template')).toBe(false);
    expect(reportedIds(result.reports)).toEqual([UNKNOWN_USE]);
  });

  test('a launch template without launchers does not wait for a kind of launcher that only a newer version of the record knows', () => {
    const stack = shop();
    template(stack);
    const calling = launcher('q', { kind: 'Quantum fleet' as 'EC2 Fleet', ...from('Platform', 'Q'), ...CALLING });
    door(stack, usageOf({ ...record([region([calling])]), schemaVersion: '1.7' as '1.0' }));
    expect(requires(synthesize(stack), 'Template')).toBe(true);
  });

  test.each<[string, LauncherUsage, boolean]>([
    ['calls, and is no longer in the app', launcher('web', { ...from('Shop', 'Former'), ...CALLING }), false],
    ['calls, and is in the app', launcher('web', { ...from('Shop', 'Other'), ...CALLING }), true],
    ['is ready, and is no longer in the app', launcher('web', from('Shop', 'Former')), true],
    ['calls, in another stack', launcher('web', { ...from('Elsewhere', 'Former'), ...CALLING }), true],
    ['calls, with the same logical id in a stack that is no longer in the app', launcher('web', { ...from('OldShop', 'New'), ...CALLING }), false],
    ['calls, and has a launch template with the same logical id in a stack that is no longer in the app', launcher('web', { ...from('OldShop', 'Template'), ...CALLING }), false],
    ['is ready, with the same logical id in another stack', launcher('web', from('OldShop', 'New')), true],
    ['calls, and is of another kind with the same logical id in another stack', launcher('i-1', { kind: 'instance', ...from('OldShop', 'New'), ...CALLING }), true],
  ])('a new group waits if its stack has one that %s', (__, seen, isRequired) => {
    const stack = shop();
    group(stack, 'New', template(stack));
    group(stack, 'Other', template(stack, 'OtherTemplate'));
    door(stack, usageOfLaunchers(seen));
    expect(requires(synthesize(stack), 'Template')).toBe(isRequired);
  });

  test('a calling stack with the same logical id does not delay another stack of the app', () => {
    const app = scratchApp();
    const stacks = ['Blue', 'Green'].map(id => scratchStack(app, id, { env: ENV }));
    stacks.forEach(stack => instance(stack));
    stacks.forEach(stack => door(stack, usageOfLaunchers(launcher('i-1', { kind: 'instance', ...from('Blue', 'Web'), ...CALLING }))));
    expect(stacks.map(stack => requires(synthesize(stack), 'Web'))).toEqual([false, true]);
  });

  test('a renamed stack is reported as renamed', () => {
    const stack = shop();
    instance(stack);
    door(stack, usageOfLaunchers(launcher('i-1', { kind: 'instance', ...from('OldShop', 'Web'), ...CALLING })));
    expect(synthesize(stack).reports.map(({ text }) => text)).toEqual([
      expect.stringContaining("the instance 'i-1' of the stack 'OldShop' is in use, and may be this resource under a former name of its stack"),
    ]);
  });

  test('an Elastic Beanstalk environment waits for one that calls, if only its own stack is known', () => {
    const stack = shop();
    add(stack, 'Environment', 'AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a' });
    door(stack, usageOfLaunchers(
      launcher('shop-env', { kind: 'Elastic Beanstalk environment', ...from('awseb-e-abcdefghij-stack', 'AWSEBAutoScalingGroup'), ...CALLING }),
    ));
    expect(reportedIds(synthesize(stack).reports)).toEqual([UNKNOWN_USE]);
  });

  test('the warning names the callers, their number, the time and the advice', () => {
    const stack = shop();
    group(stack, 'Group', template(stack));
    door(stack, usageOfLaunchers(launcher('shop-web', { ...from('Shop', 'Group', 'Template'), ...CALLING })));
    expect(synthesize(stack).reports.map(({ at, text }) => [at, text.replace(/ \(https.*/, '')])).toEqual([['Shop/Template',
      "not changed, because the Auto Scaling group 'shop-web' (eu-west-1 in account 111122223333) still uses IMDSv1 on 3 running instances, "
      + 'last at 2026-11-29T23:00:00Z: i-0a1, i-0b2, i-0c3; update that software, and synthesize again when the record says ready; '
      + 'to require IMDSv2 now, apply new RequireImdsv2() to the resource']]);
  });

  const counts = (required: number, quiet: number, calling: number) => ({ required, quiet, calling, unknown: 0 });

  test.each<[string, Partial<LauncherUsage>, string]>([
    ['in use by a launcher that no longer exists', { ...CALLING, instances: counts(0, 2, 0) }, "not changed, because the Auto Scaling group 'web' (eu-west-1 in account 111122223333) still uses IMDSv1, last at"],
    ['broken in some instances', { ...BROKEN, launchesRequired: false, instances: counts(1, 6, 3) },
      "not changed, because the Auto Scaling group 'web' (eu-west-1 in account 111122223333) requires IMDSv2 on 1 of 10 running instances, and software there still calls IMDSv1 and is refused, last at"],
    ['broken', BROKEN, "the Auto Scaling group 'web' (eu-west-1 in account 111122223333) requires IMDSv2, and its software still calls IMDSv1 and is refused, last at"],
    ['in use, and launches with IMDSv2 required', { ...CALLING, launchesRequired: true },
      "requires IMDSv2, because the newest instances do already, but the Auto Scaling group 'web' (eu-west-1 in account 111122223333) still uses IMDSv1 on 3 running instances, last at"],
  ])('the words for a launcher that is %s', (__, changed, words) => {
    const stack = shop();
    group(stack, 'Group', template(stack));
    door(stack, usageOfLaunchers(launcher('web', { ...from('Shop', 'Group', 'Template'), ...changed })));
    expect(synthesize(stack).reports.map(({ text }) => text)).toEqual([expect.stringContaining(words)]);
  });

  test('a launch template waits for the worst of its launchers', () => {
    const stack = shop();
    const shared = template(stack, 'Shared');
    group(stack, 'Ready', shared);
    group(stack, 'Calling', shared);
    group(stack, 'Alone', template(stack, 'Own'));
    door(stack, usageOfLaunchers(
      launcher('ready', from('Shop', 'Ready')), launcher('calling', { ...from('Shop', 'Calling'), ...CALLING }), launcher('alone', from('Shop', 'Alone')),
    ));
    const result = synthesize(stack);
    expect([requires(result, 'Shared'), requires(result, 'Own')]).toEqual([false, true]);
    expect(result.reports.map(({ at, id }) => [at, id])).toEqual([['Shop/Shared', STILL_USES]]);
  });

  test.each([['3', true], ['$Latest', false], ['$Default', true], [{ Ref: 'Version' }, false]])('a group that names version %j of the template delays nothing: %s', (version, isRequired) => {
    const stack = shop();
    const shared = template(stack, 'Shared');
    group(stack, 'Calling', shared, version);
    group(stack, 'Ready', shared);
    door(stack, usageOfLaunchers(launcher('ready', from('Shop', 'Ready')), launcher('calling', { ...from('Shop', 'Calling', 'Shared'), ...CALLING })));
    expect(requires(synthesize(stack), 'Shared')).toBe(isRequired);
  });

  test('a launcher that the record links only to its launch template', () => {
    const stack = shop();
    const source = template(stack);
    add(stack, 'Nodes', 'AWS::EKS::Nodegroup', { ClusterName: 'c', NodeRole: 'r', Subnets: [], LaunchTemplate: { Id: source.ref, Version: '$Latest' } });
    door(stack, usageOfLaunchers(launcher('c/nodes', { kind: 'EKS node group', ...from('Shop', 'Template'), ...CALLING })));
    expect(reportedIds(synthesize(stack).reports)).toContain(STILL_USES);
  });

  test.each([[CALLING, false], [{}, true]])('a node group that the record does not link to a stack: %j', (changed, isRequired) => {
    const stack = shop();
    const source = template(stack);
    add(stack, 'Nodes', 'AWS::EKS::Nodegroup', {
      ClusterName: 'c', NodeRole: 'r', Subnets: [], LaunchTemplate: { Id: source.ref, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
    });
    door(stack, usageOfLaunchers(launcher('c/nodes', { kind: 'EKS node group', ...changed })));
    const result = synthesize(stack);
    expect(JSON.stringify(result.template.Resources.Template).includes('"HttpTokens":"required"')).toBe(isRequired);
    expect(reportedIds(result.reports)).toEqual(isRequired ? [] : [UNKNOWN_USE]);
  });

  test('a launcher of another stack delays the template, although this app does not have it', () => {
    const stack = shop();
    template(stack);
    door(stack, usageOfLaunchers(launcher('theirs', { resources: [{ stackName: 'Theirs', logicalId: 'Group' }, { stackName: 'Shop', logicalId: 'Template' }], ...CALLING })));
    expect(requires(synthesize(stack), 'Template')).toBe(false);
  });

  test.each([
    ['in a Region that was watched', region(), true, undefined],
    ['in one that was watched for too short a time', region([], { watchedSince: '2026-11-27T02:00:00Z' }), false, /eu-west-1 in account 111122223333 was monitored for 3 of 14 days/],
    ['in one that the last run could not read', region([], { error: 'AccessDenied: no' }), false, /the last run could not read eu-west-1 in account 111122223333: AccessDenied: no/],
    ['in one that was not read yet', region([], { watchedSince: undefined, watchedUntil: undefined }), false, /no data was read yet for eu-west-1/],
    ['with an unknown caller', region([], { unattributed: CALLING.callers!.slice(0, 1) }), false, /i-0a1 in eu-west-1 .* used IMDSv1, and its launcher is unknown/],
    ['in a Region that is not watched', region([], { region: 'us-east-1' }), false, /no usage record covers eu-west-1 in account 111122223333/],
  ])('a resource that is in no record, %s', (__, watched, isRequired, words) => {
    const stack = shop();
    instance(stack);
    door(stack, usageOf(record([watched])));
    const result = synthesize(stack);
    expect(requires(result, 'Web')).toBe(isRequired);
    expect(result.reports.map(({ text }) => text)).toEqual(words ? [expect.stringMatching(words)] : []);
  });

  test.each([
    ['a record has no stack of its name', launcher('other', from('Other', 'Web')), false],
    ['a record has its stack', launcher('other', from('Shop', 'Other')), true],
    ['a record has it, calling', launcher('i-1', { ...from('Shop', 'Web'), ...CALLING }), false],
  ])('a stack with an unknown account and %s', (__, known, isRequired) => {
    const stack = scratchStack(scratchApp(), 'Shop');
    instance(stack);
    door(stack, usageOfLaunchers(known));
    expect(requires(synthesize(stack), 'Web')).toBe(isRequired);
  });

  test('instances outside the accounts of the user are in no record', () => {
    const stack = shop();
    add(stack, 'Notebook', 'AWS::SageMaker::NotebookInstance', { InstanceType: 'ml.t3.medium' });
    door(stack, usageOfLaunchers());
    const { template: { Resources }, reports } = synthesize(stack);
    expect(Resources.Notebook.Properties).toEqual({ InstanceType: 'ml.t3.medium' });
    expect(reports.map(({ text }) => text)).toEqual([expect.stringContaining('usage records do not cover instances of AWS::SageMaker::NotebookInstance')]);
  });

  test('a resource that is not changed also gets no other settings, and is not weakened if it requires tokens', () => {
    const stack = shop();
    const host = add(stack, 'Host', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1' } });
    const nodes = group(stack, 'Nodes', host);
    add(stack, 'Provider', 'AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: nodes.ref } });
    add(stack, 'Own', 'AWS::EC2::Instance', { ImageId: 'ami-1', MetadataOptions: { HttpTokens: 'required' } });
    const calling = ['Nodes', 'Own'].map(id => launcher(id, { ...from('Shop', id), ...CALLING }));
    door(stack, usageOfLaunchers(...calling));
    const result = synthesize(stack);
    expect(result.template.Resources.Host.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami-1' } });
    expect(requires(result, 'Own')).toBe(true);
    expect(result.reports.map(({ at, id }) => [at, id])).toEqual([['Shop/Host', STILL_USES]]);
  });

  test('an acknowledgement hides the warning, and the resource is still not changed', () => {
    const stack = shop();
    Validations.of(instance(stack)).acknowledge({ id: STILL_USES, reason: 'known' });
    door(stack, usageOfLaunchers(launcher('i-1', { kind: 'instance', ...from('Shop', 'Web'), ...CALLING })));
    const result = synthesize(stack);
    expect([requires(result, 'Web'), result.reports]).toEqual([false, []]);
  });

  test('an exemption takes precedence over a record', () => {
    const stack = shop();
    ImdsExemption.of(instance(stack)).add({ rule: 'Imdsv2::TokensRequired', reason: 'an appliance' });
    door(stack, usageOfLaunchers(launcher('i-1', { kind: 'instance', ...from('Shop', 'Web') })));
    const result = synthesize(stack);
    expect([requires(result, 'Web'), result.reports]).toEqual([false, []]);
  });
});

describe('a check', () => {
  const left = () => {
    const app = scratchApp();
    const stack = scratchStack(app, 'Shop', { env: ENV });
    group(stack, 'Group', template(stack));
    const usage = usageOfLaunchers(launcher('web', { ...from('Shop', 'Group'), ...CALLING }));
    return { app, stack, usage };
  };

  test('of enforcement alone does not fail because of unchanged resources', () => {
    const { app, usage } = left();
    Imdsv2.enforce(app, { onlyWhereReady: usage });
    expect(synthesized(app)).toMatchObject({ failure: undefined, violations: [] });
  });

  test('of the user fails because of them', () => {
    const { app, usage } = left();
    Imdsv2.enforce(app, { onlyWhereReady: usage });
    const { failure, violations } = checked(app);
    expect(failure).toBeDefined();
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['Imdsv2::TokensRequired']);
  });
});

describe('nested stacks and stages', () => {
  test.each([
    ['Shop-InnerNestedStackInnerNestedStackResource745E041B-1ABCDEFGHIJKL', false],
    ['Shop-OtherNestedStackOtherNestedStackResource745E041B-1ABCDEFGHIJKL', true],
    ['Shopping-InnerNestedStackInnerNestedStackResource745E041B-1ABCDEFGHIJKL', true],
  ])('a nested stack that is deployed as %s', (stackName, isRequired) => {
    const app = scratchApp();
    const stack = scratchStack(app, 'Shop', { env: ENV });
    const inner = new NestedStack(stack, 'Inner');
    const web = instance(inner);
    Imdsv2.enforce(app, { onlyWhereReady: usageOfLaunchers(launcher('i-1', { ...from(stackName, 'Web'), ...CALLING })) });
    app.synth();
    type Rendered = { readonly Resources: { readonly [id: string]: { readonly Properties: { readonly MetadataOptions?: unknown } } } };
    const { Resources } = web._toCloudFormation() as Rendered;
    expect(stack.getLogicalId(inner.nestedStackResource as CfnResource)).toBe('InnerNestedStackInnerNestedStackResource745E041B');
    const [{ Properties }] = Object.values(inner.resolve(Resources) as Rendered['Resources']);
    expect(Properties.MetadataOptions).toEqual(isRequired ? TOKENS : undefined);
  });

  test('the stack of a stage is identified by its name and its account', () => {
    const app = scratchApp();
    const stacks = ['111122223333', '444455556666'].map((account, index) =>
      scratchStack(new Stage(app, `Stage${index}`), 'Shop', { stackName: 'shop', env: { account, region: 'eu-west-1' } }));
    stacks.forEach(stack => instance(stack));
    Imdsv2.enforce(app, {
      onlyWhereReady: usageOf(
        record([region([launcher('i-1', { ...from('shop', 'Web'), ...CALLING })])]),
        record([region([launcher('i-2', from('shop', 'Web'))])], { account: '444455556666' }),
      ),
    });
    const assembly = app.synth();
    const templates = ['Stage0', 'Stage1'].map(stage => JSON.stringify(assembly.getNestedAssembly(`assembly-${stage}`).stacks[0].template).includes('"HttpTokens":"required"'));
    expect(templates).toEqual([false, true]);
  });
});
