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

/** The settings of one block; a name that is missing is one that the dialect cannot say. */
export type Settings = { readonly [name in SettingName]?: Setting };

/** What should be written: tokens always, the others only where the user left them unset. */
export interface WantedSettings {
  readonly tokens: 'required';
  readonly hopLimit?: number;
  readonly endpoint?: boolean;
  readonly ipv6?: boolean;
  readonly tags?: boolean;
}
