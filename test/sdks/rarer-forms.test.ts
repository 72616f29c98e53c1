import { SdkSupport } from '../../src';
import { expectLinear } from '../harness/growth';
import { folderOf, foundIn } from './folders';
import type { Files } from './folders';

type Case = readonly [what: string, files: Files, found: readonly string[]];

const NODE: readonly Case[] = [
  ['in package.json, less than three numbers are a range', {
    'package.json': '{ "dependencies": {\n"aws-sdk": "2" }, "devDependencies": {\n"aws-sdk": "=2.600" }, "peerDependencies": {\n"aws-sdk": "v2.600.0" }, "optionalDependencies": {\n"aws-sdk": "= 2.600.0" } }',
  }, ['package.json:2 aws-sdk ? unknown', 'package.json:5 aws-sdk 2.600.0 too old', 'package.json:3 aws-sdk ? too old', 'package.json:4 aws-sdk v2.600.0 too old']],
  ['overrides of npm, yarn and pnpm, for one package alone and for all', {
    'package.json': `{
      "overrides": { "tool": { ".": "1.0.0",
        "aws-sdk": "2.1.0" },
        "aws-sdk": { ".": "2.2.0" },
        "other": { "aws-sdk": "$aws-sdk" } },
      "resolutions": {
        "x/aws-sdk": "2.3.0",
        "x/**/@aws-sdk/core": "1.0.0-alpha.0",
        "aws-sdk@npm:^2": "2.4.0" },
      "pnpm": { "overrides": {
        "tool@>=1>aws-sdk@2": "2.5.0" } } }`,
  }, [
    'package.json:7 aws-sdk 2.3.0 too old', 'package.json:8 @aws-sdk/core 1.0.0-alpha.0 too old', 'package.json:9 aws-sdk 2.4.0 too old',
    'package.json:3 aws-sdk 2.1.0 too old', 'package.json:4 aws-sdk 2.2.0 too old', 'package.json:11 aws-sdk 2.5.0 too old',
  ]],
  ['catalogs of pnpm', {
    'pnpm-workspace.yaml': 'packages: [a]\ncatalog:\n  aws-sdk: 2.600.0\ncatalogs:\n  old:\n    aws-sdk: ^2.1.0\noverrides:\n  "x>aws-sdk": 2.3.0\n',
  }, ['pnpm-workspace.yaml:3 aws-sdk 2.600.0 too old', 'pnpm-workspace.yaml:6 aws-sdk ? unknown', 'pnpm-workspace.yaml:8 aws-sdk 2.3.0 too old']],
  ["a package of one's own", {
    'package.json': '{ "name": "aws-sdk", "version": "1.0.0", "dependencies": { "aws-sdk": "workspace:*" } }',
    'yarn.lock': '"aws-sdk@link:./x":\n  version "0.0.0"\n\n"aws-sdk@file:./sdk":\n  version "1.0.0"\n\n"aws-sdk@portal:./y::locator=a":\n  version: 1.0.0\n',
    'packages/client-mine/package.json': '{ "name": "@aws-sdk/client-mine", "version": "0.0.1", "private": true }',
    'package-lock.json': '{ "packages": { "": { "name": "aws-sdk", "version": "1.0.0" }, "packages/sdk": { "name": "aws-sdk", "version": "1.0.0" }, "node_modules/aws-sdk": { "resolved": "packages/sdk", "link": true } } }',
    'bun.lock': '{\n "packages": {\n  "a/aws-sdk": ["aws-sdk@workspace:packages/aws-sdk"],\n  "aws-sdk": ["aws-sdk@file:../aws-sdk", {}],\n } }',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\npackages:\n  aws-sdk@file:packages/aws-sdk:\n    resolution: {directory: packages/aws-sdk, type: directory}\n    version: 1.0.0\n",
  }, []],
  ['an SDK that was copied to a folder', { 'vendor/aws-sdk/package.json': '{ "name": "aws-sdk", "version": "2.1.0",\n"repository": { "type": "git", "url": "git://github.com/aws/aws-sdk-js" } }' },
    ['vendor/aws-sdk/package.json:1 aws-sdk 2.1.0 too old']],
  ['pnpm-lock.yaml of two documents, with long and quoted keys, archives and repositories', {
    'pnpm-lock.yaml': `---
lockfileVersion: '9.0'

packages:

  pnpm@11.0.0:
    resolution: {integrity: sha512-x}

---
lockfileVersion: '9.0'

packages:

  aws-sdk@2.600.0:
    resolution: {integrity: sha512-x}

  ? '@aws-sdk/client-s3@1.0.0-gamma.1(a@1.0.0)'
  : resolution: {integrity: sha512-x}

  aws-sdk@file:aws-sdk-2.1.0.tgz:
    resolution: {integrity: sha512-x}
    version: 2.1.0

  aws-sdk@https://codeload.github.com/aws/aws-sdk-js/tar.gz/abc:
    resolution: {tarball: https://codeload.github.com/aws/aws-sdk-js/tar.gz/abc}
    name: aws-sdk
    version: '2.602.0'

snapshots:

  aws-sdk@2.9.0: {}
`,
  }, ['pnpm-lock.yaml:14 aws-sdk 2.600.0 too old', 'pnpm-lock.yaml:17 @aws-sdk/client-s3 1.0.0-gamma.1 too old', 'pnpm-lock.yaml:20 aws-sdk 2.1.0 too old', 'pnpm-lock.yaml:24 aws-sdk 2.602.0 too old']],
];

const PYTHON: readonly Case[] = [
  ['pylock.toml', {
    'pylock.toml': 'lock-version = "1.0"\n\n[[packages]]\nname = "boto3"\nversion = "1.9.0"\n\n[[packages]]\nname = "botocore"\n[packages.vcs]\ntype = "git"\n\n[[packages]]\nname = "awscli"\nversion = "0.1.0"\n[packages.directory]\npath = "."\n',
    'pylock.dev.toml': '[[packages]]\nname = "botocore"\nversion = "1.12.0"',
  }, ['pylock.dev.toml:3 botocore 1.12.0 too old', 'pylock.toml:5 boto3 1.9.0 too old', 'pylock.toml:7 botocore ? unknown']],
  ["a project of one's own in a lock", {
    'a/uv.lock': '[[package]]\nname = "boto3"\nversion = "0.1.0"\nsource = { editable = "." }\n[[package]]\nname = "boto3"\nversion = "0.1.0"\nsource = { virtual = "." }\n',
    'b/poetry.lock': '[[package]]\nname = "boto3"\nversion = "0.1.0"\n[package.source]\ntype = "directory"\nurl = "sdk"\n',
    'c/pdm.lock': '[[package]]\nname = "boto3"\nversion = "0.1.0"\neditable = true\npath = "./sdk"\n',
  }, []],
  ['files that requirements name', {
    'requirements.txt': '-r deps/base.txt # all\n--constraint=deps/pins\n-rrequirements-dev.txt',
    'deps/base.txt': '\n-r ../more.txt\nboto3==1.9.0',
    'more.txt': 'botocore==1.12.0',
    'deps/pins': 'awscli==1.16.1',
    'requirements-dev.txt': 'boto3==1.8.0',
    'requirements.lock': 'awscli==1.16.0',
    'reqs.txt': 'boto3==1.7.0',
  }, [
    'reqs.txt:1 boto3 1.7.0 too old', 'requirements-dev.txt:1 boto3 1.8.0 too old', 'requirements.lock:1 awscli 1.16.0 too old', 'requirements.txt:1 botocore 1.12.0 too old', 'requirements.txt:1 boto3 1.9.0 too old',
    'requirements.txt:2 awscli 1.16.1 too old',
  ]],
  ['lines of requirements that end in a backslash', { 'requirements.txt': '# note \\\nboto3==1.9.0 \\\n  # between\nbotocore==1.12.0 \\' }, ['requirements.txt:2 boto3 1.9.0 too old', 'requirements.txt:4 botocore 1.12.0 too old']],
  ['requirements of wheels, archives and repositories', {
    'requirements.txt': [
      './wheels/boto3-1.9.0-py2.py3-none-any.whl', 'https://example.com/x/boto3-1.9.1-py2.py3-none-any.whl#sha256=abc', 'boto3 @ https://example.com/boto3-1.9.2.tar.gz ; python_version < "3"',
      '-e git+https://github.com/boto/boto3.git@1.9.0#egg=boto3', 'git+https://github.com/boto/botocore.git@1.9.0', 'git+ssh://git@github.com/aws/aws-cli@v2#subdirectory=x', 'https://github.com/boto/boto3/archive/1.9.0.zip',
      'boto3[crt] @ git+https://example.com/sdk.git',
    ].join('\n'),
  }, [
    'requirements.txt:1 boto3 1.9.0 too old', 'requirements.txt:2 boto3 1.9.1 too old', 'requirements.txt:3 boto3 1.9.2 too old', 'requirements.txt:4 boto3 ? unknown', 'requirements.txt:5 botocore ? unknown',
    'requirements.txt:6 awscli ? unknown', 'requirements.txt:7 boto3 ? unknown', 'requirements.txt:8 boto3 ? unknown',
  ]],
  ['setup.cfg: requirements, and lists of something else', {
    'setup.cfg': '[metadata]\nname = boto3\n[options]\ninstall_requires = boto3==1.9.0; botocore==1.12.0\nsetup_requires =\n    awscli==1.16.1\n    # boto3==1.1.0\n[options.extras_require]\nall =\n  boto3==1.8.0\n[isort]\nknown_third_party =\n    boto3\n    botocore\n',
  }, ['setup.cfg:4 boto3 1.9.0 too old', 'setup.cfg:4 botocore 1.12.0 too old', 'setup.cfg:6 awscli 1.16.1 too old', 'setup.cfg:10 boto3 1.8.0 too old']],
  ['setup.py: names that are no requirements', {
    'setup.py': `import boto3 # 'boto3==1.1.0'
setup(name='boto3', packages=['boto3'], keywords=['boto'], py_modules=['boto'],
  install_requires=['boto3[crt]',
    "botocore==1.12.0"],
  extras_require={'boto3': ['awscli', 'boto3==1.9.0']}, classifiers=['boto3'])
boto3.client('boto3')
`,
  }, ['setup.py:3 boto3 ? unknown', 'setup.py:4 botocore 1.12.0 too old', 'setup.py:5 awscli ? unknown', 'setup.py:5 boto3 1.9.0 too old']],
  ['pyproject.toml of PDM, uv and Hatch, each on its line', {
    'pyproject.toml': `[project]
dependencies = [
  "botocore==1.12.0",
]
[tool.poetry.dependencies]
boto3 = [{version = "1.9.0", python = "<3"}, {version = "^1.26", python = ">=3"}]
botocore = {version = "1.11.0"}
[tool.poetry.group.dev.dependencies]
boto3 = "1.8.0"
[tool.pdm.dev-dependencies]
x = ["boto3==1.7.0"]
[tool.uv]
dev-dependencies = ["boto3==1.6.0"]
[build-system]
requires = ["boto3==1.5.0"]
[tool.hatch.envs.default]
extra-dependencies = ['boto3==1.4.0']
`,
  }, [
    'pyproject.toml:6 boto3 1.9.0 too old', 'pyproject.toml:6 boto3 ? supported', 'pyproject.toml:7 botocore 1.11.0 too old', 'pyproject.toml:9 boto3 1.8.0 too old', 'pyproject.toml:3 botocore 1.12.0 too old',
    'pyproject.toml:13 boto3 1.6.0 too old', 'pyproject.toml:15 boto3 1.5.0 too old', 'pyproject.toml:11 boto3 1.7.0 too old', 'pyproject.toml:17 boto3 1.4.0 too old',
  ]],
  ['environments of conda', {
    'a/environment.yml': 'dependencies: [python, boto3=1.9.66, {pip: [awscli==1.16.1]}]\n',
    'b/environment.yml': '# - boto3=1.1.1\nchannels:\n  - botocore=1.2.3\ndependencies:\n  - "boto3=1.9.66" # here\n  - conda-forge::botocore=1.12.66=py_0\n  - awscli 1.16.1\n  - awscli 1.16.2 py_0\n  - boto3 >=1.9\n',
    'c/conda-lock.yml': 'version: 1\npackage:\n- name: boto3\n  version: 1.9.66\n  manager: conda\n  dependencies:\n    botocore: ">=1.12"\n- name: botocore\n  version: \'1.12.66\'\n- version: 1.16.1\n',
  }, [
    'a/environment.yml:1 boto3 1.9.66 too old', 'a/environment.yml:1 awscli 1.16.1 too old', 'b/environment.yml:5 boto3 1.9.66 too old', 'b/environment.yml:6 botocore 1.12.66 too old',
    'b/environment.yml:7 awscli 1.16.1 too old', 'b/environment.yml:8 awscli 1.16.2 too old', 'b/environment.yml:9 boto3 ? unknown',
    'c/conda-lock.yml:4 boto3 1.9.66 too old', 'c/conda-lock.yml:9 botocore 1.12.66 too old',
  ]],
];

const AWS = 'com.amazonaws:aws-java-sdk';
const dependency = (artifact: string, version = '') => `<dependency><groupId>com.amazonaws</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}</dependency>`;

const OTHERS: readonly Case[] = [
  ['packages in comments', {
    'build.gradle': "// implementation 'com.amazonaws:aws-java-sdk-s3:1.11.1'\n/* implementation 'com.amazonaws:aws-java-sdk-ec2:1.11.2'\n*/ maven { url 'https://example.com' }\nimplementation 'com.amazonaws:aws-java-sdk-sns:1.11.3' // old\n// don't\nimplementation 'com.amazonaws:aws-java-sdk-sqs:1.11.4'\n",
    'build.sbt': '// "com.amazonaws" % "aws-java-sdk-s3" % "1.11.1"\n"com.amazonaws" % "aws-java-sdk-ec2" % "1.11.2"',
    'conanfile.txt': '# aws-sdk-cpp/1.7.1\naws-sdk-cpp/1.7.2#abc',
    'project.clj': ';; [com.amazonaws/aws-java-sdk-s3 "1.11.1"]\n#_[com.amazonaws/aws-java-sdk-s3 "1.11.2"]\n\'[com.amazonaws/aws-java-sdk-ec2 "1.11.3"] ; [com.amazonaws/aws-java-sdk-s3 "1.11.1"]',
    'x.ps1': "# Install-Module AWSPowerShell -RequiredVersion 3.3.2\n<# Install-Module AWSPowerShell -RequiredVersion 3.3.3\n#>\n#requires -Modules @{ModuleName='AWSPowerShell';RequiredVersion='3.3.4'}",
  }, [
    `build.gradle:4 ${AWS}-sns 1.11.3 too old`, `build.gradle:6 ${AWS}-sqs 1.11.4 too old`, `build.sbt:2 ${AWS}-ec2 1.11.2 too old`, 'conanfile.txt:2 aws-sdk-cpp 1.7.2 too old', `project.clj:3 ${AWS}-ec2 1.11.3 too old`,
    'x.ps1:4 AWSPowerShell 3.3.4 too old',
  ]],
  ['a property of a pom that counts for what its parent manages, or is that of the parent', {
    'pom.xml': `<project><properties><a>1.11.500</a><b>1.11.501</b></properties><dependencyManagement><dependencies>\n${dependency('aws-java-sdk-s3', '${a}')}\n${dependency('aws-java-sdk-ec2', '${b}')}</dependencies></dependencyManagement></project>`,
    'child/pom.xml': `<project><parent/><properties><a>1.12.700</a></properties><dependencies>\n${dependency('aws-java-sdk-s3')}\n${dependency('aws-java-sdk-ec2')}</dependencies></project>`,
  }, [`child/pom.xml:2 ${AWS}-s3 1.12.700 supported`, `child/pom.xml:3 ${AWS}-ec2 1.11.501 too old`, `pom.xml:2 ${AWS}-s3 ? unknown`, `pom.xml:3 ${AWS}-ec2 ? unknown`]],
  ['a managed dependency of a pom that is not used', {
    'pom.xml': `<project><dependencyManagement><dependencies>\n${dependency('aws-java-sdk-s3', '1.11.1')}\n${dependency('aws-java-sdk-ec2', '1.11.2')}\n${dependency('aws-java-sdk-sqs', '1.11.3')}</dependencies></dependencyManagement><dependencies>\n${dependency('aws-java-sdk-s3', '1.12.700')}\n${dependency('aws-java-sdk-ec2')}</dependencies></project>`,
  }, [`pom.xml:4 ${AWS}-sqs ? unknown`, `pom.xml:5 ${AWS}-s3 1.12.700 supported`, `pom.xml:6 ${AWS}-ec2 1.11.2 too old`]],
  ['a property that profiles decide on', {
    'pom.xml': `<project><profiles><profile><properties><a>1.11.1</a><b>1.11.2</b></properties></profile><profile><properties><a>1.12.700</a></properties></profile></profiles><dependencies>\n${dependency('aws-java-sdk-s3', '${a}')}\n${dependency('aws-java-sdk-ec2', '${b}')}</dependencies></project>`,
  }, [`pom.xml:2 ${AWS}-s3 ? unknown`, `pom.xml:3 ${AWS}-ec2 1.11.2 too old`]],
  ['variables of Gradle', {
    'a.gradle': "ext.a.version = '1.11.1'\next.b.version = '1.12.700'\nversions = [aws: '1.11.2',\n other: '1']\nset('inSet', '1.11.3')\ntwice = '1.11.4'\ntwice = '1.11.5'\nimplementation \"com.amazonaws:aws-java-sdk-s3:${a.version}\"\nimplementation \"com.amazonaws:aws-java-sdk-ec2:$version\"\nimplementation \"com.amazonaws:aws-java-sdk-sqs:${versions.aws}\"\nimplementation 'com.amazonaws:aws-java-sdk-sns:' + inSet\nimplementation \"com.amazonaws:aws-java-sdk-iam:$twice\"\n",
    'b.gradle.kts': 'val aws by extra("1.11.1")\nextra["other"] = "1.11.2"\nimplementation("com.amazonaws:aws-java-sdk-s3:$aws")\nimplementation("com.amazonaws:aws-java-sdk-ec2:${extra["other"]}")\nimplementation("com.amazonaws", "aws-java-sdk-sqs", "1.11.3")\n',
    'c/build.gradle': "apply from: 'versions.gradle'\nimplementation \"com.amazonaws:aws-java-sdk-s3:$applied\"\nimplementation \"com.amazonaws:aws-java-sdk-ec2:${rootProject.ext.above}\"",
    'c/versions.gradle': "// applied = '1.1'\napplied = '1.11.1'",
    'build.gradle': "ext {\n  above = '1.11.2'\n}",
  }, [
    `a.gradle:8 ${AWS}-s3 1.11.1 too old`, `a.gradle:9 ${AWS}-ec2 ? unknown`, `a.gradle:10 ${AWS}-sqs 1.11.2 too old`, `a.gradle:12 ${AWS}-iam ? unknown`, `a.gradle:11 ${AWS}-sns 1.11.3 too old`,
    `b.gradle.kts:3 ${AWS}-s3 1.11.1 too old`, `b.gradle.kts:4 ${AWS}-ec2 1.11.2 too old`, `b.gradle.kts:5 ${AWS}-sqs 1.11.3 too old`, `c/build.gradle:2 ${AWS}-s3 1.11.1 too old`, `c/build.gradle:3 ${AWS}-ec2 1.11.2 too old`,
  ]],
  ['rich versions of Gradle', {
    'build.gradle': "implementation('com.amazonaws:aws-java-sdk-s3') { version { strictly '1.11.6' } }\nimplementation('com.amazonaws:aws-java-sdk-ec2') {\n  version {\n    strictly('[1.11, 1.12[')\n  }\n}\nimplementation 'com.amazonaws:aws-java-sdk-sqs:1.11.7!!'",
    'libs.versions.toml': '[versions]\ns3 = { strictly = "1.11.2" }\nec2 = { strictly = "[1.11, 1.12[", prefer = "1.11.3" }\n[libraries]\ns3 = { module = "com.amazonaws:aws-java-sdk-s3", version.ref = "s3" }\nec2 = { module = "com.amazonaws:aws-java-sdk-ec2", version.ref = "ec2" }\nsqs = { module = "com.amazonaws:aws-java-sdk-sqs", version = { require = "1.11.5" } }\n',
  }, [
    `build.gradle:1 ${AWS}-s3 1.11.6 too old`, `build.gradle:2 ${AWS}-ec2 ? unknown`, `build.gradle:7 ${AWS}-sqs 1.11.7 too old`,
    `libs.versions.toml:5 ${AWS}-s3 1.11.2 too old`, `libs.versions.toml:6 ${AWS}-ec2 1.11.3 too old`, `libs.versions.toml:7 ${AWS}-sqs 1.11.5 too old`,
  ]],
  ['a replacement in Go of a module that is not required: since 1.17 it is not used', {
    'a/go.mod': 'module a\ngo 1.20\nreplace github.com/aws/aws-sdk-go => github.com/aws/aws-sdk-go v1.20.0\n',
    'b/go.mod': 'module b\ngo 1.16\nreplace github.com/aws/aws-sdk-go => github.com/aws/aws-sdk-go v1.20.0\n',
    'c/go.work': 'go 1.20\nuse (\n\t./one\n)\nreplace github.com/aws/aws-sdk-go => github.com/aws/aws-sdk-go v1.20.0\n',
    'c/one/go.mod': 'module one\ngo 1.20\nrequire github.com/aws/aws-sdk-go v1.44.0\n',
  }, ['b/go.mod:3 github.com/aws/aws-sdk-go ? unknown', 'c/go.work:5 github.com/aws/aws-sdk-go v1.20.0 too old', 'c/one/go.mod:3 github.com/aws/aws-sdk-go v1.44.0 supported']],
  ['crates for some platforms alone, each on its line', {
    'Cargo.toml': '[dev-dependencies]\nrusoto_core = "=0.47.0"\n[target.\'cfg(unix)\'.dependencies]\nrusoto_core = "=0.45.0"\n[dependencies.rusoto_credential]\nversion = "=0.44.0"\n',
  }, ['Cargo.toml:5 rusoto_credential 0.44.0 too old', 'Cargo.toml:2 rusoto_core 0.47.0 too old', 'Cargo.toml:4 rusoto_core 0.45.0 too old']],
  ['commands and manifests of PowerShell', {
    'a.ps1': 'Import-Module AWSPowerShell -RequiredVersion 3.3.1\nInstall-PSResource -Name AWS.Tools.EC2 -Version "4.0.0"\nInstall-Module AWS.Tools.S3,AWS.Tools.SQS -RequiredVersion \'4.0.0.1\' -Force\nInstall-PSResource AWS.Tools.SNS -Version \'[4.0.0,5.0.0)\'\nImport-Module .\\AWSPowerShell\\x.psd1',
    'AWSPowerShell/AWSPowerShell.psd1': "@{\n  ModuleVersion = '3.3.500.0'\n  RootModule = 'AWSPowerShell.dll'\n}",
    'AWS.Tools.EC2/4.0.0.0/AWS.Tools.EC2.psd1': "@{\n ModuleVersion = '4.0.0.0'\n RequiredModules = @(\n  @{\n   ModuleName = 'AWS.Tools.Common'\n   RequiredVersion = '4.0.0.0'\n  }\n )\n}",
    'b.psd1': "@{ RequiredModules = @(@{ModuleVersion='3.3.1'; ModuleName='AWSPowerShell'}) }",
  }, [
    'AWS.Tools.EC2/4.0.0.0/AWS.Tools.EC2.psd1:2 AWS.Tools.EC2 4.0.0.0 too old', 'AWS.Tools.EC2/4.0.0.0/AWS.Tools.EC2.psd1:4 AWS.Tools.Common 4.0.0.0 too old', 'AWSPowerShell/AWSPowerShell.psd1:2 AWSPowerShell 3.3.500.0 too old',
    'a.ps1:1 AWSPowerShell 3.3.1 too old', 'a.ps1:2 AWS.Tools.EC2 4.0.0 too old', 'a.ps1:3 AWS.Tools.S3 4.0.0.1 too old', 'a.ps1:3 AWS.Tools.SQS 4.0.0.1 too old', 'a.ps1:4 AWS.Tools.SNS ? unknown', 'b.psd1:1 AWSPowerShell ? unknown',
  ]],
];

describe.each([['Node.js', NODE], ['Python', PYTHON], ['other languages', OTHERS]])('of %s', (_, cases) => {
  test.each(cases)('%s', (_title, files, found) => {
    expect(foundIn(files)).toEqual(found);
  });
});

test.each<readonly [what: string, files: Files, unread: readonly string[]]>([
  ['requirements that are elsewhere', { 'requirements.txt': '-r ../base.txt\n-c https://example.com/pins.txt\n-r missing/requirements.txt\n' }, [
    'requirements.txt: it names ../base.txt, which is not read', 'requirements.txt: it names https://example.com/pins.txt, which is not read', 'requirements.txt: it names missing/requirements.txt, which is not read',
  ]],
  ['a lock of bun that is binary', { 'a/bun.lockb': 'bun-lockfile-format-v0\naws-sdk', 'b/bun.lockb': 'aws-sdk', 'b/bun.lock': '{}', 'c/bun.lockb': 'aws4' }, ['a/bun.lockb: it is binary: bun writes it as text with --save-text-lockfile']],
  ['a lock of pnpm from another tool', { 'pnpm-lock.yaml': 'lockfileVersion: 5.4\npackages: { /aws-sdk/2.1.0: {} }\n' }, ['pnpm-lock.yaml: pnpm did not write it, or wrote it in an unknown format']],
  ['a lock that is deeper than any', { 'package-lock.json': `${'{"dependencies":{"aws-sdk":'.repeat(3_000)}1${'}}'.repeat(3_000)}` }, ['package-lock.json: it is nested too deep']],
  ['an empty lock of pnpm', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters:\n  aws: {}\npackages: {}\n" }, []],
])('%s: unread parts are reported', (_, files, unread) => {
  const { sdks, unreadable } = SdkSupport.scan(folderOf(files));
  expect(sdks).toEqual([]);
  expect(unreadable.map(({ file, because }) => `${file}: ${because}`)).toEqual(unread);
});

test.each<readonly [string, (many: number) => string]>([
  ['pyproject.toml', many => `[project]\ndependencies = [\n${Array.from({ length: many }, (_, each) => `"boto3==1.9.${each}",\n`).join('')}]\n`],
  ['setup.py', many => `install_requires=[${"'boto3==1.9.0',\n".repeat(many)}]\n${'"\\"'.repeat(many)}\n${'requires=['.repeat(many)}`],
  ['conda-lock.yml', many => '- name: boto3\n  version: 1.9.66\n'.repeat(many)],
  ['build.gradle', many => `${"implementation('com.amazonaws:aws-java-sdk-s3') { version { strictly '1.11.6' } }\n".repeat(many)}${'"\\"'.repeat(many)}\n${'/*'.repeat(many)}`],
])('a large %s takes linear time', (name, make) => {
  expectLinear(size => {
    expect(SdkSupport.scan(folderOf({ [name]: make(size) })).sdks.length).toBeGreaterThanOrEqual(size);
  }, 12_000);
});

test('a lock of pnpm takes linear time', () => {
  const packages = (many: number) => Array.from({ length: many }, (_, each) => `\n  /package-${each}/1.0.${each}:\n    resolution: {integrity: sha512-${'a'.repeat(86)}==}\n    engines: {node: '>=10'}\n    dependencies:\n      a: 1.0.0\n    dev: false\n`);
  expectLinear(many => {
    const folder = folderOf({ 'pnpm-lock.yaml': `lockfileVersion: 5.4\npackages:\n${packages(many).join('')}\n  /aws-sdk/2.1.0:\n    dev: false\n` });
    expect(SdkSupport.scan(folder).sdks).toHaveLength(1);
  }, 20_000);
});
