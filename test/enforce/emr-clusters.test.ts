import type { Stack } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { recordOf } from '../../src/resources/record-table';
import { checked, violationsIn } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { reportedIds, synthesize } from '../harness/synthesized';

const IMDS = 'InstanceMetadataServiceConfiguration';
const TOO_OLD = 'Imdsv2::ReleaseTooOld';

function configuration(stack: Stack, document: unknown = {}): CfnResource {
  return new CfnResource(stack, 'Configuration', { type: 'AWS::EMR::SecurityConfiguration', properties: { SecurityConfiguration: document } });
}

function cluster(stack: Stack, properties: Json): void {
  new CfnResource(stack, 'Cluster', { type: 'AWS::EMR::Cluster', properties: { ReleaseLabel: 'emr-7.1.0', ...properties } });
}

function enforced(build: (stack: Stack) => void, props = {}) {
  const stack = scratchStack();
  build(stack);
  Imdsv2.enforce(stack, props);
  const { template, reports } = synthesize(stack);
  return { document: template.Resources.Configuration?.Properties?.SecurityConfiguration, reports };
}

test.each<[boolean, readonly string[]]>([
  [true, ['emr-5.23.1', 'emr-5.27.1', 'emr-5.32.0', 'emr-5.36.2', 'emr-6.2.0', 'emr-6.15.0', 'emr-7.0.0', 'emr-8.1.0', 'latest']],
  [false, ['emr-4.9.6', 'emr-5.23.0', 'emr-5.24.1', 'emr-5.27.0', 'emr-5.28.1', 'emr-5.31.1', 'emr-6.0.0', 'emr-6.1.1']],
])('support for required tokens is %s with %j', (can, releases) => {
  expect(releases.filter(release => recordOf('AWS::EMR::Cluster')!.releases!.accepts(release) !== can)).toEqual([]);
});

describe('the hop limit that EMR requires together with the version', () => {
  test.each<[string, (stack: Stack) => void, object, number]>([
    ['1', stack => configuration(stack), {}, 1],
    ['that of the policy', stack => configuration(stack), { httpPutResponseHopLimit: 2 }, 2],
    ['2 if a cluster runs containers in YARN', stack => cluster(stack, {
      SecurityConfiguration: configuration(stack).ref,
      Configurations: [{ Classification: 'container-executor', Configurations: [{ Classification: 'docker', ConfigurationProperties: {} }] }],
    }), {}, 2],
    ['the existing value', stack => configuration(stack, { [IMDS]: { MinimumInstanceMetadataServiceVersion: 1, HttpPutResponseHopLimit: 2 } }), {}, 2],
  ])('is %s', (_, build, props, hops) => {
    expect(enforced(build, props).document).toEqual({ [IMDS]: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: hops } });
  });

  test('is reported by a check if it is missing', () => {
    const app = scratchApp();
    configuration(scratchStack(app), { [IMDS]: { MinimumInstanceMetadataServiceVersion: 2 } });
    expect(violationsIn(checked(app))).toEqual(['Imdsv2::ValueNotAccepted Stack/Configuration Properties.SecurityConfiguration.HttpPutResponseHopLimit']);
  });
});

describe('a cluster with a release that is too old', () => {
  const old = { ReleaseLabel: 'emr-5.30.0' };

  test('keeps its configuration, with a finding there', () => {
    const { document, reports } = enforced(stack => cluster(stack, { ...old, SecurityConfiguration: configuration(stack).ref }));
    expect(document).toEqual({});
    expect(reports.map(({ at, id }) => [at, id])).toEqual([['Stack/Configuration', TOO_OLD]]);
    expect(reports[0].text).toMatch(/'emr-5\.30\.0' in 'Stack\/Cluster' does not support IMDSv2; use 5\.23\.1[^;]* or later, or acknowledge that the instances allow IMDSv1 \(/);
  });

  test('fails to start with a configuration that requires tokens, with a finding on the cluster', () => {
    const required = { [IMDS]: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } };
    const { reports } = enforced(stack => cluster(stack, { ...old, SecurityConfiguration: configuration(stack, required).ref }));
    expect(reports.map(({ at, id }) => [at, id])).toEqual([['Stack/Cluster', TOO_OLD]]);
    expect(reports[0].text).toMatch(/^ReleaseLabel .*'Stack\/Configuration' requires IMDSv2, so the cluster does not start/);
  });

  test('without a configuration gets a finding about its release alone', () => {
    expect(reportedIds(enforced(stack => cluster(stack, old)).reports)).toEqual([TOO_OLD]);
  });

  test('is not recognized if only a parameter has its release', () => {
    const { document } = enforced(stack => cluster(stack, { ReleaseLabel: { Ref: 'Release' }, SecurityConfiguration: configuration(stack).ref }));
    expect(document).toHaveProperty(IMDS);
  });
});

test('a cluster without a security configuration is advised to set one', () => {
  const { reports } = enforced(stack => cluster(stack, {}));
  expect(reportedIds(reports)).toEqual(['Imdsv2::LaunchSourceMissing']);
  expect(reports[0].text).toMatch(/this AWS::EMR::Cluster does not require IMDSv2 on its instances: set SecurityConfiguration/);
});
