import { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import type { Event } from './properties';

/**
 * What the resource stands for by now. A creation that failed may be deleted after another one went through: CloudFormation can be told not to
 * roll back, and to try again.
 */
export async function currentIdOf({ StackId: StackName, LogicalResourceId }: Event, context: Context): Promise<string | undefined> {
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { StackResourceDetail } = await eventually(() =>
    cloudFormation.describeStackResource({ StackName, LogicalResourceId }, inTime(context)), context);
  return StackResourceDetail?.PhysicalResourceId;
}
