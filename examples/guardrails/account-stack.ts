import { Stack, StackProps } from 'aws-cdk-lib';
import { AccountPrincipal, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GuardHookMode, ImdsAccountDefaults, ImdsGuardHook, ImdsManagedPolicy, ImdsRegions, ImdsStatements } from '../../src';

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

    // Developers may do everything but weaken that, or take what it is done by.
    const boundary = new ImdsManagedPolicy(this, 'Boundary', {
      permissionsBoundary: true,
      statements: [
        ...ImdsStatements.denyLaunchWithoutTokens({ allowUnset: true }),
        ...ImdsStatements.denyWeakeningInstances(),
        ...ImdsStatements.denyChangingAccountDefaults(),
        ...ImdsStatements.denyUndoingGuardrails({
          stackNames: [this.stackName],
          roleArns: [ImdsAccountDefaults.ROLE_ARN_PATTERN],
          functionArns: [ImdsAccountDefaults.FUNCTION_ARN_PATTERN],
        }),
      ],
    });
    new Role(this, 'Developer', {
      assumedBy: new AccountPrincipal(this.account),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')],
      permissionsBoundary: boundary.policies[0],
    });

    // Templates that do not require IMDSv2 are refused before anything is made.
    new ImdsGuardHook(this, 'Hook', { mode: GuardHookMode.FAIL });
  }
}
