import { DefaultStackSynthesizer, Stack, StackProps } from 'aws-cdk-lib';
import { AccountPrincipal, Effect, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { GuardHookMode, ImdsAccountDefaults, ImdsGuardHook, ImdsManagedPolicy, ImdsRegions, ImdsStatements } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** The qualifier of the bootstrap that this stack is deployed with. */
const QUALIFIER = DefaultStackSynthesizer.DEFAULT_QUALIFIER;

/** The stacks that developers may change: they deploy them with their own credentials, by a `CliCredentialsStackSynthesizer`. */
const STACKS_OF_DEVELOPERS = 'arn:*:cloudformation:*:*:stack/dev-*/*';

/** The guardrails of a single account, without an organization. */
export class AccountStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // New instances require IMDSv2 in every Region, and EC2 refuses launches that do not.
    new ImdsAccountDefaults(this, 'Defaults', {
      regions: ImdsRegions.allEnabled(),
      httpTokensEnforced: true,
      httpPutResponseHopLimit: 2,
    });

    // Templates that do not require IMDSv2 are refused before anything is created.
    const hook = new ImdsGuardHook(this, 'Hook', { mode: GuardHookMode.FAIL });

    // Developers cannot launch instances that allow IMDSv1, nor weaken instances, nor change the guardrails above.
    const boundary = new ImdsManagedPolicy(this, 'Boundary', {
      permissionsBoundary: true,
      statements: [
        ...ImdsStatements.denyLaunchWithoutTokens({ allowUnset: true }),
        ...ImdsStatements.denyWeakeningInstances(),
        ...ImdsStatements.denyChangingAccountDefaults(),
        ...ImdsStatements.denyUndoingGuardrails({
          stackNames: [this.stackName],
          roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN, hook.executionRole.roleArn],
          functionArns: [ImdsAccountDefaults.FUNCTION_ARN_PATTERN],
        }),
        ...denyActingByOthers(),
      ],
    });

    // The boundary applies only to this role. Protect other roles that developers can assume or use in another way,
    // such as roles that trust the whole account, functions whose code they can change, and instances to which they can log in.
    new Role(this, 'Developer', {
      assumedBy: new AccountPrincipal(this.account),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')],
      permissionsBoundary: boundary.policies[0],
    });
  }
}

/** Denies the ways in which a user with `PowerUserAccess` can get the permissions of a CDK deployment: by default, all permissions. */
function denyActingByOthers(): PolicyStatement[] {
  return [
    // The roles of a CDK bootstrap trust the whole account, and have no boundary.
    deny('DenyTakingDeploymentRoles', { actions: ['sts:AssumeRole'], resources: ['arn:*:iam::*:role/cdk-*'] }),
    // A stack keeps the role of its last deployment: whoever changes the stack uses that role.
    deny('DenyChangingStacksOfOthers', {
      actions: [
        'ContinueUpdateRollback', 'CreateChangeSet', 'DeleteStack', 'ExecuteChangeSet', 'ExecuteStackRefactor', 'RollbackStack', 'UpdateStack',
      ].map(name => `cloudformation:${name}`),
      notResources: [STACKS_OF_DEVELOPERS],
    }),
    // The hook reads its rules from the bootstrap bucket: whoever can write there decides what it refuses.
    deny('DenyWritingDeploymentAssets', {
      notActions: ['s3:Get*', 's3:List*'],
      resources: [`arn:*:s3:::cdk-${QUALIFIER}-assets-*`],
    }),
  ];
}

function deny(sid: string, what: { actions?: string[]; notActions?: string[]; resources?: string[]; notResources?: string[] }): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, ...what });
}
