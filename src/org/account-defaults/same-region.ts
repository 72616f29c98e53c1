import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { comparable } from './region-names';

/** A construct that sets the account defaults of Regions, or of every Region. */
export interface SetsRegions extends Construct {
  /** @internal */
  readonly _regions: readonly string[] | undefined;
}

/**
 * What to say of a construct that sets a Region which another one before it sets too, in the same stack or one nested in it.
 *
 * @param construct the construct
 * @param isOne tells the constructs that set Regions
 */
export function sharedRegions(construct: SetsRegions, isOne: (other: IConstruct) => other is SetsRegions): string[] {
  const all = outermost(construct).node.findAll().filter(isOne).filter(other => outermost(other) === outermost(construct));
  return all.slice(0, all.indexOf(construct)).flatMap(other => {
    const shared = common(regionsOf(construct), regionsOf(other));
    return shared === '' ? [] : [`sets the account defaults of ${shared}, and so does '${other.node.path}': each undoes what the other sets`];
  });
}

/** The stack that others are nested in: one account and Region for all of them. */
function outermost(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function regionsOf(construct: SetsRegions): readonly string[] | undefined {
  return construct._regions && comparable(construct, construct._regions);
}

function common(ours: readonly string[] | undefined, theirs: readonly string[] | undefined): string {
  if (ours === undefined || theirs === undefined) { return (ours ?? theirs ?? ['every enabled Region']).join(', '); }
  return ours.filter(region => theirs.includes(region)).join(', ');
}
