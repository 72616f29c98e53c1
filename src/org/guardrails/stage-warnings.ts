import { Token } from 'aws-cdk-lib';
import type { Warning } from '../warning';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

const NOT_EXEMPT = 'Imdsv2::ExemptionNotReached';
const LOCKED_OUT = 'Imdsv2::AdministratorNotExempt';

/** Warnings about exemptions without effect, and about the account of the stack. */
export function warningsOf(props: ImdsGuardrailsProps, account: string): Warning[] {
  return [...notExempt(props), ...lockedOut(props, account)];
}

/** The effect of a stage on software that uses IMDSv1, or `undefined` if there is none. */
export function cutOffBy({ stage, denyImdsv1Credentials }: ImdsGuardrailsProps): string | undefined {
  if (stage === GuardrailStage.OBSERVE) { return undefined; }
  const who = stage === GuardrailStage.ENFORCE && denyImdsv1Credentials
    ? 'every call with role credentials that come from IMDSv1 is denied at once, on running instances as well'
    : 'software that uses IMDSv1 stops working on instances that are launched from now on';
  return `in the stage ${stage}, ${who}`;
}

/** Principals that are exempt only in the service control policy. */
function notExempt(props: ImdsGuardrailsProps): Warning[] {
  const { stage, httpTokensEnforced = true, guardHook, guardHookProps } = props;
  const exempt = [props.exemptPrincipalArns, props.exemptAccounts, props.exemptRegions].flatMap(each => each ?? []);
  if (stage !== GuardrailStage.ENFORCE || exempt.length === 0) { return []; }
  const isHooked = guardHook !== GuardHookScope.NONE && (guardHookProps?.enabled ?? true) && !guardHookProps?.stackFilters;
  const others = [
    ...httpTokensEnforced ? ['httpTokensEnforced refuses the launches anyway (set it to false, or remove the accounts from targetIds)'] : [],
    ...isHooked ? [`${httpTokensEnforced ? 'so does the hook' : 'the hook refuses their templates anyway'} (guardHookProps.stackFilters)`] : [],
  ];
  return others.length === 0 ? [] : [{ id: NOT_EXEMPT, message: `your exemptions apply only to the service control policy: ${others.join(', and ')}` }];
}

/** Guardrails that block their own deployment. */
function lockedOut(props: ImdsGuardrailsProps, account: string): Warning[] {
  const { stage, delegatedAdmin } = props;
  const exemptAccounts = props.exemptAccounts ?? [];
  const hasAdministrators = (props.administratorArns?.length ?? 0) > 0;
  const isExempt = hasAdministrators || (Token.isUnresolved(account) ? exemptAccounts.length > 0 : exemptAccounts.includes(account));
  if (stage === GuardrailStage.OBSERVE || !delegatedAdmin || isExempt) { return []; }
  return [{
    id: LOCKED_OUT,
    message: 'if the account of this stack is below the targets, the service control policy stops the principal that deploys this stack from changing the guardrails: '
      + 'name that principal in administratorArns',
  }];
}
