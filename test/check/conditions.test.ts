import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnCondition, CfnResource } from 'aws-cdk-lib';
import { FailOn, ImdsReport } from '../../src';
import type { Report } from '../../src/report/report';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { REQUIRED, appOf, checked, violationsIn } from './checked';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });

/** The violations of a resource whose options are in one branch of a condition. */
function reported(type: string, properties: unknown) {
  const stack = scratchStack();
  new CfnCondition(stack, 'C');
  new CfnResource(stack, 'It', { type, properties: properties as Json });
  const found = violationsIn(checked(appOf(stack), { failOn: FailOn.NEVER, reports: [ImdsReport.json()] }));
  const { resources: [it] } = JSON.parse(readFileSync(join(appOf(stack).outdir, 'imdsv2-report.json'), 'utf8')) as Report;
  return { found, outcome: it.outcome, tokens: it.settings.tokens!.map(({ kind, value }) => value ?? kind) };
}

/** The paths of each carrier to its options, and the values there that require tokens. */
const CARRIERS: readonly [string, readonly string[], unknown][] = [
  ['AWS::EC2::Instance', ['MetadataOptions', 'HttpTokens'], 'required'],
  ['AWS::EC2::LaunchTemplate', ['LaunchTemplateData', 'MetadataOptions', 'HttpTokens'], 'required'],
  ['AWS::AutoScaling::LaunchConfiguration', ['MetadataOptions', 'HttpTokens'], 'required'],
  ['AWS::ImageBuilder::InfrastructureConfiguration', ['InstanceMetadataOptions', 'HttpTokens'], 'required'],
  ['AWS::SageMaker::NotebookInstance', ['InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion'], '2'],
  ['AWS::AppStream::Fleet', ['DisableIMDSV1'], true],
  ['AWS::ElasticBeanstalk::Environment', ['OptionSettings'], [{ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' }]],
  ['AWS::WorkspacesInstances::WorkspaceInstance', ['ManagedInstance', 'MetadataOptions', 'HttpTokens'], 'required'],
  ['AWS::EMR::SecurityConfiguration', ['SecurityConfiguration', 'InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion'], 2],
];

/** The properties with a condition at this depth of the path. */
function conditional(path: readonly string[], value: unknown, depth: number, around: (value: unknown) => unknown): unknown {
  const [head, ...rest] = path;
  const below = head === undefined ? value : { [head]: conditional(rest, value, depth - 1, around) };
  return depth === 0 ? around(below) : below;
}

const PLACES = CARRIERS.flatMap(([type, path, value]) => ['Properties', ...path].map((place, depth) => [type, place, path, value, depth] as const));

describe.each(PLACES)('%s with a condition around %s', (type, _, path, value, depth) => {
  const of = (around: (value: unknown) => unknown) => reported(type, conditional(path, value, depth, around));

  test.each<[string, (value: unknown) => unknown]>([
    ['that leaves it out', inner => when(inner, NO_VALUE)],
    ['that leaves it out in a condition', inner => when(when(NO_VALUE, inner), inner)],
    ...depth === path.length ? [] : [['with another branch that sets nothing', inner => when({}, inner)] as [string, (value: unknown) => unknown]],
  ])('%s does not certainly require tokens', (__, around) => {
    const { tokens, outcome, found } = of(around);
    expect(tokens).toContain('unset');
    expect(outcome).toBe('not required');
    expect(found).not.toEqual([]);
  });

  test('requires tokens if both branches do', () => {
    const { tokens, outcome, found } = of(inner => when(inner, inner));
    // EMR requires a hop limit together with the version. A missing one has its own finding.
    const aboutTokens = found.filter(line => !line.includes('HttpPutResponseHopLimit'));
    expect([new Set(tokens).size, outcome, aboutTokens]).toEqual([1, 'required', []]);
  });
});

test('a condition in one branch does not hide the options of a launcher', () => {
  const stack = scratchStack();
  new CfnCondition(stack, 'C');
  new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: when({ ImageId: 'ami-1' }, REQUIRED) } });
  new CfnResource(stack, 'Group', {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } },
  });
  checked(appOf(stack), { failOn: FailOn.NEVER, reports: [ImdsReport.json()] });
  const { resources } = JSON.parse(readFileSync(join(appOf(stack).outdir, 'imdsv2-report.json'), 'utf8')) as Report;
  expect(resources.map(({ logicalId, outcome }) => [logicalId, outcome])).toEqual([['Template', 'not required'], ['Group', 'not required']]);
});

test('an instance that enables the endpoint gets no tokens from a template that requires them in only one branch', () => {
  const findings = (data: unknown) => {
    const stack = scratchStack();
    new CfnCondition(stack, 'C');
    new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: data } });
    new CfnResource(stack, 'Host', {
      type: 'AWS::EC2::Instance',
      properties: { MetadataOptions: { HttpEndpoint: 'enabled' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } },
    });
    return violationsIn(checked(appOf(stack), { failOn: FailOn.NEVER })).filter(line => line.includes('Stack/Host'));
  };
  expect([findings(when(REQUIRED, REQUIRED)), findings(when(REQUIRED, {}))])
    .toEqual([[], ['Imdsv2::TokensRequired Stack/Host Properties.MetadataOptions.HttpTokens']]);
});
