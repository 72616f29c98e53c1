import { BOOLEAN, HOP_LIMIT, oneOf, orUnresolved } from '../model/kinds';
import type { Shape } from '../model/props';
import { DefaultHttpTokens } from './default-http-tokens';

/**
 * The metadata options that instances get at launch where neither the launch nor a launch template sets them, in every Region that they are set for.
 *
 * They reach new launches alone: instances that run keep what they have. There is no default for the IPv6 endpoint.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export interface ImdsDefaultsProps {
  /**
   * Whether requests to the metadata service have to bring a session token, which is what IMDSv2 is.
   *
   * @default DefaultHttpTokens.REQUIRED
   */
  readonly httpTokens?: DefaultHttpTokens;

  /**
   * Whether EC2 refuses to launch an instance that would answer IMDSv1, and refuses to let an existing one answer it again.
   *
   * `true` needs `httpTokens` to be required. It breaks each launch that asks for `optional` tokens, so it is warned of as `Imdsv2::CutsOffImdsv1`.
   *
   * @default - no preference, so such launches go through
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * How many network hops the token response may travel, 1 to 64. 1 reaches processes on the instance, 2 containers on a bridge network as well.
   *
   * @default - no preference, so the AMI decides, and else it is 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the metadata service answers at all. Without it an instance has no role credentials, user data or SSH key.
   *
   * @default - no preference, so it answers
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the metadata service hands out the tags of the instance. A launch then fails with a tag key that has a space or a `/`.
   *
   * @default - no preference, so it does not
   */
  readonly instanceMetadataTags?: boolean;
}

/** What the properties may be. */
export const DEFAULTS: Shape<ImdsDefaultsProps> = {
  httpTokens: orUnresolved(oneOf(DefaultHttpTokens)),
  httpTokensEnforced: BOOLEAN,
  httpPutResponseHopLimit: orUnresolved(HOP_LIMIT),
  httpEndpoint: BOOLEAN,
  instanceMetadataTags: BOOLEAN,
};
