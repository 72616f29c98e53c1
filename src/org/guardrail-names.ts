import type { CfnResource } from 'aws-cdk-lib';
import { Aws, Fn, Stack } from 'aws-cdk-lib';
import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';

/** The prefix of the names of all guardrail functions, and of the rules that start them. */
export const GUARDRAIL_NAME_PREFIX = 'cdk-imdsv2-';

/**
 * A name for a function or a rule that policies can identify in every account: the prefix, 8 characters for its logical id, and the 36 of the stack
 * id, 56 in total. Lambda and EventBridge accept 64.
 *
 * The id is that of the deployed stack, so the name is unique for each stack of a template. It stays the same as long as the logical id:
 * CloudFormation cannot give a custom resource another function.
 */
export function guardrailNameOf(resource: CfnResource): string {
  const hash = hashOf(Stack.of(resource).getLogicalId(resource));
  return Fn.join('-', [`${GUARDRAIL_NAME_PREFIX}${hash}`, Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}

/** Sets a name with this prefix on a rule. */
export function nameAsGuardrail(rule: Rule): void {
  const resource = rule.node.defaultChild as CfnRule;
  resource.name = guardrailNameOf(resource);
}

/** A hash of a text in 8 hexadecimal digits: a polynomial of its bytes, modulo the largest 32-bit prime. */
export function hashOf(text: string): string {
  return [...Buffer.from(text)].reduce((sum, byte) => (sum * 257 + byte) % 4_294_967_291, 0).toString(16).padStart(8, '0');
}
