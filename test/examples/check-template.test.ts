import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { templatesApp } from '../../examples/check-template/templates-app';
import { FailOn, ImdsReport } from '../../src';
import { checked, violationsIn } from '../check/checked';
import { switchOffValidation } from '../harness/no-validation';

const TEMPLATES = join(__dirname, '..', '..', 'examples', 'check-template', 'templates');
const outdir = mkdtempSync(join(tmpdir(), 'check-template-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('the example check-template', () => {
  const settings = { builtinCloudFormationValidation: false, outdir };
  const app = templatesApp(TEMPLATES, settings);
  switchOffValidation(app);
  const result = checked(app, { failOn: FailOn.ERROR, reports: [ImdsReport.html(), ImdsReport.sarif()] });

  test('finds the faults in its templates, and nothing in the good one', () => {
    expect(violationsIn(result)).toEqual([
      'Imdsv2::ContainerHopLimit cluster/Template/NodeTemplate Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
      'Imdsv2::LaunchSourceMissing cluster/Template/SpareNodes Properties.LaunchTemplate',
      'Imdsv2::TokensRequired bastion/Template/Bastion Properties.MetadataOptions.HttpTokens',
      'Imdsv2::TokensRequired bastion/Template/Mirror Properties.MetadataOptions.HttpTokens',
      'Imdsv2::TokensRequired cluster/Template/WorkerTemplate Properties.LaunchTemplateData.MetadataOptions.HttpTokens',
    ]);
  });

  test('fails', () => {
    expect(result.failure).toContain('Imdsv2::TokensRequired');
  });

  test('writes its reports', () => {
    expect(readdirSync(outdir).filter(name => name.startsWith('imdsv2-report'))).toEqual(['imdsv2-report.html', 'imdsv2-report.sarif']);
  });

  test('changes nothing in a template', () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
    expect(read(join(outdir, 'web-tier.template.json'))).toEqual(read(join(TEMPLATES, 'web-tier.json')));
  });
});

test('a template that CDK cannot include is named, and the others are checked', () => {
  const directory = mkdtempSync(join(outdir, 'templates-'));
  writeFileSync(join(directory, 'hosts.yaml'), 'Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Hosts: [Id, [A, B], { "Host${Id}": { Type: AWS::EC2::Instance } }]\n');
  writeFileSync(join(directory, 'topic.json'), '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}');
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const app = templatesApp(directory);
  expect(printed.mock.calls).toEqual([[expect.stringMatching(/^hosts.yaml is not checked, because CDK cannot include it: /)]]);
  expect(process.exitCode).toBe(1);
  expect(app.node.findAll().flatMap(({ node }) => node.children.length === 0 && !node.id.startsWith('$') ? [node.path] : [])).toEqual(['hosts', 'topic/Template/Topic']);
  printed.mockRestore();
  process.exitCode = undefined;
});
