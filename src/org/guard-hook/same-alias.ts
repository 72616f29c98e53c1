import { Stack, Token } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { outermostStack } from '../../model/outermost-stack';

/** A hook. Its alias is its name in the account and Region. */
export interface HasAlias extends Construct {
  /** @internal */
  readonly _alias: string;
}

/**
 * The message for a hook with the alias of an earlier hook in the app, in the same account and Region as far as known.
 *
 * @param hook the hook
 * @param isOne recognizes hooks
 */
export function sharedAlias(hook: HasAlias, isOne: (other: IConstruct) => other is HasAlias): string[] {
  const all = hook.node.root.node.findAll().filter(isOne);
  return all.slice(0, all.indexOf(hook))
    .filter(other => other._alias === hook._alias && isSamePlace(Stack.of(other), Stack.of(hook)))
    .map(other => `'${hook.node.path}' is a hook with the alias '${hook._alias}', and so is '${other.node.path}' in the same account and Region: `
      + 'change one alias, or remove one hook (in ImdsGuardrails: GuardHookScope.NONE)');
}

/** Whether two stacks are for one account and Region: nested in the same stack, or made for the same environment. */
function isSamePlace(one: Stack, other: Stack): boolean {
  if (outermostStack(one) === outermostStack(other)) { return true; }
  return isSame(one.account, other.account) && isSame(one.region, other.region);
}

function isSame(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && one === other;
}
