import { HOP_LIMIT, checkValue } from '../model/kinds';

/** The hop limits that a user gives. */
export interface HopLimitProps {
  readonly httpPutResponseHopLimit?: number;
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
  /** The least that is accepted on a container host; 2 where it is not given, or `containerHopLimit` where that is less. */
  readonly leastContainerHopLimit?: number;
}

/** The software on instances that matters for hop limits. */
export interface Host {
  readonly isContainerHost: boolean;
  /** The hop limits that users set by hand; `undefined` is one that the policy decides. */
  readonly hopLimits: readonly (number | undefined)[];
}

/** The hop limits of a host. */
export interface HostHopLimits {
  /** The value to fill in for an unset hop limit, or nothing if it stays unset. */
  readonly fill: number | undefined;
  /** The least that is accepted, where containers run. */
  readonly least: number | undefined;
  /** The most that is accepted. */
  readonly most: number;
}

/** How far tokens may travel. */
export class HopLimits {
  /** What containers on a bridge network need. */
  public static readonly OF_CONTAINERS = 2;
  /** The default of the highest hop limit that is accepted. */
  public static readonly DEFAULT_MAX = HopLimits.OF_CONTAINERS;

  /** Those of a host that runs no containers, as most do. */
  public readonly withoutContainers: HostHopLimits;

  private readonly byDefault: number | undefined;
  private readonly container: number;
  private readonly leastContainer: number;
  private readonly max: number;

  /**
   * @param props the hop limits from the user
   * @param isUnresolved tells whether CDK has not resolved a value yet
   * @throws Error if EC2 does not accept one, or one is above the highest that is allowed
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

  /** The hop limits of a host. If several users set one by hand, the highest counts. */
  public of({ isContainerHost, hopLimits }: Host): HostHopLimits {
    if (!isContainerHost && hopLimits.length === 0) { return this.withoutContainers; }
    const orAsked = (byPolicy: number) => hopLimits.length > 0 ? Math.max(...hopLimits.map(asked => asked ?? byPolicy)) : byPolicy;
    return {
      fill: isContainerHost ? orAsked(this.container) : this.byDefault,
      least: isContainerHost ? orAsked(this.leastContainer) : undefined,
      most: Math.max(this.max, orAsked(this.max)),
    };
  }
}

function checkMaximum(name: string, limit: number | undefined, max: number): void {
  if (limit !== undefined && limit > max) { throw new Error(`${name} must be at most maxHopLimit, which is ${max}, got ${limit}`); }
}
