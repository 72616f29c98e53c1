import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import type { AppProps } from 'aws-cdk-lib';
import { App, Aspects, Stage } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2 } from '../../src';
import type { Imdsv2CheckProps } from '../../src';
import { REQUIRED, appOf, checked, instance, synthesized } from '../check/checked';
import { switchOffValidation } from '../harness/no-validation';
import { SCRATCH, scratchApp, scratchStack } from '../harness/scratch-app';

/** The used part of SARIF. */
interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly locations: readonly SarifLocation[] }[] }[];
}

interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: object };
}

const FORMATS = [ImdsReport.html, ImdsReport.json, ImdsReport.sarif, ImdsReport.junit, ImdsReport.markdown] as const;
const NAMES = ['imdsv2-report.html', 'imdsv2-report.json', 'imdsv2-report.sarif', 'imdsv2-report.junit.xml', 'imdsv2-report.md'];
const all = () => FORMATS.map(format => format());

const directory = () => mkdtempSync(join(SCRATCH, 'cdk.out-'));

/** An app that writes to a directory with existing files. */
function appIn(outdir: string, props: AppProps = {}): App {
  const settings = { builtinCloudFormationValidation: false, analyticsReporting: false, treeMetadata: false };
  const app = new App({ ...settings, outdir, context: { 'aws:cdk:disable-stack-trace': true }, ...props });
  switchOffValidation(app);
  return app;
}

/** Creates a stack with an instance in the directory, checks it with all reports, and weakens it. */
function synthesizeIn(outdir: string, spoil: (app: App) => unknown = () => undefined, props: AppProps = {}) {
  const app = appIn(outdir, props);
  instance(scratchStack(app), 'Host', REQUIRED);
  spoil(app);
  Imdsv2.check(app, { reports: all() });
  return synthesized(app);
}

const reportsIn = (outdir: string) => readdirSync(outdir).filter(name => name.startsWith('imdsv2')).sort();

describe('the reports', () => {
  test.each(FORMATS.map((format, index) => [NAMES[index], format] as const))('%s is written into the cloud assembly', (name, format) => {
    const stack = scratchStack();
    instance(stack, 'Host');
    checked(appOf(stack), { reports: [format()] });
    expect(reportsIn(appOf(stack).outdir)).toEqual([name]);
    expect(readFileSync(join(appOf(stack).outdir, name), 'utf8')).toContain('Host');
  });

  test('have the given file names', () => {
    const app = appOf(scratchStack());
    checked(app, { reports: [ImdsReport.json({ fileName: 'imdsv2.audit' }), ImdsReport.json()] });
    expect(reportsIn(app.outdir)).toEqual(['imdsv2-report.json', 'imdsv2.audit']);
  });

  test('have separate files, in all checks of an app', () => {
    const stack = scratchStack();
    const twice = { reports: [ImdsReport.json({ fileName: 'audit' }), ImdsReport.html({ fileName: 'audit' })] };
    expect(() => Imdsv2.check(stack, twice)).toThrow("fileName must be unique among the reports of an app, got 'audit', which the check of 'Stack' writes already");
    Imdsv2.check(stack, { reports: [ImdsReport.json()] });
    expect(() => Imdsv2.check(appOf(stack), { reports: [ImdsReport.json()] })).toThrow("got 'imdsv2-report.json', which the check of 'Stack' writes");
  });

  test('have absolute URIs if the assembly is outside the sources', () => {
    const stack = scratchStack();
    instance(stack, 'Host');
    checked(appOf(stack), { reports: [ImdsReport.sarif()] });
    const { runs: [{ results: [{ locations: [{ physicalLocation }] }] }] } = JSON.parse(readFileSync(join(appOf(stack).outdir, NAMES[2]), 'utf8')) as Sarif;
    expect(physicalLocation.artifactLocation).toEqual({ uri: `file://${appOf(stack).outdir}/Stack.template.json`, index: 0 });
  });

  test('contain findings, or none, whether these fail the synthesis or not', () => {
    const stack = scratchStack();
    instance(stack, 'Weak');
    instance(stack, 'Fine', REQUIRED);
    checked(appOf(stack), { reports: [ImdsReport.json()], today: '2026-06-15' });
    const report = JSON.parse(readFileSync(join(appOf(stack).outdir, NAMES[1]), 'utf8')) as unknown;
    expect(report).toMatchObject({
      day: '2026-06-15',
      success: false,
      resources: [{ path: 'Stack/Weak', outcome: 'not required' }, { path: 'Stack/Fine', outcome: 'required' }],
      findings: [{ rule: 'Imdsv2::TokensRequired', path: 'Stack/Weak', template: 'Stack.template.json', location: 'Properties.MetadataOptions.HttpTokens' }],
    });
  });

  test('of a stage are written to the directory of the app', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    instance(scratchStack(stage));
    Imdsv2.check(stage, { reports: all() });
    synthesized(app);
    expect(reportsIn(app.outdir)).toEqual([...NAMES].sort());
    expect(reportsIn(stage.outdir)).toEqual([]);
  });

  test('contain no constructs outside the check', () => {
    const app = scratchApp();
    instance(scratchStack(app, 'Other'));
    const stack = scratchStack(app);
    instance(stack);
    Imdsv2.check(stack, { reports: all() });
    synthesized(app);
    for (const name of NAMES) { expect(readFileSync(join(app.outdir, name), 'utf8')).not.toContain('Other'); }
  });
});

describe('the name of a report', () => {
  test.each(['', '.', '..', '/', 'a/b.html', '../b.html', 'a\\b.html', '/tmp/b.html'])('is no directory: %p', fileName => {
    for (const format of FORMATS) { expect(() => format({ fileName })).toThrow('fileName must be the name of a file, without a directory, got'); }
  });

  test.each(['manifest.json', 'tree.json', 'cdk.out', 'validation-report.json', 'Stack.template.json', 'Stack.assets.json', 'asset.abc', 'assembly-Production'])(
    'is rejected if CDK writes a file of this name: %p', fileName => {
      for (const format of FORMATS) { expect(() => format({ fileName })).toThrow('fileName must not be one that CDK writes itself, got'); }
    });

  test.each(['imdsv2', '.imdsv2', 'report v2.html', 'assets.json', 'manifest.json.html'])('may be %p', fileName => {
    for (const format of FORMATS) { expect(format({ fileName }).fileName).toBe(fileName); }
  });

  test('differs by format', () => {
    expect(all().map(({ fileName }) => fileName)).toEqual(NAMES);
  });
});

describe('a second synthesis into the same directory', () => {
  test('writes the same reports', () => {
    const outdir = directory();
    const [first, second] = [1, 2].map(() => {
      synthesizeIn(outdir);
      return NAMES.map(name => readFileSync(join(outdir, name), 'utf8'));
    });
    expect(second).toEqual(first);
  });

  const failing: readonly [string, (app: App) => unknown][] = [
    ['the validation of the tree', app => app.node.addValidation({ validate: () => ['no'] })],
    ['the validation of a stage', app => new Stage(app, 'Production').node.addValidation({ validate: () => ['no'] })],
    ['a validation that was there before', app => app.node.children[0].node.addValidation({ validate: () => { throw new Error('no'); } })],
    ['an aspect', app => Aspects.of(app).add({ visit: () => { throw new Error('no'); } })],
  ];

  test.each(failing)('that fails by %s removes the reports of the first one', (_, spoil) => {
    const outdir = directory();
    synthesizeIn(outdir);
    expect(reportsIn(outdir)).toEqual([...NAMES].sort());
    expect(synthesizeIn(outdir, spoil).failure).toContain('no');
    expect(reportsIn(outdir)).toEqual([]);
  });

  test.each([false, true])('is no change that a plugin makes to the cloud assembly, with CDK\'s validation of the tree skipped: %p', skipValidation => {
    const outdir = directory();
    const run = () => {
      const app = appIn(outdir, { confirmValidationPluginsDoNotMutate: true });
      instance(scratchStack(app), 'Host', REQUIRED);
      Imdsv2.check(app, { reports: all(), today: skipValidation && existsSync(join(outdir, NAMES[0])) ? '2026-01-01' : undefined });
      return synthesized(app, { skipValidation }).failure;
    };
    expect([run(), run()]).toEqual([undefined, undefined]);
    expect(reportsIn(outdir)).toEqual([...NAMES].sort());
  });

  test('that is forced in the same app writes the reports again', () => {
    const app = appIn(directory(), { confirmValidationPluginsDoNotMutate: true });
    instance(scratchStack(app), 'Host', REQUIRED);
    const props: Imdsv2CheckProps = { reports: all() };
    Imdsv2.check(app, props);
    expect([synthesized(app).failure, synthesized(app, { force: true }).failure]).toEqual([undefined, undefined]);
    expect(reportsIn(app.outdir)).toEqual([...NAMES].sort());
  });
});
