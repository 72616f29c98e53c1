import { CloudFormation, type StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { inTime } from './in-time';

/**
 * The current data of a resource in CloudFormation: its physical id, its type and its status.
 *
 * The request can differ from it. It can be for an earlier physical id, when CloudFormation cleans up after an update or after a failed creation that
 * it tried again. And anybody who can invoke the function can send a request.
 */
export async function stackResource(event: Event<unknown>, context: Context): Promise<StackResourceDetail | undefined> {
  const { StackId: StackName, LogicalResourceId } = event;
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { StackResourceDetail } = await eventually(() =>
    cloudFormation.describeStackResource({ StackName, LogicalResourceId }, inTime(context)), context);
  return StackResourceDetail;
}
