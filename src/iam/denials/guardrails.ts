import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from '../exemption-conditions';
import { listOf } from '../exemption-conditions';
import type { Denial } from '../statement';
import { anyArn, deny } from '../statement';
import type { ImdsGuardrailStatementProps } from '../statement-props';
import {
  EVENT_SOURCE_ACTIONS, FUNCTION_ACTIONS, HOOK_ACTIONS, ORGANIZATION_POLICY_ACTIONS, ROLE_ACTIONS, RULE_ACTIONS, STACK_ACTIONS, STACK_SET_ACTIONS,
} from './guardrail-actions';
import { GuardrailResources } from './guardrail-resources';

/** The role of stack sets with service-managed permissions in a member account. Service control policies do not apply to the service that creates it. */
export const STACK_SETS_ROLE = 'arn:*:iam::*:role/stacksets-exec-*';

/** The policy types of guardrails. */
const POLICY_TYPES = ['SERVICE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2'];

/**
 * Denies undoing guardrails. An exempt Region applies only to hooks: the role of a function acts in all Regions, and IAM and Organizations have one
 * Region for all.
 */
export function undoingGuardrails(props: ImdsGuardrailStatementProps): iam.PolicyStatement[] {
  const { hooks = true, organizationPolicies = true, exemptAccounts, exemptRegions } = props;
  const { functionArns, roleArns, ruleArns, stackNames, stackSetNames } = new GuardrailResources(props);
  const everywhere: ImdsStatementProps = { exemptPrincipalArns: [STACK_SETS_ROLE, ...listOf('exemptPrincipalArns', props.exemptPrincipalArns)], exemptAccounts };
  const onAny = (resources: readonly string[], sid: string, actions: readonly string[]) => denyOn(resources, { sid, actions, resources }, everywhere);
  return [
    ...hooks ? [deny({ sid: 'DenyUndoingHooks', actions: HOOK_ACTIONS }, { ...everywhere, exemptRegions })] : [],
    ...organizationPolicies ? undoingOrganization(everywhere) : [],
    deny({ sid: 'DenyTakingGuardrailRoles', actions: ROLE_ACTIONS, resources: [STACK_SETS_ROLE, ...roleArns] }, everywhere),
    ...onAny(functionArns.flatMap(withVersions), 'DenyTakingGuardrailFunctions', FUNCTION_ACTIONS),
    ...denyOn(functionArns, {
      sid: 'DenyFeedingGuardrailFunctions', actions: EVENT_SOURCE_ACTIONS, conditions: { ArnLike: { 'lambda:FunctionArn': functionArns.flatMap(withVersions) } },
    }, everywhere),
    ...onAny(ruleArns, 'DenyChangingGuardrailRules', RULE_ACTIONS),
    ...onAny(stackNames.map(name => anyArn('cloudformation', `stack/${name}/*`)), 'DenyChangingGuardrailStacks', STACK_ACTIONS),
    ...onAny(stackSetNames.map(name => anyArn('cloudformation', `stackset/${name}:*`)), 'DenyChangingGuardrailStackSets', STACK_SET_ACTIONS),
  ];
}

function undoingOrganization(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [
    deny({ sid: 'DenyLeavingOrganization', actions: ['organizations:LeaveOrganization'] }, exempt),
    deny({
      sid: 'DenyUndoingOrganizationPolicies',
      actions: ORGANIZATION_POLICY_ACTIONS,
      conditions: { StringEquals: { 'organizations:PolicyType': POLICY_TYPES } },
    }, exempt),
  ];
}

/** The statement, if there is something to protect. */
function denyOn(guarded: readonly string[], denial: Denial, exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return guarded.length > 0 ? [deny(denial, exempt)] : [];
}

/** Adds the versions and aliases of a function, such as `$LATEST`, which its own ARN does not include. */
function withVersions(functionArn: string): string[] {
  return functionArn.endsWith('*') ? [functionArn] : [functionArn, `${functionArn}:*`];
}
