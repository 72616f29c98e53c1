import type { Sdk } from './sdk';

/** AWS's own list, the source of most versions. If another page of AWS has a lower version, the version of this list counts. */
const AWS_LIST = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html';
const IMDS_CLIENTS = 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-client.html';

/** A version that is lower than all others. */
export const ANY = '0';

/** All known SDKs and tools, with the first version that supports IMDSv2. */
export const SDKS: readonly Sdk[] = [
  {
    name: 'AWS CLI',
    aliases: ['AWS Command Line Interface', 'AWS CLI v1', 'AWS CLI v2'],
    packages: {
      pypi: ['awscli'], deb: ['awscli'], rpm: ['awscli', 'aws-cli'], apk: ['aws-cli'], docker: ['amazon/aws-cli', 'public.ecr.aws/aws-cli/aws-cli'],
    },
    minimum: '1.16.289', // another page of the guide has 1.13.23
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Python (Boto3)',
    aliases: ['AWS SDK for Python'],
    packages: {
      pypi: ['boto3'], deb: ['python3-boto3', 'python-boto3'], rpm: ['python3-boto3', 'python2-boto3', 'python-boto3', 'python27-boto3'], apk: ['py3-boto3', 'py2-boto3'],
    },
    minimum: '1.12.6',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Python (Botocore)',
    packages: {
      pypi: ['botocore'], deb: ['python3-botocore', 'python-botocore'], rpm: ['python3-botocore', 'python2-botocore', 'python-botocore', 'python27-botocore'], apk: ['py3-botocore', 'py2-botocore'],
    },
    minimum: '1.13.25',
    codeSince: { from: '1.13.23' },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Python (Boto 2)',
    packages: { pypi: ['boto'], deb: ['python-boto', 'python3-boto'], rpm: ['python-boto', 'python3-boto', 'python2-boto'], apk: ['py-boto', 'py2-boto', 'py3-boto'] },
    source: 'https://github.com/boto/boto/issues/3917',
  },
  {
    name: 'AWS SDK for JavaScript v2',
    aliases: ['AWS SDK for JavaScript', 'AWS SDK for JavaScript in Node.js', 'AWS SDK for JavaScript 2.x'],
    packages: { npm: ['aws-sdk'] },
    minimum: '2.722.0',
    codeSince: { from: '2.575.0' },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for JavaScript v3',
    aliases: ['AWS SDK for JavaScript 3.x'],
    packages: { npm: ['@aws-sdk/credential-provider*', '@aws-sdk/ec2-metadata-service', '@aws-sdk/client-*', '@aws-sdk/lib-*', '@aws-sdk/core'] },
    minimum: '1.0.0-gamma.3', // the packages have the code since this version; 3.0.0 is the first release
    source: IMDS_CLIENTS,
  },
  {
    name: 'AWS SDK for JavaScript v3 (Smithy)',
    packages: { npm: ['@smithy/credential-provider-imds'] },
    minimum: ANY,
    source: IMDS_CLIENTS,
  },
  {
    name: 'AWS SDK for Java',
    aliases: ['AWS SDK for Java 1.x', 'AWS SDK for Java v1'],
    packages: { maven: ['com.amazonaws:aws-java-sdk*'] },
    minimum: '1.11.678',
    endsBefore: '2',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Java 2.x',
    aliases: ['AWS SDK for Java v2'],
    packages: { maven: ['software.amazon.awssdk:*'] },
    minimum: '2.10.21',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Kotlin',
    packages: { maven: ['aws.sdk.kotlin:*'] },
    minimum: '1.1.4',
    codeSince: { from: '0.6.0-alpha' },
    source: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html',
  },
  {
    name: 'AWS SDK for Go',
    aliases: ['AWS SDK for Go 1.x', 'AWS SDK for Go v1'],
    packages: { golang: ['github.com/aws/aws-sdk-go'] },
    minimum: '1.25.38',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Go v2',
    packages: { golang: ['github.com/aws/aws-sdk-go-v2'] },
    minimum: '0.19.0',
    countedAnew: '2.0.0-preview', // versions of 2017 and 2018; the next version was 0.6.0
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Go v2 (modules)', // newer than 0.19.0, with versions of their own
    aliases: ['AWS SDK for Go V2 (1.x)'],
    packages: { golang: ['github.com/aws/aws-sdk-go-v2/feature/ec2/imds', 'github.com/aws/aws-sdk-go-v2/config', 'github.com/aws/aws-sdk-go-v2/credentials'] },
    minimum: ANY,
    source: IMDS_CLIENTS,
  },
  {
    name: 'AWS SDK for .NET',
    aliases: ['AWS SDK for .NET 3.x', 'AWS SDK for .NET 4.x'],
    packages: {},
    minimum: '3.3.634.1', // the version of the release; no package has it
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for .NET (AWSSDK.Core)',
    packages: { nuget: ['AWSSDK.Core'] },
    minimum: '3.3.103.66', // part of the release 3.3.634.1
    source: 'https://github.com/aws/aws-sdk-net/blob/main/changelogs/SDK.CHANGELOG.2019.md',
  },
  {
    name: 'AWS SDK for .NET, version 2',
    packages: { nuget: ['AWSSDK'] },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for .NET (services)',
    packages: { nuget: ['AWSSDK.*'] },
    minimum: '3.5.0.0', // these versions need AWSSDK.Core 3.5
    // 3.3.100 and all later versions were published after 2019-03-21. NuGet chooses the lowest AWSSDK.Core that is allowed.
    unclear: { from: '3.3', decidedBy: 'AWSSDK.Core', oldBefore: '3.3.100' },
    source: 'https://github.com/aws/aws-sdk-net/blob/main/changelogs/SDK.CHANGELOG.2020.md',
  },
  {
    name: 'AWS Tools for PowerShell',
    aliases: ['AWS Tools for Windows PowerShell', 'AWS Tools for PowerShell V4', 'AWS Tools for PowerShell V5'],
    packages: { nuget: ['AWSPowerShell', 'AWSPowerShell.NetCore', 'AWS.Tools.*'] },
    minimum: '4.0.1.0',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for PHP',
    aliases: ['AWS SDK for PHP 3.x'],
    packages: { composer: ['aws/aws-sdk-php'] },
    minimum: '3.147.7',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Ruby',
    aliases: ['AWS SDK for Ruby 3.x'],
    packages: { gem: ['aws-sdk-core'], deb: ['ruby-aws-sdk-core', 'ruby-aws-sdk'], rpm: ['rubygem-aws-sdk-core'] },
    minimum: '3.79.0',
    codeSince: { from: '2.11.401', before: '3' },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Ruby (all services)',
    packages: { gem: ['aws-sdk', 'aws-sdk-resources', 'aws-sdk-v1'] },
    unclear: { from: '3', decidedBy: 'aws-sdk-core' },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Ruby (services)',
    packages: { gem: ['aws-sdk-*'] },
    unclear: { from: '0', decidedBy: 'aws-sdk-core' },
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for C++',
    aliases: ['AWS SDK for C++ 1.x'],
    packages: { conan: ['aws-sdk-cpp', 'awssdk'] },
    minimum: '1.7.229',
    source: AWS_LIST,
  },
  {
    name: 'AWS SDK for Rust',
    packages: { cargo: ['aws-config', 'aws-sdk-*'] },
    minimum: ANY,
    source: IMDS_CLIENTS,
  },
  {
    name: 'AWS SDK for Swift',
    packages: {},
    minimum: ANY,
    source: IMDS_CLIENTS,
  },
  {
    name: 'Rusoto',
    packages: { cargo: ['rusoto_credential', 'rusoto_core'] },
    source: 'https://github.com/rusoto/rusoto/issues/1818',
  },
];
