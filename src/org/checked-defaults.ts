import { Token } from 'aws-cdk-lib';
import { describeValue } from '../model/setting';
import { DefaultHttpTokens } from './default-http-tokens';
import type { ImdsDefaultsProps } from './defaults-props';

/** The parameters of `ModifyInstanceMetadataDefaults`; missing ones are not managed. */
export interface AccountDefaults {
  readonly HttpTokens: string;
  readonly HttpTokensEnforced?: string;
  readonly HttpPutResponseHopLimit?: number;
  readonly HttpEndpoint?: string;
  readonly InstanceMetadataTags?: string;
}

/**
 * The defaults as parameters of EC2's API.
 *
 * @throws Error if EC2 does not accept a value, or IMDSv2 is enforced and not required
 */
export function checkedDefaults(props: ImdsDefaultsProps): AccountDefaults {
  const { httpTokens = DefaultHttpTokens.REQUIRED, httpTokensEnforced, httpPutResponseHopLimit, httpEndpoint, instanceMetadataTags } = props;
  const defaults = {
    HttpTokens: httpTokens,
    HttpTokensEnforced: switchOf(httpTokensEnforced),
    HttpPutResponseHopLimit: httpPutResponseHopLimit,
    HttpEndpoint: switchOf(httpEndpoint),
    InstanceMetadataTags: switchOf(instanceMetadataTags),
  };
  if (httpTokensEnforced && httpTokens !== DefaultHttpTokens.REQUIRED && !Token.isUnresolved(httpTokens)) {
    throw new Error(`httpTokens must be 'required' where httpTokensEnforced is true, got ${describeValue(httpTokens)}`);
  }
  return defaults;
}

function switchOf(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'enabled' : 'disabled';
}
