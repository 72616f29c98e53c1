import { ScopedAws, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The ids of the parent stacks of a construct's stack, from the inside out. Each stack gets them as parameters. */
export function enclosingStackIds(construct: IConstruct): string[] {
  const { nestedStackParent: parent } = Stack.of(construct);
  return parent ? [new ScopedAws(parent).stackId, ...enclosingStackIds(parent)] : [];
}
