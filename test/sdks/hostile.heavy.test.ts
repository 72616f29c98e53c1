import { mkdirSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { SdkSupport } from '../../src';
import { expectLinear } from '../harness/growth';
import { folderOf, foundIn } from './folders';
import { zipOf } from './zip';

const LOCKS = [
  'package-lock.json', 'npm-shrinkwrap.json', 'package.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'requirements.txt', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'Pipfile',
  'pyproject.toml', 'METADATA', 'go.mod', 'Gopkg.lock', 'vendor/modules.txt', 'pom.xml', 'pom.properties', 'gradle.lockfile', 'build.gradle', 'gradle/libs.versions.toml', 'Gemfile.lock',
  'Gemfile', 'composer.lock', 'composer.json', 'vendor/composer/installed.json', 'packages.lock.json', 'project.assets.json', 'App.csproj', 'packages.config', 'app.deps.json', 'Cargo.lock',
  'Cargo.toml', 'conanfile.txt', 'vcpkg.json', 'bom.json', 'bom.xml', 'app.spdx.json', 'script.ps1', 'index.js', 'botocore/__init__.py', 'app.zip', 'app.jar', 'Dockerfile', 'a.gemspec', 'image.spdx', 'app.syft.json', 'constraints.txt', 'requirements.lock', 'packages.props',
];

const CONTENTS: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['a word', 'aws-sdk'],
  ['half a file', '{ "packages": { "node_modules/aws-sdk": { "version": '],
  ['null', 'null // aws'],
  ['another shape', '{ "packages": [1, null, "aws"], "dependencies": { "aws-sdk": 3, "boto3": null, "x": [] }, "libraries": [], "components": {}, "bomFormat": "CycloneDX" }'],
  ['names of Object', '{ "__proto__": { "version": "1" }, "dependencies": { "__proto__": "aws", "constructor": { "version": "2.1.0" }, "toString": "boto" } }'],
  ['deep JSON', `${'{"dependencies":{"aws-sdk":'.repeat(3_000)}1${'}}'.repeat(3_000)}`],
  ['deep lists', `aws${'['.repeat(100_000)}`],
  ['deep XML', `<aws>${'<a>'.repeat(100_000)}`],
  ['an entity that grows', `<!DOCTYPE a [<!ENTITY a "aws"><!ENTITY b "${'&a;'.repeat(1_000)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]><project><version>&c;</version></project>`],
  ['bytes', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256))],
  ['zeros', Buffer.concat([Buffer.from('aws'), Buffer.alloc(10_000)])],
  ['UTF-16', Buffer.from('\uFEFFboto3==1.9.0', 'utf16le')],
  ['the beginning of an archive', Buffer.from('PK\x03\x04aws')],
  ['the end of an archive', Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18, 0xff)])],
];

test.each(CONTENTS)('%s in any file causes no exception', (_, content) => {
  const folder = folderOf(Object.fromEntries(LOCKS.map(name => [name, content])));
  expect(() => SdkSupport.scan(folder)).not.toThrow();
});

test('a broken lock file is reported', () => {
  const { sdks, unreadable } = SdkSupport.scan(folderOf({ 'package-lock.json': '{ "aws', 'a/poetry.lock': 'aws [', 'b/pom.xml': '<project><aws', 'c/app.zip': 'none' }));
  expect(sdks).toEqual([]);
  expect(unreadable.map(({ file }) => file)).toEqual(['a/poetry.lock', 'b/pom.xml', 'c/app.zip', 'package-lock.json']);
  expect(unreadable.every(({ because }) => because !== '' && !because.includes('\n'))).toBe(true);
});

test('a bundle that is not text is no lock file, and is not reported', () => {
  expect(SdkSupport.scan(folderOf({ 'index.js': Buffer.alloc(100, 0xfe) }))).toEqual({ sdks: [], unreadable: [] });
});

test('a link out of the folder is not followed, and a link in it is not read twice', () => {
  const outside = folderOf({ 'package-lock.json': '{ "packages": { "node_modules/aws-sdk": { "version": "2.1.0" } } }', 'pom.xml': '<project><properties><aws>1.11.1</aws></properties></project>' });
  const folder = folderOf({ 'real/requirements.txt': 'boto3==1.9.0' });
  symlinkSync(outside, join(folder, 'folder'));
  symlinkSync(join(outside, 'package-lock.json'), join(folder, 'package-lock.json'));
  symlinkSync(folder, join(folder, 'around'));
  symlinkSync(join(folder, 'missing'), join(folder, 'yarn.lock'));
  symlinkSync(join(outside, 'pom.xml'), join(folder, 'pom.xml'));
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app', 'pom.xml'), '<project><parent/><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>${aws}</version></dependency></dependencies></project>');
  const { sdks, unreadable } = SdkSupport.scan(folder);
  expect(sdks.map(({ file, version }) => [file, version])).toEqual([['app/pom.xml', undefined], ['real/requirements.txt', '1.9.0']]);
  expect(unreadable).toEqual([]);
});

test.each([
  [undefined, 'directory must be a string, got undefined'],
  ['', "directory must be a folder, got ''"],
  ['/no/such/folder', "directory must be a folder that can be read, got '/no/such/folder'"],
  [__filename, 'directory must be a folder, got'],
])('%p is rejected', (directory, message) => {
  expect(() => SdkSupport.scan(directory as string)).toThrow(message);
});

test('archives are opened, also nested ones', () => {
  const jar = zipOf({ 'META-INF/maven/com.amazonaws/aws-java-sdk-s3/pom.properties': 'version=1.11.1\ngroupId=com.amazonaws\nartifactId=aws-java-sdk-s3\n' });
  expect(foundIn({
    'app.zip': zipOf({ 'package-lock.json': '{ "packages": {\n"node_modules/aws-sdk": { "version": "2.1.0" } } }', 'node_modules/aws-sdk/package.json': '{ "name": "aws-sdk", "version": "2.1.0" }' }),
    'service.jar': zipOf({ 'BOOT-INF/lib/aws-java-sdk-core-1.11.500.jar': jar, 'BOOT-INF/lib/shaded.jar': jar }),
  })).toEqual([
    'app.zip!/package-lock.json:2 aws-sdk 2.1.0 too old',
    'service.jar!/BOOT-INF/lib/aws-java-sdk-core-1.11.500.jar:1 com.amazonaws:aws-java-sdk-core 1.11.500 too old',
    'service.jar!/BOOT-INF/lib/aws-java-sdk-core-1.11.500.jar!/META-INF/maven/com.amazonaws/aws-java-sdk-s3/pom.properties:1 com.amazonaws:aws-java-sdk-s3 1.11.1 too old',
    'service.jar!/BOOT-INF/lib/shaded.jar!/META-INF/maven/com.amazonaws/aws-java-sdk-s3/pom.properties:1 com.amazonaws:aws-java-sdk-s3 1.11.1 too old',
  ]);
});

test('a file in an archive that is larger than declared is not unpacked', () => {
  const archive = zipOf({ 'package-lock.json': `{ "a": "${' '.repeat(100_000)}aws" }` });
  archive.writeUInt32LE(10, archive.lastIndexOf('PK\x01\x02') + 24);
  expect(SdkSupport.scan(folderOf({ 'app.zip': archive })).unreadable).toHaveLength(1);
});

test.each([
  ['package-lock.json', (many: number) => JSON.stringify({ packages: Object.fromEntries(Array.from({ length: many }, (_, each) => [`node_modules/p${each}/node_modules/aws-sdk`, { version: '2.1.0' }])) }, null, 1)],
  ['package-lock.json', (many: number) => JSON.stringify({ dependencies: Object.fromEntries(Array.from({ length: many }, (_, each) => [`p${each}`, { version: '1.0.0', dependencies: { 'aws-sdk': { version: '2.1.0' } } }])) }, null, 1)],
  ['yarn.lock', (many: number) => Array.from({ length: many }, (_, each) => `aws-sdk@2.1.${each}:\n  version "2.1.${each}"\n`).join('\n')],
  ['pnpm-lock.yaml', (many: number) => `packages:\n${Array.from({ length: many }, (_, each) => `  /aws-sdk/2.1.${each}:\n    resolution: {integrity: abc}\n`).join('')}`],
  ['poetry.lock', (many: number) => Array.from({ length: many }, (_, each) => `[[package]]\nname = "boto3"\nversion = "1.9.${each}"\n`).join('\n')],
  ['requirements.txt', (many: number) => 'boto3==1.9.0\n'.repeat(many)],
  ['pom.xml', (many: number) => `<project><dependencies>${'<dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>1.11.1</version></dependency>\n'.repeat(many)}</dependencies></project>`],
  ['build.gradle', (many: number) => 'implementation "com.amazonaws:aws-java-sdk-s3:1.11.1"\n'.repeat(many)],
  ['libs.versions.toml', (many: number) => `[libraries]\n${Array.from({ length: many }, (_, each) => `l${each} = "com.amazonaws:aws-java-sdk-s3:1.11.1"\n`).join('')}`],
  ['bom.json', (many: number) => JSON.stringify({ bomFormat: 'CycloneDX', components: Array.from({ length: many }, () => ({ purl: 'pkg:npm/aws-sdk@2.1.0' })) }, null, 1)],
  ['Cargo.toml', (many: number) => `[dependencies]\n${Array.from({ length: many }, (_, each) => `r${each} = { package = "rusoto_core", version = "0.1.${each}" }\n`).join('')}`],
  ['build.gradle', (many: number) => `${'a.'.repeat(many * 10)} aws\n${'implementation "com.amazonaws:aws-java-sdk-s3:1.11.1"\n'.repeat(many)}`],
  ['script.ps1', (many: number) => `${'Install-Module x '.repeat(many)}\n${"#Requires -Modules @{ModuleName='AWSPowerShell'}\n".repeat(many)}`],
  ['Gemfile.lock', (many: number) => `GEM\n  specs:\n${Array.from({ length: many }, (_, each) => `    aws-sdk-s${each} (1.0.0)\n      aws-sdk-s${each + 1} (~> 1)\n`).join('')}\nDEPENDENCIES\n  aws-sdk-s0\n`],
  ['build.sbt', (many: number) => `${'a '.repeat(many)}${' '.repeat(many)}${'"com.amazonaws" % "aws-java-sdk-s3" % "1.11.1"\n'.repeat(many)}`],
])('a large %s takes linear time', (name, make) => {
  expectLinear(size => {
    expect(SdkSupport.scan(folderOf({ [name]: make(size) })).sdks.length).toBeGreaterThanOrEqual(size);
  }, 24_000);
});
