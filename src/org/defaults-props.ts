import { BOOLEAN, HOP_LIMIT, oneOf, orUnresolved } from '../model/kinds';
import type { Shape } from '../model/props';
import { DefaultHttpTokens } from './default-http-tokens';

/**
 * The metadata options of new instances if neither the launch nor a launch template sets them, in each Region of the resource.
 *
 * They apply only to new launches: running instances keep their options. There is no default for the IPv6 endpoint.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export interface ImdsDefaultsProps {
  /**
   * Whether requests to the metadata service need a session token (IMDSv2).
   *
   * @default DefaultHttpTokens.REQUIRED
   */
  readonly httpTokens?: DefaultHttpTokens;

  /**
   * Whether EC2 refuses to launch an instance that allows IMDSv1, or to allow IMDSv1 again on an existing one.
   *
   * `true` needs `httpTokens` to be required. Each launch that sets `optional` tokens then fails, and there is the warning `Imdsv2::CutsOffImdsv1`.
   *
   * @default - no preference: EC2 allows such launches
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * How many network hops the response with the token can travel, 1 to 64. With 1, it reaches processes on the instance; with 2, also containers
   * on a bridge network.
   *
   * @default - no preference: the AMI decides, otherwise 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the metadata service is enabled. Without it, an instance gets no role credentials, user data or SSH key.
   *
   * @default - no preference: it is enabled
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the metadata contains the tags of the instance. A launch then fails with a tag key that has a space or a `/`.
   *
   * @default - no preference: it does not
   */
  readonly instanceMetadataTags?: boolean;
}

/** The accepted values of the properties. */
export const DEFAULTS: Shape<ImdsDefaultsProps> = {
  httpTokens: orUnresolved(oneOf(DefaultHttpTokens)),
  httpTokensEnforced: BOOLEAN,
  httpPutResponseHopLimit: orUnresolved(HOP_LIMIT),
  httpEndpoint: BOOLEAN,
  instanceMetadataTags: BOOLEAN,
};
