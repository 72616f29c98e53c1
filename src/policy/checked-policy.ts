import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Memo } from '../model/memo';
import { ImdsPolicy } from './imds-policy';
import { policyOn } from './noted-policy';

/** The hop limits of a check. */
export interface CheckedHopLimits {
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
}

/** The policy of a check. Each hop limit that the check does not give is that of the enforcement of the scope. */
export class CheckedPolicy {
  private readonly policy: ImdsPolicy;
  private readonly isGiven: boolean;
  /** The policies with hop limits of the check, by the enforced policy. */
  private readonly mixed = new Memo((enforced: ImdsPolicy) => this.over(enforced));

  /** @throws Error if EC2 does not accept a hop limit, or the minimum is above the maximum */
  public constructor(private readonly given: CheckedHopLimits) {
    this.policy = policyOf(given);
    this.isGiven = given.containerHopLimit !== undefined || given.maxHopLimit !== undefined;
  }

  /** The policy for a construct. */
  public on(construct: IConstruct): ImdsPolicy {
    const enforced = policyOn(construct);
    if (!enforced) { return this.policy; }
    return this.isGiven ? this.mixed.of(enforced) : enforced;
  }

  /** The hop limits of the check, and those of enforcement where the check gives none. */
  private over({ hopLimits }: ImdsPolicy): ImdsPolicy {
    const { containerHopLimit, maxHopLimit } = this.given;
    if (Token.isUnresolved(containerHopLimit)) { return this.policy; }
    const { least } = hopLimits.of({ isContainerHost: true, hopLimits: [] });
    const max = maxHopLimit ?? Math.max(hopLimits.withoutContainers.most, containerHopLimit ?? 0);
    return policyOf({ containerHopLimit: containerHopLimit ?? Math.min(least!, max), maxHopLimit: max });
  }
}

function policyOf({ containerHopLimit, maxHopLimit }: CheckedHopLimits): ImdsPolicy {
  return new ImdsPolicy({ containerHopLimit, maxHopLimit, leastContainerHopLimit: containerHopLimit }, value => Token.isUnresolved(value));
}
