import { ScopedAws, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The ids of the stacks that the stack of a construct is nested in, from the inside out. Each is handed down by a parameter. */
export function enclosingStackIds(construct: IConstruct): string[] {
  const { nestedStackParent: parent } = Stack.of(construct);
  return parent ? [new ScopedAws(parent).stackId, ...enclosingStackIds(parent)] : [];
}
