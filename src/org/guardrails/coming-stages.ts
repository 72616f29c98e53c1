import type { Stack } from 'aws-cdk-lib';
import { measuredDocument } from '../policies/declarative-document';
import { EXEMPTS_OWN_ACCOUNT } from '../policies/exemption-warnings';
import { serviceControlWarnings } from '../policies/service-control-warnings';
import type { Warning } from '../warning';
import { DefaultsBy } from './defaults-by';
import { checkFit } from './fitting-exemptions';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';
import type { GuardedStackSet } from './stage-statements';
import { statementsOf } from './stage-statements';

/** The longest name that CloudFormation accepts, for a stack set and for its stacks. */
const LONGEST_NAME = 'x'.repeat(128);
const LONGEST_STACK_SET: GuardedStackSet = { stackSetName: LONGEST_NAME, stackNamePattern: LONGEST_NAME };

/**
 * Problems of the last stage, reported in earlier stages, so that an organization does not learn them only when it enforces.
 *
 * The first stage has no service control policy that could report doubtful exemptions, so they are reported here.
 */
export function comingWarnings(props: ImdsGuardrailsProps, stack: Stack): Warning[] {
  if (props.stage === GuardrailStage.ENFORCE) { return []; }
  const enforcing = { ...props, stage: GuardrailStage.ENFORCE };
  const stackSets = stackSetsOf(props);
  const objections = [
    objectionOf(() => checkFit(enforcing, stackSets, stack)),
    ...props.defaultsBy === DefaultsBy.STACK_SET ? [] : [objectionOf(() => measuredDocument({ ...enforcing, httpTokensEnforced: true }, stack))],
  ];
  return [
    ...objections.flatMap(objection => objection === undefined ? [] : [{
      id: 'Imdsv2::StageDoesNotFit', message: `the stage ${GuardrailStage.ENFORCE} will be refused: ${objection}`,
    }]),
    ...props.stage === GuardrailStage.OBSERVE ? exemptionWarnings(enforcing, stackSets, stack) : [],
  ];
}

/** The warnings about exemptions. Policies apply to the account of a delegated administrator, so an exemption of that account is useful. */
function exemptionWarnings(props: ImdsGuardrailsProps, stackSets: readonly GuardedStackSet[], stack: Stack): Warning[] {
  return serviceControlWarnings(statementsOf(props, stackSets), stack).filter(({ id }) => !props.delegatedAdmin || id !== EXEMPTS_OWN_ACCOUNT);
}

/** The stack sets of the stage. */
function stackSetsOf({ defaultsBy, guardHook }: ImdsGuardrailsProps): GuardedStackSet[] {
  return [defaultsBy === DefaultsBy.STACK_SET, guardHook === GuardHookScope.ORGANIZATION].flatMap(isThere => isThere ? LONGEST_STACK_SET : []);
}

/** The error message of an attempt, or `undefined` if it succeeds. */
function objectionOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
