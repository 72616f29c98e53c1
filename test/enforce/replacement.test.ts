import { CfnResource, Fn } from 'aws-cdk-lib';
import { CfnWorkspaceInstance } from 'aws-cdk-lib/aws-workspacesinstances';
import { RequireImdsv2 } from '../../src';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import type { Door } from '../harness/doors';
import { DOORS, ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import type { Report } from '../harness/synthesized';
import { reportedIds, synthesize } from '../harness/synthesized';

const REPLACED = 'Imdsv2::ReplacesResource';
const DESK = 'AWS::WorkspacesInstances::WorkspaceInstance';
const WEAK_DESK = { ManagedInstance: { MetadataOptions: { HttpTokens: 'optional' } } };

/** The reports about a stack with one resource. */
function reportsOf(type: string, properties: Json, door: Door = DOORS.enforce): readonly Report[] {
  const stack = scratchStack();
  new CfnResource(stack, 'Subject', { type, properties });
  door(stack);
  return synthesize(stack).reports;
}

describe('a resource that CloudFormation replaces when its options change', () => {
  const replaced = CARRIERS.filter(({ isAnnounced }) => isAnnounced);

  test.each(replaced)('$type is announced', ({ type, words, around }) => {
    const reports = reportsOf(type, around(words.say(words.weak)));
    expect(reports).toEqual([{ at: 'Stack/Subject', level: 'warning', id: REPLACED, text: expect.stringContaining('now requires tokens') }]);
  });

  test.each([
    ['AWS::EC2::EC2Fleet', /^LaunchTemplateConfigs\[0\]\.Overrides\[0\]\.MetadataOptions .*instances are terminated.*acknowledge/],
    ['AWS::WorkspacesInstances::WorkspaceInstance', /^ManagedInstance\.MetadataOptions .*'optional'.*is lost.*acknowledge/],
  ])('%s is announced with its place, the old value, the effect and the advice', (type, text) => {
    const { words, around } = CARRIERS.find(carrier => carrier.type === type)!;
    expect(reportsOf(type, around(words.say(words.weak)))[0].text).toMatch(text);
  });

  test.each(replaced)('$type is not announced if it already requires tokens', ({ type, words, around }) => {
    expect(reportsOf(type, around(words.say(words.required)))).toEqual([]);
  });

  test.each(replaced.filter(({ inherits }) => !inherits))('$type is announced if only a prop changes it', ({ type, words, around }) => {
    const reports = reportsOf(type, around(words.only(words.required)), scope => DOORS.enforce(scope, { httpPutResponseHopLimit: 2 }));
    expect(reportedIds(reports)).toEqual([REPLACED]);
    expect(reports[0].text).not.toContain('now requires tokens');
  });

  test.each(CARRIERS.filter(({ isReplaced }) => !isReplaced))('$type is changed in place', ({ type, words, around }) => {
    expect(reportsOf(type, around(words.say(words.weak)))).toEqual([]);
  });

  test.each(ONCE)('is announced once by %s', (_, door) => {
    expect(reportsOf(DESK, WEAK_DESK, door)).toHaveLength(1);
  });

  test('is announced once, even if it is enforced several times', () => {
    const reports = reportsOf(DESK, WEAK_DESK, scope => {
      DOORS.with(scope);
      DOORS.enforce(scope);
      DOORS.enforce(scope);
      DOORS.aspect(scope);
    });
    expect(reports).toHaveLength(1);
  });

  test('is announced once, even with several conditions', () => {
    const options = when('IsProduction', { HttpTokens: 'optional' }, { HttpEndpoint: 'enabled' });
    expect(reportsOf(DESK, { ManagedInstance: { MetadataOptions: options } })).toHaveLength(1);
  });

  test('is announced if an override changes it', () => {
    const stack = scratchStack();
    const desk = new CfnWorkspaceInstance(stack, 'Subject', { managedInstance: { imageId: 'ami-1', instanceType: 'm5.large', metadataOptions: { httpTokens: 'optional' } } });
    desk.addPropertyOverride('ManagedInstance.MetadataOptions.HttpEndpoint', 'enabled');
    desk.with(new RequireImdsv2());
    expect(reportedIds(synthesize(stack).reports)).toEqual([REPLACED]);
  });

  test('is announced under Fn.conditionIf', () => {
    const stack = scratchStack();
    const metadataOptions = Fn.conditionIf('IsProduction', { HttpTokens: 'optional' }, { Ref: 'AWS::NoValue' });
    new CfnWorkspaceInstance(stack, 'Subject', { managedInstance: { imageId: 'ami-1', instanceType: 'm5.large', metadataOptions } });
    DOORS.enforce(stack);
    expect(reportedIds(synthesize(stack).reports)).toEqual([REPLACED]);
  });
});
