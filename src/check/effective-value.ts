import type { Launch } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { LaunchReference } from '../resources/record';

/** A value that a setting may have in the end, and where it comes from. */
export interface EffectiveValue {
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  readonly value?: unknown;
  /** For tokens that are set: whether the value requires them. */
  readonly requires?: boolean;
  /** For tokens: the path of the property that turns the metadata service off, so that they do not matter. */
  readonly offBy?: string;
  readonly origin: ValueOrigin;
  /** The resource that it comes from, where that is another one. */
  readonly fromResource?: LaunchResource;
  /** The launches by way of which it was read, that of the launcher itself first. */
  readonly way?: readonly Launch[];
  /** For what an image brings: what is written, which leaves it open. An account default comes before an image, so this is no certainty. */
  readonly written?: EffectiveValue;
}

/** The origin of a value. */
export type ValueOrigin =
  /** A property of a resource, or the parameter that it refers to. */
  | { readonly kind: 'property' } & ValuePlace
  /** The same, where only the deployment knows what it says. */
  | { readonly kind: 'unresolved'; readonly reason?: string } & ValuePlace
  /** Nothing is written, so something else decides. */
  | { readonly kind: 'not written'; readonly type: string; readonly setting: SettingName }
  /** A service that sets it, or decides on it, in words. */
  | { readonly kind: 'service'; readonly words: string }
  /** The source is not in this app, or is only known at deployment. */
  | { readonly kind: 'outside'; readonly reference: LaunchReference; readonly name: string }
  | { readonly kind: 'unknown source'; readonly reference: LaunchReference; readonly reason: string }
  /** A version of a launch template that may differ from the template as it is now. Resources are named by their paths. */
  | { readonly kind: 'deployed version'; readonly reference: LaunchReference; readonly template: string; readonly versions: readonly Version[] }
  | { readonly kind: 'image'; readonly image: string }
  /** The resource is odd beyond reading. */
  | { readonly kind: 'error'; readonly type: string; readonly error: string };

/** A property, and the parameter that it refers to, if it is one. */
export interface ValuePlace {
  readonly path: string;
  readonly parameter?: string;
}

/** Whether a value of tokens lets IMDSv1 in. */
export function allowsImdsv1({ kind, requires, offBy }: EffectiveValue): boolean {
  return !requires && offBy === undefined && (kind === 'set' || kind === 'unset');
}

/** Whether a value leaves a setting to account defaults and images. */
export function isLeftOpen({ kind, offBy }: EffectiveValue): boolean {
  return kind === 'unset' && offBy === undefined;
}

/** A value without what an image makes of it. */
export function asWritten(value: EffectiveValue): EffectiveValue {
  return value.written ?? value;
}

/** Values, each once. */
export function distinct(values: readonly EffectiveValue[]): readonly EffectiveValue[] {
  return [...new Map(values.map(value => [keyOf(value), value])).values()];
}

/** The key that makes values different. Unset values differ by each place of a launch, because their images can differ. Set values differ by the sources. */
function keyOf({ kind, value, offBy, origin, way = [] }: EffectiveValue): string {
  const steps = way.map(({ where, source, versions, reference }) => [
    source.kind === 'resource' ? source.resource.path : source.kind, reference.target, kind === 'unset' ? where : versions.filter(followsChanges),
  ]);
  return JSON.stringify([kind, describeValue(value), offBy ?? origin, steps]);
}
