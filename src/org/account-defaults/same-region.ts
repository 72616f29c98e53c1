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
 * The message for a construct that sets the same Region as an earlier one, in the same stack or a nested one, or in any stack of the app for the same
 * account.
 *
 * @param construct the construct
 * @param isOne recognizes constructs that set Regions
 */
export function sharedRegions(construct: SetsRegions, isOne: (other: IConstruct) => other is SetsRegions): string[] {
  const all = construct.node.root.node.findAll().filter(isOne).filter(other => sameAccount(construct, other));
  return all.slice(0, all.indexOf(construct)).flatMap(other => {
    const shared = common(construct, other);
    return shared === '' ? [] : [`sets the account defaults of ${shared}, and '${other.node.path}' does too: each overwrites what the other sets`];
  });
}

/** Two stacks without an account are deployed to the same current account. */
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

/** The Regions of both as text. Unresolved values are compared only within a stack, because they mean something else in another one. */
function common(one: SetsRegions, other: SetsRegions): string {
  const [ours, theirs] = [regionsOf(one), regionsOf(other)];
  if (ours === undefined || theirs === undefined) { return (ours ?? theirs ?? ['every enabled Region']).join(', '); }
  return ours.filter(region => theirs.includes(region) && (sameStack(one, other) || isCode(region))).join(', ');
}
