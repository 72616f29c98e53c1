import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { describeValue } from '../../model/setting';
import type { ImdsStatementProps } from '../exemptions';
import { listOf } from '../exemptions';
import { anyArn, deny } from '../statement';
import type { ImdsGuardrailStatementProps } from '../statement-props';

/** Where stack sets with service-managed permissions act from in a member account; the service that makes it is beyond service control policies. */
const STACK_SETS_ROLE = 'arn:*:iam::*:role/stacksets-exec-*';

/** What turns a hook off. These know no resources, so they cannot be told apart from the same on other extensions. */
const HOOK_ACTIONS = ['DeactivateType', 'DeregisterType', 'SetTypeConfiguration'].map(name => `cloudformation:${name}`);

const STACK_ACTIONS = [
  'CancelUpdateStack', 'ContinueUpdateRollback', 'CreateChangeSet', 'CreateStackRefactor', 'DeleteStack', 'ExecuteChangeSet',
  'ExecuteStackRefactor', 'RollbackStack', 'SetStackPolicy', 'UpdateStack', 'UpdateTerminationProtection',
].map(name => `cloudformation:${name}`);

const ROLE_ACTIONS = [
  'AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy', 'DetachRolePolicy', 'PassRole',
  'PutRolePermissionsBoundary', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'UpdateRole',
].map(name => `iam:${name}`);

/** A function does what it is invoked with: whoever may do that has its role. */
const FUNCTION_ACTIONS = [
  'AddPermission', 'CreateFunctionUrlConfig', 'DeleteFunction', 'InvokeAsync', 'InvokeFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration',
].map(name => `lambda:${name}`);

export function undoingGuardrails(props: ImdsGuardrailStatementProps): iam.PolicyStatement[] {
  const { hooks = true, exemptPrincipalArns, exemptAccounts, exemptRegions } = props;
  const stackNames = listOf('stackNames', props.stackNames);
  const roleArns = listOf('roleArns', props.roleArns);
  const functionArns = listOf('functionArns', props.functionArns);
  stackNames.forEach(checkStackName);
  roleArns.forEach(arn => checkArn('roleArns', arn, ROLE));
  functionArns.forEach(arn => checkArn('functionArns', arn, FUNCTION));
  const everywhere: ImdsStatementProps = { exemptPrincipalArns: [STACK_SETS_ROLE, ...listOf('exemptPrincipalArns', exemptPrincipalArns)], exemptAccounts };
  const exempt: ImdsStatementProps = { ...everywhere, exemptRegions }; // not for IAM, which is called in one Region for all of them
  const ifAny = (resources: readonly string[], sid: string, actions: readonly string[]) =>
    resources.length > 0 ? [deny({ sid, actions, resources }, exempt)] : [];
  return [
    ...hooks ? [deny({ sid: 'DenyUndoingHooks', actions: HOOK_ACTIONS }, exempt)] : [],
    deny({ sid: 'DenyTakingGuardrailRoles', actions: ROLE_ACTIONS, resources: [STACK_SETS_ROLE, ...roleArns] }, everywhere),
    ...ifAny(functionArns, 'DenyTakingGuardrailFunctions', FUNCTION_ACTIONS),
    ...ifAny(stackNames.map(name => anyArn('cloudformation', `stack/${name}/*`)), 'DenyChangingGuardrailStacks', STACK_ACTIONS),
  ];
}

/** What ARNs of one kind look like. */
interface ArnForm {
  readonly pattern: RegExp;
  readonly words: string;
  readonly example: string;
}

const ROLE: ArnForm = { pattern: /^arn:[^:]+:iam::[^:]*:role\/.*[^*?/]/, words: 'ARNs of roles', example: 'arn:*:iam::*:role/platform/*' };
const FUNCTION: ArnForm = {
  pattern: /^arn:[^:]+:lambda:[^:]*:[^:]*:function:.*[^*?]/, words: 'ARNs of Lambda functions', example: 'arn:*:lambda:*:*:function:platform-*',
};

function checkArn(name: string, arn: unknown, { pattern, words, example }: ArnForm): void {
  if (!Token.isUnresolved(arn) && (typeof arn !== 'string' || !pattern.test(arn))) {
    throw new Error(`${name} must be ${words}, such as '${example}', got ${describeValue(arn)}`);
  }
}

function checkStackName(name: unknown): void {
  if (!Token.isUnresolved(name) && (typeof name !== 'string' || !/^[A-Za-z0-9*?-]*[A-Za-z0-9][A-Za-z0-9*?-]*$/.test(name))) {
    throw new Error(`stackNames must be names of stacks, such as 'StackSet-imds-*', got ${describeValue(name)}`);
  }
}
