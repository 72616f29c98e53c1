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

/** The remaining number of policies with `FullAWSAccess`, which is attached by default. */
export const MAX_POLICIES = MAX_ATTACHMENTS - 1;

/** The counter of policies, stored on its construct. */
const ATTACHMENTS = new ConstructNote<Attachments>('attachments');

/** Counts the service control policies that are attached to the same targets. */
export class Attachments implements IValidation {
  /** The most policies of this app on a target. `FullAWSAccess`, which is attached by default, takes one place. */
  private readonly free: number;

  /** @throws Error if `FullAWSAccess` would take the only place */
  public constructor(private readonly scope: Construct, private readonly targetIds: readonly string[], maxAttachments = MAX_ATTACHMENTS) {
    if (!Number.isInteger(maxAttachments) || maxAttachments < 2) {
      throw new Error(`maxAttachments must be a whole number from 2, got ${describeValue(maxAttachments)}`);
    }
    this.free = maxAttachments - 1;
    ATTACHMENTS.write(scope, this);
  }

  /** The most policies of one construct. Without targets, there is no limit. */
  public get places(): number {
    return this.targetIds.length > 0 ? this.free : Infinity;
  }

  /** Reports which targets get too many policies from all constructs of the app, unless another construct reports it. */
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

/** The first construct that counts these policies and has too few places. */
function firstExceeded(attached: readonly CfnPolicy[]): Attachments | undefined {
  return attached.map(({ node: { scope } }) => ATTACHMENTS.of(scope!)).find(each => each?._areExceededBy(attached.length));
}

/** The targets of a policy. Tokens are strings. */
function targetsOf(policy: CfnPolicy): readonly unknown[] {
  const { targetIds } = policy;
  if (!Token.isUnresolved(targetIds)) { return targetIds ?? []; }
  const resolved: unknown = Stack.of(policy).resolve(targetIds);
  return Array.isArray(resolved) ? resolved : [];
}
