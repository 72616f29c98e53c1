import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct, IConstruct, IValidation } from 'constructs';
import { describeValue } from '../../model/setting';

/** The type of service control policies. */
export const SERVICE_CONTROL_POLICY = 'SERVICE_CONTROL_POLICY';

/** How many service control policies can be attached to one root, organizational unit or account. */
const MAX_ATTACHMENTS = 10;

/** Counts the service control policies that are attached to the same targets. */
export class Attachments implements IValidation {
  /** How many policies of this app a target takes: `FullAWSAccess`, which is attached everywhere at first, takes a place. */
  private readonly places: number;

  /**
   * @throws Error where the number is none that leaves a place
   */
  public constructor(private readonly scope: Construct, private readonly targetIds: readonly string[], maxAttachments = MAX_ATTACHMENTS) {
    if (!Number.isInteger(maxAttachments) || maxAttachments < 2) {
      throw new Error(`maxAttachments must be a whole number from 2, got ${describeValue(maxAttachments)}`);
    }
    this.places = maxAttachments - 1;
  }

  /**
   * Checks the policies of one construct.
   *
   * @throws Error where they are more than a target takes
   */
  public check(count: number): void {
    if (this.targetIds.length > 0 && count > this.places) {
      throw new Error(`statements must fit into ${this.places} service control policies, got ${count}: a target takes no more besides FullAWSAccess`);
    }
  }

  /** Says which targets get too many policies from all constructs of the app. */
  public validate(): string[] {
    if (Token.isUnresolved(this.targetIds)) { return []; }
    const policies = this.scope.node.root.node.findAll().filter(isServiceControlPolicy);
    return this.targetIds.flatMap(targetId => {
      const attached = policies.filter(policy => targetsOf(policy).includes(targetId)).map(({ node }) => node.path);
      if (attached.length <= this.places) { return []; }
      const places = `${this.places} service control policies besides FullAWSAccess`;
      return [`${describeValue(targetId)} takes ${places}, got ${attached.length}: ${attached.join(', ')}`];
    });
  }
}

function isServiceControlPolicy(construct: IConstruct): construct is CfnPolicy {
  return CfnResource.isCfnResource(construct)
    && construct.cfnResourceType === CfnPolicy.CFN_RESOURCE_TYPE_NAME
    && (construct as CfnPolicy).type === SERVICE_CONTROL_POLICY;
}

/** What the policy is attached to, tokens as the texts that stand for them. */
function targetsOf(policy: CfnPolicy): readonly unknown[] {
  const { targetIds } = policy;
  if (!Token.isUnresolved(targetIds)) { return targetIds ?? []; }
  const resolved: unknown = Stack.of(policy).resolve(targetIds);
  return Array.isArray(resolved) ? resolved : [];
}
