import { STS } from '@aws-sdk/client-sts';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/** The credentials of a role, in the words of a client. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Takes a role. */
export async function credentialsOf(RoleArn: string, context: Context): Promise<Credentials> {
  const sts = new STS({ maxAttempts: 5 });
  const { Credentials: { AccessKeyId, SecretAccessKey, SessionToken } = {} } = await eventually(() =>
    sts.assumeRole({ RoleArn, RoleSessionName: 'cdk-imdsv2' }, inTime(context)), context);
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}
