import { Token } from 'aws-cdk-lib';
import { Exemptions, todayOf } from '../policy/exemptions';
import { ImdsPolicy } from '../policy/imds-policy';
import { Enforcer } from './enforcer';
import type { RequireImdsv2Props } from './require-imdsv2';

/** What the properties of a user come to. */
export class Enforcement {
  /** @throws Error where a property is not one that EC2 takes */
  public static of(props: RequireImdsv2Props): Enforcement {
    const exemptions = new Exemptions(todayOf(props.today));
    const policy = new ImdsPolicy(props, value => Token.isUnresolved(value));
    return new Enforcement(new Enforcer(policy, exemptions), exemptions, policy);
  }

  private constructor(public readonly enforcer: Enforcer, public readonly exemptions: Exemptions, public readonly policy: ImdsPolicy) {}
}
