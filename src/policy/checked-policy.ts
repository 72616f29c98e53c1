import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ImdsPolicy } from './imds-policy';
import { policyOn } from './noted-policy';

/** The hop limits of a check. */
export interface CheckedHopLimits {
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
}

/** The policy of a check. Its hop limits are those of the check, or those of the enforcement of the scope. */
export class CheckedPolicy {
  private readonly policy: ImdsPolicy;
  private readonly followsEnforcement: boolean;

  /** @throws Error if EC2 does not accept a hop limit, or the minimum is above the maximum */
  public constructor({ containerHopLimit, maxHopLimit }: CheckedHopLimits) {
    this.policy = new ImdsPolicy({ containerHopLimit, maxHopLimit, leastContainerHopLimit: containerHopLimit }, value => Token.isUnresolved(value));
    this.followsEnforcement = containerHopLimit === undefined && maxHopLimit === undefined;
  }

  /** The policy for a construct. */
  public on(construct: IConstruct): ImdsPolicy {
    return (this.followsEnforcement ? policyOn(construct) : undefined) ?? this.policy;
  }
}
