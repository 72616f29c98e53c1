import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, checkValue } from '../model/kinds';
import type { ImdsUsage } from '../usage/imds-usage';
import { Enforcement } from './enforcement';
import type { Enforcer } from './enforcer';
import { Pass } from './pass';

/**
 * The settings that enforcement writes in addition to required tokens.
 *
 * A property sets an option that you left unset, on the types that have it. It never changes an option that you set. If the launch template of an
 * instance has the option, or gets it and so replaces the instance, the instance itself does not get it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export interface RequireImdsv2Props {
  /**
   * Whether enforcement does not change resources that a deployment would replace or interrupt.
   *
   * `true` requires tokens only where this is a change in place. It does not change launch configurations, fleets, WorkSpaces and security
   * configurations, and launch templates whose new version replaces an instance, a fleet or the running instances of a group. It reports these
   * resources.
   *
   * @default false - tokens are required everywhere, and a warning announces each replacement
   */
  readonly avoidReplacement?: boolean;

  /**
   * The hop limit of container hosts, 1 to 64, instead of `httpPutResponseHopLimit`.
   *
   * A container host is a resource that an ECS capacity provider, an EKS node group, a Batch compute environment or a container pipeline of Image
   * Builder launches from, that configures an ECS or Kubernetes agent or uses an image for one, or that has `ContainerHost` applied.
   *
   * @default - 2, or `httpPutResponseHopLimit` if that is higher
   */
  readonly containerHopLimit?: number;

  /**
   * Whether the metadata service is enabled. With `false`, an instance gets no role credentials, user data or SSH key. So enforcement does not
   * write it if a resource has one of them, unless you acknowledge `Imdsv2::EndpointNeeded`.
   *
   * @default - not set
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the metadata service answers on IPv6 too, at `fd00:ec2::254`.
   *
   * `true` is written only if every instance type is a known Nitro type, and no subnet is known to be without IPv6.
   *
   * @default - not set
   */
  readonly httpProtocolIpv6?: boolean;

  /**
   * The number of network hops that the token response can travel, 1 to 64.
   *
   * 1 reaches processes on the instance, 2 also reaches containers on a bridge network. Container hosts get `containerHopLimit` instead.
   *
   * @default - not set: the account or the AMI decides, otherwise 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the metadata contains the tags of the instance.
   *
   * `true` is written only if every tag key is allowed there: one with a space or a `/` would make the launch fail.
   *
   * @default - not set
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * The highest hop limit that is not reported, 1 to 64. Container hosts can have the hop limit of their `ContainerHost`.
   *
   * It must be known at synthesis, and must not be below `httpPutResponseHopLimit` and `containerHopLimit`, which is 2 by default.
   *
   * @default - 2, or the highest hop limit among these properties if that is higher
   */
  readonly maxHopLimit?: number;

  /**
   * The usage record of a monitor, which shows what still uses IMDSv1. Enforcement does not change a resource that is not ready to require IMDSv2,
   * and warns about it.
   *
   * Enforcement requires tokens if the launchers of the resource are ready or already require them according to the record, or if the resource had no
   * instances while it was monitored. A launch template waits for everything that launches from it. To continue, synthesize the same app again with a
   * newer record.
   *
   * @default - tokens are required everywhere
   */
  readonly onlyWhereReady?: ImdsUsage;

  /**
   * The date for which exemptions are evaluated, as `YYYY-MM-DD`.
   *
   * @default - the date of the synthesis, in UTC
   */
  readonly today?: string;
}

/**
 * Requires IMDSv2 on everything that launches EC2 instances, as a mixin for single constructs or as an aspect for whole scopes.
 *
 * It writes `HttpTokens: required`, or the equivalent property of a service, to the resources that have metadata options. It adds no resource and
 * changes no other setting, except an unset hop limit of container hosts. If it cannot require IMDSv2, or if a deployment replaces a resource
 * because of it, it adds a warning that you can acknowledge.
 *
 * As an aspect, it does not visit stages, and runs with the priority that you add it with. `Imdsv2.enforce()` handles both. As a mixin, it works
 * at once, and does not correct later changes.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class RequireImdsv2 extends Mixin implements IAspect {
  private readonly enforcer: Enforcer;
  private readonly pass: Pass;

  /**
   * @param props settings to write in addition to required tokens
   * @throws Error if a property is not one that EC2 accepts, such as a hop limit of 65, or one above `maxHopLimit`, or if `today` is not a date
   */
  public constructor(props: RequireImdsv2Props = {}) {
    super();
    const { enforcer, exemptions } = Enforcement.of(props);
    this.enforcer = enforcer;
    this.pass = new Pass(enforcer, exemptions, 'user');
  }

  /** Whether the construct is a resource that has metadata options or launches instances, and is not exempt. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && this.enforcer.concerns(construct);
  }

  /** Requires IMDSv2 on one resource. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    this.pass.visit(construct);
  }

  /** Requires IMDSv2 on a resource that the aspect visits. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    this.pass.visit(node);
  }
}
