import type { Launch } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { LaunchReference } from '../resources/record';

/** A value that a setting of the instances may have, and its origin. */
export interface EffectiveValue {
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  readonly value?: unknown;
  /** For tokens that are set: whether the value requires them. */
  readonly requires?: boolean;
  /** For tokens: the path of the property that disables the metadata service. Then tokens do not matter. */
  readonly offBy?: string;
  readonly origin: ValueOrigin;
  /** The resource that the value is inherited from. */
  readonly fromResource?: LaunchResource;
  /** The launches that pass the value on. The launch of the launcher itself is the first one. */
  readonly through?: readonly Launch[];
  /** For the value of an image: the unset value in the template. An account default overrides the image, so the value of the image is not certain. */
  readonly written?: EffectiveValue;
}

/** The origin of a value. */
export type ValueOrigin =
  /** A property of a resource, or the parameter that it refers to. */
  | { readonly kind: 'property' } & ValuePlace
  /** The same, but its value is known only at deployment. */
  | { readonly kind: 'unresolved'; readonly reason?: string } & ValuePlace
  /** The setting is not written, so something else decides. */
  | { readonly kind: 'not written'; readonly type: string; readonly setting: SettingName }
  /** A service sets or decides it. `words` describes this. */
  | { readonly kind: 'service'; readonly words: string }
  /** The source is not in this app, or is only known at deployment. */
  | { readonly kind: 'outside'; readonly reference: LaunchReference; readonly name: string }
  | { readonly kind: 'unknown source'; readonly reference: LaunchReference; readonly reason: string }
  /** A version of a launch template that may differ from the current template. `template` is the path of its resource. */
  | { readonly kind: 'deployed version'; readonly reference: LaunchReference; readonly template: string; readonly versions: readonly Version[] }
  | { readonly kind: 'image'; readonly image: string }
  /** The resource could not be read. */
  | { readonly kind: 'error'; readonly type: string; readonly error: string };

/** The path of a property, and the parameter that it refers to, if there is one. */
export interface ValuePlace {
  readonly path: string;
  readonly parameter?: string;
}

/** Whether a value of tokens allows IMDSv1. */
export function allowsImdsv1({ kind, requires, offBy }: EffectiveValue): boolean {
  return !requires && offBy === undefined && (kind === 'set' || kind === 'unset');
}

/** Whether account defaults and images decide a setting, because it is unset. */
export function isLeftOpen({ kind, offBy }: EffectiveValue): boolean {
  return kind === 'unset' && offBy === undefined;
}

/** The value in the template, without the value of an image. */
export function asWritten(value: EffectiveValue): EffectiveValue {
  return value.written ?? value;
}

/** Values, each once. */
export function distinct(values: readonly EffectiveValue[]): readonly EffectiveValue[] {
  return [...new Map(values.map(value => [keyOf(value), value])).values()];
}

/** The key of a value. Equal keys are the same value. Unset values differ by the place of a launch, because their images can differ. Set values differ by the source. */
function keyOf({ kind, value, offBy, origin, through = [] }: EffectiveValue): string {
  const steps = through.map(({ where, source, versions, reference }) => [
    source.kind === 'resource' ? source.resource.path : source.kind, reference.target, kind === 'unset' ? where : versions.filter(followsChanges),
  ]);
  return JSON.stringify([kind, describeValue(value), offBy ?? origin, steps]);
}
