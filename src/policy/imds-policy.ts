import type { WantedSettings } from '../model/settings';
import type { HopLimitProps } from './hop-limits';
import { HopLimits } from './hop-limits';

/** The requirements of a policy in addition to tokens. A missing property does not change the setting. */
export interface ImdsPolicyProps extends HopLimitProps {
  readonly httpEndpoint?: boolean;
  readonly httpProtocolIpv6?: boolean;
  readonly instanceMetadataTags?: boolean;
  readonly avoidReplacement?: boolean;
}

/** The requirements for every instance. */
export class ImdsPolicy {
  /** The values to write into unset settings. The hop limit depends on the software. */
  public readonly wanted: Omit<WantedSettings, 'hopLimit'>;
  /** The values to write if another source decides unset settings. */
  public readonly tokensOnly: WantedSettings = { tokens: 'required' };
  /** The hop limits. */
  public readonly hopLimits: HopLimits;
  /** Whether enforcement writes nothing that replaces a resource or interrupts running instances. */
  public readonly avoidsReplacement: boolean;

  /**
   * @param props the wanted settings
   * @param isUnresolved returns whether a value is an unresolved token
   * @throws Error if EC2 does not accept a value, or a hop limit is above the maximum
   */
  public constructor(props: ImdsPolicyProps, isUnresolved: (value: unknown) => boolean) {
    const { httpEndpoint, httpProtocolIpv6, instanceMetadataTags } = props;
    this.avoidsReplacement = props.avoidReplacement ?? false;
    this.hopLimits = new HopLimits(props, isUnresolved);
    this.wanted = {
      tokens: 'required',
      endpoint: httpEndpoint,
      ipv6: httpProtocolIpv6,
      tags: instanceMetadataTags,
    };
  }
}
