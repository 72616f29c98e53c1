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
   * The hop limit that the containers need, 1 to 64, instead of `containerHopLimit`: 3 for Docker in Docker, 1 if pods must not use the role of
   * their node.
   *
   * @default - `containerHopLimit` of the enforcement
   */
  readonly hopLimit?: number;
}

/**
 * Declares that containers run on the instances of a resource, or that none do. It overrides what enforcement finds.
 *
 * On a launch template or a launch configuration, it applies to everything that launches from it. On a launcher, such as a group, it applies to
 * what the group launches from. A declaration on a template overrides one on a launcher. With several launchers, the highest limit counts. It
 * writes nothing itself and changes no value that you set: it tells enforcement which hop limit to set and to expect.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
 */
export class ContainerHost extends Mixin {
  /** Declares that no containers that need instance metadata run on the instances. */
  public static no(): ContainerHost {
    const host = new ContainerHost();
    host.mark = { isContainerHost: false };
    return host;
  }

  private mark: ContainerMark;

  /**
   * @param props the hop limit, where it is not that of `containerHopLimit`
   * @throws Error if the hop limit is not one that EC2 accepts
   */
  public constructor(props: ContainerHostProps = {}) {
    super();
    this.mark = { isContainerHost: true, hopLimit: checked(props, { hopLimit: HOP_LIMIT }).hopLimit };
  }

  /** Whether the construct is a resource that launches instances, or that others launch from. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && hasToDoWithLaunches(LiveResource.typeOf(construct));
  }

  /** Stores the declaration for enforcement. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    markAs(construct, this.mark);
  }
}


