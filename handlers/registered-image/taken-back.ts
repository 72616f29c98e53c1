import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import type { Event } from './properties';

/** The statuses of a stack in which a failed deletion blocks the rollback. */
const GOING_BACK = /^(?:UPDATE_)?ROLLBACK_IN_PROGRESS$/;

/**
 * Whether CloudFormation rolls back the stack of a request, or one of its parent stacks. In that case the nested stack is deleted, and its own status
 * does not show the rollback. `false` if CloudFormation does not answer.
 */
export async function isTakenBack({ StackId }: Event, context: Context): Promise<boolean> {
  try {
    let stack = await stackOf(StackId, context);
    while (stack?.ParentId && !isGoingBack(stack)) { stack = await stackOf(stack.ParentId, context); }
    return isGoingBack(stack);
  } catch {
    return false;
  }
}

function isGoingBack(stack: Stack | undefined): boolean {
  return GOING_BACK.test(stack?.StackStatus ?? '');
}

async function stackOf(StackName: string, context: Context): Promise<Stack | undefined> {
  const cloudFormation = new CloudFormation({ maxAttempts: 5 });
  const { Stacks = [] } = await eventually(() => cloudFormation.describeStacks({ StackName }, inTime(context)), context);
  return Stacks[0];
}
