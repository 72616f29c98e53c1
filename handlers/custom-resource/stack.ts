import { CloudFormation, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { inTime } from './in-time';

/** Whether CloudFormation says that it takes back an update of the stack, which an update of a resource cannot tell by itself. */
export async function isRollingBack({ StackId }: Event<unknown>, context: Context): Promise<boolean> {
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { Stacks: [stack] = [] } = await eventually(() => cloudFormation.describeStacks({ StackName: StackId }, inTime(context)), context);
  return stack?.StackStatus === 'UPDATE_ROLLBACK_IN_PROGRESS';
}

/** All resources of the stack, however many there are. */
export async function stackResources({ StackId }: Event<unknown>, context: Context): Promise<StackResourceSummary[]> {
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const input = { StackName: StackId, NextToken };
    const page = await eventually(() => cloudFormation.listStackResources(input, inTime(context)), context);
    found.push(...page.StackResourceSummaries ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
