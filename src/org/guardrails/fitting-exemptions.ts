import type { Stack } from 'aws-cdk-lib';
import { mostThatFit, SHORTER } from '../../iam/fitting-principals';
import { MAX_POLICIES } from '../policies/attachments';
import { areFitting, serviceControlDocuments } from '../policies/service-control-documents';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';
import type { GuardedStackSet } from './stage-statements';
import { statementsOf } from './stage-statements';

/** The properties that name many principals. */
const LISTS = ['exemptPrincipalArns', 'administratorArns', 'imdsv1PrincipalArns'] as const;

/**
 * Checks that the service control policies of a stage fit. If not, the message says how many principals of a property fit in the last stage, which
 * has the longest policies. Otherwise the number would be lower in the next stage.
 *
 * @throws Error if they are too long, or too many
 */
export function checkFit(props: ImdsGuardrailsProps, stackSets: readonly GuardedStackSet[], stack: Stack): void {
  const last = { ...props, stage: GuardrailStage.ENFORCE };
  const fits = (changed: Partial<ImdsGuardrailsProps>) =>
    areFitting({ statements: statementsOf({ ...last, ...changed }, stackSets), stack, places: MAX_POLICIES });
  serviceControlDocuments({ statements: statementsOf(props, stackSets), stack, places: MAX_POLICIES }, () => hintOf(props, fits));
}

function hintOf(props: ImdsGuardrailsProps, fits: (changed: Partial<ImdsGuardrailsProps>) => boolean): string {
  const lists = LISTS.flatMap(name => (props[name]?.length ?? 0) > 0 ? { name, principals: props[name]! } : []);
  const longestFirst = [...lists].sort((one, other) => other.principals.length - one.principals.length);
  for (const { name, principals } of longestFirst) {
    const most = mostThatFit(principals.length, count => fits({ [name]: principals.slice(0, count) }));
    if (most !== undefined) { return `: at most ${most} ${name} fit in every stage, got ${principals.length}, so ${SHORTER}`; }
  }
  const haveNone = Object.fromEntries(lists.map(({ name }) => [name, []]));
  return fits(haveNone) ? `: ${lists.map(({ name }) => name).join(' and ')} are too long, so ${SHORTER}` : '';
}
