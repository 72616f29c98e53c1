import type { Stack } from 'aws-cdk-lib';
import { NestedStack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../../src';
import { DOORS, ONCE } from '../harness/doors';
import { FOLLOWERS, LATEST, OTHERS, instance, specification, templateIn } from '../harness/launchers';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Report } from '../harness/synthesized';
import { read, synthesize } from '../harness/synthesized';

const FOLLOWER = 'Imdsv2::ReplacesFollower';

/** Only announcements of followers. versions.test.ts tests the other reports about launchers. */
const ours = (reports: readonly Report[]) => reports.map(({ at, id }) => [at, id]).filter(([, id]) => id === FOLLOWER);
const reported = (stack: Stack) => ours(synthesize(stack).reports);

describe.each(ONCE)('by %s', (_, door) => {
  test.each(FOLLOWERS)('%s is announced, after its template', (__, build) => {
    const stack = scratchStack();
    templateIn(stack);
    build(stack);
    door(stack);
    expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
  });

  test.each(FOLLOWERS)('%s is not announced if the template already requires tokens', (__, build) => {
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

  test.each([['before', ['Launchers', 'Templates']], ['after', ['Templates', 'Launchers']]])('a launcher in a stack %s the stack of the template is announced', (__, ids) => {
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

  test('a resource with the same logical id in another stack is not the template', () => {
    const app = scratchApp();
    const [one, other] = ['One', 'Other'].map(id => scratchStack(app, id));
    templateIn(one);
    templateIn(other, 'required');
    instance(other, specification(LATEST));
    door(app);
    expect(read(app.synth(), other).reports).toEqual([]);
  });
});

test('the announcement has the template, the effect and the advice', () => {
  const stack = scratchStack();
  templateIn(stack);
  instance(stack, specification(LATEST));
  DOORS.enforce(stack);
  expect(synthesize(stack).reports).toEqual([{
    at: 'Stack/Launcher', level: 'warning', id: FOLLOWER, text: expect.stringMatching(/replaces this resource.*LatestVersionNumber.*'Stack\/Template'.*set the version/),
  }]);
});

test('a launcher is announced if only a prop changes its template', () => {
  const stack = scratchStack();
  templateIn(stack, 'required');
  instance(stack, specification(LATEST));
  DOORS.enforce(stack, { httpPutResponseHopLimit: 2 });
  const { reports } = synthesize(stack);
  expect(ours(reports)).toEqual([['Stack/Launcher', FOLLOWER]]);
  expect(reports[0].text).not.toContain('now requires tokens');
});

test('a launcher is announced if an override of the template changes it', () => {
  const stack = scratchStack();
  templateIn(stack, 'required').addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
  instance(stack, specification(LATEST));
  stack.with(new RequireImdsv2());
  expect(reported(stack)).toEqual([['Stack/Launcher', FOLLOWER]]);
});

test('a launcher is announced if the mixin was applied to it before its template', () => {
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
