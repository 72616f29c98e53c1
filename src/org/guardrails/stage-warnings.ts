import { Token } from 'aws-cdk-lib';
import { DefaultsBy } from './defaults-by';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

/** A warning at synthesis, which can be acknowledged. */
interface Warning {
  readonly id: string;
  readonly message: string;
}

const CUTS_OFF = 'Imdsv2::CutsOffImdsv1';
const NOT_EXEMPT = 'Imdsv2::ExemptionNotReached';
const LOCKED_OUT = 'Imdsv2::AdministratorNotExempt';

const TRANSITION = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html';

/** What is cut off in a stage, what does not hold that was asked for, and what the account of the stack does to itself. */
export function warningsOf(props: ImdsGuardrailsProps, account: string): Warning[] {
  return [...cutOff(props), ...notExempt(props), ...lockedOut(props, account)];
}

/** Software that uses IMDSv1 and stops working. */
function cutOff({ stage, denyImdsv1Credentials }: ImdsGuardrailsProps): Warning[] {
  if (stage === GuardrailStage.OBSERVE) { return []; }
  const who = stage === GuardrailStage.ENFORCE && denyImdsv1Credentials
    ? 'every call with role credentials that were got by IMDSv1 is denied at once, on running instances as well'
    : 'software that uses IMDSv1 stops working on instances that are launched from now on';
  return [{
    id: CUTS_OFF,
    message: `in the stage ${stage} ${who}: make sure that the metric MetadataNoToken is 0 in the accounts below its targets (${TRANSITION})`,
  }];
}

/** Those who are exempt in the service control policy alone. */
function notExempt(props: ImdsGuardrailsProps): Warning[] {
  const { stage, httpTokensEnforced = true, guardHook, guardHookProps } = props;
  const exempt = [props.exemptPrincipalArns, props.exemptAccounts, props.exemptRegions].flatMap(each => each ?? []);
  if (stage !== GuardrailStage.ENFORCE || exempt.length === 0) { return []; }
  const by = props.defaultsBy === DefaultsBy.STACK_SET ? 'the account defaults' : 'the declarative policy';
  const others = [
    ...httpTokensEnforced ? [`httpTokensEnforced in ${by} (attach to targets that leave their accounts out, or set it to false)`] : [],
    ...guardHook !== GuardHookScope.NONE && (guardHookProps?.enabled ?? true) && !guardHookProps?.stackFilters ? ['the hook (leave stacks out by stackFilters in guardHookProps)'] : [],
  ];
  return others.length === 0 ? [] : [{
    id: NOT_EXEMPT,
    message: `no exemption but those of the service control policy is known to ${others.join(', nor to ')}`,
  }];
}

/** Guardrails that guard themselves against whoever deploys them. */
function lockedOut(props: ImdsGuardrailsProps, account: string): Warning[] {
  const { stage, delegatedAdmin, denyUndoingHooks, guardHook = GuardHookScope.ACCOUNT, administratorArns = [], exemptAccounts = [] } = props;
  const isExempt = administratorArns.length > 0 || (Token.isUnresolved(account) ? exemptAccounts.length > 0 : exemptAccounts.includes(account));
  if (stage === GuardrailStage.OBSERVE || !delegatedAdmin || !denyUndoingHooks || guardHook !== GuardHookScope.ACCOUNT || isExempt) { return []; }
  return [{
    id: LOCKED_OUT,
    message: 'if the account of this stack is below the targets, the service control policy denies changing the hook to whoever deploys this: '
      + 'name them in administratorArns',
  }];
}
