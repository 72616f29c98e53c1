/** Prints the policies of the guardrails by stage, for review: `npm run policies`. With `-- --statements`, it prints each statement. */
import { App, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { GuardrailStage, ImdsAccountDefaults, ImdsGuardrails, ImdsStatements } from '../src';

/** All factories of statements, with all their denials. */
const STATEMENTS: { readonly [call: string]: PolicyStatement[] } = {
  'denyLaunchWithoutTokens()': ImdsStatements.denyLaunchWithoutTokens(),
  'denyLaunchWithHopLimitAbove(2, { denyUnset: true })': ImdsStatements.denyLaunchWithHopLimitAbove(2, { denyUnset: true }),
  'denyLaunchWithEndpointDisabled()': ImdsStatements.denyLaunchWithEndpointDisabled(),
  'denyLaunchWithEndpointEnabled()': ImdsStatements.denyLaunchWithEndpointEnabled(),
  'denyLaunchWithMetadataTags()': ImdsStatements.denyLaunchWithMetadataTags(),
  'denyWeakeningInstances()': ImdsStatements.denyWeakeningInstances(),
  'denyChangingInstancesExceptBy([...])': ImdsStatements.denyChangingInstancesExceptBy(['arn:*:iam::*:role/platform/Repair']),
  'denyImdsv1Credentials({ exemptPrincipalArns: [...] })': ImdsStatements.denyImdsv1Credentials({ exemptPrincipalArns: ['arn:*:iam::*:role/legacy/*'] }),
  'denyChangingAccountDefaults()': ImdsStatements.denyChangingAccountDefaults(),
  'denyWeakeningAccountDefaults()': ImdsStatements.denyWeakeningAccountDefaults(),
  'denyUndoingGuardrails({ roleArns, functionArns, ruleArns, stackNames, stackSetNames })': ImdsStatements.denyUndoingGuardrails({
    roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN],
    functionArns: [ImdsAccountDefaults.FUNCTION_ARN_PATTERN],
    ruleArns: ['arn:*:events:*:*:rule/cdk-imdsv2-*'],
    stackNames: ['StackSet-imds-*'],
    stackSetNames: ['imds-*'],
  }),
  'denyTakingExemptPrincipals([...], { existingRoleArns: [...] })': ImdsStatements.denyTakingExemptPrincipals(
    ['arn:*:iam::*:role/platform/*', 'arn:*:iam::*:user/platform/*', 'arn:*:sts::*:federated-user/platform-*'],
    { existingRoleArns: ['arn:*:iam::*:role/legacy/*'] },
  ),
  'denyLaunchConfigurationsWithoutTokens({ maxHopLimit: 2 })': ImdsStatements.denyLaunchConfigurationsWithoutTokens({ maxHopLimit: 2 }),
  'denyGroupsWithoutTemplateVersion({ denyLaunchConfigurations: true })': ImdsStatements.denyGroupsWithoutTemplateVersion({ denyLaunchConfigurations: true }),
  'denyImageBuilderWithoutTokens()': ImdsStatements.denyImageBuilderWithoutTokens(),
  'denyNotebooksWithoutTokens()': ImdsStatements.denyNotebooksWithoutTokens(),
};

function main(): void {
  for (const stage of Object.values(GuardrailStage)) { printStage(stage); }
  if (process.argv.includes('--statements')) {
    for (const [call, statements] of Object.entries(STATEMENTS)) {
      print(`\n== ImdsStatements.${call}\n`);
      for (const statement of statements) { print(JSON.stringify(statement.toStatementJson(), undefined, 2)); }
    }
  }
}

/** Prints the policies of `ImdsGuardrails` in a stage, with one exempt role and one that deploys. */
function printStage(stage: GuardrailStage): void {
  const stack = new Stack(new App(), 'Guardrails');
  const { serviceControlPolicy, declarativePolicy } = new ImdsGuardrails(stack, 'Imds', {
    stage,
    targetIds: ['r-ab12'],
    denyImdsv1Credentials: true,
    exemptPrincipalArns: ['arn:*:iam::*:role/platform/ImageFactory'],
    administratorArns: ['arn:*:iam::*:role/platform/Deployment'],
  });
  print(`\n== Stage ${stage}`);
  if (!declarativePolicy) { print('\nno policies'); }
  if (declarativePolicy) { printDocument('declarative policy', declarativePolicy.document); }
  serviceControlPolicy?.documents.forEach((document, index) => printDocument(`service control policy ${index + 1}`, document));
}

function printDocument(title: string, document: string): void {
  print(`\n${title}, ${document.length} characters when minified:\n${JSON.stringify(JSON.parse(document), undefined, 2)}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main();
