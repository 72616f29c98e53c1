import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { Aspects } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BastionHostLinux, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as ts from 'typescript';
import { CDK_INIT } from '../../scripts/apps/cdk-init';
import * as library from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';

interface Resource { readonly Type: string; readonly Properties: { readonly [name: string]: any } }
/** CDK's validation report. */
interface Report { readonly pluginReports: readonly { readonly violations: readonly unknown[] }[] }
type Resources = { readonly [id: string]: Resource };

/** A migration: its code before and after, and the effect of a deployment by CDK class. */
interface Way {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly effects: { readonly [construct: string]: string };
}

/** The resource of a construct that decides, by its class. Without feature flags, a group launches from a configuration. */
const RESOURCE_IDS: { readonly [construct: string]: RegExp } = {
  Instance: /^Web[0-9A-F]{8}$/,
  BastionHostLinux: /^Bastion[0-9A-F]{8}$/,
  LaunchTemplate: /^Template[0-9A-F]{8}$/,
  AutoScalingGroup: /^GroupLaunch(Template|Config)[0-9A-F]{8}$/,
};

const requireHere = createRequire(__filename);

const PAGE = readFileSync(join(__dirname, '../../docs/migration.md'), 'utf8');
const WAYS = waysOf(PAGE);
const FLAGS = [['the feature flags of cdk init', CDK_INIT.context], ['no feature flag', {}]] as const;

/** Every diff of the page, with its heading and its table. */
function waysOf(page: string): Way[] {
  return [...page.matchAll(/```diff\n(.*?)```\n\n((?:\|[^\n]*\n)+)/gs)].map(({ 1: diff, 2: table, index }) => ({
    title: [...page.slice(0, index).matchAll(/^#+ (.*)$/gm)].at(-1)![1],
    before: linesOf(diff, '-'),
    after: linesOf(diff, '+'),
    effects: Object.fromEntries(table.trim().split('\n').slice(2).flatMap(row => {
      const [, constructs, effect] = row.split('|').map(cell => cell.trim());
      return [...constructs.matchAll(/`(\w+)`/g)].map(([, name]) => [name, effect]);
    })),
  }));
}

function linesOf(diff: string, sign: '-' | '+'): string {
  return diff.split('\n').filter(line => line === '' || line.startsWith(' ') || line.startsWith(sign)).map(line => line.slice(1)).join('\n');
}

/** Code that the page leaves to its readers. */
function addStacks(app: App): void {
  const { stack, vpc, instanceType, machineImage } = yours(app);
  new Instance(stack, 'Web', { vpc, instanceType, machineImage });
  new BastionHostLinux(stack, 'Bastion', { vpc, machineImage });
  new LaunchTemplate(stack, 'Template', { instanceType, machineImage });
  new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage });
}

function yours(app: App) {
  const stack = scratchStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  return {
    stack,
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
    instanceType: new InstanceType('m7i.large'),
    machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
  };
}

/** Runs code of the page in an app. */
function run(code: string, app: App): void {
  const isWhole = code.includes('// ... your stacks ...');
  const values = isWhole ? {} : yours(app);
  const program = code.replace('// ... your stacks ...', 'addStacks(app);');
  const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const load = (name: string): unknown => name === 'cdk-imdsv2' ? library : requireHere(name);
  const names = { require: load, exports: {}, app, addStacks, ...values };
  new Function(...Object.keys(names), outputText)(...Object.values(names));
}

function synthesized(code: string, context: { readonly [flag: string]: unknown }) {
  const app = scratchApp(context);
  run(code, app);
  const { template, messages } = app.synth().getStackByName('Shop');
  return { resources: template.Resources as Resources, warnings: messages.map(({ id, entry }) => `${id} ${entry.data as string}`) };
}

function resourceOf(construct: string, resources: Resources): Resource {
  const [id] = Object.keys(resources).filter(name => RESOURCE_IDS[construct].test(name));
  return resources[id];
}

/** The effect of a deployment on an existing resource, in the words of the page. */
function effectOn(before: Resource, after: Resource): string {
  if (JSON.stringify(before) === JSON.stringify(after)) { return 'changes nothing'; }
  const changed = [...Object.keys(before.Properties), ...Object.keys(after.Properties)]
    .filter(name => JSON.stringify(before.Properties[name]) !== JSON.stringify(after.Properties[name]));
  if (changed.includes('LaunchTemplate') || before.Type === 'AWS::AutoScaling::LaunchConfiguration') { return '**replaces it**'; }
  expect(after.Properties.MetadataOptions).toEqual({ HttpTokens: 'required' });
  return changed.every(name => name === 'MetadataOptions') ? 'changes it in place: it requires tokens itself now' : 'changes it otherwise';
}

test('the page has migrations with and without replacement', () => {
  const effects = WAYS.flatMap(way => Object.values(way.effects));
  expect(WAYS.length).toBeGreaterThanOrEqual(8);
  expect(new Set(effects)).toEqual(new Set(['changes it in place: it requires tokens itself now', 'changes nothing', '**replaces it**']));
});

describe.each(FLAGS)('with %s', (_, context) => {
  test.each(WAYS.map((way, index) => [`${index + 1}. ${way.title}`, way] as const))('%s: the effect of a deployment is as on the page', (__, { before, after, effects }) => {
    const [old, next] = [before, after].map(code => synthesized(code, context).resources);
    const found = Object.keys(effects).map(construct => [construct, effectOn(resourceOf(construct, old), resourceOf(construct, next))]);
    expect(Object.fromEntries(found)).toEqual(effects);
  });

  test.each(WAYS.filter(({ effects }) => !Object.values(effects).includes('**replaces it**')).map((way, index) => [`${index + 1}. ${way.title}`, way] as const))(
    '%s: no launch template of an instance changes', (__, { before, after }) => {
      const [old, next] = [before, after].map(code => synthesized(code, context).resources);
      const attached = (resources: Resources) => Object.fromEntries(Object.entries(resources).filter(([id]) => /^(Web|Bastion)LaunchTemplate/.test(id)));
      expect(attached(next)).toEqual(attached(old));
    });
});

describe('with the feature flags of cdk init, together with the mechanism of aws-cdk-lib', () => {
  test.each(WAYS)('$title: there is no warning', ({ after }) => {
    expect(synthesized(after, CDK_INIT.context).warnings).toEqual([]);
  });
});

test('a launch configuration that gets tokens from Imdsv2.enforce() instead of the aspect has the warning of the page', () => {
  const way = WAYS.find(({ title }) => title === 'Remove the aspects for launch templates and groups')!;
  expect(synthesized(way.after, {}).warnings).toEqual([expect.stringMatching(/^\/Shop\/Group\/LaunchConfig .*Imdsv2::ReplacesResource/)]);
});

describe('the launch template of requireImdsv2 contains only tokens', () => {
  const settings = (props: library.RequireImdsv2Props, userData = false) => {
    const app = scratchApp(CDK_INIT.context);
    const { stack, vpc, instanceType, machineImage } = yours(app);
    const web = new Instance(stack, 'Web', { vpc, instanceType, machineImage, requireImdsv2: true });
    if (userData) { web.addUserData('echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config'); }
    library.Imdsv2.enforce(app, props);
    library.Imdsv2.check(app, { failOn: library.FailOn.WARNING });
    const assembly = app.synth();
    const { template, messages } = assembly.getStackByName('Shop');
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8')) as Report;
    const { Instance: instance, LaunchTemplate: attached } = Object.fromEntries(Object.entries(template.Resources as Resources)
      .filter(([id]) => /^Web(LaunchTemplate)?[0-9A-F]{8}$/.test(id)).map(([, { Type, Properties }]) => [Type.split('::')[2], Properties]));
    const warnings = messages.map(({ entry }) => entry.data);
    const violations = report.pluginReports.flatMap(plugin => plugin.violations);
    return { instance: instance.MetadataOptions, template: attached.LaunchTemplateData, warnings, violations };
  };
  const TEMPLATE = { MetadataOptions: { HttpTokens: 'required' } };

  test.each<[string, library.RequireImdsv2Props, { readonly [setting: string]: unknown }]>([
    ['a hop limit', { httpPutResponseHopLimit: 1 }, { HttpPutResponseHopLimit: 1 }],
    ['access to tags', { instanceMetadataTags: true }, { InstanceMetadataTags: 'enabled' }],
  ])('%s is written into the instance, in place', (_, props, filled) => {
    expect(settings(props)).toMatchObject({ instance: { HttpTokens: 'required', ...filled }, template: TEMPLATE, warnings: [], violations: [] });
  });

  test('the hop limit of a container host is written into the instance, in place', () => {
    expect(settings({}, true)).toEqual({ instance: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }, template: TEMPLATE, warnings: [], violations: [] });
  });
});

describe('KeepImdsv2LaunchTemplate', () => {
  test('does not change an instance with a launch template', () => {
    const app = scratchApp();
    const { stack, vpc, instanceType, machineImage } = yours(app);
    const web = new Instance(stack, 'Web', { vpc, instanceType, machineImage });
    web.instance.launchTemplate = { launchTemplateId: 'lt-1', version: '1' };
    Aspects.of(app).add(new library.KeepImdsv2LaunchTemplate());
    const { template, messages } = app.synth().getStackByName('Shop');
    expect(resourceOf('Instance', template.Resources as Resources).Properties.LaunchTemplate).toEqual({ LaunchTemplateId: 'lt-1', Version: '1' });
    expect(messages).toEqual([]);
  });

  test('attaches one template, even if it is applied several times', () => {
    const app = scratchApp();
    addStacks(app);
    app.node.findChild('Shop').with(new library.KeepImdsv2LaunchTemplate(), new library.KeepImdsv2LaunchTemplate());
    Aspects.of(app).add(new library.KeepImdsv2LaunchTemplate());
    const resources = app.synth().getStackByName('Shop').template.Resources as Resources;
    expect(Object.keys(resources).filter(id => /^(Web|Bastion)LaunchTemplate/.test(id))).toHaveLength(2);
  });
});
