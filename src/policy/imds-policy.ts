import { describeValue } from '../model/setting';
import type { WantedSettings } from '../model/settings';

/** What a policy may ask for besides tokens; a property that is missing leaves the setting alone. */
export interface ImdsPolicyProps {
  readonly httpEndpoint?: boolean;
  readonly httpProtocolIpv6?: boolean;
  readonly httpPutResponseHopLimit?: number;
  readonly instanceMetadataTags?: boolean;
}

/** What must hold for every instance. */
export class ImdsPolicy {
  /** What to write where the user left a setting unset. */
  public readonly wanted: WantedSettings;
  /** What to write where a launch template decides what is left unset. */
  public readonly wantedOverTemplate: WantedSettings = { tokens: 'required' };
  /** Whether anything but tokens is wanted. */
  public readonly fillsSettings: boolean;

  /**
   * @param props the settings that are wanted
   * @param isToken tells a value that is known at deploy time only
   * @throws Error where a value is none that EC2 takes
   */
  public constructor(props: ImdsPolicyProps, isToken: (value: unknown) => boolean) {
    const { httpEndpoint, httpProtocolIpv6, httpPutResponseHopLimit, instanceMetadataTags } = props;
    if (!isToken(httpPutResponseHopLimit)) { checkHopLimit(httpPutResponseHopLimit); }
    checkSwitch('httpEndpoint', httpEndpoint);
    checkSwitch('httpProtocolIpv6', httpProtocolIpv6);
    checkSwitch('instanceMetadataTags', instanceMetadataTags);
    this.wanted = {
      tokens: 'required',
      hopLimit: httpPutResponseHopLimit,
      endpoint: httpEndpoint,
      ipv6: httpProtocolIpv6,
      tags: instanceMetadataTags,
    };
    this.fillsSettings = Object.values(this.wanted).filter(value => value !== undefined).length > 1;
  }
}

function checkHopLimit(value: unknown): void {
  if (value === undefined) { return; }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 64) {
    throw new Error(`httpPutResponseHopLimit must be a whole number from 1 to 64, got ${describeValue(value)}`);
  }
}

function checkSwitch(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') {
    throw new Error(`${name} must be true or false, got ${describeValue(value)}`);
  }
}
