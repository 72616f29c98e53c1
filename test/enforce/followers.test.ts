import type { Stack } from 'aws-cdk-lib';
import { CfnResource, Fn, Lazy, NestedStack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate, CfnSpotFleet, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../../src';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE } from '../harness/doors';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Report } from '../harness/synthesized';
import { read, synthesize } from '../harness/synthesized';

const FOLLOWER = 'Imdsv2::ReplacesFollower';
const LATEST = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] };

/** A template as a launcher names it. */
const templateIn = (stack: Stack, httpTokens?: string) =>
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1', metadataOptions: httpTokens ? { httpTokens } : undefined } });

const launcher = (stack: Stack, type: string, properties: { [name: string]: unknown }) => new CfnResource(stack, 'Launcher', { type, properties });
const instance = (stack: Stack, template: unknown) => launcher(stack, 'AWS::EC2::Instance', { LaunchTemplate: template });
const specification = (Version: unknown) => ({ LaunchTemplateId: { Ref: 'Template' }, Version });

/** Launchers that are replaced when the template gets a new version. */
const FOLLOWERS: readonly (readonly [string, (stack: Stack) => CfnResource])[] = [
  ['an instance', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnInstance(stack, 'Launcher', { launchTemplate: { launchTemplateId: ref, version: attrLatestVersionNumber } });
  }],
  ['an instance that names the template', stack => {
    const { attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnInstance(stack, 'Launcher', { launchTemplate: { launchTemplateName: 'web', version: attrLatestVersionNumber } });
  }],
  ['an instance by Fn.getAtt()', stack =>
    new CfnInstance(stack, 'Launcher', { launchTemplate: { version: Fn.getAtt('Template', 'LatestVersionNumber').toString() } })],
  ['an instance by a Lazy', stack => new CfnInstance(stack, 'Launcher', {
    launchTemplate: { version: Lazy.string({ produce: () => Fn.getAtt('Template', 'LatestVersionNumber').toString() }) },
  })],
  ['an instance by Fn.conditionIf()', stack => new CfnInstance(stack, 'Launcher', {
    launchTemplate: Fn.conditionIf('IsProduction', specification(LATEST), { Ref: 'AWS::NoValue' }),
  })],
  ['a generic instance', stack => instance(stack, specification(LATEST))],
  ['a generic instance with the attribute behind a dot', stack => instance(stack, specification({ 'Fn::GetAtt': 'Template.LatestVersionNumber' }))],
  ['a generic instance by Fn::Sub', stack => instance(stack, specification({ 'Fn::Sub': '${Template.LatestVersionNumber}' }))],
  ['a generic instance under Fn::If', stack => instance(stack, when('IsProduction', specification(LATEST), specification('1')))],
  ['a generic instance with the version under Fn::If', stack => instance(stack, specification(when('IsProduction', '1', LATEST)))],
  ['an instance by override', stack => {
    const resource = instance(stack, specification('1'));
    resource.addPropertyOverride('LaunchTemplate.Version', LATEST);
    return resource;
  }],
  ['a typed instance by override', stack => {
    const resource = new CfnInstance(stack, 'Launcher');
    resource.addPropertyOverride('LaunchTemplate', specification(LATEST));
    return resource;
  }],
  ['an EC2 fleet', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnEC2Fleet(stack, 'Launcher', {
      targetCapacitySpecification: { totalTargetCapacity: 1 },
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: ref, version: attrLatestVersionNumber } }],
    });
  }],
  ['a generic EC2 fleet', stack => launcher(stack, 'AWS::EC2::EC2Fleet', {
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification('1') }, { LaunchTemplateSpecification: specification(LATEST) }],
  })],
  ['a spot fleet', stack => {
    const { ref, attrLatestVersionNumber } = stack.node.findChild('Template') as CfnLaunchTemplate;
    return new CfnSpotFleet(stack, 'Launcher', {
      spotFleetRequestConfigData: {
        iamFleetRole: 'role', targetCapacity: 1, launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: ref, version: attrLatestVersionNumber } }],
      },
    });
  }],
];

/** Launchers that stay. */
const OTHERS: readonly (readonly [string, (stack: Stack) => unknown])[] = [
  ['an instance with $Latest', stack => instance(stack, specification('$Latest'))],
  ['an instance with $Default', stack => instance(stack, specification('$Default'))],
  ['an instance with a number', stack => instance(stack, specification('3'))],
  ['an instance with the default version', stack => instance(stack, specification({ 'Fn::GetAtt': ['Template', 'DefaultVersionNumber'] }))],
  ['an instance without a version', stack => instance(stack, { LaunchTemplateId: { Ref: 'Template' } })],
  ['an instance that follows another template', stack => instance(stack, specification({ 'Fn::GetAtt': ['Elsewhere', 'LatestVersionNumber'] }))],
  ['an instance without a template', stack => new CfnInstance(stack, 'Launcher')],
  ['an Auto Scaling group', stack => launcher(stack, 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: specification(LATEST) })],
  ['an EKS node group', stack => launcher(stack, 'AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: 'Template' }, Version: LATEST } })],
  ['a Batch environment', stack => launcher(stack, 'AWS::Batch::ComputeEnvironment', { ComputeResources: { LaunchTemplate: specification(LATEST) } })],
];

/** Where something of ours is reported, and what: CDK has its own to say of references between stacks. */
const ours = (reports: readonly Report[]) => reports.map(({ at, id }) => [at, id]).filter(([, id]) => id?.startsWith('Imdsv2::'));
const reported = (stack: Stack) => ours(synthesize(stack).reports);

describe.each(ONCE)('by %s', (_, door) => {
  test.each(FOLLOWERS)('%s is announced, after its template', (__, build) => {
    const stack = scratchStack();
    templateIn(stack);
    build(stack);
    door(stack);
    expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
  });

  test.each(FOLLOWERS)('%s is not announced when the template requires tokens already', (__, build) => {
    const stack = scratchStack();
    templateIn(stack, 'required');
    build(stack);
    door(stack);
    expect(reported(stack)).toEqual([]);
  });

  test.each(OTHERS)('%s is not announced', (__, build) => {
    const stack = scratchStack();
    templateIn(stack);
    build(stack);
    door(stack);
    expect(reported(stack)).toEqual([]);
  });

  test('a launcher is announced before its template', () => {
    const stack = scratchStack();
    instance(stack, specification(LATEST));
    templateIn(stack, 'optional');
    door(stack);
    expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
  });

  test.each([['before', ['Launchers', 'Templates']], ['after', ['Templates', 'Launchers']]])('a launcher in a stack %s that of the template is announced', (__, ids) => {
    const app = scratchApp();
    const stacks = Object.fromEntries(ids.map(id => [id, scratchStack(app, id)]));
    const template = new LaunchTemplate(stacks.Templates, 'Template');
    const launchTemplate = { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber };
    new CfnInstance(stacks.Launchers, 'Launcher', { launchTemplate });
    door(app);
    expect(ours(read(app.synth(), stacks.Launchers).reports)).toEqual([['Launchers/Launcher', FOLLOWER]]);
  });

  test('a launcher in a nested stack is announced', () => {
    const stack = scratchStack();
    const { ref, attrLatestVersionNumber } = templateIn(stack);
    new CfnInstance(new NestedStack(stack, 'Nested'), 'Launcher', { launchTemplate: { launchTemplateId: ref, version: attrLatestVersionNumber } });
    door(stack);
    expect(reported(stack)).toEqual([['Stack/Nested/Launcher', FOLLOWER]]);
  });

  test('a resource with the same logical id in another stack is not mistaken for the template', () => {
    const app = scratchApp();
    const [one, other] = ['One', 'Other'].map(id => scratchStack(app, id));
    templateIn(one);
    templateIn(other, 'required');
    instance(other, specification(LATEST));
    door(app);
    expect(read(app.synth(), other).reports).toEqual([]);
  });
});

test('the announcement names the template, what happens and what to do', () => {
  const stack = scratchStack();
  templateIn(stack);
  instance(stack, specification(LATEST));
  DOORS.enforce(stack);
  expect(synthesize(stack).reports).toEqual([{
    at: 'Stack/Launcher', level: 'warning', id: FOLLOWER, text: expect.stringMatching(/'Stack\/Template'.*LatestVersionNumber.*replaces.*pin the version/),
  }]);
});

test('a launcher is announced when a prop alone changes its template', () => {
  const stack = scratchStack();
  templateIn(stack, 'required');
  instance(stack, specification(LATEST));
  DOORS.enforce(stack, { httpPutResponseHopLimit: 2 });
  expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
});

test('a launcher is announced when an override of the template is what changes', () => {
  const stack = scratchStack();
  templateIn(stack, 'required').addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
  instance(stack, specification(LATEST));
  stack.with(new RequireImdsv2());
  expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
});

test('a launcher that the mixin was applied to before its template is announced', () => {
  const stack = scratchStack();
  const template = templateIn(stack);
  const mixin = new RequireImdsv2();
  instance(stack, specification(LATEST)).with(mixin);
  template.with(new RequireImdsv2());
  expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
});

test('neither the instance with requireImdsv2 nor a group of aws-cdk-lib is announced', () => {
  const stack = scratchStack();
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
  const instanceType = new InstanceType('m5.large');
  const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
  new Instance(stack, 'Host', { vpc, instanceType, machineImage, requireImdsv2: true });
  new AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: new LaunchTemplate(stack, 'Template', { instanceType, machineImage }) });
  DOORS.enforce(stack);
  expect(reported(stack).filter(([, id]) => id === FOLLOWER)).toEqual([]);
});
