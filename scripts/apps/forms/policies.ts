import { App, Stack } from 'aws-cdk-lib';
import { Group, ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { ImdsAccountDefaults, ImdsManagedPolicy, ImdsStatements } from '../../../src';

const stack = new Stack(new App(), 'Policies');
const statements = [
  ...ImdsStatements.denyLaunchWithoutTokens({ allowUnset: true }),
  ...ImdsStatements.denyWeakeningInstances(),
  ...ImdsStatements.denyChangingAccountDefaults(),
  ...ImdsStatements.denyUndoingGuardrails({ stackNames: [stack.stackName], roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN] }),
];

const boundary = new ImdsManagedPolicy(stack, 'Boundary', { permissionsBoundary: true, statements, path: '/boundaries/', managedPolicyName: 'imdsv2' });
const role = new Role(stack, 'Developer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), permissionsBoundary: boundary.policies[0] });
PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Same', boundary.policies[0].managedPolicyArn));

new ImdsManagedPolicy(stack, 'Attached', {
  statements,
  description: 'what weakens IMDSv2',
  roles: [role],
  users: [new User(stack, 'User')],
  groups: [new Group(stack, 'Group')],
});
