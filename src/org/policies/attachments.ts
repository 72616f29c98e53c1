import { Stack, Token } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct, IValidation } from 'constructs';
import { ConstructNote } from '../../model/construct-note';
import { describeValue } from '../../model/setting';
import { allPolicies } from './all-policies';

/** The type of service control policies. */
export const SERVICE_CONTROL_POLICY = 'SERVICE_CONTROL_POLICY';

/** How many service control policies can be attached to one root, organizational unit or account. */
const MAX_ATTACHMENTS = 10;

/** How many are left where `FullAWSAccess` takes a place, as it does at first. */
export const MAX_POLICIES = MAX_ATTACHMENTS - 1;

/** On a construct: what counts its policies. */
const ATTACHMENTS = new ConstructNote<Attachments>('attachments');

/** Counts the service control policies that are attached to the same targets. */
export class Attachments implements IValidation {
  /** How many policies of this app a target takes: `FullAWSAccess`, which is attached everywhere at first, takes a place. */
  private readonly free: number;

  /**
   * @throws Error if the number leaves no room
   */
  public constructor(private readonly scope: Construct, private readonly targetIds: readonly string[], maxAttachments = MAX_ATTACHMENTS) {
    if (!Number.isInteger(maxAttachments) || maxAttachments < 2) {
      throw new Error(`maxAttachments must be a whole number from 2, got ${describeValue(maxAttachments)}`);
    }
    this.free = maxAttachments - 1;
    ATTACHMENTS.write(scope, this);
  }

  /** How many policies one construct may have: any number of them, where they are attached to nothing. */
  public get places(): number {
    return this.targetIds.length > 0 ? this.free : Infinity;
  }

  /** Says which targets get too many policies from all constructs of the app, unless another construct says it. */
  public validate(): string[] {
    if (Token.isUnresolved(this.targetIds)) { return []; }
    const policies = allPolicies(this.scope, SERVICE_CONTROL_POLICY);
    return this.targetIds.flatMap(targetId => {
      const attached = policies.filter(policy => targetsOf(policy).includes(targetId));
      if (firstExceeded(attached) !== this) { return []; }
      const places = `${this.free} service control policies besides FullAWSAccess`;
      const paths = attached.map(({ node }) => node.path).join(', ');
      return [`${describeValue(targetId)} takes ${places}, got ${attached.length}: ${paths}`];
    });
  }

  /** @internal */
  public _areExceededBy(count: number): boolean {
    return count > this.free;
  }
}

/** The first one that counts these policies, and leaves no place for so many. */
function firstExceeded(attached: readonly CfnPolicy[]): Attachments | undefined {
  return attached.map(({ node: { scope } }) => ATTACHMENTS.of(scope!)).find(each => each?._areExceededBy(attached.length));
}

/** What the policy is attached to, tokens as the texts that stand for them. */
function targetsOf(policy: CfnPolicy): readonly unknown[] {
  const { targetIds } = policy;
  if (!Token.isUnresolved(targetIds)) { return targetIds ?? []; }
  const resolved: unknown = Stack.of(policy).resolve(targetIds);
  return Array.isArray(resolved) ? resolved : [];
}
