import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { describeValue } from '../../model/setting';
import { allPolicies } from './all-policies';
import { PolicyOrder } from './policy-order';

/**
 * The message for a policy whose name another one of its type has. The first checked one reports it.
 *
 * Names are compared as far as they are known at synthesis, and within an organization.
 */
export function sharedName(policy: CfnPolicy): string[] {
  const { name, type } = policy;
  if (Token.isUnresolved(name)) { return []; }
  const same = allPolicies(policy, type).filter(other => other.name === name && mayShareOrganization(policy, other));
  const others = same.filter(other => other !== policy).map(({ node }) => `'${node.path}'`);
  if (others.length === 0 || same.find(other => PolicyOrder.of(other).has(other)) !== policy) { return []; }
  return [`has the name ${describeValue(name)}, and so has ${others.join(', ')}: in an organization, policies of one type must have different names`];
}

/** Different accounts can be in different organizations, and so can stages with unknown accounts. */
function mayShareOrganization(one: CfnPolicy, other: CfnPolicy): boolean {
  const [{ account }, { account: otherAccount }] = [Stack.of(one), Stack.of(other)];
  return account === otherAccount && (!Token.isUnresolved(account) || Stage.of(one) === Stage.of(other));
}
