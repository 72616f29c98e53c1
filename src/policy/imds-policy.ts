import { checkBooleans } from '../model/boolean';
import { checkHopLimit } from '../model/hop-limit';
import type { WantedSettings } from '../model/settings';

/** What a policy may ask for besides tokens; a property that is missing leaves the setting alone. */
export interface ImdsPolicyProps {
  readonly httpEndpoint?: boolean;
  readonly httpProtocolIpv6?: boolean;
  readonly httpPutResponseHopLimit?: number;
  readonly instanceMetadataTags?: boolean;
  readonly containerHopLimit?: number;
  readonly maxHopLimit?: number;
  /** The least that is accepted on a container host; 2 where it is not given, or `containerHopLimit` where that is less. */
  readonly leastContainerHopLimit?: number;
}

/** The hop limit that containers on a bridge network need. */
export const CONTAINER_HOPS = 2;

/** What must hold for every instance. */
export class ImdsPolicy {
  /** What to write where the user left a setting unset. */
  public readonly wanted: WantedSettings;
  /** What to write where somebody else decides what is left unset. */
  public readonly tokensOnly: WantedSettings = { tokens: 'required' };
  /** The hop limit of container hosts. */
  public readonly containerHopLimit: number;
  /** The least hop limit that a container host may have. */
  public readonly leastContainerHopLimit: number;
  /** The highest hop limit that anything may have. */
  public readonly maxHopLimit: number;

  /**
   * @param props the settings that are wanted
   * @param isUnresolved tells whether CDK has yet to resolve a value
   * @throws Error where EC2 does not accept a value, or a hop limit is above the highest that is allowed
   */
  public constructor(props: ImdsPolicyProps, isUnresolved: (value: unknown) => boolean) {
    const { httpEndpoint, httpProtocolIpv6, instanceMetadataTags } = props;
    const { httpPutResponseHopLimit, containerHopLimit, maxHopLimit, leastContainerHopLimit } = props;
    for (const [name, value] of Object.entries({ httpPutResponseHopLimit, containerHopLimit })) {
      if (!isUnresolved(value)) { checkHopLimit(name, value); }
    }
    if (isUnresolved(maxHopLimit)) { throw new Error('maxHopLimit must be known at synthesis, got an unresolved value'); }
    checkHopLimit('maxHopLimit', maxHopLimit);
    checkBooleans(props, ['httpEndpoint', 'httpProtocolIpv6', 'instanceMetadataTags']);
    const given = [httpPutResponseHopLimit, containerHopLimit].filter((limit): limit is number => limit !== undefined && !isUnresolved(limit));
    this.containerHopLimit = containerHopLimit ?? Math.max(CONTAINER_HOPS, ...given);
    this.maxHopLimit = maxHopLimit ?? Math.max(CONTAINER_HOPS, ...given);
    const leastByDefault = isUnresolved(containerHopLimit) ? CONTAINER_HOPS : Math.min(CONTAINER_HOPS, this.containerHopLimit);
    this.leastContainerHopLimit = leastContainerHopLimit ?? leastByDefault;
    checkMaximum('httpPutResponseHopLimit', httpPutResponseHopLimit, this.maxHopLimit);
    checkMaximum(containerHopLimit === undefined ? 'containerHopLimit, by default,' : 'containerHopLimit', this.containerHopLimit, this.maxHopLimit);
    this.wanted = {
      tokens: 'required',
      hopLimit: httpPutResponseHopLimit,
      endpoint: httpEndpoint,
      ipv6: httpProtocolIpv6,
      tags: instanceMetadataTags,
    };
  }
}

function checkMaximum(name: string, limit: number | undefined, max: number): void {
  if (limit !== undefined && limit > max) { throw new Error(`${name} must be at most maxHopLimit, which is ${max}, got ${limit}`); }
}
