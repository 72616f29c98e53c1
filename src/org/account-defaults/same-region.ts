import { Stack, Token } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { outermostStack } from '../../model/outermost-stack';
import { comparable, isCode } from './region-names';

/** A construct that sets the account defaults of Regions, or of every Region. */
export interface SetsRegions extends Construct {
  /** @internal */
  readonly _regions: readonly string[] | undefined;
}

/**
 * What to say of a construct that sets a Region which another one before it sets too, in the same stack or one nested in it, or in any stack of the
 * app that is known to be for the same account.
 *
 * @param construct the construct
 * @param isOne tells the constructs that set Regions
 */
export function sharedRegions(construct: SetsRegions, isOne: (other: IConstruct) => other is SetsRegions): string[] {
  const all = construct.node.root.node.findAll().filter(isOne).filter(other => sameAccount(construct, other));
  return all.slice(0, all.indexOf(construct)).flatMap(other => {
    const shared = common(construct, other);
    return shared === '' ? [] : [`sets the account defaults of ${shared}, and '${other.node.path}' does too: each overwrites what the other sets`];
  });
}

/** Two stacks without an account are deployed to the one that is there then. */
function sameAccount(one: IConstruct, other: IConstruct): boolean {
  const { account } = Stack.of(one);
  return sameStack(one, other) || (!Token.isUnresolved(account) && account === Stack.of(other).account);
}

function sameStack(one: IConstruct, other: IConstruct): boolean {
  return outermostStack(one) === outermostStack(other);
}

function regionsOf(construct: SetsRegions): readonly string[] | undefined {
  return construct._regions && comparable(construct, construct._regions);
}

/** The Regions of both in words. What only a deployment knows is compared within a stack: in another one it stands for something else. */
function common(one: SetsRegions, other: SetsRegions): string {
  const [ours, theirs] = [regionsOf(one), regionsOf(other)];
  if (ours === undefined || theirs === undefined) { return (ours ?? theirs ?? ['every enabled Region']).join(', '); }
  return ours.filter(region => theirs.includes(region) && (sameStack(one, other) || isCode(region))).join(', ');
}
