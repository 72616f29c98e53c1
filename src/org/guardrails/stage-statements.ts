import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MAX_HOP_LIMIT } from '../../iam/denials/instance-options';
import type { ImdsStatementProps } from '../../iam/exemptions';
import { ImdsStatements } from '../../iam/imds-statements';
import { ImdsAccountDefaults } from '../account-defaults/imds-account-defaults';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

/** What a service control policy denies in a stage, besides what the stages before it deny. */
const DENIED: { readonly [stage in GuardrailStage]: (given: Given) => PolicyStatement[] } = {
  [GuardrailStage.OBSERVE]: () => [],
  [GuardrailStage.WARN]: given => [
    ...ImdsStatements.denyWeakeningInstances({ ...given.exempt, maxHopLimit: given.maxHopLimit }),
    ...ImdsStatements.denyChangingAccountDefaults(withRolesOfGuardrails(given.exempt)),
    ...ImdsStatements.denyUndoingGuardrails({ ...given.exempt, roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN], stackNames: given.stackNames }),
  ],
  [GuardrailStage.ENFORCE]: given => [
    ...ImdsStatements.denyLaunchWithoutTokens({ ...given.exempt, allowUnset: given.props.allowUnsetTokens }),
    ...ImdsStatements.denyLaunchWithHopLimitAbove(given.maxHopLimit, given.exempt),
    ...ImdsStatements.denyLaunchConfigurationsWithoutTokens({ ...given.exempt, maxHopLimit: given.maxHopLimit }),
    ...ImdsStatements.denyImageBuilderWithoutTokens(given.exempt),
    ...ImdsStatements.denyNotebooksWithoutTokens(given.exempt),
    ...given.props.denyImdsv1Credentials ? ImdsStatements.denyImdsv1Credentials(withImdsv1Principals(given)) : [],
  ],
};

/** What the statements of all stages are made from. */
interface Given {
  readonly props: ImdsGuardrailsProps;
  readonly exempt: ImdsStatementProps;
  readonly maxHopLimit: number;
  readonly stackNames: string[];
}

/** What is denied in a stage, as a whole. */
export function statementsOf(stage: GuardrailStage, props: ImdsGuardrailsProps, stackNames: string[]): PolicyStatement[] {
  const { exemptPrincipalArns, exemptAccounts, exemptRegions, maxHopLimit = MAX_HOP_LIMIT } = props;
  const given = { props, exempt: { exemptPrincipalArns, exemptAccounts, exemptRegions }, maxHopLimit, stackNames };
  return stagesUpTo(stage).flatMap(each => DENIED[each](given));
}

/** A stage and those before it. */
function stagesUpTo(stage: GuardrailStage): GuardrailStage[] {
  const stages = Object.values(GuardrailStage);
  return stages.slice(0, stages.indexOf(stage) + 1);
}

function withRolesOfGuardrails(exempt: ImdsStatementProps): ImdsStatementProps {
  return { ...exempt, exemptPrincipalArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN, ...exempt.exemptPrincipalArns ?? []] };
}

function withImdsv1Principals({ exempt, props }: Given): ImdsStatementProps {
  return { ...exempt, exemptPrincipalArns: [...exempt.exemptPrincipalArns ?? [], ...props.imdsv1PrincipalArns ?? []] };
}
