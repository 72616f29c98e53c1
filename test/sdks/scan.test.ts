import { SdkSupport } from '../../src';
import { folderOf, foundIn } from './folders';
import type { Files } from './folders';
import { zipOf } from './zip';

const LONG_BUNDLE = "AWS.util.update(AWS, {\n  /**\n   * @constant\n   */\n  VERSION: '2.600.0',\n\n  /**\n   * @api private\n   */\n  Signers: {},";

test.each<readonly [what: string, files: Files, found: readonly string[]]>([
  ['a bundle that is not minified', { 'index.js': LONG_BUNDLE }, ['aws-sdk 2.600.0']],
  ['a bundle in texts of JavaScript', { 'main.js': `eval("${LONG_BUNDLE.replaceAll("'", '\\"').replaceAll('\n', '\\n')}")` }, ['aws-sdk 2.600.0']],
  ['texts that only mention an SDK', { 'index.js': '// Works with AWS SDK for JavaScript v2.100.0 and later\nexpect(agent).toMatch("aws-sdk-nodejs/2.1.0 Boto3/1.9.0");' }, []],
  ['a built file of the SDK', { 'aws-sdk.min.js': '// AWS SDK for JavaScript v2.600.0\n// Copyright Amazon.com, Inc. or its affiliates. All Rights Reserved.\n' }, ['aws-sdk 2.600.0']],
  ['names with another spelling in the lock', { 'requirements.txt': 'Boto3>=1.9', 'poetry.lock': '[[package]]\nname = "boto3"\nversion = "1.26.0"' }, ['boto3 1.26.0']],
  ['the build dependencies of a library in an archive', {
    'a.jar': zipOf({ 'META-INF/maven/g/a/pom.xml': '<project><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>1.11.1</version></dependency></dependencies></project>' }),
  }, []],
  ['an SDK without any version for IMDSv2, with an open version', { 'requirements.txt': 'boto\nboto>=2.40', 'Cargo.toml': '[target."cfg(unix)".dependencies]\nrusoto_core = "0.48"' }, ['rusoto_core ?', 'boto ?', 'boto ?']],
  ['packages in files by their names', { 'aws-sdk-core-3.78.0.gem': '', 'boto3-1.9.0.tar.gz': '', 'a.nupkg': zipOf({ 'a.nuspec': '<package><metadata><id>AWSSDK.Core</id><version>3.3.1</version></metadata></package>' }) },
    ['AWSSDK.Core 3.3.1', 'aws-sdk-core 3.78.0', 'boto3 1.9.0']],
  ['text in UTF-16 with the other byte order', { 'requirements.txt': Buffer.from('\uFEFFboto3==1.9.0', 'utf16le').swap16() }, ['boto3 1.9.0']],
  ['an installed package with several files that have its version', {
    'site/boto3-1.9.0.dist-info/METADATA': 'Name: boto3\nVersion: 1.9.0',
    'site/boto3/__init__.py': "__version__ = '1.9.0'",
    'site/botocore/__init__.py': "__version__ = '1.12.0'",
    'gems/aws-sdk-core-3.78.0/VERSION': '3.78.0',
    'gems/aws-sdk-core-3.78.0/lib/aws-sdk-core.rb': "CORE_GEM_VERSION = '3.78.0'",
    'vendor/composer/installed.json': '[{"name":"aws/aws-sdk-php","version":"3.100.0"}]',
    'vendor/aws/aws-sdk-php/src/Sdk.php': "const VERSION = '3.100.0'",
    'package-lock.json': '{"packages":{"node_modules/aws-sdk":{"version":"2.1.0"}}}',
    'node_modules/aws-sdk/package.json': '{"name":"aws-sdk","version":"2.1.0"}',
    'fn/node_modules/aws-sdk/package.json': '{"name":"aws-sdk","version":"2.2.0"}',
  }, ['aws-sdk 2.2.0', 'aws-sdk-core 3.78.0', 'aws-sdk 2.1.0', 'boto3 1.9.0', 'botocore 1.12.0', 'aws/aws-sdk-php 3.100.0']],
])('%s', (_, files, found) => {
  expect(foundIn(files).map(each => each.replace(/^\S+ (\S+ \S+) .*$/, '$1'))).toEqual(found);
});

const REQUIREMENTS = { 'requirements.txt': 'boto3==1.9.0' };

/** The result: the found SDKs, and why other files could not be read. */
function scanned(files: Files): readonly string[] {
  const { sdks, unreadable } = SdkSupport.scan(folderOf(files));
  return [...sdks.map(({ file }) => file), ...unreadable.map(({ file, because }) => `${file}: ${because}`)];
}

test('archives after a script, with paths of Windows, and with more files than the old counter supports', () => {
  const many = Object.fromEntries(Array.from({ length: 66_000 }, (_, index) => [`f${index}`, '']));
  expect(scanned({
    'app.jar': Buffer.concat([Buffer.from('#!/bin/sh\nexec java -jar $0\n'), zipOf(REQUIREMENTS)]), 'large.zip': zipOf({ ...many, ...REQUIREMENTS }), 'windows.zip': zipOf({ 'node_modules\\aws-sdk\\package.json': '{"name":"aws-sdk","version":"2.1.0"}' }),
  })).toEqual(['app.jar!/requirements.txt', 'large.zip!/requirements.txt', 'windows.zip!/node_modules/aws-sdk/package.json']);
});

test('an incompletely read archive is reported', () => {
  const broken = zipOf({ ...REQUIREMENTS, other: '' });
  broken.writeUInt32LE(0, broken.lastIndexOf('PK\x01\x02'));
  const deep = [1, 2, 3, 4].reduce((inner, depth) => zipOf({ [`${depth}.zip`]: inner }), zipOf(REQUIREMENTS));
  expect(scanned({ 'broken.zip': broken, 'deep.zip': deep, 'image.tar': 'x', 'node_modules/a/a.tgz': 'x' })).toEqual([
    'broken.zip!/requirements.txt', 'broken.zip: the archive is broken', 'deep.zip!/4.zip!/3.zip!/2.zip: it is more than 3 deep in other archives', 'image.tar: it is an archive of an unsupported kind',
  ]);
});

test('included files are also read in UTF-16, as PowerShell writes them', () => {
  const named = Buffer.from('\ufeffbotocore==1.9.1\r\n', 'utf16le');
  expect(foundIn({ 'requirements.txt': '-r more.txt\n', 'more.txt': named }).map(found => found.replace(/^\S+ /, ''))).toEqual(['botocore 1.9.1 too old']);
});
