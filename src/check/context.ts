import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { CONSTRUCT, LATER, listOf, required } from '../model/kinds';
import { checkKnown } from '../model/props';

const CONTEXT = { appConstruct: required(CONSTRUCT), stackTemplates: required(listOf(LATER)) };

/**
 * Checks the argument of a plugin, because not only CDK can call one.
 *
 * @throws Error if it is not a name of CDK's contexts, or one of a CDK before 2.262, which has no `stackTemplates`
 */
export function checkContext(context: IPolicyValidationContext): void {
  checkKnown(context, CONTEXT, 'context');
}
