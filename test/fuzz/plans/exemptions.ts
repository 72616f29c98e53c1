import * as fc from 'fast-check';
import type { Level } from './apps';
import { NAME, TODAY } from './names';

/** The time of an exemption: in the code before or after enforcement, or in an aspect with a priority. */
export type Moment = 'before' | 'after' | number;

/** The exempt rules: the one about tokens, all that can be exempt, or another one. */
export type Exempted = 'tokens' | 'all' | 'another';

export interface UserExemption {
  readonly at: Level;
  /** Whether each resource with options below the scope is exempt itself, instead of the scope. */
  readonly isEach: boolean;
  readonly by: 'ImdsExemption' | 'acknowledge';
  readonly of: Exempted;
  readonly moment: Moment;
  readonly reason: string;
  readonly expires?: string;
}

/** The rules of each exemption. */
export const EXEMPTED: { readonly [of in Exempted]: readonly string[] } = {
  tokens: ['Imdsv2::TokensRequired'],
  another: ['Imdsv2::HopLimitTooHigh'],
  all: [
    'TokensRequired', 'OptionsUnreadable', 'ValueNotAccepted', 'OptionsIgnored', 'CannotBeSet', 'ReplacesResource', 'ReplacesFollower', 'VersionNotFollowed',
    'LatestNotLookedUp', 'LaunchSourceUnknown', 'ContainerHopLimit', 'HopLimitTooHigh', 'UserDataCallsImdsv1',
  ].map(name => `Imdsv2::${name}`),
};

const MOMENT = fc.oneof(fc.constantFrom<Moment>('before', 'after'), fc.constantFrom<Moment>(0, 100, 200, 201, 500, 998, 1500));

/** The exemptions of a part of an app, in both forms, permanent or with an end. */
export function exemption(level: fc.Arbitrary<Level>): fc.Arbitrary<UserExemption> {
  const common = {
    at: level,
    isEach: fc.boolean(),
    of: fc.constantFrom<Exempted>('tokens', 'tokens', 'all', 'another'),
    moment: MOMENT,
    reason: NAME.map(name => `because ${name}`),
  };
  const expires = fc.constantFrom('2025-12-31', TODAY, '2026-01-16', '2026-02-01', '2030-01-01');
  return fc.oneof(
    fc.record({ ...common, by: fc.constant('ImdsExemption' as const), expires }, { requiredKeys: ['at', 'isEach', 'by', 'of', 'moment', 'reason'] }),
    fc.record({ ...common, by: fc.constant('acknowledge' as const) }),
  );
}
