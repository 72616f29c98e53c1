import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, HOP_LIMIT, checkValue } from '../model/kinds';
import { checked } from '../model/props';
import { LiveResource } from '../resources/live-resource';
import { hasToDoWithLaunches } from '../resources/record-table';
import type { ContainerMark } from './container-mark';
import { markAs } from './container-mark';

/** Options of `ContainerHost`. */
export interface ContainerHostProps {
  /**
   * The hop limit that its containers need, 1 to 64, in place of `containerHopLimit`: 3 for Docker in Docker, 1 to keep pods off the role of
   * their node.
   *
   * @default - `containerHopLimit` of the enforcement
   */
  readonly hopLimit?: number;
}

/**
 * Says by hand that containers run on the instances of a resource, or that none do, whatever enforcement would find out.
 *
 * On a launch template or a launch configuration it holds for all that launches from it; on a launcher, such as a group, for what that
 * launches from. What is said of a template counts before what is said of a launcher, and of several launchers the highest limit counts.
 * It writes nothing by itself, and what you set stays: it tells enforcement which hop limit to fill in and to expect.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
 */
export class ContainerHost extends Mixin {
  /** Says that no containers run there that need instance metadata. */
  public static no(): ContainerHost {
    const host = new ContainerHost();
    host.mark = { isContainerHost: false };
    return host;
  }

  private mark: ContainerMark;

  /**
   * @param props the hop limit, where it is not that of `containerHopLimit`
   * @throws Error where the hop limit is not one that EC2 takes
   */
  public constructor(props: ContainerHostProps = {}) {
    super();
    this.mark = { isContainerHost: true, hopLimit: checked(props, { hopLimit: HOP_LIMIT }).hopLimit };
  }

  /** Whether the construct is a resource that launches instances, or that is launched from. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && hasToDoWithLaunches(LiveResource.typeOf(construct));
  }

  /** Notes it for enforcement. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    markAs(construct, this.mark);
  }
}


