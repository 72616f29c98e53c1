import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { describeValue } from '../../model/setting';
import type { ImdsStatementProps } from '../exemptions';
import { anyArn, deny } from '../statement';
import type { ImdsGuardrailStatementProps } from '../statement-props';

/** Where stack sets with service-managed permissions act from in a member account; the service that makes it is beyond service control policies. */
const STACK_SETS_ROLE = 'arn:*:iam::*:role/stacksets-exec-*';

/** The actions have no resource types that tell hooks from other extensions. */
const HOOK_ACTIONS = ['DeactivateType', 'DeregisterType', 'SetTypeConfiguration'].map(name => `cloudformation:${name}`);

const STACK_ACTIONS = [
  'CancelUpdateStack', 'ContinueUpdateRollback', 'CreateChangeSet', 'CreateStackRefactor', 'DeleteStack', 'ExecuteChangeSet',
  'ExecuteStackRefactor', 'RollbackStack', 'SetStackPolicy', 'UpdateStack', 'UpdateTerminationProtection',
].map(name => `cloudformation:${name}`);

const ROLE_ACTIONS = [
  'AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy', 'DetachRolePolicy', 'PassRole',
  'PutRolePermissionsBoundary', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'UpdateRole',
].map(name => `iam:${name}`);

export function undoingGuardrails({ stackNames = [], roleArns = [], ...given }: ImdsGuardrailStatementProps): iam.PolicyStatement[] {
  stackNames.forEach(checkStackName);
  roleArns.forEach(checkRoleArn);
  const exempt: ImdsStatementProps = { ...given, exemptPrincipalArns: [STACK_SETS_ROLE, ...given.exemptPrincipalArns ?? []] };
  return [
    deny({ sid: 'DenyUndoingHooks', actions: HOOK_ACTIONS }, exempt),
    deny({ sid: 'DenyTakingGuardrailRoles', actions: ROLE_ACTIONS, resources: [STACK_SETS_ROLE, ...roleArns] }, exempt),
    ...stackNames.length > 0 ? [deny({
      sid: 'DenyChangingGuardrailStacks',
      actions: STACK_ACTIONS,
      resources: stackNames.map(name => anyArn('cloudformation', `stack/${name}/*`)),
    }, exempt)] : [],
  ];
}

function checkStackName(name: unknown): void {
  if (!Token.isUnresolved(name) && (typeof name !== 'string' || !/^[A-Za-z0-9*?-]+$/.test(name) || /^\*+$/.test(name))) {
    throw new Error(`stackNames must be names of stacks, such as 'StackSet-imds-*', got ${describeValue(name)}`);
  }
}

function checkRoleArn(arn: unknown): void {
  if (!Token.isUnresolved(arn) && (typeof arn !== 'string' || !/^arn:[^:]+:iam::[^:]*:role\/./.test(arn))) {
    throw new Error(`roleArns must be ARNs of roles, such as 'arn:*:iam::*:role/platform/*', got ${describeValue(arn)}`);
  }
}
