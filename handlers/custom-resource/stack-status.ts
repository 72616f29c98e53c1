import { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { inTime } from './in-time';

/** The current status of a stack in CloudFormation. */
export async function stackStatus({ StackId: StackName }: Pick<Event<unknown>, 'StackId'>, context: Context): Promise<string> {
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { Stacks: [stack] = [] } = await eventually(() => cloudFormation.describeStacks({ StackName }, inTime(context)), context);
  return String(stack?.StackStatus);
}

/** Whether a stack has a status. `false` if CloudFormation does not answer. */
export async function isStackIn(status: string, event: Event<unknown>, context: Context): Promise<boolean> {
  return stackStatus(event, context).then(now => now === status, () => false);
}
