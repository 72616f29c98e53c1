import { Token } from 'aws-cdk-lib';
import { exemptionConditions, listOf } from '../../iam/exemption-conditions';
import { checkPrincipalArn } from '../../iam/principal-arns';
import { isObject } from '../../model/intrinsics';
import { BOOLEAN, HOP_LIMIT, LATER, oneOf, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked, shapeOf } from '../../model/props';
import { describeValue } from '../../model/setting';
import { HopLimits } from '../../policy/hop-limits';
import { checkDriftDetection } from '../account-defaults/checked-drift-detection';
import { checkRegions } from '../account-defaults/region-names';
import { GUARD_HOOK } from '../guard-hook/guard-hook-props';
import { isIdOf } from '../organization-ids';
import { checkExceptionMessage } from '../policies/imds-declarative-policy';
import { checkTargetIds } from '../policies/target-ids';
import { DefaultsBy } from './defaults-by';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

/**
 * Checks the properties for all stages in each stage, so that the next stage does not fail. `comingWarnings()` checks sizes.
 *
 * @throws Error if one is not valid, or two exclude each other
 */
export function checkProps(props: ImdsGuardrailsProps): void {
  if (isObject(props)) { checkScope(props.guardHook); }
  checked(props, GUARDRAILS);
  checkTargets(props);
  checkHopLimits(props);
  exemptionConditions(props);
  listOf('administratorArns', props.administratorArns).forEach(arn => checkPrincipalArn('administratorArns', arn));
  listOf('imdsv1PrincipalArns', props.imdsv1PrincipalArns).forEach(arn => checkPrincipalArn('imdsv1PrincipalArns', arn));
  if (props.imdsv1PrincipalArns?.length && !props.denyImdsv1Credentials) {
    throw new Error('imdsv1PrincipalArns needs denyImdsv1Credentials: nothing else is denied to these principals');
  }
  checkMessage(props);
  checkDrift(props);
  checkHook(props);
}

function checkTargets({ targetIds, defaultsBy }: ImdsGuardrailsProps): void {
  const given: unknown = targetIds;
  if (given === undefined || Array.isArray(given) && given.length === 0) {
    throw new Error('targetIds must name at least one root, organizational unit or account, got none');
  }
  checkTargetIds(targetIds);
  const account = defaultsBy === DefaultsBy.STACK_SET && !Token.isUnresolved(targetIds) && targetIds.find(id => isIdOf(id, 'account'));
  if (account) {
    throw new Error(`targetIds must be roots or organizational units where a stack set sets the defaults, got ${describeValue(account)}`);
  }
}

function checkHopLimits({ maxHopLimit = HopLimits.DEFAULT_MAX, httpPutResponseHopLimit: byDefault }: ImdsGuardrailsProps): void {
  if (byDefault !== undefined && byDefault > maxHopLimit) {
    throw new Error(`httpPutResponseHopLimit must be at most maxHopLimit, which is ${maxHopLimit}, got ${byDefault}`);
  }
}

function checkMessage({ exceptionMessage, defaultsBy }: ImdsGuardrailsProps): void {
  checkExceptionMessage(exceptionMessage);
  if (exceptionMessage !== undefined && defaultsBy === DefaultsBy.STACK_SET) {
    throw new Error('exceptionMessage needs a declarative policy: account defaults have no message');
  }
}

function checkDrift({ driftDetection, defaultsBy }: ImdsGuardrailsProps): void {
  checkDriftDetection(driftDetection);
  if (driftDetection !== undefined && defaultsBy !== DefaultsBy.STACK_SET) {
    throw new Error('driftDetection needs defaults by a stack set: nobody in the accounts can change what a declarative policy sets');
  }
}

function checkHook(props: ImdsGuardrailsProps): void {
  const { guardHook = GuardHookScope.ACCOUNT, guardHookRegions, guardHookProps = {}, targetIds } = props;
  if (guardHook === GuardHookScope.NONE && props.guardHookProps !== undefined) { throw new Error("guardHookProps needs a hook, got guardHook 'none'"); }
  if (guardHookProps.mode !== undefined) { throw new Error(`guardHookProps must not have a mode, which follows from the stage, got ${describeValue(guardHookProps.mode)}`); }
  if (guardHook !== GuardHookScope.ORGANIZATION) {
    if (guardHookRegions !== undefined) { throw new Error(`guardHookRegions needs the guardHook 'organization', got '${guardHook}'`); }
    return;
  }
  checkHookRegions(guardHookRegions);
  const stray = OF_ONE_ACCOUNT.find(name => guardHookProps[name] !== undefined);
  if (stray) { throw new Error(`guardHookProps must not have ${stray} where guardHook is 'organization': it is for one account`); }
  const account = !Token.isUnresolved(targetIds) && targetIds.find(id => isIdOf(id, 'account'));
  if (account) { throw new Error(`targetIds must be roots or organizational units where guardHook is 'organization', got ${describeValue(account)}`); }
}

function checkHookRegions(regions: string[] | undefined): void {
  if (regions === undefined) { throw new Error("guardHookRegions must name Regions where guardHook is 'organization', got none: a hook is for one Region"); }
  if (!Token.isUnresolved(regions) && !Array.isArray(regions)) { throw new Error(`guardHookRegions must be a list of Regions, got ${describeValue(regions)}`); }
  checkRegions('guardHookRegions', regions);
}

/** Earlier versions had a boolean here. Code without types can still pass one. */
function checkScope(guardHook: unknown): void {
  if (typeof guardHook === 'boolean') {
    throw new Error(`guardHook must be a GuardHookScope, got ${guardHook}: write GuardHookScope.${guardHook ? 'ACCOUNT' : 'NONE'}`);
  }
}

/** The properties that a hook of an organization does not accept. */
const OF_ONE_ACCOUNT = ['rulesBucket', 'rulesKey', 'rulesVersion', 'logBucket', 'executionRole'] as const;

const GUARDRAILS: Shape<ImdsGuardrailsProps> = {
  stage: required(oneOf(GuardrailStage)),
  targetIds: LATER,
  exemptPrincipalArns: LATER,
  exemptAccounts: LATER,
  exemptRegions: LATER,
  administratorArns: LATER,
  denyTakingExemptPrincipals: BOOLEAN,
  maxHopLimit: HOP_LIMIT,
  httpPutResponseHopLimit: HOP_LIMIT,
  defaultsBy: oneOf(DefaultsBy),
  driftDetection: LATER,
  httpTokensEnforced: BOOLEAN,
  allowUnsetTokens: BOOLEAN,
  denyImdsv1Credentials: BOOLEAN,
  imdsv1PrincipalArns: LATER,
  denyUndoingHooks: BOOLEAN,
  exceptionMessage: LATER,
  guardHook: oneOf(GuardHookScope),
  guardHookRegions: LATER,
  guardHookProps: shapeOf(GUARD_HOOK),
  delegatedAdmin: BOOLEAN,
};
