import type { WantedSettings } from '../model/settings';
import type { HopLimitProps } from './hop-limits';
import { HopLimits } from './hop-limits';

/** What a policy may ask for besides tokens; a property that is missing leaves the setting alone. */
export interface ImdsPolicyProps extends HopLimitProps {
  readonly httpEndpoint?: boolean;
  readonly httpProtocolIpv6?: boolean;
  readonly instanceMetadataTags?: boolean;
  readonly avoidReplacement?: boolean;
}

/** What must hold for every instance. */
export class ImdsPolicy {
  /** What to write where the user left a setting unset; the hop limit depends on what runs there. */
  public readonly wanted: Omit<WantedSettings, 'hopLimit'>;
  /** What to write where somebody else decides what is left unset. */
  public readonly tokensOnly: WantedSettings = { tokens: 'required' };
  /** How far tokens may travel. */
  public readonly hopLimits: HopLimits;
  /** Whether nothing is written that replaces a resource, or interrupts what runs. */
  public readonly avoidsReplacement: boolean;

  /**
   * @param props the settings that are wanted
   * @param isUnresolved tells whether CDK has yet to resolve a value
   * @throws Error if EC2 does not accept a value, or a hop limit is above the highest that is allowed
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
