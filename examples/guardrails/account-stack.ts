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

    // New instances require IMDSv2 in every Region, and EC2 refuses those that would not.
    new ImdsAccountDefaults(this, 'Defaults', {
      regions: ImdsRegions.allEnabled(),
      httpTokensEnforced: true,
      httpPutResponseHopLimit: 2,
    });

    // Templates that do not require IMDSv2 are refused before anything is made.
    const hook = new ImdsGuardHook(this, 'Hook', { mode: GuardHookMode.FAIL });

    // Developers can launch no instance that answers IMDSv1, weaken none, and change nothing above.
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

    // The boundary holds for what this role does itself. Other roles that a developer can take, or have act for them, have to be looked after
    // by other means: roles that trust the whole account, functions whose code a developer may change, instances that they may log in to.
    new Role(this, 'Developer', {
      assumedBy: new AccountPrincipal(this.account),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')],
      permissionsBoundary: boundary.policies[0],
    });
  }
}

/** Denies the ways by which somebody with `PowerUserAccess` gets what a CDK deployment may do: everything, by default. */
function denyActingByOthers(): PolicyStatement[] {
  return [
    // The roles of a CDK bootstrap trust the whole account, and no boundary holds for them.
    deny('DenyTakingDeploymentRoles', { actions: ['sts:AssumeRole'], resources: ['arn:*:iam::*:role/cdk-*'] }),
    // A stack remembers the role that it was deployed with: whoever changes the stack acts by that role.
    deny('DenyChangingStacksOfOthers', {
      actions: [
        'ContinueUpdateRollback', 'CreateChangeSet', 'DeleteStack', 'ExecuteChangeSet', 'ExecuteStackRefactor', 'RollbackStack', 'UpdateStack',
      ].map(name => `cloudformation:${name}`),
      notResources: [STACKS_OF_DEVELOPERS],
    }),
    // The hook reads its rules from the bucket of the bootstrap: whoever writes there decides what it refuses.
    deny('DenyWritingDeploymentAssets', {
      notActions: ['s3:Get*', 's3:List*'],
      resources: [`arn:*:s3:::cdk-${QUALIFIER}-assets-*`],
    }),
  ];
}

function deny(sid: string, what: { actions?: string[]; notActions?: string[]; resources?: string[]; notResources?: string[] }): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, ...what });
}
