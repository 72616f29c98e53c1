import type * as fs from 'fs';
import { readFileSync, writeFileSync } from 'fs';
import { basename, join, relative } from 'path';
import type { App } from 'aws-cdk-lib';
import { CustomResourceProvider, CustomResourceProviderRuntime, DockerImage, FileAssetPackaging, Stack, Stage, Validations } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Compatibility, ContainerImage, Ec2TaskDefinition, FargateTaskDefinition, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, DockerImageCode, DockerImageFunction, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { FailOn, ImdsExemption, ImdsReport, Imdsv2, SdkDependencies } from '../../src';
import type { Imdsv2CheckProps } from '../../src';
import type { Report } from '../../src/report/report';
import { scratchApp } from '../harness/scratch-app';
import { folderOf } from '../sdks/folders';
import type { Files } from '../sdks/folders';

const REPORT_ONLY = { '@aws-cdk/core:failSynthOnValidationErrors': false };
const OLD_NODE = { 'package-lock.json': '{\n "packages": { "node_modules/aws-sdk":\n { "version": "2.600.0" } } }' };
const OLD_PYTHON = { 'requirements.txt': 'boto3==1.9.253\nawscli==2.0.0\n' };
const OPEN_PYTHON = { 'requirements.txt': 'boto3==1.9.253\nbotocore>=1.12\nawscli==2.0.0\n' };

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Outcome {
  readonly violations: readonly Violation[];
  readonly report: Report;
  readonly directory: string;
}

/** Synthesizes an app with a check, and returns CDK's report and our own report. */
function checked(build: (app: App) => void, props: Imdsv2CheckProps, outdir?: string): Outcome {
  const app = scratchApp(REPORT_ONLY, outdir);
  build(app);
  Imdsv2.check(app, { reports: [ImdsReport.json(), ImdsReport.sarif(), ImdsReport.markdown(), ImdsReport.html(), ImdsReport.junit()], ...props });
  const { directory } = app.synth();
  const parsed = (file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as unknown;
  const { pluginReports } = parsed('validation-report.json') as { readonly pluginReports: readonly { readonly violations: readonly Violation[] }[] };
  return { violations: pluginReports.flatMap(({ violations }) => violations), report: parsed('imdsv2-report.json') as Report, directory };
}

const assets = [SdkDependencies.inAssets()];
const reported = ({ violations }: { readonly violations: readonly Violation[] }) =>
  violations.map(({ ruleName, violatingConstructs }) => [ruleName, ...violatingConstructs.map(({ constructPath }) => constructPath)]);

test('an old SDK in the files of an instance is a warning on it, with the file, the line and the first version that supports IMDSv2', () => {
  const folder = folderOf(OLD_NODE);
  const found = checked(app => {
    new Asset(new Stack(app, 'Shop'), 'Orders', { path: folder });
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Orders']]);
  expect(found.violations[0].severity).toBe('warning');
  expect(found.violations[0].description).toBe(
    `${relative('.', folder)}/package-lock.json:3 has aws-sdk 2.600.0 (AWS SDK for JavaScript v2): AWS lists 2.722.0 as the first version that supports IMDSv2, although 2.575.0 already has code for it`);
});

test('files that are created for an asset are named by their source; reports have their place in the cloud assembly', () => {
  const folder = folderOf({ 'requirements.in': 'boto3' });
  const tryBundle = (output: string) => {
    writeFileSync(join(output, 'requirements.txt'), 'boto3==1.9.253');
    return true;
  };
  const found = checked(app => {
    new Asset(new Stack(app, 'Shop'), 'Code', { path: folder, bundling: { image: DockerImage.fromRegistry('scratch'), local: { tryBundle } } });
  }, { sdks: assets });
  expect(found.violations[0].description).toContain(`${relative('.', folder)} as staged: requirements.txt:1 has boto3 1.9.253 `);
  expect(found.report.sdks?.found.map(({ file, isInAssembly }) => [file, isInAssembly])).toEqual([[expect.stringMatching(/^asset\.[0-9a-f]{64}\/requirements\.txt$/), true]]);
  expect(readFileSync(join(found.directory, 'imdsv2-report.junit.xml'), 'utf8')).toContain('name="Shop/Code: Imdsv2::SdkTooOld: asset/requirements.txt: boto3"');
});

test('an SDK in an asset and in a folder of sources is reported once, on the asset', () => {
  const folder = folderOf(OLD_NODE);
  const found = checked(app => {
    new Asset(new Stack(app, 'Shop'), 'Code', { path: folder });
  }, { sdks: [...assets, SdkDependencies.inFolder(folder)] });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Code']]);
  expect(found.report.sdks?.found).toHaveLength(1);
});

test('all kinds of assets are scanned: files for instances, images, assets in stages, and single files', () => {
  const requirements = join(folderOf(OLD_PYTHON), 'requirements.txt');
  const found = checked(app => {
    new Asset(new Stack(app, 'Files'), 'Scripts', { path: folderOf(OLD_PYTHON) });
    new DockerImageAsset(new Stack(new Stage(app, 'Prod'), 'Images'), 'Image', { directory: folderOf({ Dockerfile: 'FROM scratch', ...OLD_NODE }) });
    new Asset(new Stack(app, 'Single'), 'List', { path: requirements });
  }, { sdks: assets });
  expect(reported(found)).toEqual([
    ['Imdsv2::SdkTooOld', 'Files/Scripts'], ['Imdsv2::SdkTooOld', 'Prod/Images/Image'], ['Imdsv2::SdkTooOld', 'Single/List'],
  ]);
});

test('the build arguments of an image override its Dockerfile, and are unknown if two images of one asset differ', () => {
  const directory = folderOf({ Dockerfile: 'FROM debian\nARG BOTO=1.35.0\nARG CLI\nARG OWN\nRUN pip install boto3==$BOTO awscli==$CLI botocore==$OWN' });
  const found = checked(app => {
    const stack = new Stack(app, 'Shop');
    const invalidation = { buildArgs: false };
    new DockerImageAsset(stack, 'One', { directory, invalidation, buildArgs: { BOTO: '1.9.0', CLI: '1.16.0', OWN: '1.12.0' } });
    new DockerImageAsset(stack, 'Two', { directory, invalidation, buildArgs: { BOTO: '1.9.0', CLI: '1.16.1' } });
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/One', 'Shop/Two'], ['Imdsv2::SdkUnknown', '']]);
  expect(found.report.sdks?.found.map(({ packageName, version, because }) => [packageName, version ?? because])).toEqual([
    ['boto3', '1.9.0'], ['awscli', 'its version is in a variable that is not set here'], ['botocore', 'its version is in a variable that is not set here'],
  ]);
});

describe('an image with a target', () => {
  const installing = (number: number) => `RUN pip install boto3==1.0.${number}`;
  const STAGES = [
    'FROM debian AS Base', installing(1),
    'FROM debian AS tests', installing(2),
    'FROM base AS web', installing(3),
    'FROM debian AS copied', installing(4),
    'FROM debian AS mounted', installing(5),
    'FROM debian AS worker', 'COPY --from=Copied /app /app', 'RUN --mount=type=bind,from=mounted,target=/src pip install boto3==1.0.6',
    'FROM debian AS numbered', 'COPY --from=1 /app /app', 'ARG FROM', installing(7),
    'FROM debian AS unknown', 'ARG FROM', 'COPY --from=$FROM /app /app',
    'FROM debian AS later', installing(8),
  ].join('\n');
  const versionsOf = (...targets: readonly (string | undefined)[]) => {
    const directory = folderOf({ Dockerfile: STAGES });
    const { report } = checked(app => {
      const stack = new Stack(app, 'Shop');
      targets.forEach((target, index) => { new DockerImageAsset(stack, `Image${index}`, { directory, target, invalidation: { target: false } }); });
    }, { sdks: assets });
    return report.sdks?.found.map(({ version }) => Number(version?.split('.').pop())).sort();
  };
  const ALL = [1, 2, 3, 4, 5, 6, 7, 8];

  test.each<[string, readonly number[]]>([
    ['base', [1]], ['BASE', [1]], ['web', [1, 3]], ['worker', [4, 5, 6]], ['numbered', [2, 7]], ['1', [2]], ['unknown', [1, 2, 3, 4, 5, 6, 7]], ['none', ALL],
  ])('%s has the stages that it is built from', (target, versions) => {
    expect(versionsOf(target)).toEqual(versions);
  });

  test('has those of all targets if there are several, and every stage if one image has no target', () => {
    expect(versionsOf('base', 'numbered')).toEqual([1, 2, 7]);
    expect(versionsOf('base', undefined)).toEqual(ALL);
  });
});

test('an image is judged by its Dockerfile, whatever the name of that is', () => {
  const installing = (version: string) => `FROM debian\nRUN pip install boto3==${version}`;
  const directory = folderOf({ 'Dockerfile': installing('1.9.1'), 'docker/web.Dockerfile': installing('1.7.0'), 'docker/web': installing('1.35.0'), 'docker/worker': installing('1.9.0') });
  const found = checked(app => {
    const stack = new Stack(app, 'Shop');
    new DockerImageAsset(stack, 'Web', { directory, file: './docker/web' });
    new DockerImageAsset(stack, 'Worker', { directory, file: 'docker/worker' });
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Worker']]);
  expect(found.report.sdks?.found.map(({ version }) => version)).toEqual(['1.35.0', '1.9.0']);
});

test('the image of a task that runs only on Fargate is no finding', () => {
  const withImage = (task: TaskDefinition, version: string) =>
    task.addContainer('App', { image: ContainerImage.fromAsset(folderOf({ 'Dockerfile': 'FROM scratch', 'requirements.txt': `boto3==${version}` })), memoryLimitMiB: 512 });
  const found = checked(app => {
    const stack = new Stack(app, 'Shop');
    withImage(new FargateTaskDefinition(stack, 'Fargate'), '1.9.1');
    withImage(new Ec2TaskDefinition(stack, 'Ec2'), '1.9.2');
    withImage(new TaskDefinition(stack, 'Both', { compatibility: Compatibility.EC2_AND_FARGATE, cpu: '256', memoryMiB: '512' }), '1.9.3');
    withImage(new FargateTaskDefinition(stack, 'Shared'), '1.9.3');
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Ec2/App/AssetImage'], ['Imdsv2::SdkTooOld', 'Shop/Both/App/AssetImage']]);
  expect(found.report.sdks?.found.map(({ version, notOnInstance }) => [version, notOnInstance])).toContainEqual(['1.9.1', 'tasks on Fargate have no metadata service']);
});

describe('in a folder with assets of an earlier synthesis', () => {
  const outdir = relative('.', folderOf({}));
  const build = (version: string) => (app: App) => {
    new Asset(new Stack(app, 'Shop'), 'Code', { path: folderOf({ 'requirements.txt': `boto3==${version}` }) });
    new Stack(new Stage(app, 'Prod'), 'Shop').synthesizer.addFileAsset({ fileName: join(folderOf({ 'requirements.txt': `botocore==${version}` })), packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash: version });
  };
  const found = (version: string) => checked(build(version), { sdks: assets }, outdir);

  test('each asset is reported once: on its construct, or else on the app', () => {
    expect(reported(found('1.9.0'))).toEqual([['Imdsv2::SdkTooOld', 'Shop/Code'], ['Imdsv2::SdkTooOld', '']]);
  });

  test('the earlier assets are not reported', () => {
    expect(reported(found('1.9.1')).map(([, path]) => path)).toEqual(['Shop/Code', '']);
    expect(reported(found('1.35.0'))).toEqual([]);
  });

  test('the earlier assets are not part of a folder of sources either', () => {
    const sources = folderOf({ 'requirements.txt': 'boto3==1.9.0' });
    expect(reported(checked(build('1.9.2'), { sdks: [SdkDependencies.inFolder(sources)] }, join(sources, 'cdk.out')))).toEqual([['Imdsv2::SdkTooOld', '']]);
  });
});

test('the purposes of one asset are reported on each construct', () => {
  const folder = folderOf(OLD_NODE);
  const found = checked(app => {
    const stack = new Stack(app, 'Shop');
    for (const id of ['One', 'Two']) { new Asset(stack, id, { path: folder }); }
    ImdsExemption.of(stack.node.findChild('Two')).add({ rule: 'Imdsv2::SdkTooOld', reason: 'it runs on a laptop' });
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/One']]);
  expect(found.report.findings.filter(({ exemption }) => exemption).map(({ path }) => path)).toEqual(['Shop/Two']);
});

test('an old SDK in a folder of sources is a warning on the app', () => {
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf(OLD_PYTHON))] });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', '']]);
  expect(found.violations[0].description).toContain('requirements.txt:1 has boto3 1.9.253 (AWS SDK for Python (Boto3)): AWS lists 1.12.6');
});

test.each([
  ['boto==2.49.0', 'requirements.txt:1 has boto 2.49.0 (AWS SDK for Python (Boto 2)): no version of it supports IMDSv2'],
  ['boto', 'requirements.txt:1 has boto (AWS SDK for Python (Boto 2)): no version of it supports IMDSv2'],
])('%s: the message has the known facts', (requirement, message) => {
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf({ 'requirements.txt': requirement }))] });
  expect(found.violations[0].description).toContain(message);
});

test('a service of .NET is judged by its AWSSDK.Core', () => {
  const project = '<Project><PackageReference Include="AWSSDK.S3" Version="3.3.16.2"/></Project>';
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf({ 'App.csproj': project }))] });
  expect(found.violations[0].description).toContain(
    'App.csproj:1 has AWSSDK.S3 3.3.16.2 (AWS SDK for .NET (services)): it installs a version of AWSSDK.Core that does not support IMDSv2; 3.5.0.0 installs one that does');
});

test('the message has the source, and for another version the package that decides', () => {
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf({ 'Gemfile.lock': 'GEM\n  specs:\n    aws-sdk (2.1.0)\n', 'packages.config': '<packages><package id="AWSSDK.Core" version="3.3.1"/></packages>' }))] });
  expect(found.violations.map(({ description }) => description.replace(/^.*\//, ''))).toEqual([
    'Gemfile.lock:3 has aws-sdk 2.1.0 (AWS SDK for Ruby (all services)): versions before 3 do not support IMDSv2, later ones depend on aws-sdk-core',
    'packages.config:1 has AWSSDK.Core 3.3.1 (AWS SDK for .NET (AWSSDK.Core)): the first version that supports IMDSv2 is 3.3.103.66',
  ]);
});

test('reports have old SDKs as findings, and all found SDKs as a list', () => {
  const { report, directory } = checked(app => { new Stack(app, 'Shop'); }, {
    sdks: [SdkDependencies.inFolder(folderOf({ ...OPEN_PYTHON, 'a/pom.xml': '<project><aws' }))],
  });
  expect(report.findings.map(({ rule, sdk }) => [rule, sdk?.packageName, sdk?.version, sdk?.line])).toEqual([['Imdsv2::SdkTooOld', 'boto3', '1.9.253', 1], ['Imdsv2::SdkUnknown', undefined, undefined, undefined]]);
  expect(report.sdks?.found.map(({ packageName, verdict }) => [packageName, verdict])).toEqual([['boto3', 'too old'], ['botocore', 'unknown'], ['awscli', 'supported']]);
  expect(report.sdks?.unreadable).toMatchObject([{ file: expect.stringMatching(/a\/pom\.xml$/) as unknown, isInAssembly: false }]);
  const texts = ['sarif', 'md', 'html', 'junit.xml'].map(ending => readFileSync(join(directory, `imdsv2-report.${ending}`), 'utf8'));
  for (const text of texts) { expect(text).toContain('1.9.253'); }
});

test('a development dependency is no finding; reports have it with the reason', () => {
  const lock = { 'package-lock.json': '{"packages":{"node_modules/aws-sdk":{"version":"2.600.0","dev":true}}}' };
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf(lock))] });
  expect([found.violations, found.report.sdks?.found.map(({ verdict, notOnInstance }) => [verdict, notOnInstance])]).toEqual([[], [['too old', 'it is for development']]]);
  for (const ending of ['md', 'html']) { expect(readFileSync(join(found.directory, `imdsv2-report.${ending}`), 'utf8')).toContain('it is too old, and it is for development'); }
});

test('a version that is not only for development is a finding', () => {
  const lock = { 'package-lock.json': '{"packages":{"node_modules/a/node_modules/aws-sdk":{"version":"2.600.0","dev":true},"node_modules/aws-sdk":{"version":"2.600.0"}}}' };
  expect(checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf(lock))] }).violations).toHaveLength(1);
});

test('a range without a supported version is a finding, with the range', () => {
  const found = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf({ 'requirements.txt': 'boto3<1.10' }))] });
  expect(found.violations[0].description).toContain('requirements.txt:1 has boto3 <1.10 (AWS SDK for Python (Boto3)): AWS lists 1.12.6');
});

test('Lambda functions have no metadata service, so an SDK that is only in their code, images or layers is no finding', () => {
  const folder = folderOf({ ...OLD_NODE, ...OPEN_PYTHON });
  const build = (app: App) => {
    const stack = new Stack(app, 'Shop');
    new LambdaFunction(stack, 'Orders', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: Code.fromAsset(folder) });
    new LayerVersion(stack, 'Layer', { code: Code.fromAsset(folderOf(OLD_PYTHON)) });
    CustomResourceProvider.getOrCreate(stack, 'Custom::Own', { codeDirectory: folderOf({ ...OLD_NODE, 'index.js': '' }), runtime: CustomResourceProviderRuntime.NODEJS_20_X });
    new DockerImageFunction(stack, 'Image', { code: DockerImageCode.fromImageAsset(folderOf({ Dockerfile: 'FROM scratch', ...OLD_NODE })) });
    return stack;
  };
  const found = checked(build, { sdks: assets });
  expect([found.violations, new Set(found.report.sdks?.found.map(({ notOnInstance }) => notOnInstance))]).toEqual([[], new Set(['functions of Lambda have no metadata service'])]);
  const shared = checked(app => { new Asset(build(app), 'Files', { path: folder }); }, { sdks: assets });
  expect(reported(shared)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Files'], ['Imdsv2::SdkTooOld', 'Shop/Files'], ['Imdsv2::SdkUnknown', '']]);
});

describe('an SDK with an unknown result', () => {
  const messages = (files: Files) => checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folderOf(files))] }).violations
    .map(({ ruleName, description }) => `${ruleName} ${description.replace(/[^ (]*\/sdks-[^/]*\//g, '')}`);

  test('is one warning for all of them, which names the first', () => {
    expect(messages({ 'requirements.txt': 'boto3\nbotocore>=1.12', 'poetry.lock': 'aws = = ', 'a/poetry.lock': 'aws = = ' })).toEqual([expect.stringMatching(
      /^Imdsv2::SdkUnknown the versions of 2 SDKs are unknown, so they may not support IMDSv2; the first is boto3 in requirements\.txt:1 \(it sets no version\); 2 files that may list SDKs cannot be read; the first is a\/poetry\.lock \(Invalid TOML [^\n]*\)$/,
    )]);
  });

  test('is reported if there is only one, too', () => {
    expect(messages({ 'requirements.txt': 'boto3' })).toEqual(['Imdsv2::SdkUnknown the version of boto3 in requirements.txt:1 is unknown, so it may not support IMDSv2 (it sets no version)']);
    expect(messages({ 'image.tar': '' })).toEqual(['Imdsv2::SdkUnknown image.tar, which may list SDKs, cannot be read (it is an archive of an unsupported kind)']);
  });

  test('is hidden by an acknowledgement, and is not reported if there is none', () => {
    expect(messages({ 'requirements.txt': 'boto3>=1.26' })).toEqual([]);
    const found = checked(app => { Validations.of(new Stack(app, 'Shop').node.root).acknowledge({ id: 'Imdsv2::SdkUnknown', reason: 'known' }); }, { sdks: [SdkDependencies.inFolder(folderOf({ 'requirements.txt': 'boto3' }))] });
    expect(found.violations).toEqual([]);
  });
});

describe('an SDK with an unknown result in an asset', () => {
  const build = (settle: (stack: Stack) => void) => checked(app => {
    const stack = new Stack(app, 'Shop');
    new Asset(stack, 'One', { path: folderOf({ 'requirements.txt': 'boto3', 'image.tar': '' }) });
    new Asset(stack, 'Two', { path: folderOf({ 'requirements.txt': 'botocore' }) });
    settle(stack);
  }, { sdks: [...assets, SdkDependencies.inFolder(folderOf({ 'requirements.txt': 'awscli' }))] });
  const told = ({ report }: Outcome) => report.findings.map(({ path, message, exemption }) => [path, message.replace(/[^ (]*\//g, ''), exemption?.reason]);

  test.each<readonly [by: string, settle: (scope: Construct) => void]>([
    ['an acknowledgement', scope => { Validations.of(scope).acknowledge({ id: 'Imdsv2::SdkUnknown', reason: 'seen' }); }],
    ['an exemption', scope => { ImdsExemption.of(scope).add({ rule: 'Imdsv2::SdkUnknown', reason: 'seen' }); }],
  ])('is hidden on its construct by %s, and the others are not', (_, settle) => {
    const found = build(stack => { settle(stack.node.findChild('One') as Asset); });
    expect(told(found)).toEqual([
      [undefined, expect.stringContaining('the first is botocore in requirements.txt:1'), undefined],
      ['Shop/One', expect.stringMatching(/boto3 in requirements\.txt:1 is unknown.* image\.tar, which/), 'seen'],
    ]);
  });

  test('is hidden on the stack, and an SDK outside assets is not', () => {
    expect(told(build(stack => { ImdsExemption.of(stack).add({ rule: 'Imdsv2::SdkUnknown', reason: 'seen' }); })).map(([path, , reason]) => [path, reason]))
      .toEqual([[undefined, undefined], ['Shop/One', 'seen'], ['Shop/Two', 'seen']]);
  });

  test('is one finding if it is hidden on the app', () => {
    expect(told(build(stack => { ImdsExemption.of(stack.node.root).add({ rule: 'Imdsv2::SdkUnknown', reason: 'seen' }); })).map(([path, , reason]) => [path, reason])).toEqual([[undefined, 'seen']]);
  });

  test('is reported if another construct of the asset does not hide it', () => {
    const path = folderOf({ 'requirements.txt': 'boto3' });
    const found = checked(app => {
      for (const id of ['One', 'Two']) { new Asset(new Stack(app, id), 'Code', { path }); }
      ImdsExemption.of(app.node.findChild('One')).add({ rule: 'Imdsv2::SdkUnknown', reason: 'seen' });
    }, { sdks: assets });
    expect(told(found).map(([owner, , reason]) => [owner, reason])).toEqual([[undefined, undefined]]);
  });
});

test('reports separate unknown SDKs from those on no instance, and show exemptions', () => {
  const { directory } = checked(app => {
    const asset = new Asset(new Stack(app, 'Shop'), 'Files', { path: folderOf({ 'requirements.txt': 'boto3\nawscli==2.0.0', 'image.tar': '', 'package.json': '{"devDependencies":{"aws-sdk":"2.1.0"}}' }) });
    new Asset(Stack.of(asset), 'Others', { path: folderOf({ 'requirements.txt': 'botocore' }) });
    ImdsExemption.of(asset).add({ rule: 'Imdsv2::SdkUnknown', reason: 'seen' });
  }, { sdks: assets });
  const markdown = readFileSync(join(directory, 'imdsv2-report.md'), 'utf8');
  const lists = [...markdown.matchAll(/^### (.*(?:SDKs).*)\n\n.*\n\n((?:- .*\n)+)/gm)].map(([, title, items]) => [title, items.replace(/[^ `]*\//g, '').trim().split('\n')]);
  expect(lists).toEqual([
    ['SDKs whose version is unknown (2)', ['- `boto3` in `requirements.txt:1`: it sets no version; exempt', '- `botocore` in `requirements.txt:1`: it sets no version']],
    ['Files that may list SDKs, and cannot be read (1)', ['- `image.tar` cannot be read: it is an archive of an unsupported kind; exempt']],
    ['Old or unknown SDKs that are not on an instance (1)', ['- `aws-sdk 2.1.0` in `package.json:1`: it is too old, and it is for development']],
  ]);
  const page = readFileSync(join(directory, 'imdsv2-report.html'), 'utf8');
  expect([...page.matchAll(/<h3>([^<]*(?:SDKs)[^<]*)<\/h3>/g)].map(([, title]) => title)).toEqual(lists.map(([title]) => title));
});

test('an unreadable file that is only for Lambda functions is no finding', () => {
  const found = checked(app => { new LayerVersion(new Stack(app, 'Shop'), 'Layer', { code: Code.fromAsset(folderOf({ 'image.tar': '' })) }); }, { sdks: assets });
  expect([found.violations, found.report.sdks?.unreadable.map(({ notOnInstance, paths }) => [notOnInstance, paths])])
    .toEqual([[], [['functions of Lambda have no metadata service', ['Shop/Layer/Code']]]]);
});

test('a function that runs on instances of a capacity provider is scanned as for instances', () => {
  const found = checked(app => {
    const on = new LambdaFunction(new Stack(app, 'Shop'), 'Orders', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: Code.fromAsset(folderOf(OLD_NODE)) });
    Object.assign(on.node.defaultChild!, { capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn' } } });
  }, { sdks: assets });
  expect(reported(found)).toEqual([['Imdsv2::SdkTooOld', 'Shop/Orders/Code']]);
});

test('an app with several checks reads each folder and asset once', () => {
  const folder = folderOf({ 'requirements.txt': 'boto3==1.9.0' });
  const app = scratchApp(REPORT_ONLY);
  const stacks = ['One', 'Two', 'Three'].map(id => new Stack(app, id));
  for (const stack of stacks) { new Asset(stack, 'Files', { path: folderOf({ 'requirements.txt': 'boto3==1.9.1' }) }); }
  for (const scope of [app, ...stacks]) { Imdsv2.check(scope, { sdks: [...assets, SdkDependencies.inFolder(folder)] }); }
  const opened = jest.spyOn(jest.requireActual<typeof fs>('fs'), 'openSync');
  app.synth();
  const times = (part: string) => opened.mock.calls.filter(([path]) => String(path).includes(part) && String(path).endsWith('requirements.txt')).length;
  expect([times(basename(folder)), times('asset.')]).toEqual([1, 1]);
  opened.mockRestore();
});

test('JUnit has a case for each file and package', () => {
  const folder = folderOf({ ...OLD_NODE, ...OLD_PYTHON, 'a/requirements.txt': 'boto3==1.9.0\nbotocore==1.12.0' });
  const { directory } = checked(app => { new Stack(app, 'Shop'); }, { sdks: [SdkDependencies.inFolder(folder)] });
  const names = [...readFileSync(join(directory, 'imdsv2-report.junit.xml'), 'utf8').matchAll(/<testcase [^>]*name="([^"]*)"/g)].map(([, name]) => name.replace(/[^ ]*\/sdks-[^/]*\//, ''));
  expect(names).toEqual(['app: Imdsv2::SdkTooOld: a/requirements.txt: boto3', 'app: Imdsv2::SdkTooOld: a/requirements.txt: botocore', 'app: Imdsv2::SdkTooOld: package-lock.json: aws-sdk', 'app: Imdsv2::SdkTooOld: requirements.txt: boto3']);
});

test('nothing is scanned unless it is requested', () => {
  const found = checked(app => { new Asset(new Stack(app, 'Shop'), 'Code', { path: folderOf(OLD_NODE) }); }, {});
  expect([found.violations, found.report.sdks]).toEqual([[], undefined]);
});

test('an old SDK fails the synthesis if warnings do, unless the rule is off', () => {
  const sdks = [SdkDependencies.inFolder(folderOf(OLD_PYTHON))];
  const build = (app: App) => { new Stack(app, 'Shop'); };
  expect(checked(build, { sdks, failOn: FailOn.WARNING }).report.success).toBe(false);
  expect(checked(build, { sdks, rulesOff: [{ rule: 'Imdsv2::SdkTooOld', reason: 'later' }] }).violations).toEqual([]);
});

test('a check of a part of an app scans the assets of that part, and reports the rest on it', () => {
  const app = scratchApp(REPORT_ONLY);
  const [one, two] = ['One', 'Two'].map(id => new Stack(app, id));
  for (const stack of [one, two]) { new Asset(stack, 'Code', { path: folderOf({ ...OLD_NODE, id: stack.stackName }) }); }
  Imdsv2.check(one, { sdks: [...assets, SdkDependencies.inFolder(folderOf(OLD_PYTHON))] });
  Imdsv2.check(one, { sdks: assets });
  const { pluginReports } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8')) as { pluginReports: { violations: Violation[] }[] };
  expect(pluginReports.flatMap(({ violations }) => reported({ violations }))).toEqual([
    ['Imdsv2::SdkTooOld', 'One/Code'], ['Imdsv2::SdkTooOld', 'One'], ['Imdsv2::SdkTooOld', 'One/Code'],
  ]);
});

test('an acknowledgement on the stack hides the warning', () => {
  const found = checked(app => {
    const stack = new Stack(app, 'Shop');
    new Asset(stack, 'Code', { path: folderOf(OLD_NODE) });
    Validations.of(stack).acknowledge({ id: 'Imdsv2::SdkTooOld', reason: 'known' });
  }, { sdks: assets });
  expect(found.violations).toEqual([]);
});

test.each([
  [{ sdks: 'assets' as unknown as SdkDependencies[] }, "sdks must be a list, got 'assets'"],
  [{ sdks: ['assets' as unknown as SdkDependencies] }, "sdks must be an SdkDependencies, got 'assets'"],
])('%j is rejected', (props, message) => {
  expect(() => Imdsv2.check(new Stack(scratchApp(), 'Stack'), props)).toThrow(message);
});

test('a missing folder is rejected at once', () => {
  expect(() => SdkDependencies.inFolder('no/such/folder')).toThrow("directory must be a folder that can be read, got 'no/such/folder'");
});

describe('an excluded part of a folder', () => {
  const folder = () => folderOf({ 'test/requirements.txt': 'boto3==1.9.0', 'old/api/requirements.txt': 'boto3==1.9.1', 'old/requirements.txt': 'boto3==1.9.2' });
  const versions = (exclude: string[]) =>
    checked(app => new Stack(app, 'Shop'), { sdks: [SdkDependencies.inFolder(folder(), { exclude })] }).report.sdks?.found.map(({ version }) => version);

  test('is not scanned, but the rest is', () => {
    expect(versions([])).toEqual(['1.9.1', '1.9.2', '1.9.0']);
    expect(versions(['./test/', 'old/api'])).toEqual(['1.9.2']);
    expect(versions(['api', 'old/requirements.txt'])).toEqual(['1.9.1', '1.9.0']);
  });

  test.each([['..'], ['/'], ['a/../../b'], [''], [3]])('%p is rejected', path => {
    expect(() => SdkDependencies.inFolder('.', { exclude: [path as string] })).toThrow(/options\.exclude.* a path below the folder/);
  });
});
