import { SdkSupport } from '../../src';

const verdictOf = (sdk: string, version: string) => SdkSupport.check(sdk, version).verdict;

test.each([
  // The version before the first one, and the first one.
  ['awscli', '1.16.288', 'too old'], ['awscli', '1.16.289', 'supported'], ['awscli', '2.0.0', 'supported'],
  ['boto3', '1.12.5', 'too old'], ['boto3', '1.12.6', 'supported'], ['boto3', '1.9.253', 'too old'],
  ['botocore', '1.13.24', 'too old'], ['botocore', '1.13.25', 'supported'],
  ['boto', '2.49.0', 'too old'],
  ['aws-sdk', '2.721.0', 'too old'], ['aws-sdk', '2.722.0', 'supported'], ['aws-sdk', '2.1692.0', 'supported'],
  ['@aws-sdk/credential-provider-imds', '1.0.0-gamma.1', 'too old'], ['@aws-sdk/credential-provider-imds', '1.0.0-gamma.3', 'supported'],
  ['@aws-sdk/credential-provider-imds', '1.0.0-rc.8', 'supported'], ['@aws-sdk/client-s3', '3.400.0', 'supported'],
  ['@smithy/credential-provider-imds', '1.0.1', 'supported'],
  ['com.amazonaws:aws-java-sdk-core', '1.11.677', 'too old'], ['com.amazonaws:aws-java-sdk-core', '1.11.678', 'supported'],
  ['com.amazonaws:aws-java-sdk-bundle', '1.11.375', 'too old'],
  ['software.amazon.awssdk:imds', '2.18.0', 'supported'], ['software.amazon.awssdk:regions', '2.10.20', 'too old'],
  ['software.amazon.awssdk:sdk-core', '2.10.21', 'supported'], ['software.amazon.awssdk:sdk-core', '2.0.0-preview-13', 'too old'],
  ['aws.sdk.kotlin:s3', '1.1.3', 'too old'], ['aws.sdk.kotlin:s3-jvm', '1.1.4', 'supported'], ['aws.sdk.kotlin:s3', '0.17.1-beta', 'too old'],
  ['github.com/aws/aws-sdk-go', 'v1.25.37', 'too old'], ['github.com/aws/aws-sdk-go', 'v1.25.38', 'supported'],
  ['github.com/aws/aws-sdk-go-v2', 'v0.18.0', 'too old'], ['github.com/aws/aws-sdk-go-v2', 'v0.19.0', 'supported'],
  ['github.com/aws/aws-sdk-go-v2', 'v2.0.0-preview.4+incompatible', 'too old'],
  ['github.com/aws/aws-sdk-go-v2/feature/ec2/imds', 'v1.0.2', 'supported'],
  ['AWSSDK.Core', '3.3.103.65', 'too old'], ['AWSSDK.Core', '3.3.103.66', 'supported'], ['awssdk.core', '3.3.103', 'too old'], ['AWSSDK.Core', '3.7.0', 'supported'],
  ['AWSSDK.S3', '3.1.0', 'too old'], ['AWSSDK.S3', '3.3.111', 'unknown'], ['AWSSDK.S3', '3.5.0', 'supported'], ['AWSSDK', '2.3.55', 'too old'],
  ['AWSPowerShell.NetCore', '3.3.563.1', 'too old'], ['AWS.Tools.Common', '4.0.1.0', 'supported'], ['AWS.Tools.S3', '4.0.0.0', 'too old'],
  ['aws/aws-sdk-php', '3.147.6', 'too old'], ['aws/aws-sdk-php', '3.147.7', 'supported'], ['aws/aws-sdk-php', 'v3.20.1', 'too old'],
  ['aws-sdk-core', '3.78.0', 'too old'], ['aws-sdk-core', '3.79.0', 'supported'], ['aws-sdk-core', '3.79.0.pre', 'too old'],
  ['gem:aws-sdk', '2.11.400', 'too old'], ['gem:aws-sdk', '3.0.1', 'unknown'], ['aws-sdk-v1', '1.67.0', 'too old'],
  ['aws-sdk-cpp', '1.7.228', 'too old'], ['aws-sdk-cpp', '1.7.229', 'supported'],
  ['aws-config', '0.0.26-alpha', 'supported'], ['aws-sdk-php', '3.0.0', 'unknown'], ['cargo:aws-sdk-s3', '0.1.0', 'supported'], ['aws-sdk-s3', '1.59.0', 'unknown'], ['rusoto_credential', '0.48.0', 'too old'],
  // AWS's names. One of them has other versions than its package.
  ['AWS SDK for Java', '1.11.500', 'too old'], ['AWS SDK for .NET', '3.3.634.0', 'too old'], ['aws sdk for .net', '3.3.634.1', 'supported'],
  // Package URLs.
  ['pkg:npm/aws-sdk', '2.600.0', 'too old'], ['pkg:npm/%40aws-sdk%2Fclient-s3', '3.0.0', 'supported'], ['pkg:npm/%40aws-sdk/credential-provider-imds@3.0.0', '3.0.0', 'supported'],
  ['pkg:maven/com.amazonaws/aws-java-sdk-s3@1.11.1?type=jar', '1.11.1', 'too old'], ['pkg:golang/github.com/aws/aws-sdk-go#aws/session', 'v1.20.0', 'too old'],
  ['pkg:deb/debian/python3-botocore@1.12.103+repack-1?arch=all', '1.12.103+repack-1', 'too old'], ['pkg:rpm/amzn/aws-cli', '0:1.18.147-1.amzn2', 'supported'],
  // Forms of versions.
  ['com.amazonaws:aws-java-sdk-core', '1.11.678-SNAPSHOT', 'too old'], ['com.amazonaws:aws-java-sdk-core', '1.11.679-SNAPSHOT', 'supported'],
  ['com.amazonaws:aws-java-sdk-core', '1.11.678.RELEASE', 'supported'], ['boto3', '1.12.6rc1', 'too old'], ['boto3', '1.12.6.dev0', 'too old'], ['boto3', '1.12.6.post1', 'supported'],
  ['botocore', '1.13.25+local.1', 'supported'], ['Boto3', '01.012.06', 'supported'], ['aws-sdk', '=2.722.0', 'supported'], ['aws-sdk', '2.722', 'supported'],
  ['github.com/aws/aws-sdk-go', 'v1.25.38-0.20191119012345-0123456789ab', 'too old'], ['github.com/aws/aws-sdk-go', 'v0.0.0-20191119012345-0123456789ab', 'unknown'],
  ['boto3', '99999999999999999999999.0', 'supported'],
  // The names on AWS's pages.
  ['AWS SDK for JavaScript in Node.js', '2.721.0', 'too old'], ['SDK for Java 1.x', '1.11.678', 'supported'], ['AWS Tools for Windows PowerShell', '4.0.0.0', 'too old'],
  ['AWS SDK for Go V2 (1.x)', '1.2.0', 'supported'], ['AWS SDK for Swift', '1.0.0', 'supported'], ['AWS CLI v2', '2.0.0', 'supported'],
  ['@aws-sdk/credential-providers', '3.0.0', 'supported'], ['@aws-sdk/ec2-metadata-service', '3.400.0', 'supported'], ['pkg:npm/%40aws-sdk%2Fclient-s3', '3.0.0', 'supported'],
  // Invalid versions.
  ['AWS SDK for Java', '2.1.0', 'unknown'], ['boto3', '2019-11-19', 'unknown'], ['boto3', '20191119', 'unknown'],
  // Unknown results.
  ['boto3', '>=1.9', 'unknown'], ['boto3', '', 'unknown'], ['aws-sdk', '^2.600.0', 'unknown'], ['aws-sdk', 'latest', 'unknown'], ['aws-sdk', '2.x', 'unknown'], ['com.amazonaws:aws-java-sdk-core', '1.11.+', 'unknown'], ['boto3', '1.9.*', 'unknown'], ['aws/aws-sdk-php', '3.x-dev', 'unknown'],
  ['aws-sdk', 'git+https://github.com/aws/aws-sdk-js.git#v2.1.0', 'unknown'], ['boto3', '1!1.0', 'unknown'], ['requests', '2.0.0', 'unknown'], ['pkg:', '1', 'unknown'], ['pkg:npm', '1', 'unknown'], ['pkg:npm/%zz', '1', 'unknown'], ['pkg:npm/@aws-sdk/client-s3', '3.0.0', 'supported'], ['pkg:NPM/aws-sdk@2.1.0', '2.1.0', 'too old'], ['', '', 'unknown'],
])('%s %s is %s', (sdk, version, verdict) => {
  expect(verdictOf(sdk, version)).toBe(verdict);
});

test('the minimum has its page', () => {
  expect(SdkSupport.check('boto3', '1.9.253')).toEqual({
    verdict: 'too old',
    sdk: 'AWS SDK for Python (Boto3)',
    minimum: '1.12.6',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html',
  });
});

test('a name that only starts like the gems of Ruby is no gem', () => {
  expect(SdkSupport.check('aws-sdk-php', '3.0.0').because).toBe('no SDK with this name is known');
});

test('an SDK without IMDSv2 support has no minimum', () => {
  expect(SdkSupport.check('boto', '2.49.0')).toMatchObject({ verdict: 'too old', minimum: undefined, source: 'https://github.com/boto/boto/issues/3917' });
});

test('an unknown result has a reason', () => {
  expect(SdkSupport.check('requests', '2.0').because).toBe('no SDK with this name is known');
  expect(SdkSupport.check('boto3', '>=1.9').because).toBe('its version is not a number');
  expect(SdkSupport.check('gem:aws-sdk', '3.1.0').because).toBe('the version of aws-sdk-core that goes with it decides');
});

test('every SDK has a page, and packages that find it', () => {
  const minimums = SdkSupport.minimums();
  expect(minimums.length).toBeGreaterThan(20);
  for (const { sdk, packages, source } of minimums) {
    expect(source).toMatch(/^https:\/\//);
    expect(SdkSupport.check(sdk, '1.0.0').sdk).toBe(sdk);
    for (const each of packages) { expect(SdkSupport.check(each.replace('*', ''), '1.0.0').sdk).toBe(sdk); }
  }
});

test.each([
  [undefined, '1', 'sdk must be a string, got undefined'],
  ['boto3', 3 as unknown as string, 'version must be a string, got 3'],
])('%p and %p are rejected', (sdk, version, message) => {
  expect(() => SdkSupport.check(sdk as string, version)).toThrow(message);
});

test.each([
  ['botto3', 'boto3'], ['AWS SDK for Jav', 'AWS SDK for Java'], ['github.com/aws/aws-sdk-go/', 'github.com/aws/aws-sdk-go'],
])('%s is similar to %s', (written, meant) => {
  expect(SdkSupport.check(written, '1.0.0').because).toBe(`no SDK with this name is known: did you mean '${meant}'`);
});
