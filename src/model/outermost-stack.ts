import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The stack that contains all nested stacks around a construct. They share its account and Region. */
export function outermostStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}
