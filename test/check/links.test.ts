import { execFileSync } from 'child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2, Imdsv2Validator } from '../../src';
import { SCRATCH } from '../harness/scratch-app';
import { OPTIONAL, instance } from './checked';
import type { Context } from './written';
import { contextOf, written } from './written';

const TEMPLATE = { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL } } };
const REPORTS = [ImdsReport.json(), ImdsReport.html()];
const nested = (file: string) => ({ Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file } } } });

/** A folder outside any assembly, with a template in it. */
function outside(): string {
  const directory = mkdtempSync(join(SCRATCH, 'outside-'));
  writeFileSync(join(directory, 'nested.json'), JSON.stringify(TEMPLATE));
  return directory;
}

function found(context: Context): readonly string[] {
  const { violations } = new Imdsv2Validator({ reports: REPORTS }).validate(context);
  return violations.map(({ ruleName, description }) => ruleName === 'Imdsv2::OptionsUnreadable' ? description : ruleName);
}

const LINK = 'the template nested.json cannot be read: it is a link to a place outside the assembly';

describe('reading', () => {
  test('a template behind a link out of the assembly is not read', () => {
    const context = written({ 'web.json': nested('nested.json') });
    symlinkSync(join(outside(), 'nested.json'), join(context.directory, 'nested.json'));
    expect(found(context)).toEqual([LINK]);
  });

  test('a template that CDK names, behind such a link, is not read either', () => {
    const context = written({});
    symlinkSync(join(outside(), 'nested.json'), join(context.directory, 'nested.json'));
    expect(found({ ...contextOf([join(context.directory, 'nested.json')], context.directory), directory: context.directory })).toEqual([LINK]);
  });

  test('a template in a folder that is such a link is not read', () => {
    const context = written({ 'web.json': nested('folder/nested.json') });
    symlinkSync(outside(), join(context.directory, 'folder'));
    expect(found(context)).toEqual([LINK.replace('nested.json', 'folder/nested.json')]);
  });

  test('a link inside the assembly is followed', () => {
    const context = written({ 'web.json': nested('nested.json'), 'real/template.json': TEMPLATE }, ['web.json']);
    symlinkSync(join('real', 'template.json'), join(context.directory, 'nested.json'));
    expect(found(context)).toEqual(['Imdsv2::TokensRequired']);
  });

  test('an assembly behind a link is read', () => {
    const { directory } = written({ 'web.json': TEMPLATE });
    const link = join(outside(), 'cdk.out');
    symlinkSync(directory, link);
    expect(found({ ...contextOf([join(link, 'web.json')], link), directory: link })).toEqual(['Imdsv2::TokensRequired']);
  });

  test('a pipe is not opened, and a folder is not a file', () => {
    const context = written({ 'web.json': { Resources: { ...nested('pipe.json').Resources, Other: nested('folder.json').Resources.Nested } } });
    execFileSync('mkfifo', [join(context.directory, 'pipe.json')]);
    mkdirSync(join(context.directory, 'folder.json'));
    expect([...found(context)].sort()).toEqual(['folder.json', 'pipe.json'].map(file => `the template ${file} cannot be read: it is not a regular file`));
  });

  test('a device is not read', () => {
    const context = written({});
    expect(found({ ...contextOf(['/dev/zero'], context.directory), directory: context.directory })[0]).toMatch(/cannot be read: it is not a regular file$/);
  });
});

describe('writing', () => {
  test('a link at the path of a report is replaced, and its target does not change', () => {
    const context = written({ 'web.json': TEMPLATE });
    const secret = join(outside(), 'secret');
    writeFileSync(secret, 'as it was');
    symlinkSync(secret, join(context.directory, 'imdsv2-report.json'));
    found(context);
    expect(readFileSync(secret, 'utf8')).toBe('as it was');
    expect(lstatSync(join(context.directory, 'imdsv2-report.json')).isFile()).toBe(true);
  });

  test('a report is not written into a folder that is a link out of the assembly', () => {
    const app = new App({ outdir: mkdtempSync(join(SCRATCH, 'linked-')) });
    const stage = new Stage(app, 'Stage');
    instance(new Stack(stage, 'Stack'));
    const directory = outside();
    const real = stage.outdir;
    execFileSync('rm', ['-rf', real]);
    symlinkSync(directory, real);
    const path = join(real, 'web.json');
    writeFileSync(path, JSON.stringify(TEMPLATE));
    const context = { ...contextOf([path], app.outdir), appConstruct: stage };
    expect(() => new Imdsv2Validator({ reports: REPORTS }).validate(context)).toThrow('reports are not written through a link out of the assembly, got');
    expect(existsSync(join(directory, 'imdsv2-report.json'))).toBe(false);
  });
});

describe('the name of a report', () => {
  test.each([
    'Manifest.JSON', 'TREE.json', 'CDK.OUT', 'Stack.Template.json', 'STACK.ASSETS.JSON', 'Stack.metadata.json', 'Validation-Report.json', 'Asset.x', 'ASSEMBLY-x',
    'synth.lock', 'read.1.1.lock',
  ])('is none of those that CDK writes, however it is spelled: %p', fileName => {
    expect(() => ImdsReport.json({ fileName })).toThrow('fileName must not be one that CDK writes itself, got');
  });

  test.each(['manifest.json.', 'manifest.json ', 'manifest.json::$DATA', 'a\nb', 'a\u202eb', 'a\0', '..', 'x/../manifest.json', 'C:a', 'a?', 'a*'])(
    'must be valid on every operating system: %p is rejected', fileName => {
      expect(() => ImdsReport.json({ fileName })).toThrow('fileName must be the name of a file, without a directory, got');
    });

  test('is unique, also if case is ignored', () => {
    expect(() => Imdsv2.check(new App(), { reports: [ImdsReport.json({ fileName: 'Audit' }), ImdsReport.html({ fileName: 'audit' })] }))
      .toThrow("fileName must be unique among the reports of an app, got 'audit'");
  });
});
