import { App, Fn, Stack } from 'aws-cdk-lib';
import type { ImdsGuardrailsProps } from '../../../src';
import { DefaultsBy, GuardHookScope, GuardrailStage, ImdsDeclarativePolicy, ImdsGuardrails, ImdsServiceControlPolicy, ImdsStatements } from '../../../src';

const app = new App();

/** Properties of an organization, in addition to the stage. */
const forms: { readonly [name: string]: Partial<ImdsGuardrailsProps> } = {
  Plain: {},
  StackSet: { defaultsBy: DefaultsBy.STACK_SET },
  Exempt: {
    exemptPrincipalArns: ['arn:*:iam::*:role/platform/*'],
    exemptAccounts: ['444455556666'],
    exemptRegions: ['eu-central-2'],
    administratorArns: ['arn:*:iam::*:role/guardrails/*'],
    denyImdsv1Credentials: true,
    imdsv1PrincipalArns: ['arn:*:iam::*:role/legacy/*'],
  },
  HookEverywhere: { guardHook: GuardHookScope.ORGANIZATION, guardHookRegions: ['us-east-1', 'eu-west-1'] },
  Imported: { targetIds: [Fn.importValue('WorkloadsUnit')], delegatedAdmin: true, denyUndoingHooks: true },
};

for (const stage of Object.values(GuardrailStage)) {
  for (const [name, props] of Object.entries(forms)) {
    const stack = new Stack(app, `${name}-${stage}`);
    // An alias can exist only once in an account.
    new ImdsGuardrails(stack, 'Imds', { targetIds: ['ou-ab12-11111111'], ...props, stage, guardHookProps: { alias: `Imdsv2::Guard::${name}${stage}` } });
  }
}

const policies = new Stack(app, 'Policies');
new ImdsDeclarativePolicy(policies, 'Defaults', { targetIds: ['r-ab12'], httpTokensEnforced: true, exceptionMessage: 'see ${wiki}' });
new ImdsServiceControlPolicy(policies, 'Everything', {
  targetIds: ['r-ab12'],
  statements: [
    ...ImdsStatements.denyLaunchWithoutTokens({ allowDisabledEndpoint: true }),
    ...ImdsStatements.denyLaunchWithHopLimitAbove(2, { denyUnset: true }),
    ...ImdsStatements.denyWeakeningInstances(),
    ...ImdsStatements.denyImdsv1Credentials(),
    ...ImdsStatements.denyChangingAccountDefaults(),
    ...ImdsStatements.denyLaunchConfigurationsWithoutTokens(),
    ...ImdsStatements.denyGroupsWithoutTemplateVersion(),
    ...ImdsStatements.denyImageBuilderWithoutTokens(),
    ...ImdsStatements.denyNotebooksWithoutTokens(),
  ],
});
