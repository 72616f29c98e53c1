import type { S3 } from '@aws-sdk/client-s3';
import type { Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { stackResource } from '../custom-resource/stack-resource';
import { removeBucket } from './remove-bucket';

/** Deletes the bucket with the rules. It never fails, and reports what it could not delete. */
export async function removeWithStack(s3: S3, bucket: string, key: string, event: Event<unknown>, context: Context): Promise<Outcome> {
  try {
    if (!await isDeleted(event, context)) { return { Reason: `${bucket} is kept: CloudFormation is not deleting it` }; }
    await removeBucket(s3, bucket, key, context);
    return { Reason: `${bucket} is deleted` };
  } catch (error) {
    return { Reason: `${bucket} remains: ${messageOf(error)}` };
  }
}

/** Whether CloudFormation itself is deleting the stack. The role can only read its own stack. */
async function isDeleted(event: Event<unknown>, context: Context): Promise<boolean> {
  const { ResourceStatus, ResourceType } = await stackResource(event, context) ?? {};
  return ResourceType === 'Custom::ImdsGuardRulesBucket' && ResourceStatus === 'DELETE_IN_PROGRESS';
}
