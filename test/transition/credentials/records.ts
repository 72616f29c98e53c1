import type { Json } from '../../harness/json';

/** A CloudTrail record, and whether its call used credentials from IMDSv1. */
export interface SampleRecord {
  readonly title: string;
  readonly record: Json;
  readonly byImdsv1: boolean;
}

const NOW = Date.now();

/** The time of some days ago. */
export function daysAgo(days: number): string {
  return new Date(NOW - days * 24 * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
}

const ACCOUNT = '111122223333';
const [WEB, BATCH, GONE, NODE] = ['i-0aaaaaaaaaaaaaaa1', 'i-0bbbbbbbbbbbbbbb1', 'i-0cccccccccccccccc', 'i-0dddddddddddddddd'];

let count = 0;

/** A typical call: by a role, without data about instances. */
function call(eventSource: string, eventName: string, userIdentity: Json, more: Json = {}): Json {
  count += 1;
  return {
    eventVersion: '1.11',
    userIdentity,
    eventTime: daysAgo(1),
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '10.0.1.17',
    userAgent: 'aws-cli/1.16.102 Python/2.7.16 Linux/4.14.133 botocore/1.12.92',
    requestParameters: null,
    responseElements: null,
    requestID: `00000000-0000-4000-9000-${String(count).padStart(12, '0')}`,
    eventID: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...more,
  };
}

/** A session of a role. `delivery` is the part that IMDS adds. */
function session(role: string, name: string | undefined, delivery?: '1.0' | '2.0', partition = 'aws'): Json {
  const principal = `AROAEXAMPLE${role.toUpperCase().replace(/\W/g, '')}`;
  return {
    type: 'AssumedRole',
    principalId: name === undefined ? principal : `${principal}:${name}`,
    arn: `arn:${partition}:sts::${ACCOUNT}:assumed-role/${role}${name === undefined ? '' : `/${name}`}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: principal, arn: `arn:${partition}:iam::${ACCOUNT}:role/${role}`, accountId: ACCOUNT, userName: role },
      attributes: { mfaAuthenticated: 'false', creationDate: daysAgo(1) },
      ...delivery && { ec2RoleDelivery: delivery },
    },
  };
}

const USER = { type: 'IAMUser', principalId: 'AIDAEXAMPLE', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT, accessKeyId: 'AKIAEXAMPLE', userName: 'alice' };
const DATA = { managementEvent: false, eventCategory: 'Data' };
const SHARED = { sharedEventID: '00000000-0000-4000-a000-000000000001' };
const OTHER_ACCOUNT = '444455556666';

function byImdsv1(title: string, record: Json): SampleRecord {
  return { title, record, byImdsv1: true };
}

function otherwise(title: string, record: Json): SampleRecord {
  return { title, record, byImdsv1: false };
}

/** Calls of every kind of principal, in the forms that AWS documents. */
export const RECORDS: readonly SampleRecord[] = [
  byImdsv1('an instance that reads', call('ec2.amazonaws.com', 'DescribeInstances', session('web', WEB, '1.0'))),
  byImdsv1('the same instance once more', call('ec2.amazonaws.com', 'DescribeInstances', session('web', WEB, '1.0'), { eventTime: daysAgo(2) })),
  byImdsv1('an instance that writes', call('ec2.amazonaws.com', 'CreateTags', session('web', WEB, '1.0'), { readOnly: false })),
  byImdsv1('a data event', call('s3.amazonaws.com', 'GetObject', session('web', WEB, '1.0'), { ...DATA, requestParameters: { bucketName: 'data', key: 'a' } })),
  byImdsv1('an instance whose software is another', call('sqs.amazonaws.com', 'ReceiveMessage', session('batch', BATCH, '1.0'), { ...DATA, userAgent: 'aws-sdk-java/1.11.500' })),
  byImdsv1('an instance that is gone', call('logs.amazonaws.com', 'CreateLogStream', session('batch', GONE, '1.0'), { readOnly: false, eventTime: daysAgo(3) })),
  byImdsv1('a role that an instance takes', call('sts.amazonaws.com', 'AssumeRole', session('web', WEB, '1.0'), {
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`, roleSessionName: 'deploy' },
  })),
  byImdsv1('a call that a service makes for an instance', call('ecr.amazonaws.com', 'BatchGetImage', { ...session('node', NODE, '1.0'), invokedBy: 'AWS Internal' }, {
    sourceIPAddress: 'AWS Internal', userAgent: 'AWS Internal',
  })),
  byImdsv1('a session whose principal does not name the instance', call('elasticfilesystem.amazonaws.com', 'NewClientConnection', session('files', undefined, '1.0'), {
    sourceIPAddress: 'AWS Internal', userAgent: 'elasticfilesystem', eventType: 'AwsServiceEvent',
  })),
  byImdsv1('the identity of the instance itself', call('sts.amazonaws.com', 'GetCallerIdentity', {
    ...session('aws:ec2-instance', WEB, '1.0'), principalId: `${ACCOUNT}:aws:ec2-instance:${WEB}`,
  })),
  byImdsv1('an instance in China', call('ec2.amazonaws.com.cn', 'DescribeRegions', session('web', 'i-0eeeeeeeeeeeeeeee', '1.0', 'aws-cn'), { awsRegion: 'cn-north-1' })),
  byImdsv1('credentials that are used outside of AWS', call('iam.amazonaws.com', 'ListRoles', session('batch', BATCH, '1.0'), {
    sourceIPAddress: '203.0.113.7', userAgent: 'curl/8.5.0', awsRegion: 'us-east-1', errorCode: 'AccessDenied', errorMessage: 'User is not authorized',
  })),
  byImdsv1('a call to another account, in the trail of the caller', call('s3.amazonaws.com', 'GetObject', session('batch', BATCH, '1.0'), { ...DATA, ...SHARED })),
  byImdsv1('the same call, in the trail of the owner', call('s3.amazonaws.com', 'GetObject', session('batch', BATCH, '1.0'), { ...DATA, ...SHARED, recipientAccountId: OTHER_ACCOUNT })),

  otherwise('an instance with IMDSv2', call('ec2.amazonaws.com', 'DescribeInstances', session('web', WEB, '2.0'))),
  otherwise('an instance with IMDSv2, in GovCloud', call('s3.amazonaws.com', 'PutObject', session('web', WEB, '2.0', 'aws-us-gov'), { ...DATA, awsRegion: 'us-gov-west-1' })),
  otherwise('a role that was taken from an instance', call('cloudformation.amazonaws.com', 'DescribeStacks', session('deploy', 'deploy'))),
  otherwise('a role that was taken under the name of an instance', call('ec2.amazonaws.com', 'DescribeVpcs', session('deploy', WEB))),
  otherwise('a task of ECS', call('sqs.amazonaws.com', 'SendMessage', session('task', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'), DATA)),
  otherwise('a function', call('dynamodb.amazonaws.com', 'PutItem', session('function', 'orders'), DATA)),
  otherwise('a user with a key: there is no session', call('iam.amazonaws.com', 'ListUsers', USER)),
  otherwise('a user in the console', call('ec2.amazonaws.com', 'DescribeVolumes', { ...USER, sessionContext: { attributes: { mfaAuthenticated: 'true', creationDate: daysAgo(1) } } })),
  otherwise('the root user', call('iam.amazonaws.com', 'GetAccountSummary', { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT })),
  otherwise('a service', call('sts.amazonaws.com', 'AssumeRole', { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }, { sourceIPAddress: 'autoscaling.amazonaws.com' })),
  otherwise('somebody of another account', call('kms.amazonaws.com', 'Decrypt', { type: 'AWSAccount', principalId: 'AROAEXAMPLE:i-0fffffffffffffff1', accountId: OTHER_ACCOUNT })),
  otherwise('a request that only mentions it', call('athena.amazonaws.com', 'StartQueryExecution', USER, {
    readOnly: false, requestParameters: { queryString: '{"userIdentity":{"sessionContext":{"ec2RoleDelivery":"1.0"}}}', ec2RoleDelivery: '1.0' },
  })),
];

/** The EventBridge event with a record. */
export function eventOf(record: Json, more: Json = {}): Json {
  const { eventSource, eventTime, eventType, awsRegion, recipientAccountId } = record as { [name: string]: string };
  return {
    'version': '0',
    'id': '00000000-0000-4000-b000-000000000001',
    'detail-type': eventType === 'AwsServiceEvent' ? 'AWS Service Event via CloudTrail' : 'AWS API Call via CloudTrail',
    'source': `aws.${eventSource.split('.')[0]}`,
    'account': recipientAccountId,
    'time': eventTime,
    'region': awsRegion,
    'resources': [],
    'detail': record,
    ...more,
  };
}
