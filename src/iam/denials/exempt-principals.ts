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

/** The denied actions for a kind of principal. */
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

/** Denies creating and taking over the exempt principals. Otherwise, anybody could become one of them. */
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

/** The ARNs of a kind. The ARN of a principal is also the ARN of its IAM resource, including wildcards. */
function ofKind(kind: PrincipalKind, arns: readonly string[]): string[] {
  return arns.filter(arn => takeableKinds(arn).includes(kind));
}

function unique(arns: readonly string[]): string[] {
  return [...new Set(arns)];
}
