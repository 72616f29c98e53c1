import { SdkSupport } from '../../src';
import { foundIn } from './folders';
import type { Files } from './folders';

/** Forms of public projects: short excerpts, with the expected findings. */
test.each<readonly [what: string, files: Files, found: readonly string[]]>([
  ['a BOM has the versions of its modules, also below its folder', {
    'build.gradle': "dependencies {\n  implementation platform('software.amazon.awssdk:bom:2.21.33')\n  implementation 'software.amazon.awssdk:sqs'\n}",
    'sub/build.gradle.kts': 'implementation("software.amazon.awssdk:s3")\nimplementation("com.amazonaws:aws-java-sdk-s3")',
  }, ['build.gradle:2 software.amazon.awssdk:bom 2.21.33 supported', 'sub/build.gradle.kts:2 com.amazonaws:aws-java-sdk-s3 ? unknown']],
  ['a BOM that is too old is reported, and its modules are not', { 'build.gradle': "platform('com.amazonaws:aws-java-sdk-bom:1.11.1')\nimplementation 'com.amazonaws:aws-java-sdk-s3'" },
    ['build.gradle:1 com.amazonaws:aws-java-sdk-bom 1.11.1 too old']],
  ['a BOM in a catalog', {
    'gradle/libs.versions.toml': '[versions]\naws-sdk = "2.30.8"\n[libraries]\naws-bom = { module = "software.amazon.awssdk:bom", version.ref = "aws-sdk" }\naws-sts = { module = "software.amazon.awssdk:sts" }',
    'app/build.gradle.kts': 'implementation("software.amazon.awssdk:s3")',
  }, ['gradle/libs.versions.toml:4 software.amazon.awssdk:bom 2.30.8 supported']],
  ['a BOM of another folder has no effect', { 'a/build.gradle': "platform('software.amazon.awssdk:bom:2.21.33')", 'b/build.gradle': "implementation 'software.amazon.awssdk:sqs'" },
    ['a/build.gradle:1 software.amazon.awssdk:bom 2.21.33 supported', 'b/build.gradle:1 software.amazon.awssdk:sqs ? unknown']],
  ['variables in a file that the build above applies', {
    'build.gradle': 'apply from: "$rootDir/versionsOfDependencies.gradle"',
    'versionsOfDependencies.gradle': "ext {\n  revAwsSdk = '1.11.86'\n}",
    's3/build.gradle': 'compile "com.amazonaws:aws-java-sdk-s3:${revAwsSdk}"',
  }, ['s3/build.gradle:1 com.amazonaws:aws-java-sdk-s3 1.11.86 too old']],
  ['a catalog of pnpm has the versions for manifests', {
    'pnpm-workspace.yaml': 'catalog:\n  aws-sdk: 2.100.0\n', 'packages/a/package.json': '{"dependencies":{"aws-sdk":"catalog:"}}',
  }, ['pnpm-workspace.yaml:2 aws-sdk 2.100.0 too old']],
  ['a catalog that is not there is unknown', { 'package.json': '{"dependencies":{"aws-sdk":"catalog:"}}' }, ['package.json:1 aws-sdk ? unknown']],
  ['a gemspec as RubyGems writes it', { 'vendor/specifications/codedeploy-commands-1.0.0.gemspec': 'Gem::Specification.new do |s|\n  s.name = "codedeploy-commands"\n  s.version = "1.0.0"\n  s.add_runtime_dependency(%q<aws-sdk-core>, ["~> 2.9"])\n  s.add_dependency(%q<aws-sdk-core>.freeze, ["~> 3.100".freeze])\nend' },
    ['vendor/specifications/codedeploy-commands-1.0.0.gemspec:4 aws-sdk-core ? too old', 'vendor/specifications/codedeploy-commands-1.0.0.gemspec:5 aws-sdk-core ? supported']],
  ['a gem that was copied, by its gemspec', { 'vendor/gems/aws-sdk-core/aws-sdk-core.gemspec': 'Gem::Specification.new do |spec|\n  spec.name = "aws-sdk-core"\n  spec.version = "3.1.0"\nend' },
    ['vendor/gems/aws-sdk-core/aws-sdk-core.gemspec:3 aws-sdk-core 3.1.0 too old']],
  ['references of .NET without packages', {
    'App.csproj': '<Project>\n<Reference Include="AWSSDK.Core">\n<HintPath>packages\\AWSSDK.Core.3.1.1.0\\lib\\net45\\AWSSDK.Core.dll</HintPath></Reference>\n<Reference Include="AWSSDK.S3, Version=3.0.0.0, Culture=neutral" />\n<Reference Include="AWSSDK.EC2, Version=3.5.0.0, Culture=neutral" />\n<Reference Include="AWSSDK.SQS" />\n</Project>',
  }, ['App.csproj:2 AWSSDK.Core ? too old', 'App.csproj:4 AWSSDK.S3 ? too old', 'App.csproj:5 AWSSDK.EC2 ? supported', 'App.csproj:6 AWSSDK.SQS ? unknown']],
  ['references of .NET beside packages.config', {
    'App.csproj': '<Project><Reference Include="AWSSDK.Core"><HintPath>..\\packages\\AWSSDK.Core.3.1.1.0\\lib\\AWSSDK.Core.dll</HintPath></Reference></Project>',
    'packages.config': '<packages><package id="AWSSDK.Core" version="3.1.1.0"/></packages>',
  }, ['packages.config:1 AWSSDK.Core 3.1.1.0 too old']],
  ['services of .NET before 3.3.100, without another dependency on Core', {
    'a/App.csproj': '<Project><PackageReference Include="AWSSDK.SimpleNotificationService" Version="3.3.0.24"/>\n<PackageReference Include="AWSSDK.S3" Version="3.3.104.15"/></Project>',
    'b/App.csproj': '<Project><PackageReference Include="AWSSDK.S3" Version="3.3.21.1"/>\n<PackageReference Include="AWSSDK.Core" Version="3.3.107.40"/></Project>',
  }, ['a/App.csproj:1 AWSSDK.SimpleNotificationService 3.3.0.24 too old', 'a/App.csproj:2 AWSSDK.S3 3.3.104.15 unknown', 'b/App.csproj:2 AWSSDK.Core 3.3.107.40 supported']],
  ['a list of packages of .NET', { 'App.csproj': '<Project><PackageReference Include="AWSSDK.Core; AWSSDK.SecurityToken" Version="3.3.1"/></Project>' }, ['App.csproj:1 AWSSDK.Core 3.3.1 too old']],
  ['bills of materials of Syft, and of SPDX in lines', {
    'sbom.syft.json': '{"artifacts":[\n{"name":"boto3","version":"1.9.0","purl":"pkg:pypi/boto3@1.9.0"}],"schema":{"url":"https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-16.0.0.json"}}',
    'list.json': '{"artifacts":[{"name":"aws-sdk","version":"2.1.0","purl":"pkg:npm/aws-sdk@2.1.0"}],"schema":{"url":"https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-16.0.0.json"}}',
    'image.spdx': 'SPDXVersion: SPDX-2.3\nPackageName: botocore\nSPDXID: SPDXRef-1\nPackageVersion: 1.12.0\nExternalRef: PACKAGE-MANAGER purl pkg:pypi/botocore@1.12.0\n\nPackageName: other\nPackageVersion: 1.0.0',
  }, ['image.spdx:2 botocore 1.12.0 too old', 'list.json:1 aws-sdk 2.1.0 too old', 'sbom.syft.json:2 boto3 1.9.0 too old']],
])('%s', (_, files, found) => {
  expect(foundIn(files)).toEqual(found);
});

test('single-file programs of .NET, and programs of Rust', () => {
  const program = (text: string) => Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(200_000), Buffer.from(text), Buffer.alloc(100)]);
  expect(foundIn({
    'bin/net': program('"libraries": {\n "App/1.0.0": {},\n "AWSSDK.Core/3.3.100.2": {'),
    'bin/rust': program('rusoto_core-derive /root/.cargo/registry/src/github.com-1ecc6299db9ec823/rusoto_core-0.46.0/src/request.rs'),
    'bin/other': program('"AWSSDK.Core/README" rusoto_core-0.46.0.crate'),
  })).toEqual(['bin/net:1 AWSSDK.Core 3.3.100.2 too old', 'bin/rust:1 rusoto_core 0.46.0 too old']);
});

test.each([
  ['composer', '3.0-dev', 'aws/aws-sdk-php', 'unknown'], ['composer', '9999999-dev', 'aws/aws-sdk-php', 'unknown'], ['composer', '3.147.7-p1', 'aws/aws-sdk-php', 'supported'], ['composer', '3.147.7-patch1', 'aws/aws-sdk-php', 'supported'],
  ['pypi', '1.12.6-1', 'boto3', 'supported'], ['pypi', '1.12.6rev1', 'boto3', 'supported'], ['pypi', '0!1.12.6', 'boto3', 'supported'], ['pypi', '1.12.6rc1', 'boto3', 'too old'], ['pypi', '1.12.6.dev1', 'boto3', 'too old'],
  ['maven', '1.11.678-1', 'com.amazonaws:aws-java-sdk', 'supported'], ['maven', '1.11.678.redhat-00001', 'com.amazonaws:aws-java-sdk', 'supported'], ['maven', '1.11.678-jenkins-1', 'com.amazonaws:aws-java-sdk', 'supported'],
  ['maven', '1.11.678-SNAPSHOT', 'com.amazonaws:aws-java-sdk', 'too old'], ['gem', '3.79.0-java', 'aws-sdk-core', 'supported'], ['gem', '3.79.0.rc1', 'aws-sdk-core', 'too old'],
  ['deb', '1.16.289~rc1-1', 'awscli', 'unknown'], ['deb', '1.16.289-1~bpo1', 'awscli', 'supported'], ['npm', '2.722.0-rc.1', 'aws-sdk', 'too old'],
])('%s: %s of %s is %s', (ecosystem, version, name, verdict) => {
  expect(SdkSupport.check(`${ecosystem}:${name}`, version).verdict).toBe(verdict);
});
