import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from '../../iam/exemption-conditions';
import { ImdsStatements } from '../../iam/imds-statements';
import { HopLimits } from '../../policy/hop-limits';
import { ImdsAccountDefaults } from '../account-defaults/imds-account-defaults';
import { GUARDRAIL_NAME_PREFIX } from '../guardrail-names';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

/** The inputs of the statements of all stages. */
interface Given {
  readonly props: ImdsGuardrailsProps;
  /** The principals that can launch and weaken instances. */
  readonly exempt: ImdsStatementProps;
  /** The principals that can set defaults and undo guardrails. */
  readonly administrators: ImdsStatementProps;
  readonly maxHopLimit: number;
  /** The stack sets that create the account defaults and the hooks. */
  readonly stackSets: readonly GuardedStackSet[];
}

/** A stack set that deploys guardrails, such as `ImdsAccountDefaultsStackSet`. */
export interface GuardedStackSet {
  readonly stackSetName: string;
  /** A pattern for the names of its stacks in the accounts. */
  readonly stackNamePattern: string;
}

/** The rules that invoke functions of guardrails. */
const RULE_ARN_PATTERN = `arn:*:events:*:*:rule/${GUARDRAIL_NAME_PREFIX}*`;

/** The statements of a service control policy that a stage adds to those of earlier stages. */
const DENIED: { readonly [stage in GuardrailStage]: (given: Given) => PolicyStatement[] } = {
  [GuardrailStage.OBSERVE]: () => [],
  [GuardrailStage.WARN]: ({ props, exempt, administrators, maxHopLimit, stackSets }) => [
    ...ImdsStatements.denyWeakeningInstances({ ...exempt, maxHopLimit }),
    ...ImdsStatements.denyChangingAccountDefaults(withPrincipals(administrators, [ImdsAccountDefaults.ROLE_ARN_PATTERN])),
    ...ImdsStatements.denyUndoingGuardrails({
      ...administrators,
      hooks: props.denyUndoingHooks ?? props.guardHook === GuardHookScope.ORGANIZATION,
      stackNames: stackSets.map(({ stackNamePattern }) => stackNamePattern),
      stackSetNames: stackSets.map(({ stackSetName }) => stackSetName),
      roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN],
      functionArns: [ImdsAccountDefaults.FUNCTION_ARN_PATTERN],
      ruleArns: [RULE_ARN_PATTERN],
    }),
    ...takingExemptPrincipals(props, administrators),
  ],
  [GuardrailStage.ENFORCE]: ({ props, exempt, maxHopLimit }) => [
    ...ImdsStatements.denyLaunchWithoutTokens({ ...exempt, allowUnset: props.allowUnsetTokens, allowDisabledEndpoint: true }),
    ...ImdsStatements.denyLaunchWithHopLimitAbove(maxHopLimit, exempt),
    ...ImdsStatements.denyLaunchConfigurationsWithoutTokens({ ...exempt, maxHopLimit, allowDisabledEndpoint: true }),
    ...ImdsStatements.denyImageBuilderWithoutTokens(exempt),
    ...ImdsStatements.denyNotebooksWithoutTokens(exempt),
    ...props.denyImdsv1Credentials ? ImdsStatements.denyImdsv1Credentials(withPrincipals(exempt, props.imdsv1PrincipalArns)) : [],
  ],
};

/** Principals that can undo guardrails are protected like those that can launch, because both are exempt. Roles with IMDSv1 can still be passed. */
function takingExemptPrincipals(props: ImdsGuardrailsProps, administrators: ImdsStatementProps): PolicyStatement[] {
  const { exemptPrincipalArns, administratorArns, imdsv1PrincipalArns, denyTakingExemptPrincipals = true } = props;
  const principals = [...exemptPrincipalArns ?? [], ...administratorArns ?? []];
  const existingRoleArns = imdsv1PrincipalArns ?? [];
  if (!denyTakingExemptPrincipals || principals.length + existingRoleArns.length === 0) { return []; }
  return ImdsStatements.denyTakingExemptPrincipals(principals, { ...administrators, existingRoleArns });
}

/** All statements of a stage. */
export function statementsOf(props: ImdsGuardrailsProps, stackSets: readonly GuardedStackSet[]): PolicyStatement[] {
  const { stage, exemptPrincipalArns, exemptAccounts, exemptRegions, administratorArns, maxHopLimit = HopLimits.DEFAULT_MAX } = props;
  const given: Given = {
    props,
    exempt: { exemptPrincipalArns, exemptAccounts, exemptRegions },
    administrators: { exemptPrincipalArns: administratorArns, exemptAccounts, exemptRegions },
    maxHopLimit,
    stackSets,
  };
  return stagesUpTo(stage).flatMap(each => DENIED[each](given));
}

/** A stage and those before it. */
function stagesUpTo(stage: GuardrailStage): GuardrailStage[] {
  const stages = Object.values(GuardrailStage);
  return stages.slice(0, stages.indexOf(stage) + 1);
}

function withPrincipals(exempt: ImdsStatementProps, principalArns: readonly string[] = []): ImdsStatementProps {
  return { ...exempt, exemptPrincipalArns: [...principalArns, ...exempt.exemptPrincipalArns ?? []] };
}
