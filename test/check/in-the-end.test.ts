import { readFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { CfnCondition, CfnParameter, CfnResource, NestedStack, Token } from 'aws-cdk-lib';
import { FailOn, ImdsExemption, ImdsReport, Imdsv2 } from '../../src';
import type { Report } from '../../src/report/report';
import type { ReportedResource } from '../../src/report/reported-resource';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { OPTIONAL, REQUIRED, appOf, checked, instance, launchTemplate, violationsIn, synthesized } from './checked';

const OFF = { MetadataOptions: { HttpEndpoint: 'disabled' } };
const NO_VALUE = { Ref: 'AWS::NoValue' };

const latest = (template: string) => ({ LaunchTemplateId: { Ref: template }, Version: '$Latest' });
const resource = (stack: Stack, id: string, type: string, properties: Json) => new CfnResource(stack, id, { type, properties });
const fleet = (stack: Stack, ...configs: readonly Json[]) =>
  resource(stack, 'Fleet', 'AWS::EC2::EC2Fleet', { Type: 'instant', LaunchTemplateConfigs: configs });
const launching = (template: string, ...overrides: readonly Json[]) => ({ LaunchTemplateSpecification: latest(template), Overrides: overrides });

/** The report and the violations of a stack. */
function outcomes(build: (stack: Stack) => unknown) {
  const stack = scratchStack();
  launchTemplate(stack, 'Good', REQUIRED);
  launchTemplate(stack, 'Bad', OPTIONAL);
  build(stack);
  const findings = violationsIn(checked(appOf(stack), { failOn: FailOn.NEVER, reports: [ImdsReport.json()] }));
  const report = JSON.parse(readFileSync(join(appOf(stack).outdir, 'imdsv2-report.json'), 'utf8')) as Report;
  const outcomeOf = (name: string) => report.resources.find(({ logicalId }) => logicalId === name)?.outcome;
  return { report, outcomeOf, findings: findings.filter(finding => !finding.includes('Stack/Bad ')) };
}

/** The origin of a setting, by value. */
function origins({ settings }: ReportedResource, name: keyof ReportedResource['settings']) {
  return settings[name]?.map(({ kind, value, from }) => [value ?? kind, from]);
}

describe('an instance without its own options', () => {
  test.each<[string, Json, string, readonly string[]]>([
    ['over a template that requires tokens is fine', latest('Good'), 'required', []],
    ['over a template that does not require tokens is reported on the template', latest('Bad'), 'not required', []],
    ['over a fixed version is undecided, and reported', { LaunchTemplateId: { Ref: 'Good' }, Version: '3' }, 'undecided',
      ['Imdsv2::VersionNotFollowed Stack/Host Properties.LaunchTemplate']],
    ['over a template outside the app is undecided, and reported', { LaunchTemplateId: 'lt-1', Version: '1' }, 'undecided', ['Imdsv2::LaunchSourceUnknown Stack/Host Properties.LaunchTemplate']],
  ])('%s', (_, LaunchTemplate, outcome, found) => {
    const { outcomeOf, findings } = outcomes(stack => instance(stack, 'Host', { LaunchTemplate }));
    expect(outcomeOf('Host')).toBe(outcome);
    expect(findings).toEqual(found);
  });

  test('over a template with a disabled endpoint has the tokens of that template where it enables the endpoint', () => {
    const { report } = outcomes(stack => {
      launchTemplate(stack, 'Off', { MetadataOptions: { HttpEndpoint: 'disabled', HttpTokens: 'optional' } });
      return instance(stack, 'Host', { LaunchTemplate: latest('Off'), MetadataOptions: { HttpEndpoint: 'enabled' } });
    });
    expect(origins(report.resources.find(({ logicalId }) => logicalId === 'Host')!, 'tokens')).toEqual([
      ['optional', 'the launch template \'Stack/Off\' ($Latest): LaunchTemplateData.MetadataOptions.HttpTokens'],
    ]);
  });

  test('over a template that a condition can remove has to require tokens itself', () => {
    const { outcomeOf, findings } = outcomes(stack => {
      new CfnCondition(stack, 'C');
      return instance(stack, 'Host', { LaunchTemplate: { 'Fn::If': ['C', latest('Good'), NO_VALUE] } });
    });
    expect(outcomeOf('Host')).toBe('not required');
    expect(findings).toEqual(['Imdsv2::TokensRequired Stack/Host Properties.MetadataOptions.HttpTokens']);
  });
});

const TOKENS = 'Imdsv2::TokensRequired Stack/Host Properties.MetadataOptions.HttpTokens';
const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });

describe('an instance over a template that requires tokens', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['is not covered if one of its own branches sets optional', when({ HttpTokens: 'optional' }, { HttpPutResponseHopLimit: 2 }), [TOKENS]],
    ['is not covered if one of its own branches sets optional and the other nothing', when({ HttpTokens: 'optional' }, NO_VALUE), [TOKENS]],
    ['is covered if both branches leave tokens unset', when({ HttpPutResponseHopLimit: 1 }, NO_VALUE), []],
    ['is covered if it enables the endpoint', { HttpEndpoint: 'enabled' }, []],
  ])('%s', (_, MetadataOptions, found) => {
    const { findings } = outcomes(stack => {
      new CfnCondition(stack, 'C');
      return instance(stack, 'Host', { LaunchTemplate: latest('Good'), MetadataOptions });
    });
    expect(findings).toEqual(found);
  });
});

test('a resource that enables the endpoint cannot leave tokens to one that disabled it', () => {
  const { outcomeOf, findings } = outcomes(stack => {
    launchTemplate(stack, 'Off', OFF);
    instance(stack, 'Host', { LaunchTemplate: latest('Off'), MetadataOptions: { HttpEndpoint: 'enabled' } });
    instance(stack, 'Silent', { LaunchTemplate: latest('Off') });
  });
  expect([outcomeOf('Host'), outcomeOf('Silent'), findings]).toEqual(['not required', 'required', [TOKENS]]);
});

test('with two possible versions, the one that follows the template is judged by the template', () => {
  const { report, outcomeOf } = outcomes(stack => {
    new CfnCondition(stack, 'C');
    return instance(stack, 'Host', { LaunchTemplate: { LaunchTemplateId: { Ref: 'Bad' }, Version: when('$Latest', '1') } });
  });
  expect(outcomeOf('Host')).toBe('not required');
  expect(report.resources[2].settings.tokens!.map(({ kind }) => kind)).toEqual(['unknown', 'set']);
});

test('a template of another stack that enforcement relies on fails nothing', () => {
  const stack = scratchStack();
  launchTemplate(scratchStack(appOf(stack), 'Other'), 'Weak', OPTIONAL, { LaunchTemplateName: 'weak' });
  resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateName: 'weak', Version: '$Latest' } });
  Imdsv2.enforce(stack);
  expect(synthesized(appOf(stack))).toMatchObject({ failure: undefined, violations: [] });
});

test('an instance that requires tokens has no finding about a template outside the checked part', () => {
  const stack = scratchStack();
  launchTemplate(scratchStack(appOf(stack), 'Other'), 'Weak', OPTIONAL, { LaunchTemplateName: 'weak' });
  instance(stack, 'Host', { ...REQUIRED, LaunchTemplate: { LaunchTemplateName: 'weak', Version: '$Latest' } });
  instance(stack, 'Silent', { LaunchTemplate: { LaunchTemplateName: 'weak', Version: '$Latest' } });
  Imdsv2.check(stack, { failOn: FailOn.NEVER });
  expect(violationsIn(synthesized(appOf(stack)))).toEqual(['Imdsv2::TokensRequired Stack/Silent Properties.LaunchTemplate']);
});

test('a disabled endpoint counts as required', () => {
  const { report, outcomeOf, findings } = outcomes(stack => instance(stack, 'Host', OFF));
  expect([outcomeOf('Host'), findings]).toEqual(['required', []]);
  expect(origins(report.resources[2], 'tokens')).toEqual([['unset', 'MetadataOptions.HttpEndpoint is \'disabled\': the metadata service is off']]);
});

describe('a fleet', () => {
  test.each<[string, readonly Json[], string]>([
    ['with one launch that requires tokens and one that does not', [launching('Bad', REQUIRED), launching('Bad')], 'not required'],
    ['with an override that leaves tokens to a template that requires them', [launching('Good', { InstanceType: 'a' }), launching('Bad', REQUIRED)], 'required'],
    ['with an override that sets another value', [launching('Good', OFF), launching('Bad', REQUIRED)], 'required'],
    ['with an override without options over a template outside the app', [{
      LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '1' }, Overrides: [{ InstanceType: 'a' }, REQUIRED],
    }], 'undecided'],
    ['with an override that a condition removes', [{ ...launching('Bad'), Overrides: [when(REQUIRED, { InstanceType: 'a' })] }], 'not required'],
    ['with a launch that a condition changes', [when(launching('Bad', REQUIRED), launching('Bad')) as Json], 'not required'],
  ])('%s is judged launch by launch', (_, configs, outcome) => {
    expect(outcomes(stack => fleet(stack, ...configs)).outcomeOf('Fleet')).toBe(outcome);
  });
});

describe('a parameter of a nested stack', () => {
  test.each<[string, { [name: string]: string } | undefined, string, readonly string[]]>([
    ['has the passed value', { Tokens: 'required' }, 'optional', []],
    ['has the passed value, even if its default differs', { Tokens: 'optional' }, 'required', ['Imdsv2::TokensRequired Stack/Nested/Host Properties.MetadataOptions.HttpTokens']],
    ['has its default if no value is passed', undefined, 'required', []],
    ['has one of the values that a condition passes', { Tokens: Token.asString(when('optional', NO_VALUE)) }, 'required', ['Imdsv2::TokensRequired Stack/Nested/Host Properties.MetadataOptions.HttpTokens']],
    ['has its default if a condition passes nothing', { Tokens: Token.asString(when('required', NO_VALUE)) }, 'required', []],
  ])('%s', (_, parameters, byDefault, found) => {
    const { findings } = outcomes(stack => {
      new CfnCondition(stack, 'C');
      const nested = new NestedStack(stack, 'Nested', { parameters });
      const tokens = new CfnParameter(nested, 'Tokens', { default: byDefault });
      return instance(nested, 'Host', { MetadataOptions: { HttpTokens: tokens.valueAsString } });
    });
    expect(findings).toEqual(found);
  });
});

test('a dynamic reference is only known at deployment', () => {
  const { outcomeOf } = outcomes(stack => instance(stack, 'Host', { MetadataOptions: { HttpTokens: '{{resolve:ssm:/tokens}}' } }));
  expect(outcomeOf('Host')).toBe('undecided');
});

test('a resource without launches is not in the report', () => {
  const { report } = outcomes(stack => {
    resource(stack, 'Serverless', 'AWS::Batch::ComputeEnvironment', { Type: 'managed', ComputeResources: { Type: 'FARGATE' } });
    resource(stack, 'Images', 'AWS::ImageBuilder::DistributionConfiguration', { Distributions: [{ Region: 'eu-west-1' }] });
  });
  expect(report.resources.map(({ logicalId }) => logicalId)).toEqual(['Good', 'Bad']);
});

test('each unset setting has the decider in the report', () => {
  const { report } = outcomes(stack => {
    instance(stack, 'Host', REQUIRED);
    resource(stack, 'Notebook', 'AWS::SageMaker::NotebookInstance', {});
  });
  const [, , host, notebook] = report.resources;
  expect(origins(host, 'ipv6')).toEqual([['unset', 'not set: nothing else can turn it on']]);
  expect(origins(host, 'hopLimit')![0][1]).toContain('decided by the account default of the Region or the AMI');
  expect(origins(notebook, 'tokens')).toEqual([['unset', 'not set: decided by the service']]);
  expect(Object.keys(notebook.settings)).toEqual(['tokens']);
});

test('a type that cannot require tokens itself has what decides in the report, with what to set instead', () => {
  const { report } = outcomes(stack => {
    resource(stack, 'Cluster', 'AWS::EMR::Cluster', { ReleaseLabel: 'emr-7.5.0' });
    resource(stack, 'Server', 'AWS::Cloud9::EnvironmentEC2', {});
  });
  const [, , cluster, server] = report.resources;
  expect(origins(cluster, 'tokens')).toEqual([['cannot be set', expect.stringMatching(/^the account default .*\(.*SecurityConfiguration.*\)$/)]]);
  expect(origins(server, 'tokens')).toEqual([['cannot be set', expect.not.stringContaining('(')]]);
});

test('the launcher of an exempt template is reported as exempt', () => {
  const { report } = outcomes(stack => {
    ImdsExemption.of(stack.node.findChild('Bad')).add({ rule: 'Imdsv2::TokensRequired', reason: 'legacy', owner: 'payments' });
    instance(stack, 'Host', { LaunchTemplate: latest('Bad') });
  });
  expect(report.resources[2].exemptions).toEqual([{ rule: 'Imdsv2::TokensRequired', scope: 'Stack/Bad', reason: 'legacy', owner: 'payments' }]);
  expect(report.totals.exempt).toBe(2);
});

test('the end of an exemption is reported in its stack', () => {
  const { report } = outcomes(stack => ImdsExemption.of(stack).add({ rule: 'Imdsv2::TokensRequired', reason: 'legacy', expires: '2020-01-01' }));
  expect(report.stacks.map(({ totals }) => totals.warnings)).toEqual([report.totals.warnings]);
});

test('if warnings fail the synthesis, those of enforcement do, too', () => {
  const stack = scratchStack();
  const template = launchTemplate(stack, 'Template', {});
  resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: template.ref, Version: '3' } });
  Imdsv2.enforce(appOf(stack));
  const { violations, failure } = checked(appOf(stack), { failOn: FailOn.WARNING });
  expect(violationsIn({ violations })).toEqual(['Imdsv2::VersionNotFollowed Stack/Group Properties.LaunchTemplate']);
  expect(failure).toBeDefined();
});
