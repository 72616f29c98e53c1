import { SdkSupport } from '../../src';
import { folderOf } from './folders';
import type { Files } from './folders';

/** Packages that are on no instance, and packages that can be on one. */
function told(files: Files): readonly string[] {
  return SdkSupport.scan(folderOf(files)).sdks.map(({ packageName, version, notOnInstance }) => `${packageName} ${version ?? '?'}${notOnInstance === undefined ? '' : `: ${notOnInstance}`}`);
}

const INSTALLED = JSON.stringify({ 'packages': [{ name: 'aws/aws-sdk-php', version: '3.1.0' }], 'dev': true, 'dev-package-names': ['aws/aws-sdk-php'] });
const POM = (scope: string) => `<dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk-${scope || 's3'}</artifactId><version>1.11.1</version>${scope === '' ? '' : `<scope>${scope}</scope>`}</dependency>`;
const COMPONENT = (version: string, more: object) => ({ purl: `pkg:npm/aws-sdk@${version}`, ...more });

/**
 * For development: 2.1.0, itself, 2.3.0, through a tool and another name, and a client, through the tool of another project. A package without a
 * requester can belong to any.
 */
const pnpmLock = (tool: string) => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      app:
        specifier: ^1.0.0
        version: 1.0.0
      other:
        specifier: workspace:*
        version: link:packages/other
    devDependencies:
      aws-sdk:
        specifier: 2.1.0
        version: 2.1.0
      tool:
        specifier: ^1.0.0
        version: ${tool}

  packages/other:
    optionalDependencies:
      '@aws-sdk/client-sqs':
        specifier: 3.0.0
        version: 3.0.0
    devDependencies:
      '@aws-sdk/client-s3':
        specifier: 3.0.0
        version: 3.0.0
      '@aws-sdk/client-sqs':
        specifier: 3.0.0
        version: 3.0.0

packages:
${['@aws-sdk/client-s3@3.0.0', '@aws-sdk/client-sqs@3.0.0', 'app@1.0.0', 'aws-sdk@2.1.0', 'aws-sdk@2.2.0', 'aws-sdk@2.3.0', 'aws-sdk@2.4.0', 'tool@1.0.0'].map(key => `
  '${key}':
    resolution: {integrity: x}
`).join('')}
snapshots:

  '@aws-sdk/client-s3@3.0.0': {}

  '@aws-sdk/client-sqs@3.0.0': {}

  app@1.0.0:
    dependencies:
      aws-sdk: 2.2.0

  aws-sdk@2.1.0: {}

  aws-sdk@2.2.0: {}

  aws-sdk@2.3.0: {}

  aws-sdk@2.4.0: {}

  ? tool@1.0.0(peer@1.0.0)
  : dependencies:
      '@other/name': 'aws-sdk@2.3.0'
      aws-sdk: 2.2.0
    transitivePeerDependencies:
      - peer
`;

/** For development: botocore, through a tool, and the newer boto3. The older one, and the package of a group for workers, are not. */
const uvLock = (tool: string) => `version = 1

[[package]]
name = "app"
version = "1.0.0"
source = { editable = "." }
dependencies = [
    { name = "boto3", version = "1.9.0", source = { registry = "https://pypi.org/simple" } },
]

[package.optional-dependencies]
docs = [{ name = "boto" }]

[package.dev-dependencies]
dev = [
    { name = "boto3", version = "1.9.9", source = { registry = "https://pypi.org/simple" } },
    { name = "${tool}" },
]
worker = [{ name = "awscli" }]

[[package]]
name = "boto3"
version = "1.9.0"

[[package]]
name = "boto3"
version = "1.9.9"

[[package]]
name = "boto"
version = "2.0.0"

[[package]]
name = "tool"
version = "1.0.0"
dependencies = [{ name = "botocore" }, { name = "awscli" }]

[[package]]
name = "botocore"
version = "1.12.0"

[[package]]
name = "awscli"
version = "1.16.0"
`;

/** For development: 2.1.0, which one project tests with, and 2.3.0, through a tool of the other. */
const bunLock = (tool: string) => `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "root",
      "dependencies": { "app": "^1.0.0", },
      "devDependencies": { "aws-sdk": "2.1.0", "${tool}": "^1.0.0" }, // by us
    },
    "packages/web": {
      "name": "web",
      "dependencies": { "aws-sdk": "2.2.0" },
      "devDependencies": { "app": "^1.0.0" },
    },
  },
  "packages": {
    "app": ["app@1.0.0", "", { "dependencies": { "@aws-sdk/client-s3": "3.0.0" }, "peerDependencies": { "nobody": "1" } }, "sha512-x,}"],

    "@aws-sdk/client-s3": ["@aws-sdk/client-s3@3.0.0", "", {}, "sha512-x"],

    "aws-sdk": ["aws-sdk@2.1.0", "", {}, "sha512-x"],

    "tool": ["tool@1.0.0", "", { "dependencies": { "aws-sdk": "2.3.0" } }, "sha512-x"],

    "tool/aws-sdk": ["aws-sdk@2.3.0", "", {}, "sha512-x"],

    "web": ["web@workspace:packages/web"],

    "web/aws-sdk": ["aws-sdk@2.2.0", "", {}, "sha512-x"],
  }
}
`;

/** For development: 2.1.0, through a tool. 2.2.0 also belongs to the app. */
const YARN_1 = `# yarn lockfile v1


app@^1.0.0:
  version "1.0.0"
  dependencies:
    aws-sdk "^2.2.0"
  optionalDependencies:
    fsevents "1"

"aws-sdk@2.1.0 - 2.1.9":
  version "2.1.0"

aws-sdk@^2.2.0, aws-sdk@~2.2.0:
  version "2.2.0"

"@scope/tool@^1.0.0":
  version "1.0.0"
  dependencies:
    aws-sdk "2.1.0 - 2.1.9"
    "@scope/other" "^1.0.0"

"@scope/other@^1.0.0":
  version "1.0.0"
  dependencies:
    aws-sdk "~2.2.0"
`;
const YARN_1_MANIFEST = { dependencies: { app: '^1.0.0' }, devDependencies: { '@scope/tool': '^1.0.0' } };

const YARN_BERRY = `__metadata:
  version: 8

"app@npm:^1.0.0":
  version: 1.0.0
  resolution: "app@npm:1.0.0"
  dependencies:
    aws-sdk: "npm:^2.2.0"

"aws-sdk@npm:2.1.0":
  version: 2.1.0
  resolution: "aws-sdk@npm:2.1.0"

"aws-sdk@npm:^2.2.0":
  version: 2.2.0
  resolution: "aws-sdk@npm:2.2.0"

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    aws-sdk: "npm:2.1.0"
    web: "workspace:*"
  languageName: unknown

"web@workspace:*, web@workspace:packages/web":
  version: 0.0.0-use.local
  resolution: "web@workspace:packages/web"
  dependencies:
    app: "npm:^1.0.0"
`;

test.each<readonly [what: string, files: Files, found: readonly string[]]>([
  ['uv.lock', { 'uv.lock': uvLock('tool') }, ['boto3 1.9.0', 'boto3 1.9.9: it is for development', 'boto 2.0.0: it is for development', 'botocore 1.12.0: it is for development', 'awscli 1.16.0']],
  ['uv.lock in which a reference leads nowhere', { 'uv.lock': uvLock('gone') }, ['boto3 1.9.0', 'boto3 1.9.9', 'boto 2.0.0', 'botocore 1.12.0', 'awscli 1.16.0']],
  ['bun.lock', { 'bun.lock': bunLock('tool') }, ['@aws-sdk/client-s3 3.0.0', 'aws-sdk 2.1.0: it is for development', 'aws-sdk 2.3.0: it is for development', 'aws-sdk 2.2.0']],
  ['bun.lock in which a reference leads nowhere', { 'bun.lock': bunLock('gone') }, ['@aws-sdk/client-s3 3.0.0', 'aws-sdk 2.1.0', 'aws-sdk 2.3.0', 'aws-sdk 2.2.0']],
  ['bun.lock that is cut off', { 'bun.lock': bunLock('tool').slice(0, -20) }, ['@aws-sdk/client-s3 3.0.0', 'aws-sdk 2.1.0', 'aws-sdk 2.3.0', 'aws-sdk 2.2.0']],
  ['yarn.lock, by its package.json', { 'yarn.lock': YARN_1, 'package.json': JSON.stringify(YARN_1_MANIFEST) }, ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0']],
  ['yarn.lock without a package.json', { 'yarn.lock': YARN_1 }, ['aws-sdk 2.1.0', 'aws-sdk 2.2.0']],
  ['yarn.lock of workspaces that it does not name', { 'yarn.lock': YARN_1, 'package.json': JSON.stringify({ ...YARN_1_MANIFEST, workspaces: ['packages/*'] }) }, ['aws-sdk 2.1.0', 'aws-sdk 2.2.0']],
  ['yarn.lock with a package.json that requires more', { 'yarn.lock': YARN_1, 'package.json': JSON.stringify({ ...YARN_1_MANIFEST, dependencies: { gone: '1' } }) }, ['aws-sdk 2.1.0', 'aws-sdk 2.2.0']],
  ['yarn.lock of later versions, by the package.json of each project', {
    'yarn.lock': YARN_BERRY, 'package.json': '{"devDependencies":{"aws-sdk":"2.1.0","web":"workspace:*"}}', 'packages/web/package.json': '{"dependencies":{"app":"^1.0.0"}}',
  }, ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0']],
  ['yarn.lock of later versions, without one of them', { 'yarn.lock': YARN_BERRY, 'package.json': '{"devDependencies":{"web":"workspace:*"}}' }, ['aws-sdk 2.1.0', 'aws-sdk 2.2.0']],
  ['package-lock.json', { 'package-lock.json': '{"packages":{"":{},"node_modules/aws-sdk":{"version":"2.1.0","dev":true},"node_modules/a/node_modules/aws-sdk":{"version":"2.2.0","devOptional":true},"node_modules/b/node_modules/aws-sdk":{"version":"2.3.0"}}}' },
    ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0', 'aws-sdk 2.3.0']],
  ['package-lock.json of version 1', { 'package-lock.json': '{"dependencies":{"aws-sdk":{"version":"2.1.0","dev":true},"a":{"version":"1.0.0","dependencies":{"aws-sdk":{"version":"2.2.0"}}}}}' },
    ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0']],
  ['package.json', { 'package.json': '{"devDependencies":{"aws-sdk":"2.1.0"},"dependencies":{"@aws-sdk/client-s3":"3.0.0"}}' }, ['@aws-sdk/client-s3 3.0.0', 'aws-sdk 2.1.0: it is for development']],
  ['pnpm-lock.yaml', { 'pnpm-lock.yaml': 'lockfileVersion: 5.4\npackages:\n\n  /aws-sdk/2.1.0:\n    resolution: {integrity: x}\n    dev: true\n\n  /aws-sdk/2.2.0:\n    dev: false\n' }, ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0']],
  ['pnpm-lock.yaml of version 9', { 'pnpm-lock.yaml': pnpmLock('1.0.0(peer@1.0.0)') }, [
    '@aws-sdk/client-s3 3.0.0: it is for development', '@aws-sdk/client-sqs 3.0.0', 'aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0', 'aws-sdk 2.3.0: it is for development', 'aws-sdk 2.4.0',
  ]],
  ['pnpm-lock.yaml of version 9 in which a reference leads nowhere', { 'pnpm-lock.yaml': pnpmLock('9.9.9') }, [
    '@aws-sdk/client-s3 3.0.0', '@aws-sdk/client-sqs 3.0.0', 'aws-sdk 2.1.0', 'aws-sdk 2.2.0', 'aws-sdk 2.3.0', 'aws-sdk 2.4.0',
  ]],
  ['installed.json', { 'vendor/composer/installed.json': INSTALLED }, ['aws/aws-sdk-php 3.1.0: it is for development']],
  ['packages.config', { 'packages.config': '<packages><package id="AWSSDK.Core" version="3.1.0" developmentDependency="true"/></packages>' }, ['AWSSDK.Core 3.1.0: it is for development']],
  ['composer.lock', { 'composer.lock': '{"packages":[],"packages-dev":[{"name":"aws/aws-sdk-php","version":"3.1.0"}]}' }, ['aws/aws-sdk-php 3.1.0: it is for development']],
  ['poetry.lock', { 'poetry.lock': '[[package]]\nname = "boto3"\nversion = "1.9.0"\ncategory = "dev"\n\n[[package]]\nname = "botocore"\nversion = "1.12.0"\ngroups = ["dev", "test"]\n\n[[package]]\nname = "awscli"\nversion = "1.16.0"\ngroups = ["main", "dev"]' },
    ['boto3 1.9.0: it is for development', 'botocore 1.12.0: it is for development', 'awscli 1.16.0']],
  ['pdm.lock', { 'pdm.lock': '[[package]]\nname = "boto3"\nversion = "1.9.0"\ngroups = ["test"]\n\n[[package]]\nname = "botocore"\nversion = "1.12.0"\ngroups = ["default", "test"]' }, ['boto3 1.9.0: it is for development', 'botocore 1.12.0']],
  ['Pipfile.lock', { 'Pipfile.lock': '{"_meta":{},"default":{"boto3":{"version":"==1.9.0"}},"develop":{"botocore":{"version":"==1.12.0"}}}' }, ['boto3 1.9.0', 'botocore 1.12.0: it is for development']],
  ['pyproject.toml', { 'pyproject.toml': '[tool.poetry.dependencies]\nboto3 = "1.9.0"\n[tool.poetry.group.dev.dependencies]\nboto3 = "1.9.1"\n[tool.poetry.group.worker.dependencies]\nboto3 = "1.9.2"\n[dependency-groups]\ntest = ["boto3==1.9.3"]\n[tool.pdm.dev-dependencies]\nx = ["boto3==1.9.4"]\n[project]\ndependencies = ["boto3==1.9.5"]' },
    ['boto3 1.9.0', 'boto3 1.9.1: it is for development', 'boto3 1.9.2', 'boto3 1.9.5', 'boto3 1.9.3: it is for development', 'boto3 1.9.4: it is for development']],
  ['pom.xml', { 'pom.xml': `<project><dependencies>${POM('test')}${POM('provided')}${POM('')}</dependencies></project>` },
    ['com.amazonaws:aws-java-sdk-test 1.11.1: it is for development', 'com.amazonaws:aws-java-sdk-provided 1.11.1', 'com.amazonaws:aws-java-sdk-s3 1.11.1']],
  ['gradle.lockfile', { 'gradle.lockfile': 'com.amazonaws:aws-java-sdk-s3:1.11.1=testCompileClasspath,integrationTestRuntimeClasspath\ncom.amazonaws:aws-java-sdk-sqs:1.11.1=runtimeClasspath,testRuntimeClasspath\ncom.amazonaws:aws-java-sdk-sns:1.11.1=contestRuntime' },
    ['com.amazonaws:aws-java-sdk-s3 1.11.1: it is for development', 'com.amazonaws:aws-java-sdk-sqs 1.11.1', 'com.amazonaws:aws-java-sdk-sns 1.11.1']],
  ['build.gradle', { 'build.gradle': "testImplementation 'com.amazonaws:aws-java-sdk-s3:1.11.1'\nimplementation('com.amazonaws:aws-java-sdk-sqs:1.11.1')\nandroidTestImplementation(platform(\"com.amazonaws:aws-java-sdk-bom:1.11.1\"))\ntestCompile group: 'com.amazonaws', name: 'aws-java-sdk-sns', version: '1.11.1'" },
    ['com.amazonaws:aws-java-sdk-s3 1.11.1: it is for development', 'com.amazonaws:aws-java-sdk-sqs 1.11.1', 'com.amazonaws:aws-java-sdk-bom 1.11.1: it is for development', 'com.amazonaws:aws-java-sdk-sns 1.11.1: it is for development']],
  ['build.sbt', { 'build.sbt': 'Seq("com.amazonaws" % "aws-java-sdk-s3" % "1.11.1",\n "com.amazonaws" % "aws-java-sdk-sqs" % "1.11.2" % Test, "com.amazonaws" % "aws-java-sdk-sns" % "1.11.3" % "test")' },
    ['com.amazonaws:aws-java-sdk-s3 1.11.1', 'com.amazonaws:aws-java-sdk-sqs 1.11.2: it is for development', 'com.amazonaws:aws-java-sdk-sns 1.11.3: it is for development']],
  ['Cargo.toml', { 'Cargo.toml': '[dependencies]\nrusoto_core = "0.48"\n[dev-dependencies]\nrusoto_credential = "0.48"' }, ['rusoto_core ?', 'rusoto_credential ?: it is for development']],
  ['Gemfile.lock, by the groups of the Gemfile', {
    'Gemfile': "source 'https://rubygems.org' do\n  gem 'app'\nend\ngroup :development, :test do\n  gem 'tool' # for us\nend\ngem 'aws-sdk-v1', group: :test\ngem 'other', groups: [:production, :test]",
    'Gemfile.lock': 'GEM\n  specs:\n    app (1.0)\n    aws-sdk-core (3.1.0)\n    aws-sdk-v1 (1.60.0)\n    tool (1.0)\n      aws-sdk-core (~> 3)\n\nDEPENDENCIES\n  app\n  aws-sdk-v1\n  tool!\n',
    'a/Gemfile': "group(:test) { gem 'x' }\ngem 'app'\ngroup :test do\n  if true\n    gem 'tool'\n  end\n  gem 'third'\nend",
    'a/Gemfile.lock': 'GEM\n  specs:\n    app (1.0)\n      aws-sdk-core (~> 3)\n    aws-sdk-core (3.1.0)\n    tool (1.0)\n      aws-sdk-core (~> 3)\n\nDEPENDENCIES\n  app\n  tool\n',
  }, ['aws-sdk-core 3.1.0: it is for development', 'aws-sdk-v1 1.60.0: it is for development', 'aws-sdk-core 3.1.0']],
  ['Gemfile', { Gemfile: "gem 'aws-sdk-core', '2.0', group: :development\r\ngroup :test do\r\n  gem 'aws-sdk', '1.0'\r\nend\ngem 'aws-sdk-v1', '1.60.0', groups: [:production, :test]\ngroup :worker do\n  gem 'aws-sdk-resources', '2.1.0'\nend" },
    ['aws-sdk-core 2.0: it is for development', 'aws-sdk 1.0: it is for development', 'aws-sdk-v1 1.60.0', 'aws-sdk-resources 2.1.0']],
  ['bills of materials', {
    'bom.json': JSON.stringify({ bomFormat: 'CycloneDX', components: [COMPONENT('2.1.0', { scope: 'excluded' }), COMPONENT('2.2.0', { properties: [{ name: 'cdx:npm:package:development', value: 'true' }] }), COMPONENT('2.3.0', { scope: 'optional' })] }),
    'bom.xml': '<bom><components><component><scope>excluded</scope><purl>pkg:npm/aws-sdk@2.4.0</purl></component></components></bom>',
  }, ['aws-sdk 2.1.0: it is for development', 'aws-sdk 2.2.0: it is for development', 'aws-sdk 2.3.0', 'aws-sdk 2.4.0: it is for development']],
])('%s shows development dependencies', (_, files, found) => {
  expect(told(files)).toEqual(found);
});
