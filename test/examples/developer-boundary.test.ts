import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountStack } from '../../examples/guardrails/account-stack';
import { evaluate } from '../iam/evaluator/evaluator';

const CLOUDFORMATION = 'arn:aws:cloudformation:eu-west-1:111122223333';
const OTHER_STACK = `${CLOUDFORMATION}:stack/network/0c5f1d60`;
const THEIR_STACK = `${CLOUDFORMATION}:stack/dev-web/0c5f1d60`;
const RULES = 'arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-west-1/0c5f1d60.guard';
const DEPLOYMENT_ROLE = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1';

/** The role of the hook, whose name CloudFormation generates. */
const HOOK_ROLE = 'arn:aws:iam::111122223333:role/Account-HookRole5025F404-0c5f1d60';

/** The Sids of the boundary's statements that deny a call of a developer. */
function deniedBy(action: string, arn: string): readonly string[] {
  const stack = new AccountStack(new App({ builtinCloudFormationValidation: false } as object), 'Account');
  const [boundary] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')) as {
    readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly unknown[] } };
  }[];
  const deployed = JSON.stringify(boundary.Properties.PolicyDocument.Statement).replaceAll(/\{"Fn::GetAtt":\["HookRole\w+","Arn"\]\}/g, `"${HOOK_ROLE}"`);
  return evaluate(JSON.parse(deployed) as unknown[], { action, resources: [{ arn, keys: {} }], keys: {} }).deniedBy;
}

test.each([
  ['sts:AssumeRole', DEPLOYMENT_ROLE, 'DenyTakingDeploymentRoles'],
  ['sts:AssumeRole', DEPLOYMENT_ROLE.replace('hnb659fds-deploy', 'platform-file-publishing'), 'DenyTakingDeploymentRoles'],
  ['iam:PassRole', HOOK_ROLE, 'DenyTakingGuardrailRoles'],
  ['iam:PutRolePolicy', HOOK_ROLE, 'DenyTakingGuardrailRoles'],
  ['iam:UpdateAssumeRolePolicy', HOOK_ROLE, 'DenyTakingGuardrailRoles'],
  ['cloudformation:UpdateStack', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:CreateChangeSet', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:ExecuteChangeSet', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:RollbackStack', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:ContinueUpdateRollback', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:DeleteStack', OTHER_STACK, 'DenyChangingStacksOfOthers'],
  ['cloudformation:ExecuteStackRefactor', '*', 'DenyChangingStacksOfOthers'],
  ['s3:PutObject', RULES, 'DenyWritingDeploymentAssets'],
  ['s3:DeleteObjectVersion', RULES, 'DenyWritingDeploymentAssets'],
  ['s3:PutBucketPolicy', RULES.split('/')[0], 'DenyWritingDeploymentAssets'],
])('a developer of the example is denied %s on %s', (action, arn, sid) => {
  expect(deniedBy(action, arn)).toContain(sid);
});

test.each([
  ['sts:AssumeRole', 'arn:aws:iam::111122223333:role/reports'],
  ['iam:PassRole', 'arn:aws:iam::111122223333:role/reports'],
  ['cloudformation:CreateChangeSet', THEIR_STACK],
  ['cloudformation:ExecuteChangeSet', THEIR_STACK],
  ['cloudformation:DeleteStack', THEIR_STACK],
  ['cloudformation:DescribeStacks', OTHER_STACK],
  ['s3:GetObject', RULES],
  ['s3:ListBucket', RULES.split('/')[0]],
  ['s3:PutObject', 'arn:aws:s3:::assets-of-developers/0c5f1d60'],
])('a developer of the example is not denied %s on %s', (action, arn) => {
  expect(deniedBy(action, arn)).toEqual([]);
});
