import { Stack, StackProps } from 'aws-cdk-lib';
import { DefaultHttpTokens, GuardHookScope, GuardrailStage, ImdsAccountDefaultsStackSet, ImdsGuardrails, ImdsServiceControlPolicy, ImdsStatements } from 'cdk-imdsv2';
import { Construct } from 'constructs';

const WORKLOADS = 'ou-ab12-11111111';
const SANDBOXES = 'ou-ab12-22222222';
const ACQUIRED = 'ou-ab12-33333333';

/** The guardrails of an organization, in its management account. Each organizational unit is at another stage. */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Enforces everything, except for one image factory.
    new ImdsGuardrails(this, 'Workloads', {
      stage: GuardrailStage.ENFORCE,
      targetIds: [WORKLOADS],
      httpPutResponseHopLimit: 2,
      guardHook: GuardHookScope.ORGANIZATION,
      guardHookRegions: ['us-east-1', 'eu-west-1'],
      exemptPrincipalArns: ['arn:*:iam::*:role/platform/ImageFactory'],
      administratorArns: ['arn:*:iam::*:role/platform/Deployment'], // only they create, change and pass these roles
      httpTokensEnforced: false, // it would also refuse launches of the image factory
      denyImdsv1Credentials: true,
      imdsv1PrincipalArns: ['arn:*:iam::*:role/legacy/*'],
      exceptionMessage: 'IMDSv2 is required here: https://wiki.example.com/imdsv2',
    });

    // New instances require IMDSv2 by default. Templates are not checked.
    new ImdsGuardrails(this, 'Sandboxes', {
      stage: GuardrailStage.WARN,
      targetIds: [SANDBOXES],
      guardHook: GuardHookScope.NONE,
    });

    // Without declarative policies: a default hop limit for containers that does not set tokens yet, and a hand-written policy.
    new ImdsAccountDefaultsStackSet(this, 'AcquiredDefaults', {
      organizationalUnitIds: [ACQUIRED],
      httpTokens: DefaultHttpTokens.NO_PREFERENCE,
      httpPutResponseHopLimit: 2,
      stackRegions: ['us-east-1', 'eu-west-1'],
      operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 20 },
    });
    new ImdsServiceControlPolicy(this, 'AcquiredPolicy', {
      targetIds: [ACQUIRED],
      statements: [
        ...ImdsStatements.denyWeakeningInstances(),
        ...ImdsStatements.denyGroupsWithoutTemplateVersion({ denyLaunchConfigurations: true }),
      ],
    });
  }
}
