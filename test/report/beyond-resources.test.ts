import { readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { CfnParameter, CfnResource, Fn, NestedStack } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2 } from '../../src';
import type { Report } from '../../src/report/report';
import { appOf, instance, launchTemplate, synthesized } from '../check/checked';
import { when } from '../harness/condition-forms';
import { DOORS } from '../harness/doors';
import type { WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE } from '../harness/in-a-tree';
import { scratchStack } from '../harness/scratch-app';

/** The report of an app, and its contents as Markdown and as a page. */
function reportOn(app: App): { readonly report: Report; readonly markdown: string; readonly page: string } {
  Imdsv2.check(app, { reports: [ImdsReport.json(), ImdsReport.markdown(), ImdsReport.html()] });
  synthesized(app);
  const read = (file: string) => readFileSync(join(app.outdir, file), 'utf8');
  return { report: JSON.parse(read('imdsv2-report.json')) as Report, markdown: read('imdsv2-report.md'), page: read('imdsv2-report.html') };
}

describe('an unreadable part of the app', () => {
  const build = () => {
    const stack = scratchStack();
    instance(new NestedStack(stack, 'Own'));
    new CfnResource(stack, 'Network', { type: 'AWS::CloudFormation::Stack', properties: { TemplateURL: 'https://templates.example/network.json' } });
    new CfnResource(stack, 'Fleet', { type: 'Acme::Compute::Fleet::MODULE' });
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    return reportOn(appOf(stack));
  };

  test('is listed: nested stacks without a template, and modules', () => {
    const { notVisible, stacks } = build().report;
    expect(notVisible.map(({ kind, logicalId, type }) => [kind, logicalId, type])).toEqual([
      ['nested stack', 'Network', 'AWS::CloudFormation::Stack'],
      ['module', 'Fleet', 'Acme::Compute::Fleet::MODULE'],
    ]);
    expect(notVisible.map(({ template }) => template)).toEqual(Array(2).fill(stacks[0].template));
    expect(Math.min(...notVisible.map(({ line }) => line))).toBeGreaterThan(1);
  });

  test('is in the other formats', () => {
    const { markdown, page } = build();
    expect(markdown).toMatch(/### Not visible, and not checked \(2\)\n\n- the nested stack `Network` in `[^`]+:\d+`\n- the module `Fleet`/);
    expect(page).toContain('2 parts not visible, and not checked');
  });

  test('is not listed if everything can be read', () => {
    const stack = scratchStack();
    instance(new NestedStack(stack, 'Own'));
    expect(reportOn(appOf(stack)).report.notVisible).toEqual([]);
  });
});

describe('a parameter or condition that set tokens before enforcement overwrote it', () => {
  const Parameters: WrittenTemplate['Parameters'] = {
    IMDSv2Tokens: { Type: 'String', Default: 'optional', AllowedValues: ['optional', 'required'] },
    Hops: { Type: 'Number', Default: 2 },
  };
  const options = (HttpTokens: unknown) => ({ LaunchTemplateData: { MetadataOptions: { HttpTokens, HttpPutResponseHopLimit: { Ref: 'Hops' } } } });
  const overwrittenBy = (build: (typeof IN_A_TREE)[number][1], HttpTokens: unknown, isEnforced = true) => {
    const stack = scratchStack();
    build(stack, { Parameters, Resources: { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: options(HttpTokens) } } });
    if (isEnforced) { DOORS.enforce(appOf(stack)); }
    return reportOn(appOf(stack)).report.resources.map(({ overwritten }) => overwritten);
  };

  describe.each(IN_A_TREE)('%s', (_, build) => {
    test('is listed, without those that still have an effect', () => {
      expect(overwrittenBy(build, { Ref: 'IMDSv2Tokens' })).toEqual([[{ kind: 'parameter', name: 'IMDSv2Tokens' }]]);
    });

    test('is listed with all parts around it', () => {
      expect(overwrittenBy(build, when('IsProduction', 'required', { Ref: 'IMDSv2Tokens' })))
        .toEqual([[{ kind: 'condition', name: 'IsProduction' }, { kind: 'parameter', name: 'IMDSv2Tokens' }]]);
    });

    test.each<[string, unknown]>([['a literal', 'optional'], ['nothing', undefined], ['a pseudo parameter', { Ref: 'AWS::Region' }]])('does not exist: %s', (__, tokens) => {
      expect(overwrittenBy(build, tokens)).toEqual([undefined]);
    });

    test('does not exist without enforcement', () => {
      expect(overwrittenBy(build, { Ref: 'IMDSv2Tokens' }, false)).toEqual([undefined]);
    });
  });

  test('is shown as unnecessary', () => {
    const stack = scratchStack();
    const tokens = new CfnParameter(stack, 'Tokens', { default: 'optional' });
    launchTemplate(stack, 'Template', { MetadataOptions: { HttpTokens: Fn.ref(tokens.logicalId) } });
    Imdsv2.enforce(appOf(stack));
    const { markdown, page } = reportOn(appOf(stack));
    expect(markdown).toMatch(/### Overwritten: delete if nothing else uses it \(1\)\n\n- the parameter `Tokens` of `Stack[^`]*` no longer sets tokens of `Stack\/Template`/);
    expect(page).toContain('decided tokens until enforcement overwrote it');
  });
});
