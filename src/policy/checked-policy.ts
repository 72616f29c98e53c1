import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ImdsPolicy } from './imds-policy';
import { policyOn } from './noted-policy';

/** The hop limits that a check is given. */
export interface CheckedHopLimits {
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
}

/** The hop limits for a check: its own, or else those of the enforcement of the scope. */
export class CheckedPolicy {
  private readonly policy: ImdsPolicy;
  private readonly followsEnforcement: boolean;

  /** @throws Error if EC2 does not accept a hop limit, or the least one is above the highest */
  public constructor({ containerHopLimit, maxHopLimit }: CheckedHopLimits) {
    this.policy = new ImdsPolicy({ containerHopLimit, maxHopLimit, leastContainerHopLimit: containerHopLimit }, value => Token.isUnresolved(value));
    this.followsEnforcement = containerHopLimit === undefined && maxHopLimit === undefined;
  }

  /** The policy that a construct is checked by. */
  public on(construct: IConstruct): ImdsPolicy {
    return (this.followsEnforcement ? policyOn(construct) : undefined) ?? this.policy;
  }
}
