import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, checkValue } from '../model/kinds';
import type { ImdsUsage } from '../usage/imds-usage';
import { Enforcement } from './enforcement';
import type { Enforcer } from './enforcer';
import { Pass } from './pass';

/**
 * What to set besides requiring tokens.
 *
 * A property fills the setting where it is unset, on the types that have it; what is set stays as it is.
 * An instance leaves it to its launch template where that says it, or gets it and replaces the instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export interface RequireImdsv2Props {
  /**
   * Whether enforcement leaves alone what a deployment could only replace, or would interrupt.
   *
   * `true` writes tokens where that happens in place. It does not change launch configurations, fleets, WorkSpaces and security configurations,
   * nor a launch template whose new version replaces an instance, a fleet or the running instances of a group. What is left is reported with what would have been
   * written.
   *
   * @default false - tokens are required everywhere, and what a deployment replaces is announced
   */
  readonly avoidReplacement?: boolean;

  /**
   * The hop limit of container hosts, 1 to 64, in place of `httpPutResponseHopLimit`.
   *
   * A container host is what an ECS capacity provider, an EKS node group, a Batch compute environment or a container pipeline of Image Builder
   * launches, what configures an ECS or Kubernetes agent or starts from an image that is made for one, and what `ContainerHost` was applied to.
   *
   * @default - 2, or `httpPutResponseHopLimit` where that is more
   */
  readonly containerHopLimit?: number;

  /**
   * Whether the metadata service answers at all. `false` cuts an instance off from its role credentials, user data and SSH key, so it is not
   * written where a resource has any of them, unless `Imdsv2::EndpointNeeded` is acknowledged there.
   *
   * @default - left as it is
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the metadata service answers on IPv6 too, at `fd00:ec2::254`.
   *
   * `true` is written only where every instance type is known to be a Nitro one, and no subnet is known to be without IPv6.
   *
   * @default - left as it is
   */
  readonly httpProtocolIpv6?: boolean;

  /**
   * How many network hops the token response may travel, 1 to 64.
   *
   * 1 reaches processes on the instance, 2 containers on a bridge network as well. Container hosts get `containerHopLimit` instead.
   *
   * @default - left as it is: the account or the AMI decides, else 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the metadata service hands out the tags of the instance.
   *
   * `true` is written only where every tag key is allowed there: one with a space or a `/` would make the launch fail.
   *
   * @default - left as it is
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * The highest hop limit that is not reported, 1 to 64. Container hosts may have what `ContainerHost` asks for.
   *
   * It has to be known at synthesis, and must not be below `httpPutResponseHopLimit` and `containerHopLimit`, which is 2 by default.
   *
   * @default - 2, or the highest hop limit among these properties where that is more
   */
  readonly maxHopLimit?: number;

  /**
   * Who still uses IMDSv1, as a collector found it: what is not ready to require IMDSv2 is left as it is, with a warning that names who.
   *
   * Tokens are required where the record says that its launchers are ready, or require them already, and where none of its instances ran while somebody watched.
   * A launch template waits for all that launches from it. Run the same app again with a newer record, and more is required.
   *
   * @default - tokens are required everywhere
   */
  readonly onlyWhereReady?: ImdsUsage;

  /**
   * The date on which exemptions are evaluated, as `YYYY-MM-DD`: what expired before it no longer holds.
   *
   * @default - the date of the synthesis, in UTC
   */
  readonly today?: string;
}

/**
 * Requires IMDSv2 on everything that launches EC2 instances: as a mixin on single constructs, as an aspect on whole trees.
 *
 * It writes `HttpTokens: required`, or what a service has in its place, into the resources that hold metadata options, in place:
 * it adds no resource, and leaves every other setting as it is, but for the hop limit of container hosts where it is unset. What it cannot set, and what a deployment would replace because of it,
 * it says in a warning that can be acknowledged.
 *
 * As an aspect it does not enter stages, and runs at the priority that it is added with; `Imdsv2.enforce()` sees to both.
 * As a mixin it works at once: what is written later stands.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class RequireImdsv2 extends Mixin implements IAspect {
  private readonly enforcer: Enforcer;
  private readonly pass: Pass;

  /**
   * @param props what to set besides requiring tokens
   * @throws Error where a property is not one that EC2 takes, such as a hop limit of 65, or one above `maxHopLimit`, or where `today` is no date
   */
  public constructor(props: RequireImdsv2Props = {}) {
    super();
    const { enforcer, exemptions } = Enforcement.of(props);
    this.enforcer = enforcer;
    this.pass = new Pass(enforcer, exemptions, 'user');
  }

  /** Whether the construct is a resource that has metadata options, or launches instances, and is not exempted. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && this.enforcer.concerns(construct);
  }

  /** Requires IMDSv2 on one resource. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    this.pass.visit(construct);
  }

  /** Requires IMDSv2 on every resource that the aspect comes by. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    this.pass.visit(node);
  }
}
