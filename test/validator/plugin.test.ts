import { readFileSync } from 'fs';
import { join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { FailOn, ImdsReport, Imdsv2Validator } from '../../src';
import { VALIDATED_RULE_IDS } from '../../src/policy/rules';
import { GOT_OPTIONAL, OPTIONAL, REQUIRED, instance, violationsIn, synthesized } from '../check/checked';
import { written } from '../check/written';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const host = (properties: Json) => ({ Type: 'AWS::EC2::Instance', Properties: properties });
const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };

describe('the plugin', () => {
  test('has the name before the ids of its rules, and the version of the package', () => {
    const { name, version, ruleIds } = new Imdsv2Validator();
    expect({ name, version, ruleIds }).toEqual({ name: 'Imdsv2', version: manifest.version, ruleIds: VALIDATED_RULE_IDS });
    expect(VALIDATED_RULE_IDS.every(id => id.startsWith(`${name}::`))).toBe(true);
  });

  test('can be added to an app by hand', () => {
    const app = scratchApp();
    instance(scratchStack(app));
    Validations.of(app).addPlugins(new Imdsv2Validator());
    expect(violationsIn(synthesized(app))).toEqual(['Imdsv2::TokensRequired Stack/Instance Properties.MetadataOptions.HttpTokens']);
  });

  test('takes the props of a check', () => {
    const app = scratchApp();
    instance(scratchStack(app));
    Validations.of(app).addPlugins(new Imdsv2Validator({ failOn: FailOn.NEVER }));
    expect(synthesized(app)).toMatchObject({ failure: undefined, violations: [{ severity: 'warning' }] });
  });

  test('checks all stages of an app once', () => {
    const app = scratchApp();
    instance(scratchStack(app));
    const plugin = new Imdsv2Validator();
    Validations.of(app).addPlugins(plugin, plugin);
    expect(violationsIn(synthesized(app))).toHaveLength(1);
  });
});

describe('the plugin, called with templates without constructs', () => {
  test('names the template and the resource', () => {
    const context = written({ 'web.json': { Resources: { Host: host(OPTIONAL), Fine: host(REQUIRED) } } });
    const { success, violations } = new Imdsv2Validator().validate(context);
    expect(success).toBe(false);
    expect(violations).toMatchObject([{
      ruleName: 'Imdsv2::TokensRequired',
      description: GOT_OPTIONAL,
      severity: 'error',
      violatingResources: [{
        templatePath: join(context.directory, 'web.json'), resourceLogicalId: 'Host', locations: ['Properties.MetadataOptions.HttpTokens'],
      }],
    }]);
  });

  test('accepts templates without faults', () => {
    expect(new Imdsv2Validator().validate(written({ 'web.json': { Resources: { Host: host(REQUIRED) } } }))).toEqual({ success: true, violations: [] });
  });

  test('accepts an empty list of templates', () => {
    expect(new Imdsv2Validator().validate(written({}))).toEqual({ success: true, violations: [] });
  });

  test('reads a template that is named twice once', () => {
    const context = written({ 'web.json': { Resources: { Host: host(OPTIONAL) } } });
    const [one] = context.stackTemplates;
    const { violations } = new Imdsv2Validator().validate({ ...context, stackTemplates: [one, one] });
    expect(violations.flatMap(({ violatingResources }) => violatingResources)).toHaveLength(1);
  });

  test('reads templates of nested stacks, by the metadata of the asset, in the directory of the template', () => {
    const nested = (file: string) => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file } });
    const context = written({
      'web.json': { Resources: { Nested: nested('outer.json') } },
      'outer.json': { Resources: { Nested: nested('deep/inner.json') } },
      'deep/inner.json': { Resources: { Nested: nested('last.json'), Missing: nested('missing.yaml'), Outside: nested('../../outside.json') } },
      'deep/last.json': { Resources: { Host: host(OPTIONAL) } },
    }, ['web.json']);
    const { violations } = new Imdsv2Validator().validate(context);
    expect(violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ templatePath }) => [ruleName, templatePath])))
      .toEqual([['Imdsv2::TokensRequired', join(context.directory, 'deep', 'last.json')]]);
  });

  test('supports launches across templates', () => {
    const group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'web' }, Version: '$Latest' } } };
    const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: REQUIRED } };
    const Outputs = { Id: { Value: { Ref: 'Template' }, Export: { Name: 'web' } } };
    const alone = written({ 'web.json': { Resources: { Group: group } } });
    const both = written({ 'web.json': { Resources: { Group: group } }, 'shared.json': { Resources: { Template: template }, Outputs } });
    expect(new Imdsv2Validator().validate(alone).violations.map(({ ruleName }) => ruleName)).toEqual(['Imdsv2::LaunchSourceUnknown']);
    expect(new Imdsv2Validator().validate(both).violations).toEqual([]);
  });

  test('writes reports', () => {
    const context = written({ 'web.json': { Resources: { Host: host(OPTIONAL) } } });
    new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(context);
    const report = JSON.parse(readFileSync(join(context.directory, 'imdsv2-report.json'), 'utf8')) as unknown;
    expect(report).toMatchObject({ success: false, resources: [{ id: 'web.json#Host', template: 'web.json' }] });
  });
});
