import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The stack that others are nested in: one account and Region for all of them. */
export function outermostStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}
