import type { Json } from '../harness/json';
import { RECORDS } from '../transition/credentials/records';

const ACCOUNT = '111122223333';
const role = (name: string, partition = 'aws') => `arn:${partition}:iam::${ACCOUNT}:role/${name}`;
const [YESTERDAY, LONGER] = [RECORDS[0], RECORDS[5]].map(({ record }) => record.eventTime);

/** The number of calls. The call of another account is in two trails. */
export const CALLED = RECORDS.filter(({ byImdsv1 }) => byImdsv1).length - 1;

const WEB = [ACCOUNT, 'eu-west-1', 'Auto Scaling group', 'web', 'in use', 'Web', 'GroupASG'];
const NIGHTLY = [ACCOUNT, 'eu-west-1', 'Batch compute environment', 'nightly', 'in use', null, null];
const NONE = WEB.map(() => null);

/** Records that add to an existing row: a second call, and the same call in a second trail. */
const AGAIN = ['the same instance once more', 'the same call, in the trail of the owner'];

function rowOf(record: Json, calls: number): unknown[] {
  const { arn, principalId, sessionContext } = record.userIdentity as { arn: string; principalId: string; sessionContext: { sessionIssuer: Json } };
  const instance = principalId.includes(':i-') ? principalId.split(':').pop() : null;
  return [
    ACCOUNT, record.awsRegion, sessionContext.sessionIssuer.arn, instance, arn,
    record.eventSource, record.eventName, record.sourceIPAddress, record.userAgent, calls, record.eventTime,
  ];
}

/** The rows of each query. */
export const EXPECTED: { readonly [query: string]: readonly (readonly unknown[])[] } = {
  calls: RECORDS.filter(({ title, byImdsv1 }) => byImdsv1 && !AGAIN.includes(title)).map(({ title, record }) => rowOf(record, title === 'an instance that reads' ? 2 : 1)),
  roles: [
    [ACCOUNT, role('web'), 1, 'ec2.amazonaws.com, s3.amazonaws.com, sts.amazonaws.com', 5, YESTERDAY],
    [ACCOUNT, role('batch'), 2, 'iam.amazonaws.com, logs.amazonaws.com, s3.amazonaws.com, sqs.amazonaws.com', 4, YESTERDAY],
    [ACCOUNT, role('web', 'aws-cn'), 1, 'ec2.amazonaws.com.cn', 1, YESTERDAY],
    [ACCOUNT, role('node'), 1, 'ecr.amazonaws.com', 1, YESTERDAY],
    [ACCOUNT, role('files'), 0, 'elasticfilesystem.amazonaws.com', 1, YESTERDAY],
    [ACCOUNT, role('aws:ec2-instance'), 1, 'sts.amazonaws.com', 1, YESTERDAY],
  ],
  launchers: [
    [...WEB, role('web'), 'ec2.amazonaws.com', 1, 3, YESTERDAY],
    [...WEB, role('web'), 's3.amazonaws.com', 1, 1, YESTERDAY],
    [...WEB, role('web'), 'sts.amazonaws.com', 1, 1, YESTERDAY],
    [...WEB, role('aws:ec2-instance'), 'sts.amazonaws.com', 1, 1, YESTERDAY],
    [...NIGHTLY, role('batch'), 'sqs.amazonaws.com', 1, 1, YESTERDAY],
    [...NIGHTLY, role('batch'), 'iam.amazonaws.com', 1, 1, YESTERDAY],
    [...NIGHTLY, role('batch'), 's3.amazonaws.com', 1, 1, YESTERDAY],
    [...NIGHTLY, role('batch'), 'logs.amazonaws.com', 1, 1, LONGER],
    [...NONE, role('node'), 'ecr.amazonaws.com', 1, 1, YESTERDAY],
    [...NONE, role('files'), 'elasticfilesystem.amazonaws.com', 0, 1, YESTERDAY],
    [...NONE, role('web', 'aws-cn'), 'ec2.amazonaws.com.cn', 1, 1, YESTERDAY],
  ],
};
