import { Token } from 'aws-cdk-lib';
import { BOOLEAN, HOP_LIMIT, TEXT, instance, known, orUnresolved } from '../model/kinds';
import type { Shape } from '../model/props';
import { checked } from '../model/props';
import { Exemptions, todayOf } from '../policy/exemptions';
import { ImdsPolicy } from '../policy/imds-policy';
import { Enforcer } from './enforcer';
import { Readiness } from './readiness';
import type { RequireImdsv2Props } from './require-imdsv2';

const LIMIT = orUnresolved(HOP_LIMIT);

/** The allowed properties. */
const SHAPE: Shape<RequireImdsv2Props> = {
  avoidReplacement: BOOLEAN,
  containerHopLimit: LIMIT,
  httpEndpoint: BOOLEAN,
  httpProtocolIpv6: BOOLEAN,
  httpPutResponseHopLimit: LIMIT,
  instanceMetadataTags: BOOLEAN,
  maxHopLimit: HOP_LIMIT,
  onlyWhereReady: instance('an ImdsUsage', value => '_index' in value),
  today: known(TEXT),
};

/** The objects that the properties of a user result in. */
export class Enforcement {
  /** @throws Error if a property is unknown, or not one that EC2 accepts */
  public static of(props: RequireImdsv2Props): Enforcement {
    const exemptions = new Exemptions(todayOf(checked(props, SHAPE).today));
    const policy = new ImdsPolicy(props, value => Token.isUnresolved(value));
    const readiness = props.onlyWhereReady && new Readiness(props.onlyWhereReady);
    return new Enforcement(new Enforcer(policy, exemptions, readiness), exemptions, policy);
  }

  private constructor(public readonly enforcer: Enforcer, public readonly exemptions: Exemptions, public readonly policy: ImdsPolicy) {}
}
