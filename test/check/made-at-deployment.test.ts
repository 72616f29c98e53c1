import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import type { App, IPolicyValidationContext } from 'aws-cdk-lib';
import { CfnElement, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { ImdsExemption, ImdsReport, Imdsv2, Imdsv2Validator } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import { scratchApp } from '../harness/scratch-app';
import { violationsIn, synthesized } from './checked';
import { contextOf, written } from './written';

const UNREADABLE = 'Imdsv2::OptionsUnreadable';
const host = (HttpTokens: string) => ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens } } });
const loop = (body: unknown) => ({ 'Fn::ForEach::Each': ['Name', ['a', 'b'], body] });

const FOUND: readonly [string, object][] = [
  ['a loop over instances', loop({ 'Host${Name}': host('required') })],
  ['a loop over a resource with an unknown type', loop({ 'Host${Name}': { Type: '${Name}' } })],
  ['a loop over a resource without a type', loop({ 'Host${Name}': {} })],
  ['a loop in a loop', loop({ 'Fn::ForEach::Inner': ['Other', ['c'], { 'Host${Name}${Other}': host('required') }] })],
  ['a loop over the result of a macro', loop({ 'Fn::Transform': { Name: 'AWS::Include' } })],
  ['an invalid loop', { 'Fn::ForEach::Each': 'Hosts' }],
  ['a macro that makes resources', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/hosts.json' } } }],
  ['a macro beside resources', { 'Fn::Transform': { Name: 'AWS::Include' }, 'Host': host('required') }],
];

const FINE: readonly [string, object][] = [
  ['a loop over topics', loop({ 'Topic${Name}': { Type: 'AWS::SNS::Topic' } })],
  ['a loop in a loop over topics', loop({ 'Fn::ForEach::Inner': ['Other', ['c'], { 'Topic${Name}${Other}': { Type: 'AWS::SNS::Topic' } }] })],
];

/** An element that writes resources itself, as users create it for resources without a construct. */
class Fragment extends CfnElement {
  public constructor(scope: Stack, private readonly resources: object) { super(scope, 'Fragment'); }

  public _toCloudFormation(): object { return { Resources: this.resources }; }
}

function appWith(resources: object): App {
  const app = scratchApp();
  new Fragment(new Stack(app, 'Stack'), resources);
  return app;
}

/** The findings of the validator and the pack when CDK calls its plugins. */
function bothSay(app: App): { readonly validator: string[]; readonly pack: string[] } {
  const answers = { validator: [] as string[], pack: [] as string[] };
  Validations.of(app).addPlugins({
    name: 'Asking',
    validate: context => {
      answers.validator.push(...linesOf(new Imdsv2Validator(), context));
      answers.pack.push(...linesOf(new Imdsv2NagChecks(), context));
      return { success: true, violations: [] };
    },
  });
  app.synth();
  return answers;
}

function linesOf(plugin: Imdsv2Validator | Imdsv2NagChecks, context: IPolicyValidationContext): string[] {
  return plugin.validate(context).violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName.replace(/^Imdsv2-/, 'Imdsv2::')} ${constructPath}`));
}

describe.each(FOUND)('%s', (_, resources) => {
  test('is reported by the validator and the pack', () => {
    const { validator, pack } = bothSay(appWith(resources));
    expect(validator).toEqual([`${UNREADABLE} Stack`]);
    expect(pack).toEqual(validator);
  });

  test('is a warning with enforcement alone, and fails the synthesis with a check', () => {
    const [enforced, checked] = [appWith(resources), appWith(resources)];
    Imdsv2.enforce(enforced);
    Imdsv2.check(checked);
    const [warned, failed] = [synthesized(enforced), synthesized(checked)];
    expect([violationsIn(warned), violationsIn(failed)]).toEqual([[`${UNREADABLE} Stack`], [`${UNREADABLE} Stack`]]);
    expect(warned.failure).toBeUndefined();
    expect(failed.failure).toMatch(/ValidationFailed/);
  });

  test('is in the report', () => {
    const context = written({ 'web.json': { Resources: resources } });
    expect(linesOf(new Imdsv2Validator({ reports: [ImdsReport.json()] }), context)).toEqual([`${UNREADABLE} `]);
    const { findings } = JSON.parse(readFileSync(join(context.directory, 'imdsv2-report.json'), 'utf8')) as { findings: { rule: string; message: string }[] };
    expect(findings).toEqual([expect.objectContaining({ rule: UNREADABLE, message: expect.stringContaining('CloudFormation creates resources from it at deployment') as string })]);
  });
});

test.each(FINE)('%s is not reported', (_, resources) => {
  expect(bothSay(appWith(resources))).toEqual({ validator: [], pack: [] });
});

test('a resource that an element writes itself is checked like others', () => {
  const { validator, pack } = bothSay(appWith({ Host: host('optional'), Other: host('required') }));
  expect(validator).toEqual(['Imdsv2::TokensRequired Stack']);
  expect(pack).toEqual(validator);
});

test('an exempt one is not reported by either', () => {
  const app = appWith({ Host: host('optional') });
  ImdsExemption.of(app).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' });
  expect(bothSay(app)).toEqual({ validator: [], pack: [] });
});

test('a missing nested template is reported by the validator and the pack', () => {
  const app = scratchApp();
  const nested = new CfnResource(new Stack(app, 'Stack'), 'Nested', { type: 'AWS::CloudFormation::Stack', properties: { TemplateURL: 'https://example.com' } });
  nested.addMetadata('aws:asset:path', 'missing.json');
  const { validator, pack } = bothSay(app);
  expect(validator).toEqual([`${UNREADABLE} Stack`]);
  expect(pack).toEqual(validator);
});

test('a deleted template of a nested stack is reported by the validator and the pack', () => {
  const app = scratchApp();
  const stack = new Stack(app, 'Stack');
  const nested = new NestedStack(stack, 'Nested');
  new CfnInstance(nested, 'Host', { metadataOptions: { httpTokens: 'required' } });
  Validations.of(app).addPlugins({
    name: 'Removing', validate: () => { rmSync(join(app.outdir, nested.templateFile)); return { success: true, violations: [] }; },
  });
  const { validator, pack } = bothSay(app);
  expect(validator).toEqual([`${UNREADABLE} Stack/Nested`]);
  expect(pack).toEqual(validator);
});

test('files of CDK without a construct are reported by the validator and the pack', () => {
  const context = { ...written({ 'web.json': { Resources: { Host: host('optional') } } }) };
  expect(linesOf(new Imdsv2NagChecks(), context)).toEqual(linesOf(new Imdsv2Validator(), context));
  const missing = contextOf([join(context.directory, 'missing.json')], context.directory);
  expect(linesOf(new Imdsv2NagChecks(), missing)).toEqual([`${UNREADABLE} `]);
  expect(linesOf(new Imdsv2Validator(), missing)).toEqual([`${UNREADABLE} `]);
});
