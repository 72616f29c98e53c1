import type { Stack } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import type { Report } from '../harness/synthesized';
import { reportedIds, synthesize } from '../harness/synthesized';

const REPLACED = 'Imdsv2::ReplacesResource';
/** Two lines of a wide terminal, with the link. */
const TWO_LINES = 330;

function launchConfiguration(stack: Stack, properties: Json = {}): CfnResource {
  return new CfnResource(stack, 'Configuration', {
    type: 'AWS::AutoScaling::LaunchConfiguration', properties: { ImageId: 'ami-1', InstanceType: 'm5.large', ...properties },
  });
}

function group(stack: Stack, configuration: CfnResource, updatePolicy?: unknown, id = 'Group'): void {
  const launching = new CfnResource(stack, id, {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchConfigurationName: configuration.ref, MinSize: '1', MaxSize: '2' },
  });
  if (updatePolicy !== undefined) { launching.addOverride('UpdatePolicy', updatePolicy); }
}

function reportsOf(build: (stack: Stack) => void): readonly Report[] {
  const stack = scratchStack();
  build(stack);
  Imdsv2.enforce(stack);
  return synthesize(stack).reports;
}

describe('a launch configuration that is replaced', () => {
  test.each<[string, unknown, RegExp]>([
    ['no update policy', undefined, /running instances of 'Stack\/Group' keep IMDSv1 until they are replaced; start an instance refresh/],
    ['a policy for scheduled actions alone', { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } }, /keep IMDSv1 until they are replaced; start an instance refresh/],
    ['a replacing policy that is switched off', { AutoScalingReplacingUpdate: { WillReplace: false } }, /keep IMDSv1 until they are replaced; start an instance refresh/],
    ['a rolling update', { AutoScalingRollingUpdate: { MinInstancesInService: 1 } }, /'Stack\/Group' replaces its running instances/],
    ['a replacing update', { AutoScalingReplacingUpdate: { WillReplace: 'true' } }, /'Stack\/Group' replaces its running instances/],
    ['a policy that is only known at deployment', { AutoScalingReplacingUpdate: { WillReplace: { Ref: 'Any' } } }, /'Stack\/Group' may replace its running instances/],
  ])('has the effect on running instances in its announcement: %s', (_, policy, words) => {
    const [report, ...more] = reportsOf(stack => group(stack, launchConfiguration(stack), policy));
    expect(more).toEqual([]);
    expect(report.id).toBe(REPLACED);
    expect(report.text).toMatch(words);
    expect(report.text.length).toBeLessThan(TWO_LINES);
  });

  test('is announced with the effect on each of its groups', () => {
    const [{ text }] = reportsOf(stack => {
      const configuration = launchConfiguration(stack);
      group(stack, configuration, { AutoScalingRollingUpdate: { MinInstancesInService: 1 } }, 'Rolling');
      group(stack, configuration, undefined, 'Still');
    });
    expect(text).toMatch(/'Stack\/Rolling' replaces its running instances and running instances of 'Stack\/Still' keep IMDSv1/);
  });

  test('is not announced if no group of the app launches from it', () => {
    expect(reportsOf(stack => launchConfiguration(stack))).toEqual([]);
  });

  test('with a fixed name has only the report that the deployment fails', () => {
    const reports = reportsOf(stack => group(stack, launchConfiguration(stack, { LaunchConfigurationName: 'web' })));
    expect(reportedIds(reports)).toEqual(['Imdsv2::NameBlocksReplacement']);
    expect(reports[0].text).toMatch(/^MetadataOptions now requires tokens \(was unset\).*while the template sets LaunchConfigurationName.*fails/);
  });

  test('without a name has no such report', () => {
    const reports = reportsOf(stack => group(stack, launchConfiguration(stack, { LaunchConfigurationName: { Ref: 'AWS::NoValue' } })));
    expect(reportedIds(reports)).toEqual([REPLACED]);
  });
});

describe('a security configuration of EMR', () => {
  const emr = (stack: Stack, properties: Json = {}) => {
    const configuration = new CfnResource(stack, 'Configuration', { type: 'AWS::EMR::SecurityConfiguration', properties: { SecurityConfiguration: {}, ...properties } });
    new CfnResource(stack, 'Cluster', {
      type: 'AWS::EMR::Cluster', properties: { ReleaseLabel: 'emr-7.1.0', SecurityConfiguration: configuration.ref },
    });
  };

  test('is announced with the clusters that are replaced with it', () => {
    expect(reportsOf(stack => emr(stack)).map(({ text }) => text)).toEqual([expect.stringMatching(/CloudFormation replaces 'Stack\/Cluster'/)]);
  });

  test('with a fixed name has the report that the deployment fails', () => {
    expect(reportedIds(reportsOf(stack => emr(stack, { Name: 'secure' })))).toEqual(['Imdsv2::NameBlocksReplacement']);
  });
});
