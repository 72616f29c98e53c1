import { awscdk, javascript } from 'projen';

const CDK_FLOOR = '2.262.0';
const CDK_CURRENT = '2.276.0';
const CONSTRUCTS_FLOOR = '10.5.0';
const CONSTRUCTS_CURRENT = '10.5.1';

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
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  bumpPackage: 'commit-and-tag-version@^12',

  cdkVersion: CDK_FLOOR,
  constructsVersion: CONSTRUCTS_FLOOR,
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    `aws-cdk-lib@${CDK_CURRENT}`,
    `constructs@${CONSTRUCTS_CURRENT}`,
    'cdk-nag@^3.0.2',
    '@aws-cdk/aws-service-spec@^0.1.216',
    '@aws-cdk/service-spec-types',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    'fast-check@^4',
  ],
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
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

project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.synth();
