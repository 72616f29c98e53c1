import type { Stack } from 'aws-cdk-lib';
import { App, AspectPriority, Aspects, CfnResource, NestedStack, Stage, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnEnvironmentEC2 } from 'aws-cdk-lib/aws-cloud9';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { Imdsv2, ImdsExemption, RequireImdsv2 } from '../../src';
import type { RequireImdsv2Props } from '../../src';
import { DOORS, ONCE } from '../harness/doors';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read, synthesize } from '../harness/synthesized';

const RULE = 'Imdsv2::TokensRequired';
const REASON = 'the licence daemon supports only IMDSv1';
const WEAK = { httpTokens: 'optional' };

/** The ways to exempt a construct. */
const WAYS: readonly (readonly [name: string, exempt: (scope: IConstruct, rule?: string) => unknown])[] = [
  ['Validations.of().acknowledge()', (scope, id = RULE) => Validations.of(scope).acknowledge({ id, reason: REASON })],
  ['the id that CDK prints for the pack', (scope, id = RULE) => Validations.of(scope).acknowledge({ id: `Imdsv2::${id.replace('::', '-')}`, reason: REASON })],
  ['the name in the pack', (scope, id = RULE) => Validations.of(scope).acknowledge({ id: id.replace('::', '-'), reason: REASON })],
  ['ImdsExemption.of().add()', (scope, rule = RULE) => ImdsExemption.of(scope).add({ rule, reason: REASON })],
  ['ImdsExemption with an end ahead', (scope, rule = RULE) => ImdsExemption.of(scope).add({ rule, reason: REASON, expires: '2999-01-01' })],
];

const host = (scope: Stack | NestedStack, id = 'Host') => new CfnInstance(scope, id, { metadataOptions: WEAK });
const tokensOf = (stack: Stack, id: string) => {
  const options = synthesize(stack).template.Resources[id].Properties?.MetadataOptions as { HttpTokens?: string } | undefined;
  return options?.HttpTokens;
};

const renderedOf = (resource: CfnResource) =>
  JSON.stringify(resource.stack.resolve((resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation()));

describe.each(WAYS)('%s', (_, exempt) => {
  test.each(ONCE)('makes enforcement skip this resource and no other, by %s', (__, door) => {
    const stack = scratchStack();
    exempt(host(stack, 'Exempt'));
    host(stack, 'Enforced');
    door(stack, { httpPutResponseHopLimit: 1, httpEndpoint: true });
    const { template, reports } = synthesize(stack);
    expect(template.Resources.Exempt.Properties).toEqual({ MetadataOptions: { HttpTokens: 'optional' } });
    expect(template.Resources.Enforced.Properties).toEqual({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
    });
    expect(reports).toEqual([]);
  });

  test.each<[string, (app: App, stage: Stage, stack: Stack, nested: NestedStack) => IConstruct]>([
    ['the nested stack', (_app, _stage, _stack, nested) => nested],
    ['the stack', (_app, _stage, stack) => stack],
    ['the stage', (_app, stage) => stage],
    ['the app', app => app],
  ])('includes everything below %s', (__, pick) => {
    const app = scratchApp();
    const stage = new Stage(app, 'Stage');
    const stack = scratchStack(stage);
    const nested = new NestedStack(stack, 'Nested');
    const instance = host(nested);
    exempt(pick(app, stage, stack, nested));
    Imdsv2.enforce(app);
    app.synth();
    expect(instance.metadataOptions).toEqual(WEAK);
  });

  test('hides the announcement of a replacement, because nothing is replaced', () => {
    const stack = scratchStack();
    exempt(new CfnLaunchConfiguration(stack, 'Configuration', { imageId: 'ami-1', instanceType: 'm4.large' }));
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toEqual([]);
  });

  test.each(ONCE)('of a template includes the instances that get their tokens from it, by %s', (__, door) => {
    const stack = scratchStack();
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: WEAK } });
    exempt(template);
    const other = new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} });
    const from = ({ ref, attrLatestVersionNumber: version }: CfnLaunchTemplate) => ({ launchTemplateId: ref, version });
    new CfnInstance(stack, 'Host', { launchTemplate: from(template) });
    new CfnInstance(stack, 'WithHops', { launchTemplate: from(template), metadataOptions: { httpPutResponseHopLimit: 2 } });
    new CfnInstance(stack, 'WithWeak', { launchTemplate: from(template), metadataOptions: WEAK });
    new CfnInstance(stack, 'OfOther', { launchTemplate: from(other) });
    const generic = new CfnResource(stack, 'Generic', {
      type: 'AWS::EC2::Instance', properties: { LaunchTemplate: { LaunchTemplateId: template.ref, Version: template.attrLatestVersionNumber } },
    });
    generic.addPropertyOverride('MetadataOptions.HttpEndpoint', 'disabled');
    door(stack, { httpEndpoint: true });
    expect(tokensOf(stack, 'Host')).toBeUndefined();
    expect(synthesize(stack).template.Resources.Host.Properties).not.toHaveProperty('MetadataOptions');
    expect(synthesize(stack).template.Resources.WithHops.Properties?.MetadataOptions).toEqual({ HttpPutResponseHopLimit: 2 });
    expect(synthesize(stack).template.Resources.Generic.Properties?.MetadataOptions).toEqual({ HttpEndpoint: 'disabled' });
    expect(tokensOf(stack, 'WithWeak')).toBe('required');
    expect(tokensOf(stack, 'OfOther')).toBe('required');
    expect(template.launchTemplateData).toEqual({ metadataOptions: WEAK });
  });

  test.each([199, AspectPriority.MUTATING, AspectPriority.DEFAULT, 998])('from an aspect with the priority %d is respected', priority => {
    const stack = scratchStack();
    const build: { readonly [id: string]: () => CfnResource } = {
      Bare: () => new CfnInstance(stack, 'Bare'),
      Weak: () => host(stack, 'Weak'),
      Configuration: () => new CfnLaunchConfiguration(stack, 'Configuration', { imageId: 'ami-1', instanceType: 'm4.large' }),
      Template: () => new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1' } }),
      Generic: () => new CfnResource(stack, 'Generic', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpTokens: 'optional' } } }),
      Overridden: () => {
        const resource = new CfnInstance(stack, 'Overridden');
        resource.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
        return resource;
      },
    };
    const resources = Object.values(build).map(create => create());
    const written = resources.map(resource => renderedOf(resource));
    Aspects.of(stack).add({ visit: node => { if (CfnResource.isCfnResource(node)) { exempt(node); } } }, { priority });
    Imdsv2.enforce(stack);
    const { reports } = synthesize(stack);
    expect(resources.map(resource => renderedOf(resource))).toEqual(written);
    expect(reports).toEqual([]);
  });

  test('of a launcher includes the warning about a version that it does not follow', () => {
    const stack = scratchStack();
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    const launchTemplate = { launchTemplateId: template.ref, version: '1' };
    exempt(new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate }));
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toEqual([]);
  });

  test('of another warning hides that warning, and the resource is still enforced', () => {
    const stack = scratchStack();
    const editor = new CfnEnvironmentEC2(stack, 'Editor', { imageId: 'ubuntu', instanceType: 'm5.large' });
    const configuration = new CfnLaunchConfiguration(stack, 'Configuration', { imageId: 'ami-1', instanceType: 'm5.large' });
    exempt(editor, 'Imdsv2::CannotBeSet');
    exempt(configuration, 'Imdsv2::ReplacesResource');
    Imdsv2.enforce(stack);
    expect(tokensOf(stack, 'Configuration')).toBe('required');
    expect(synthesize(stack).reports).toEqual([]);
  });

  test('does not make a synthesis fail because of a stage that was created too late', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stage = new Stage(app, 'Late');
    exempt(host(scratchStack(stage)));
    expect(() => app.synth()).not.toThrow();
  });

  test('from another rule exempts nothing', () => {
    const stack = scratchStack();
    exempt(host(stack), 'Imdsv2::CannotBeSet');
    Imdsv2.enforce(stack);
    expect(tokensOf(stack, 'Host')).toBe('required');
  });
});

describe('an exemption with an end date', () => {
  const DOORS_WITH_PROPS: readonly (readonly [string, (stack: Stack, props: RequireImdsv2Props) => unknown])[] = [
    ['Imdsv2.enforce()', (stack, props) => Imdsv2.enforce(stack, props)],
    ['Aspects', DOORS.aspect],
    ['.with()', DOORS.with],
    ['Mixins.of(instance)', (stack, props) => stack.node.findChild('Host').with(new RequireImdsv2(props))],
  ];
  const enforcedOn = (today: string, door: (stack: Stack, props: RequireImdsv2Props) => unknown) => {
    const stack = scratchStack();
    host(stack);
    ImdsExemption.of(stack).add({ rule: RULE, reason: REASON, owner: 'payments', ticket: 'SEC-1', expires: '2027-03-31' });
    door(stack, { today });
    const { template, reports } = synthesize(stack);
    return { options: template.Resources.Host.Properties?.MetadataOptions, reports };
  };

  test.each(DOORS_WITH_PROPS)('is valid until the day before, by %s', (_, door) => {
    expect(enforcedOn('2027-02-28', door)).toEqual({ options: { HttpTokens: 'optional' }, reports: [] });
    expect(enforcedOn('2027-03-30', door).options).toEqual({ HttpTokens: 'optional' });
  });

  test.each(DOORS_WITH_PROPS.slice(0, 2))('is announced 30 days before its end, on its scope, by %s', (_, door) => {
    expect(enforcedOn('2027-03-01', door).reports).toEqual([{
      at: 'Stack',
      level: 'warning',
      id: 'Imdsv2::ExemptionExpiring',
      text: expect.stringMatching(/Imdsv2::TokensRequired.*licence daemon.*payments.*SEC-1.*expires on 2027-03-31, in 30 days/),
    }]);
  });

  test.each(DOORS_WITH_PROPS)('is invalid from that day on, and is reported, by %s', (_, door) => {
    for (const today of ['2027-03-31', '2030-01-01']) {
      const { options, reports } = enforcedOn(today, door);
      expect(options).toEqual({ HttpTokens: 'required' });
      expect(reports).toMatchObject([{ at: 'Stack', id: 'Imdsv2::ExemptionExpired' }]);
    }
  });

  test('is reported if it is on a scope above the enforced scope', () => {
    const app = scratchApp();
    const stack = scratchStack(app);
    host(stack);
    ImdsExemption.of(app).add({ rule: RULE, reason: REASON, expires: '2020-01-01' });
    Imdsv2.enforce(stack);
    expect(tokensOf(stack, 'Host')).toBe('required');
    expect(synthesize(stack).reports).toMatchObject([{ at: 'Stack', id: 'Imdsv2::ExemptionExpired', text: expect.stringContaining(', on the app;') }]);
  });

  test('on the app is announced in every stack, because CDK does not report messages above stacks', () => {
    const app = scratchApp();
    const stacks = ['One', 'Other'].map(id => scratchStack(app, id));
    ImdsExemption.of(app).add({ rule: RULE, reason: REASON, expires: '2020-01-01' });
    Imdsv2.enforce(app);
    const assembly = app.synth();
    expect(stacks.map(stack => read(assembly, stack).reports.map(({ at, id }) => [at, id]))).toEqual([
      [['One', 'Imdsv2::ExemptionExpired']], [['Other', 'Imdsv2::ExemptionExpired']],
    ]);
  });

  test('is reported if no resource is left below it', () => {
    const stack = scratchStack();
    ImdsExemption.of(stack).add({ rule: RULE, reason: REASON, expires: '2020-01-01' });
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toMatchObject([{ id: 'Imdsv2::ExemptionExpired' }]);
  });

  test('uses the day of the synthesis in UTC', () => {
    const today = new Date().toISOString().slice(0, 10);
    const stack = scratchStack();
    ImdsExemption.of(host(stack)).add({ rule: RULE, reason: REASON, expires: today });
    Imdsv2.enforce(stack);
    expect(tokensOf(stack, 'Host')).toBe('required');
  });

  test.each(['2027-2-1', 'tomorrow', '2027-02-30', ''])('a value that is no day (%p) is rejected at once', today => {
    expect(() => Imdsv2.enforce(scratchStack(), { today })).toThrow(`today must be a day of the calendar as YYYY-MM-DD, got '${today}'`);
    expect(() => new RequireImdsv2({ today })).toThrow('today must be');
  });
});

test('the value of the early pass is removed if an aspect changes the type of a resource', () => {
  const stack = scratchStack();
  const topic = new CfnInstance(stack, 'Topic');
  Aspects.of(stack).add({ visit: node => { if (node === topic) { topic.addOverride('Type', 'AWS::SNS::Topic'); } } });
  Imdsv2.enforce(stack);
  expect(synthesize(stack).template.Resources.Topic).toEqual({ Type: 'AWS::SNS::Topic' });
});

test('an exempt resource that an aspect weakens does not fail the synthesis', () => {
  const synth = (exempt: (instance: CfnInstance) => unknown) => {
    const app = scratchApp();
    const instance = new CfnInstance(scratchStack(app), 'Host', { metadataOptions: { httpTokens: 'required' } });
    exempt(instance);
    Imdsv2.enforce(app);
    Aspects.of(app).add({ visit: node => { if (node === instance) { instance.metadataOptions = WEAK; } } }, { priority: AspectPriority.READONLY });
    app.synth();
  };
  expect(() => synth(instance => Validations.of(instance).acknowledge({ id: RULE, reason: REASON }))).not.toThrow();
  expect(() => synth(() => undefined)).toThrow('Imdsv2::ChangedAfterEnforcement');
});
