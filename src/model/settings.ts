import type { Setting } from './setting';

/**
 * What can be set about the instance metadata service, in neutral words. Each dialect has its own names and values for them.
 *
 * - `tokens`: whether a session token is required, that is IMDSv2.
 * - `hopLimit`: how many network hops the token response may travel, 1-64.
 * - `endpoint`: whether the service answers at all.
 * - `ipv6`: whether it answers on IPv6 too.
 * - `tags`: whether it hands out the instance's tags.
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
