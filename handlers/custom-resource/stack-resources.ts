import { CloudFormation, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { inTime } from './in-time';

/** All resources of the stack, from all pages. */
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
