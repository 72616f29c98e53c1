import type { Launch } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { describeValue } from '../model/setting';

/** A value that a setting may have in the end, and where it comes from. */
export interface EffectiveValue {
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  readonly value?: unknown;
  /** For tokens that are set: whether the value requires them. */
  readonly requires?: boolean;
  /** For tokens: whether the metadata service is off, so that it does not matter. */
  readonly isOff?: boolean;
  readonly from: string;
  /** The resource that it comes from, where that is another one. */
  readonly fromResource?: LaunchResource;
  /** For what is left open: the launches by way of which it was read. */
  readonly via?: readonly Launch[];
  /** For what an image brings: what is written, which leaves it open. An account default comes before an image, so this is no certainty. */
  readonly written?: EffectiveValue;
}

/** Whether a value of tokens lets IMDSv1 in. */
export function allowsImdsv1({ kind, requires, isOff: off }: EffectiveValue): boolean {
  return !requires && !off && (kind === 'set' || kind === 'unset');
}

/** Whether a value leaves a setting to account defaults and images. */
export function isLeftOpen({ kind, isOff: off }: EffectiveValue): boolean {
  return kind === 'unset' && !off;
}

/** A value without what an image makes of it. */
export function asWritten(value: EffectiveValue): EffectiveValue {
  return value.written ?? value;
}

/** Values, each once. */
export function distinct(values: readonly EffectiveValue[]): readonly EffectiveValue[] {
  return [...new Map(values.map(value => [keyOf(value), value])).values()];
}

function keyOf({ kind, value, from, via = [] }: EffectiveValue): string {
  const way = via.map(({ where, source }) => [where, source.kind === 'resource' && source.resource.path]);
  return JSON.stringify([kind, describeValue(value), from, way]);
}
