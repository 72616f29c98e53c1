import { Names, Token } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import type { ImdsOrganizationPolicyProps } from './organization-policy-props';
import { sharedName } from './policy-names';
import { PolicyOrder } from './policy-order';
import { checkTargetIds } from './target-ids';

/** One policy, with the data that differs between the policies of a construct. */
interface OnePolicy {
  /** `SERVICE_CONTROL_POLICY`, `DECLARATIVE_POLICY_EC2`. */
  readonly type: string;
  readonly content: object;
  /** The number of the policy in the construct, from 1. */
  readonly number: number;
}

const MAX_LENGTHS = { name: 128, description: 512 };

/** The characters for the number at the end of a name. A target can have far fewer than 999 policies. */
const NUMBER_LENGTH = 4;

/**
 * Checks the data that all policies of a construct share.
 *
 * @throws Error if a target is not valid or is repeated, or the description is too long
 */
export function checkOrganizationPolicyProps({ targetIds, description = '' }: ImdsOrganizationPolicyProps): void {
  checkTargetIds(targetIds);
  if (!Token.isUnresolved(description) && description.length > MAX_LENGTHS.description) {
    throw new Error(`description must have at most ${MAX_LENGTHS.description} characters, got ${description.length}`);
  }
}

/**
 * Adds a policy. CloudFormation creates the policies of a stack one after the other.
 *
 * @throws Error if the name is too long or empty
 */
export function addOrganizationPolicy(scope: Construct, props: ImdsOrganizationPolicyProps, { type, content, number }: OnePolicy): CfnPolicy {
  const { targetIds, policyName, description, removalPolicy } = props;
  const policy = new CfnPolicy(scope, number === 1 ? 'Policy' : `Policy${number}`, {
    type,
    content,
    name: nameOf(scope, policyName, number),
    description,
    targetIds: targetIds.length > 0 ? targetIds : undefined,
  });
  if (removalPolicy !== undefined) { policy.applyRemovalPolicy(removalPolicy); }
  PolicyOrder.of(policy).add(policy);
  policy.node.addValidation({ validate: () => sharedName(policy) });
  return policy;
}

function nameOf(scope: Construct, given: string | undefined, number: number): string {
  const base = given ?? Names.uniqueResourceName(scope, { maxLength: MAX_LENGTHS.name - NUMBER_LENGTH, separator: '-' });
  const name = number === 1 ? base : `${base}-${number}`;
  if (!Token.isUnresolved(name) && (name.length < 1 || name.length > MAX_LENGTHS.name)) {
    throw new Error(`policyName must have 1 to ${MAX_LENGTHS.name} characters${number === 1 ? '' : ' with its number'}, got ${name.length}`);
  }
  return name;
}
