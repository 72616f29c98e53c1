import { Annotations, Stack } from 'aws-cdk-lib';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { describeValue } from '../../model/setting';
import { warnOfCutOff } from '../../org/cut-off-warning';
import { isOther } from '../other-place';
import { ImdsConfigRule } from './imds-config-rule';
import type { ImdsRemediation } from './imds-remediation';
import { ImdsRemediationRole } from './imds-remediation-role';

/** @throws Error if no rule finds instances for the remediation */
export function checkRemediable(remediation: ImdsRemediation | undefined, rules: readonly ImdsConfigRule[]): void {
  if (!remediation || rules.includes(ImdsConfigRule.EC2_IMDSV2_CHECK)) { return; }
  throw new Error(`rules must include ImdsConfigRule.EC2_IMDSV2_CHECK if there is a remediation, got ${rules.map(({ name }) => name).join(', ')}`);
}

/** @throws Error if the role is in another account: an automation cannot assume it, and this stack cannot grant it permissions */
function checkAccount({ env, roleArn }: IRole, { account }: Stack): void {
  if (!isOther(env.account, account)) { return; }
  throw new Error(`role must be in account ${account}, where AWS Config starts the automation, got ${describeValue(roleArn)}: omit it to create a role there`);
}

/** @throws Error if the repair is in another account or Region, because its document exists only there */
function checkPlaceOfRepair({ env }: IRole, stack: Stack): void {
  for (const part of ['account', 'region'] as const) {
    if (isOther(env[part], stack[part])) { throw new Error(`remediation must use an ImdsRepair in the ${part} ${stack[part]}, got one in ${env[part]}`); }
  }
}

/** The role that the automation assumes: the role of the user with additional permissions, or a new role. */
export function remediationRole(scope: Construct, remediation: ImdsRemediation): IRole {
  const stack = Stack.of(scope);
  const { role } = remediation._options;
  if (!role) { return new ImdsRemediationRole(scope, 'RemediationRole', { remediation, region: stack.region }); }
  if (remediation._automation.isOfOneAccount) { checkPlaceOfRepair(role, stack); } else { checkAccount(role, stack); }
  grantStatements(scope, role, remediation._automation.statements({ stack, region: stack.region }));
  return role;
}

/** Gives the role its permissions. If the app cannot change the role, it warns which permissions the role needs. */
function grantStatements(scope: Construct, role: IRole, statements: readonly PolicyStatement[]): void {
  const given = statements.map(statement => role.addToPrincipalPolicy(statement).policyDependable);
  if (Role.isRole(role) || given.every(each => Construct.isConstruct(each))) { return; }
  const actions = [...new Set(statements.flatMap(each => each.actions))].join(', ');
  Annotations.of(scope).addWarningV2('Imdsv2::RemediationRoleUnknown', [
    `the app cannot give permissions to the role of the remediation, ${role.node.path}`,
    `the role must allow ${actions}, and trust ssm.amazonaws.com`,
  ].join(': '));
}

/** Warns about an automatic remediation that does not check whether software still uses IMDSv1. */
export function warnOfRemediation(construct: Construct, remediation: ImdsRemediation, where: string): void {
  if (!remediation._cutsOff) { return; }
  warnOfCutOff(construct, 'AWS Config requires IMDSv2 on every instance that it finds, and software that uses IMDSv1 stops working there', where);
}
