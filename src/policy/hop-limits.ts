import { HOP_LIMIT, checkValue } from '../model/kinds';

/** The hop limits that a user gives. */
export interface HopLimitProps {
  readonly httpPutResponseHopLimit?: number;
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
  /** The minimum on a container host. By default 2, or `containerHopLimit` if that is lower. */
  readonly leastContainerHopLimit?: number;
}

/** The software on instances that matters for hop limits. */
export interface Host {
  readonly isContainerHost: boolean;
  /** The hop limits that users set themselves. The policy decides those that are `undefined`. */
  readonly hopLimits: readonly (number | undefined)[];
}

/** The hop limits of a host. */
export interface HostHopLimits {
  /** The value to fill in for an unset hop limit. `undefined` if it stays unset. */
  readonly fill: number | undefined;
  /** The minimum, for a container host. */
  readonly least: number | undefined;
  /** The maximum. */
  readonly most: number;
}

/** The hop limits of a policy: the number of network hops that token responses can travel. */
export class HopLimits {
  /** The hop limit that containers on a bridge network need. */
  public static readonly OF_CONTAINERS = 2;
  /** The default of the maximum. */
  public static readonly DEFAULT_MAX = HopLimits.OF_CONTAINERS;

  /** The hop limits of a host without containers, which most hosts are. */
  public readonly withoutContainers: HostHopLimits;

  private readonly byDefault: number | undefined;
  private readonly container: number;
  private readonly leastContainer: number;
  private readonly max: number;

  /**
   * @param props the hop limits from the user
   * @param isUnresolved returns whether a value is an unresolved token
   * @throws Error if EC2 does not accept a hop limit, or one is above the maximum
   */
  public constructor(props: HopLimitProps, isUnresolved: (value: unknown) => boolean) {
    const { httpPutResponseHopLimit, containerHopLimit, maxHopLimit, leastContainerHopLimit } = props;
    for (const [name, value] of Object.entries({ httpPutResponseHopLimit, containerHopLimit })) {
      if (!isUnresolved(value)) { checkValue(name, value, HOP_LIMIT); }
    }
    checkValue('maxHopLimit', maxHopLimit, HOP_LIMIT);
    const known = [httpPutResponseHopLimit, containerHopLimit].filter((limit): limit is number => limit !== undefined && !isUnresolved(limit));
    this.byDefault = httpPutResponseHopLimit;
    this.container = containerHopLimit ?? Math.max(HopLimits.OF_CONTAINERS, ...known);
    this.max = maxHopLimit ?? Math.max(HopLimits.DEFAULT_MAX, ...known);
    const leastByDefault = isUnresolved(containerHopLimit) ? HopLimits.OF_CONTAINERS : Math.min(HopLimits.OF_CONTAINERS, this.container);
    this.leastContainer = leastContainerHopLimit ?? leastByDefault;
    checkMaximum('httpPutResponseHopLimit', httpPutResponseHopLimit, this.max);
    checkMaximum(containerHopLimit === undefined ? 'containerHopLimit, by default,' : 'containerHopLimit', this.container, this.max);
    this.withoutContainers = { fill: this.byDefault, least: undefined, most: this.max };
  }

  /** The hop limits of a host. If users set several, the highest counts. */
  public of({ isContainerHost, hopLimits }: Host): HostHopLimits {
    if (!isContainerHost && hopLimits.length === 0) { return this.withoutContainers; }
    const orDeclared = (byPolicy: number) => hopLimits.length > 0 ? Math.max(...hopLimits.map(declared => declared ?? byPolicy)) : byPolicy;
    return {
      fill: isContainerHost ? orDeclared(this.container) : this.byDefault,
      least: isContainerHost ? orDeclared(this.leastContainer) : undefined,
      most: Math.max(this.max, orDeclared(this.max)),
    };
  }
}

function checkMaximum(name: string, limit: number | undefined, max: number): void {
  if (limit !== undefined && limit > max) { throw new Error(`${name} must be at most maxHopLimit, which is ${max}, got ${limit}`); }
}
