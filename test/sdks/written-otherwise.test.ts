import { SdkSupport } from '../../src';
import { folderOf, foundIn } from './folders';
import type { Files } from './folders';
import { zipOf } from './zip';

const LONG_BUNDLE = "AWS.util.update(AWS, {\n  /**\n   * @constant\n   */\n  VERSION: '2.600.0',\n\n  /**\n   * @api private\n   */\n  Signers: {},";

test.each<readonly [what: string, files: Files, found: readonly string[]]>([
  ['a plain number in package.json, which is a range where it has less than three parts',
    { 'package.json': '{"dependencies":{"aws-sdk":"2"},"devDependencies":{"@aws-sdk/client-s3":"=3.1.0"},"resolutions":{"tool/aws-sdk":"2.4.0","**/aws-sdk":"2.600"}}' },
    ['aws-sdk ?', '@aws-sdk/client-s3 3.1.0', 'aws-sdk 2.4.0', 'aws-sdk ?']],
  ["a project of one's own that is called as an SDK", {
    'a/package-lock.json': '{"packages":{"":{"name":"aws-sdk","version":"1.0.0"},"packages/aws-sdk":{"name":"aws-sdk","version":"1.0.0"}}}',
    'a/package.json': '{"name":"aws-sdk","version":"1.0.0"}',
    'b/package.json': '{"name":"aws-sdk","version":"2.1.0","repository":{"url":"git://github.com/aws/aws-sdk-js"}}',
    'uv.lock': '[[package]]\nname = "boto3"\nversion = "0.1.0"\nsource = { editable = "." }\n',
  }, ['aws-sdk 2.1.0']],
  ['a bundle that is not minified', { 'index.js': LONG_BUNDLE }, ['aws-sdk 2.600.0']],
  ['a bundle in texts of JavaScript', { 'main.js': `eval("${LONG_BUNDLE.replaceAll("'", '\\"').replaceAll('\n', '\\n')}")` }, ['aws-sdk 2.600.0']],
  ['pnpm-lock.yaml of two documents', { 'pnpm-lock.yaml': "---\nlockfileVersion: '9.0'\npackages:\n\n  pnpm@12.0.0:\n    resolution: {}\n---\nlockfileVersion: '9.0'\npackages:\n\n  aws-sdk@2.600.0:\n    resolution: {}\n" }, ['aws-sdk 2.600.0']],
  ['pnpm-lock.yaml with a long key and a package from a repository', {
    'pnpm-lock.yaml': 'packages:\n  ? aws-sdk@2.600.0(peer@1.0.0)\n  : resolution: {}\n  https://codeload.github.com/aws/aws-sdk-js/tar.gz/0123abc:\n    resolution: {tarball: x}\n    name: aws-sdk\n    version: 2.601.0\n',
  }, ['aws-sdk 2.600.0', 'aws-sdk 2.601.0']],
  ['pylock.toml', { 'pylock.toml': 'lock-version = "1.0"\n[[packages]]\nname = "boto3"\nversion = "1.9.0"\n' }, ['boto3 1.9.0']],
  ['requirements that name other files', { 'requirements.txt': '-r deps/base.txt\n-c other.txt', 'deps/base.txt': '--requirement=more.txt', 'deps/more.txt': 'boto3==1.9.0', 'other.txt': '-r requirements.txt\nbotocore==1.12.0' }, ['boto3 1.9.0', 'botocore 1.12.0']],
  ['a comment that ends as a line that goes on, and a line that goes on at the end', { 'requirements.txt': '# note \\\nboto3==1.9.0\nbotocore==1.12.0 \\' }, ['boto3 1.9.0', 'botocore 1.12.0']],
  ['requirements of wheels, archives and repositories', {
    'requirements.txt': './wheels/boto3-1.9.0-py2.py3-none-any.whl\nhttps://example.com/botocore-1.12.0.tar.gz\n-e git+https://github.com/boto/boto3.git@1.9.1#egg=boto3\ngit+https://github.com/aws/aws-cli#egg=awscli',
  }, ['boto3 1.9.0', 'botocore 1.12.0', 'boto3 ?', 'awscli ?']],
  ['setup.cfg on one line', { 'setup.cfg': '[metadata]\nname = boto3\n[options]\ninstall_requires = boto3==1.9.0\nsetup_requires =\n  botocore==1.12.0' }, ['boto3 1.9.0', 'botocore 1.12.0']],
  ['pyproject.toml of PDM and uv', { 'pyproject.toml': '[tool.pdm.dev-dependencies]\nx = ["boto3==1.9.0"]\n[tool.uv]\ndev-dependencies = ["botocore==1.12.0"]\n[build-system]\nrequires = ["awscli==1.16.0"]' }, ['boto3 1.9.0', 'botocore 1.12.0', 'awscli 1.16.0']],
  ['setup.py with names that are no requirements', { 'setup.py': "setup(packages=['boto3'], keywords=['boto'], # 'boto3==1.8.0'\n install_requires=['boto3[crt]', 'botocore==1.12.0'])" }, ['boto3 ?', 'botocore 1.12.0']],
  ['what is commented out', {
    'build.gradle': "// 'com.amazonaws:aws-java-sdk-s3:1.11.1'\n/* 'com.amazonaws:aws-java-sdk-s3:1.11.2' */\nurl 'https://x' // don't\nimplementation 'com.amazonaws:aws-java-sdk-s3:1.11.3'",
    'build.sbt': '// "com.amazonaws" % "aws-java-sdk-s3" % "1.11.1"\n"com.amazonaws" % "aws-java-sdk-s3" % "1.11.4"',
    'project.clj': ';; [com.amazonaws/aws-java-sdk-s3 "1.11.1"]\n[com.amazonaws/aws-java-sdk-s3 "1.11.5"]',
    'conanfile.txt': '# aws-sdk-cpp/1.7.1\naws-sdk-cpp/1.7.2#abc',
    'x.ps1': '# Install-Module AWSPowerShell -RequiredVersion 3.3.1\nImport-Module AWSPowerShell -RequiredVersion 3.3.2',
  }, ['com.amazonaws:aws-java-sdk-s3 1.11.3', 'com.amazonaws:aws-java-sdk-s3 1.11.4', 'aws-sdk-cpp 1.7.2', 'com.amazonaws:aws-java-sdk-s3 1.11.5', 'AWSPowerShell 3.3.2']],
  ['a pom whose own property counts for what its parent manages', {
    'pom.xml': '<project><properties><aws>1.11.500</aws></properties><dependencyManagement><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>${aws}</version></dependency></dependencies></dependencyManagement></project>',
    'child/pom.xml': '<project><parent/><properties><aws>1.12.700</aws></properties><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId></dependency></dependencies></project>',
  }, ['com.amazonaws:aws-java-sdk 1.12.700', 'com.amazonaws:aws-java-sdk 1.11.500']],
  ['what a library in an archive was built with', {
    'a.jar': zipOf({ 'META-INF/maven/g/a/pom.xml': '<project><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>1.11.1</version></dependency></dependencies></project>' }),
  }, []],
  ['a replacement of what is not required', {
    'a/go.mod': 'module a\ngo 1.20\nreplace github.com/aws/aws-sdk-go => github.com/aws/aws-sdk-go v1.20.0',
    'b/go.mod': 'module b\ngo 1.12\nreplace github.com/aws/aws-sdk-go => github.com/aws/aws-sdk-go v1.20.0',
  }, ['github.com/aws/aws-sdk-go v1.20.0']],
  ['an SDK of which no version speaks IMDSv2, whatever the file leaves open', { 'requirements.txt': 'boto\nboto>=2.40', 'Cargo.toml': '[target."cfg(unix)".dependencies]\nrusoto_core = "0.48"' }, ['rusoto_core ?', 'boto ?', 'boto ?']],
  ['rich versions of Gradle', { 'libs.versions.toml': '[versions]\naws = { strictly = "1.11.2" }\n[libraries]\na = { module = "com.amazonaws:aws-java-sdk-s3", version.ref = "aws" }\nb = { module = "com.amazonaws:aws-java-sdk-sqs", version = { require = "1.11.3" } }' },
    ['com.amazonaws:aws-java-sdk-s3 1.11.2', 'com.amazonaws:aws-java-sdk-sqs 1.11.3']],
  ['modules of PowerShell themselves', { 'AWSPowerShell/AWSPowerShell.psd1': "@{\nModuleVersion = '3.3.500.0'\n}", 'x.ps1': 'Install-PSResource -Name AWS.Tools.EC2 -Version 4.0.0' }, ['AWSPowerShell 3.3.500.0', 'AWS.Tools.EC2 4.0.0']],
  ['packages in files by their names', { 'aws-sdk-core-3.78.0.gem': '', 'boto3-1.9.0.tar.gz': '', 'a.nupkg': zipOf({ 'a.nuspec': '<package><metadata><id>AWSSDK.Core</id><version>3.3.1</version></metadata></package>' }) },
    ['AWSSDK.Core 3.3.1', 'aws-sdk-core 3.78.0', 'boto3 1.9.0']],
  ['text of UTF-16, the other way round', { 'requirements.txt': Buffer.from('\uFEFFboto3==1.9.0', 'utf16le').swap16() }, ['boto3 1.9.0']],
  ['an installed package, which says more than once what it is', {
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

test('what was commented out, or replaced, is on its own line all the same', () => {
  expect(foundIn({ 'build.gradle': "/* a\n b */\nimplementation 'com.amazonaws:aws-java-sdk-s3:1.11.3'", 'pyproject.toml': '[project]\ndependencies = [\n"botocore==1.12.0",\n]\n[tool.poetry.dependencies]\nbotocore = "1.11.0"' }))
    .toEqual(['build.gradle:3 com.amazonaws:aws-java-sdk-s3 1.11.3 too old', 'pyproject.toml:6 botocore 1.11.0 too old', 'pyproject.toml:3 botocore 1.12.0 too old']);
});

const REQUIREMENTS = { 'requirements.txt': 'boto3==1.9.0' };

/** As it is read: what was found, and why others could not be read. */
function scanned(files: Files): readonly string[] {
  const { sdks, unreadable } = SdkSupport.scan(folderOf(files));
  return [...sdks.map(({ file }) => file), ...unreadable.map(({ file, because }) => `${file}: ${because}`)];
}

test('archives behind a script, with paths of Windows, and with more files than the old count holds', () => {
  const many = Object.fromEntries(Array.from({ length: 66_000 }, (_, index) => [`f${index}`, '']));
  expect(scanned({
    'app.jar': Buffer.concat([Buffer.from('#!/bin/sh\nexec java -jar $0\n'), zipOf(REQUIREMENTS)]), 'large.zip': zipOf({ ...many, ...REQUIREMENTS }), 'windows.zip': zipOf({ 'node_modules\\aws-sdk\\package.json': '{"name":"aws-sdk","version":"2.1.0"}' }),
  })).toEqual(['app.jar!/requirements.txt', 'large.zip!/requirements.txt', 'windows.zip!/node_modules/aws-sdk/package.json']);
});

test('an archive that is not read as a whole is said', () => {
  const broken = zipOf({ ...REQUIREMENTS, other: '' });
  broken.writeUInt32LE(0, broken.lastIndexOf('PK\x01\x02'));
  const deep = [1, 2, 3, 4].reduce((inner, depth) => zipOf({ [`${depth}.zip`]: inner }), zipOf(REQUIREMENTS));
  expect(scanned({ 'broken.zip': broken, 'deep.zip': deep, 'image.tar': 'x', 'node_modules/a/a.tgz': 'x' })).toEqual([
    'broken.zip!/requirements.txt', 'broken.zip: the archive is broken', 'deep.zip!/4.zip!/3.zip!/2.zip: it is more than 3 deep in other archives', 'image.tar: it is an archive of a kind that is not opened',
  ]);
});
