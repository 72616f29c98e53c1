import type { Setting } from './setting';

/**
 * The settings of the instance metadata service, with neutral names. Each dialect has its own names and values for them.
 *
 * - `tokens`: whether a session token is required, which means IMDSv2.
 * - `hopLimit`: the number of network hops that the token response can travel, 1 to 64.
 * - `endpoint`: whether the service is enabled.
 * - `ipv6`: whether the service is also available on IPv6.
 * - `tags`: whether the service returns the tags of the instance.
 */
export type SettingName = 'tokens' | 'hopLimit' | 'endpoint' | 'ipv6' | 'tags';

/** The settings of one block. If a name is missing, the dialect does not have it. */
export type Settings = { readonly [name in SettingName]?: Setting };

/** The settings to write: tokens always, the others only if they are unset. */
export interface WantedSettings {
  readonly tokens: 'required';
  readonly hopLimit?: number;
  readonly endpoint?: boolean;
  readonly ipv6?: boolean;
  readonly tags?: boolean;
}
