import { STS } from '@aws-sdk/client-sts';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { V2 } from '../images/image';

/** The credentials of a role, as the SDK's clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The session policy for the assumed role, which limits it to these permissions.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
const SESSION_POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' },
    { Effect: 'Allow', Action: 'ec2:ModifyImageAttribute', Resource: '*', Condition: { StringEquals: { 'ec2:Attribute/ImdsSupport': V2 } } },
  ],
};

/** Assumes a role with the permissions of the session policy only. */
export async function credentialsOf(RoleArn: string, context: Context): Promise<Credentials> {
  const sts = new STS({ maxAttempts: 5 });
  const { Credentials: { AccessKeyId, SecretAccessKey, SessionToken } = {} } = await eventually(() =>
    sts.assumeRole({ RoleArn, RoleSessionName: 'cdk-imdsv2', Policy: JSON.stringify(SESSION_POLICY) }, inTime(context)), context);
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}
