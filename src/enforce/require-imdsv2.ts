import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Mixin, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ImdsPolicy } from '../policy/imds-policy';
import { Enforcer } from './enforcer';
import { Reporter } from './reporter';

/**
 * What to set besides requiring tokens.
 *
 * A property fills the setting where it is unset, on the types that have it; what is set stays as it is.
 * An instance with a launch template leaves it to the template.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export interface RequireImdsv2Props {
  /**
   * Whether the metadata service answers at all. `false` cuts an instance off from its role credentials, user data and SSH key.
   *
   * @default - left as it is
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the metadata service answers on IPv6 too, at `fd00:ec2::254`. For Nitro instance types in a subnet with IPv6.
   *
   * @default - left as it is
   */
  readonly httpProtocolIpv6?: boolean;

  /**
   * How many network hops the token response may travel, 1 to 64.
   *
   * 1 reaches processes on the instance, 2 containers on a bridge network as well: set it for container hosts, since a limit of 1
   * cuts their containers off once tokens are required.
   *
   * @default - left as it is: the account or the AMI decides, else 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the metadata service hands out the tags of the instance. Their keys must not contain spaces or `/` then, or the launch fails.
   *
   * @default - left as it is
   */
  readonly instanceMetadataTags?: boolean;
}

/**
 * Requires IMDSv2 on everything that launches EC2 instances: as a mixin on single constructs, as an aspect on whole trees.
 *
 * It writes `HttpTokens: required`, or what a service has in its place, into the resources that hold metadata options, in place:
 * it adds no resource, and leaves every other setting as it is. What it cannot set, and what a deployment would replace because of it,
 * it says in a warning that can be acknowledged.
 *
 * As an aspect it does not enter stages, and runs at the priority that it is added with; `Imdsv2.enforce()` sees to both.
 * As a mixin it works at once: what is written later stands.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class RequireImdsv2 extends Mixin implements IAspect {
  private readonly enforcer: Enforcer;
  private readonly reporter = new Reporter();

  /**
   * @param props what to set besides requiring tokens
   * @throws Error where a property is not one that EC2 takes, such as a hop limit of 65
   */
  public constructor(props: RequireImdsv2Props = {}) {
    super();
    this.enforcer = new Enforcer(new ImdsPolicy(props, value => Token.isUnresolved(value)));
  }

  /** Whether the construct is a resource that has metadata options, or launches instances. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && this.enforcer.concerns(construct);
  }

  /** Requires IMDSv2 on one resource. */
  public applyTo(construct: IConstruct): void {
    if (!CfnResource.isCfnResource(construct) || !this.enforcer.concerns(construct)) { return; }
    const outcome = this.enforcer.enforce(construct);
    this.reporter.reportReplacements(construct, outcome);
    this.reporter.reportFindings(construct, outcome);
  }

  /** Requires IMDSv2 on every resource that the aspect comes by. */
  public visit(node: IConstruct): void {
    this.applyTo(node);
  }
}
