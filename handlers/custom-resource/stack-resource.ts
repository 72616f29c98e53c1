import { CloudFormation, type StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { inTime } from './in-time';

/**
 * What CloudFormation itself says of the resource of a request: its physical id by now, its type and its status.
 *
 * The request may say something else. It may be about a former physical id, as when CloudFormation cleans up after an update, or after a creation
 * that failed and was tried again. And whoever may invoke the function can write a request.
 */
export async function stackResource(event: Event<unknown>, context: Context): Promise<StackResourceDetail | undefined> {
  const { StackId: StackName, LogicalResourceId } = event;
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { StackResourceDetail } = await eventually(() =>
    cloudFormation.describeStackResource({ StackName, LogicalResourceId }, inTime(context)), context);
  return StackResourceDetail;
}
