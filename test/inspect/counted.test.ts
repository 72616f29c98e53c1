import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnCondition, CfnResource, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { ImdsReport, Imdsv2 } from '../../src';
import { CountedStack } from '../../src/check/census';
import * as finding from '../../src/inspect/finding';
import * as findingText from '../../src/inspect/finding-text';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { TemplateStack } from '../../src/launch/template-stack';
import { TreeCensus } from '../../src/launch/tree-census';
import * as userData from '../../src/launch/user-data';
import { Exemptions } from '../../src/policy/exemptions';
import { KeyedBlock } from '../../src/resources/keyed-block';
import { LiveResource } from '../../src/resources/live-resource';
import * as places from '../../src/resources/places';
import { recordOf } from '../../src/resources/record-table';
import { appOf, violationsIn, synthesized } from '../check/checked';
import { textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { synthesize } from '../harness/synthesized';

const TYPE = 'AWS::EC2::LaunchTemplate';
const OPTIONAL = { httpTokens: 'optional' };
const REPORTS = [ImdsReport.html(), ImdsReport.json(), ImdsReport.sarif(), ImdsReport.junit(), ImdsReport.markdown()];

/** The most reads and writes of a block, and renderings of a resource, in a whole synthesis. */
const SINGLE_DIGITS = 9;

/** The forms of a launch template. */
const FORMS: { readonly [form: string]: (stack: Stack, directory: string) => void } = {
  'in a nested stack': stack => template(new NestedStack(stack, 'Nested'), OPTIONAL),
  'a typed property': stack => template(stack, OPTIONAL),
  'no options at all': stack => template(stack, undefined),
  'Fn::If': stack => {
    const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1') });
    template(stack, { httpTokens: Fn.conditionIf(condition.logicalId, 'required', 'optional').toString() });
  },
  'a Lazy': stack => template(stack, Lazy.any({ produce: () => OPTIONAL })),
  'a raw override': stack => template(stack, undefined).addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional'),
  'a generic resource': stack => {
    new CfnResource(stack, 'Template', { type: TYPE, properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } } });
  },
  'an included template': (stack, directory) => {
    const templateFile = join(directory, 'included.json');
    const resource = { Type: TYPE, Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } } };
    writeFileSync(templateFile, JSON.stringify({ Resources: { Template: resource } }));
    new CfnInclude(stack, 'Include', { templateFile });
  },
};

/** A resource for each form of options. */
const OTHERS: { readonly [type: string]: Json } = {
  'AWS::EMR::SecurityConfiguration': { SecurityConfiguration: { InstanceMetadataServiceConfiguration: {} } },
  'AWS::ElasticBeanstalk::Environment': { ApplicationName: 'shop', OptionSettings: [] },
  'AWS::AppStream::Fleet': { DisableIMDSV1: false },
  'AWS::SageMaker::NotebookInstance': { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' } },
  'AWS::Backup::RestoreTestingSelection': { ProtectedResourceType: 'EC2', RestoreMetadataOverrides: { requireImdsV2: 'false' } },
  'AWS::EC2::EC2Fleet': { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: { HttpTokens: 'optional' } }] }] },
};

let directory: string;

beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'counted-')); });

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

test.each(Object.entries(FORMS))('the block of a launch template is read a few times only: %s', (form, write) => {
  const counts = countsOf(TYPE, write);
  expectFew(counts);
  // Where no block is, there is nothing to write anew.
  expect(counts.rewrites > 0).toBe(form !== 'no options at all');
});

test.each(Object.entries(OTHERS))('the block of a resource is read a few times only: %s', (type, properties) => {
  expectFew(countsOf(type, stack => { new CfnResource(stack, 'Resource', { type, properties }); }));
});

/** Instances with their own launch templates, without metadata options. */
const HOSTS = 20;

describe('an enforced app of plain resources without containers', () => {
  test.each<[string, () => jest.SpyInstance, number]>([
    ['renders no resource', () => jest.spyOn(LiveResource.prototype, 'definition'), 0],
    ['reads no settings of a block', () => jest.spyOn(KeyedBlock.prototype, 'read'), 0],
    ['looks at one block of instances and one of templates: the others are the same', () => jest.spyOn(KeyedBlock.prototype, 'holds'), 2],
    ['reads no property of an instance or a template the long way', () => jest.spyOn(LiveResource.prototype, 'written'), 0],
    ['reads the user data of an instance or a template once', () => jest.spyOn(userData, 'userDataOf'), HOSTS * 2],
    ['looks for exemptions in each of two passes, and for each warning', () => jest.spyOn(Exemptions.prototype, 'covering'), HOSTS * (2 * 2 + 3)],
    ['walks the tree once for the launch graph of the passes, and once for the leftovers', () => jest.spyOn(TreeCensus.prototype as unknown as { count(): number }, 'count'), 2],
    ['searches the launchers of an instance or a template twice, and of a template once more for exemptions', () => jest.spyOn(LaunchGraph.prototype, 'launchersOf'), HOSTS * 5],
    ['looks up no construct by its logical id', () => jest.spyOn(CountedStack.prototype, 'resourceOf'), 0],
    ['opens no resource of a template', () => jest.spyOn(TemplateStack.prototype, 'resourceOf'), 0],
  ])('%s', (_, spied, count) => {
    const stack = stackOfHosts();
    Imdsv2.enforce(appOf(stack));
    const spy = spied();
    const { reports } = synthesize(stack);
    expect(spy).toHaveBeenCalledTimes(count);
    expect(textsOf(reports, 'Imdsv2::ReplacesFollower')).toHaveLength(HOSTS);
  });
});

describe('the same app with only a check, with a finding on each template', () => {
  test.each<[string, () => jest.SpyInstance, number]>([
    ['reads no settings of a block', () => jest.spyOn(KeyedBlock.prototype, 'read'), 0],
    ['opens no resource', () => jest.spyOn(TemplateStack.prototype, 'resourceOf'), 0],
    ['looks nowhere by the long way', () => jest.spyOn(places, 'placesFor'), 0],
    ['computes each logical id once more than CDK', () => jest.spyOn(LiveResource, 'logicalIdOf'), HOSTS * 2],
    ['creates one text for all findings with the same text', () => jest.spyOn(findingText, 'findingText'), 1],
    ['creates the text of findings once, to compare them', () => jest.spyOn(finding, 'statementOf'), 1],
    ['searches no exemption, because there is none', () => jest.spyOn(Exemptions.prototype, 'covering'), 0],
  ])('%s', (_, spied, count) => {
    const app = appOf(stackOfHosts());
    Imdsv2.check(app);
    const spy = spied();
    const result = synthesized(app);
    expect(spy).toHaveBeenCalledTimes(count);
    expect(violationsIn(result).filter(violation => violation.startsWith('Imdsv2::TokensRequired '))).toHaveLength(HOSTS);
  });
});

test('a Lazy with user data is resolved once for enforcement, and once for CDK', () => {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
  const produce = jest.fn(() => Fn.base64('echo hello'));
  new CfnInstance(new Stack(app, 'Stack'), 'Host', { userData: Lazy.string({ produce }) });
  Imdsv2.enforce(app);
  app.synth();
  expect(produce).toHaveBeenCalledTimes(2);
});

test('the user data of a template is resolved once for enforcement, if an instance overrides it', () => {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const produce = jest.fn(() => Fn.base64('echo hello'));
  const host = new CfnInstance(stack, 'Host', { imageId: 'ami-1', userData: Fn.base64('echo hello') });
  const { ref: launchTemplateId, attrLatestVersionNumber: version } = new CfnLaunchTemplate(stack, 'Template', {
    launchTemplateData: { userData: Lazy.string({ produce }) },
  });
  host.launchTemplate = { launchTemplateId, version };
  Imdsv2.enforce(app);
  app.synth();
  expect(produce).toHaveBeenCalledTimes(2);
});

test('a check does not search the launchers of a template if no release matters', () => {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack');
  const { ref: launchTemplateId, attrLatestVersionNumber: version } = template(stack, OPTIONAL);
  new CfnInstance(stack, 'Host', { launchTemplate: { launchTemplateId, version } });
  Imdsv2.check(app);
  const asked = jest.spyOn(LaunchGraph.prototype, 'launchersOf');
  const result = synthesized(app);
  expect(asked).not.toHaveBeenCalled();
  expect(violationsIn(result)).toEqual(['Imdsv2::TokensRequired Stack/Template Properties.LaunchTemplateData.MetadataOptions.HttpTokens']);
});

function stackOfHosts(): Stack {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack');
  for (let index = 0; index < HOSTS; index++) {
    const { ref: launchTemplateId, attrLatestVersionNumber: version } = new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateData: {} });
    new CfnInstance(stack, `Host${index}`, { launchTemplate: { launchTemplateId, version } });
  }
  return stack;
}

/** The numbers of reads and rewrites of a block, and of renderings of its resource. */
interface Counts { readonly reads: number; readonly rewrites: number; readonly renderings: number }

/** A whole synthesis with enforcement, a check and all reports. */
function countsOf(type: string, write: (stack: Stack, directory: string) => void): Counts {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
  write(new Stack(app, 'Stack'), directory);
  const [{ dialect }] = recordOf(type)!.carriers;
  const read = jest.spyOn(dialect, 'read');
  const rewritten = [jest.spyOn(dialect, 'require'), jest.spyOn(dialect, 'requireWhereSet')];
  const rendered = [jest.spyOn(LiveResource.prototype, 'definition'), jest.spyOn(LiveResource.prototype, 'renderedWithoutOverrides')];
  Imdsv2.enforce(app);
  Imdsv2.check(app, { reports: REPORTS });
  app.synth();
  return { reads: read.mock.calls.length, rewrites: callsOf(rewritten), renderings: callsOf(rendered) };
}

function callsOf(spies: readonly jest.SpyInstance[]): number {
  return spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
}

function expectFew(counts: Counts): void {
  expect(counts.reads).toBeGreaterThan(0);
  expect(Math.max(counts.reads, counts.rewrites, counts.renderings)).toBeLessThanOrEqual(SINGLE_DIGITS);
}

function template(stack: Stack, metadataOptions: unknown): CfnLaunchTemplate {
  return new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: metadataOptions as CfnLaunchTemplate.MetadataOptionsProperty } });
}
