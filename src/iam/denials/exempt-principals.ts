import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from '../exemption-conditions';
import { exemptionConditions, listOf } from '../exemption-conditions';
import { checkPrincipalArn } from '../principal-arns';
import type { PrincipalKind } from '../principal-kinds';
import { takeableKinds } from '../principal-kinds';
import { deny } from '../statement';
import type { ImdsExemptPrincipalStatementProps } from '../statement-props';
import { FEDERATED_USER_ACTIONS, ROLE_ACTIONS, USER_ACTIONS } from './guardrail-actions';
import { STACK_SETS_ROLE } from './guardrails';

/** What is denied for principals of a kind. */
interface Guard {
  readonly kind: PrincipalKind;
  readonly sid: string;
  readonly actions: readonly string[];
}

const GUARDS: readonly Guard[] = [
  { kind: 'role', sid: 'DenyTakingExemptRoles', actions: ROLE_ACTIONS },
  { kind: 'user', sid: 'DenyTakingExemptUsers', actions: USER_ACTIONS },
  { kind: 'federated-user', sid: 'DenyTakingExemptFederatedUsers', actions: FEDERATED_USER_ACTIONS },
];

/** The exempt principals are protected, too. Otherwise anybody could first become one of them. */
export function takingExemptPrincipals(principalArns: readonly string[], props: ImdsExemptPrincipalStatementProps): iam.PolicyStatement[] {
  exemptionConditions(props);
  const existingRoles = listOf('existingRoleArns', props.existingRoleArns);
  const taken = listOf('principalArns', principalArns);
  if (taken.length + existingRoles.length === 0) { throw new Error('principalArns must name at least one principal, got none: nothing would be guarded'); }
  taken.forEach(arn => checkPrincipalArn('principalArns', arn));
  existingRoles.forEach(arn => checkPrincipalArn('existingRoleArns', arn));
  const exempt: ImdsStatementProps = {
    exemptPrincipalArns: [STACK_SETS_ROLE, ...listOf('exemptPrincipalArns', props.exemptPrincipalArns)],
    exemptAccounts: props.exemptAccounts,
  };
  const guarded = unique([...exempt.exemptPrincipalArns!, ...taken]);
  const onlyMade = unique(existingRoles).filter(arn => !guarded.includes(arn));
  return [
    ...GUARDS.flatMap(({ kind, sid, actions }) => denyOn(ofKind(kind, guarded), sid, actions, exempt)),
    ...denyOn(ofKind('role', onlyMade), 'DenyMakingExemptRoles', ['iam:CreateRole'], exempt),
  ];
}

function denyOn(resources: readonly string[], sid: string, actions: readonly string[], exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return resources.length > 0 ? [deny({ sid, actions, resources }, exempt)] : [];
}

/** A principal's ARN is that of the resource that it is in IAM, wildcards included. */
function ofKind(kind: PrincipalKind, arns: readonly string[]): string[] {
  return arns.filter(arn => takeableKinds(arn).includes(kind));
}

function unique(arns: readonly string[]): string[] {
  return [...new Set(arns)];
}
