import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { STACK_SETS_ROLE } from '../../iam/denials/guardrails';
import { covers } from '../../iam/name-pattern';
import { principalName } from '../../iam/principal-kinds';
import { exemptAccountsOf, exemptPrincipalsOf } from '../../iam/statement-json';
import type { Warning } from '../warning';
import { listedArns, warningIf } from './exemption-warnings';
import { ExemptionsInStatements } from './exemptions-in-statements';

/** The roles of a bootstrap that CDK deploys with. The first one passes the second one to CloudFormation. */
const DEPLOY_ROLE = 'cdk-hnb659fds-deploy-role-111122223333-eu-west-1';
const EXECUTION_ROLE = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';

/** Unwanted effects of the protection of exempt principals. */
export function guardWarnings(statements: readonly PolicyStatement[], stack: Stack): Warning[] {
  const guards = statements.filter(({ sid }) => sid?.startsWith('DenyTakingExempt'));
  return [...frozen(guards, stack), ...stopsDeployments(guards, stack)];
}

function frozen(guards: readonly PolicyStatement[], stack: Stack): Warning[] {
  const closed = guards.filter(guard => exemptAccountsOf(guard).length === 0 && exemptPrincipalsOf(guard).every(arn => arn === STACK_SETS_ROLE));
  const denials = new ExemptionsInStatements(closed, stack);
  const guarded = new Set(['iam:CreateRole', 'iam:CreateUser'].flatMap(action => denials.deniedOn(action)));
  const principals = [...guarded].filter(arn => arn !== STACK_SETS_ROLE);
  return warningIf(principals.length > 0, 'Imdsv2::ExemptionFrozen', `below the targets, only stack sets can create, change or pass ${listedArns(principals)}: `
    + 'name the principals that need to in exemptPrincipalArns of denyTakingExemptPrincipals() (in ImdsGuardrails: administratorArns)');
}

function stopsDeployments(guards: readonly PolicyStatement[], stack: Stack): Warning[] {
  const stopped = guards.filter(guard => !exemptPrincipalsOf(guard).some(arn => isNamed(arn, DEPLOY_ROLE)));
  const roles = new ExemptionsInStatements(stopped, stack).deniedOn('iam:PassRole').filter(arn => isNamed(arn, EXECUTION_ROLE));
  return warningIf(roles.length > 0, 'Imdsv2::ExemptionStopsDeployments', `${listedArns(roles)} is passed to CloudFormation by every CDK deployment, which is now `
    + 'denied: exempt the roles of a bootstrap stack with its own qualifier, and its deploy role (in ImdsGuardrails: administratorArns)');
}

/** Whether a pattern matches the role, or the same role with another qualifier, account or Region. */
function isNamed(arn: string, role: string): boolean {
  const name = principalName(arn) ?? '';
  const [, kind] = /-(deploy|cfn-exec)-role-/.exec(role)!;
  return covers(name, role) || new RegExp(`^cdk-[^/]*-${kind}-role-`).test(name);
}
