import type { CfnGuardHook } from 'aws-cdk-lib';
import { GuardSeverity, ruledTypes } from '../../guard/guard-rules';
import type { GuardHookStackFilters } from './guard-hook-options';
import { GuardHookOperation } from './guard-hook-options';
import type { ImdsGuardHookProps } from './guard-hook-props';

/** The operations of a hook. With stack filters, they do not include the Cloud Control API, which has no stacks: the filters might have no effect then. */
export function operationsOf({ operations, stackFilters: filters }: ImdsGuardHookProps): readonly GuardHookOperation[] {
  return operations ?? [GuardHookOperation.RESOURCE, ...filters ? [] : [GuardHookOperation.CLOUD_CONTROL]];
}

/** Whether an operation passes a template to the hook instead of a resource. */
export function isAboutTemplates(operation: GuardHookOperation): boolean {
  return operation === GuardHookOperation.STACK || operation === GuardHookOperation.CHANGE_SET;
}

/** The severity whose types a hook evaluates. Rules in a bucket can have any. */
export function severityOf({ severity, rulesBucket }: ImdsGuardHookProps): GuardSeverity {
  return severity ?? (rulesBucket ? GuardSeverity.ALL : GuardSeverity.ERROR);
}

/**
 * The L1 requires `targets`, which excludes these lists (aws/aws-cdk#34591), and as `targets` all types would be more than the 50 that CloudFormation
 * accepts.
 *
 * Stacks and change sets have no type: if they are among the operations, no types are named, and only the rules distinguish them.
 */
export function targetFilters(props: ImdsGuardHookProps): object {
  return {
    Actions: ['CREATE', 'UPDATE'],
    InvocationPoints: ['PRE_PROVISION'],
    ...operationsOf(props).some(isAboutTemplates) ? {} : { TargetNames: props.resourceTypes ?? ruledTypes(severityOf(props)) },
  };
}

/** The stack filters of a hook, in CloudFormation's form. */
export function stackFilters(filters: GuardHookStackFilters): CfnGuardHook.StackFiltersProperty {
  const { includeNames, excludeNames, includeRoles, excludeRoles, matchAny } = filters;
  return {
    filteringCriteria: matchAny ? 'ANY' : 'ALL',
    stackNames: includeNames ?? excludeNames ? { include: includeNames, exclude: excludeNames } : undefined,
    stackRoles: includeRoles ?? excludeRoles ? { include: includeRoles, exclude: excludeRoles } : undefined,
  };
}
