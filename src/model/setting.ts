import type { Duration } from 'aws-cdk-lib';
import { plainText } from './plain-text';
import { listed } from './words';

/**
 * A possible value of a setting in the deployed stack.
 *
 * - `set`: a literal.
 * - `unset`: nothing is written, the next level (template, account default, AMI) decides.
 * - `unknown`: known only at deployment; `reason` names the intrinsic.
 */
export type PossibleValue =
  | { readonly kind: 'set'; readonly value: unknown }
  | { readonly kind: 'unset' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** All values that a setting can have at deployment: one in plain templates, several with `Fn::If` and parameters. */
export type Setting = readonly PossibleValue[];

/** The value of an unset setting. */
export const UNSET: Setting = [{ kind: 'unset' }];

/** The maximum number of values of a setting. No setting in EC2 has as many valid values, so with more values, some of the first ones are wrong. */
const MAX_VALUES = 100;

/** Distinct values. If there are too many, one unknown value replaces the rest. */
export function distinctValues<Value extends PossibleValue>(
  values: readonly Value[], originOf?: (value: Value) => string,
): readonly (Value | PossibleValue)[] {
  if (values.length < 2) { return values; }
  const distinct = new Map<unknown, Value>();
  for (const value of values) {
    const key = keyOf(value, originOf?.(value) ?? '');
    if (distinct.has(key)) { continue; }
    if (distinct.size === MAX_VALUES) { return [...distinct.values(), { kind: 'unknown', reason: 'too many alternatives' }]; }
    distinct.set(key, value);
  }
  return distinct.size === values.length ? values : [...distinct.values()];
}

/** The key of a value for comparison. An object or a list is equal only to itself. */
function keyOf(possible: PossibleValue, origin: string): unknown {
  switch (possible.kind) {
    case 'set': return isPlain(possible.value) ? `${typeof possible.value} ${String(possible.value)} ${origin}` : possible.value;
    case 'unset': return `unset ${origin}`;
    case 'unknown': return `unknown ${possible.reason} ${origin}`;
  }
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Whether the setting is `value`, for all values of conditions and parameters. */
export function isAlways(setting: Setting, accepts: (value: unknown) => boolean): boolean {
  return setting.length > 0 && setting.every(possible => possible.kind === 'set' && accepts(possible.value));
}

/** The setting in words, for messages and tables: `'optional'`, `'required' or 'optional'`, `unset`, `unknown (Ref Tokens)`. */
export function describe(setting: Setting): string {
  const words = setting.map(possible => {
    switch (possible.kind) {
      case 'set': return describeValue(possible.value);
      case 'unset': return 'unset';
      case 'unknown': return `unknown (${possible.reason})`;
    }
  });
  return listed([...new Set(words)], ' or ');
}

/** A value in words: strings in single quotes, a `Duration` as a length of time, everything else as JSON. Long texts are shortened. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string': return `'${cut(value)}'`;
    case 'object': return cut(durationText(value) ?? jsonOf(value) ?? 'an object that cannot be shown');
    default: return cut(String(value));
  }
}

/** A `Duration` of any copy of aws-cdk-lib, as in `Duration of 3 days`. */
function durationText(value: object | null): string | undefined {
  const { toHumanString, toIsoString } = (value ?? {}) as Partial<Duration>;
  return typeof toHumanString === 'function' && typeof toIsoString === 'function' ? `Duration of ${toHumanString.call(value)}` : undefined;
}

/** The value as JSON. `undefined` if it contains itself or is nested too deeply. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return Array.isArray(value) ? 'a list that cannot be shown' : 'an object that cannot be shown';
  }
}

function cut(text: string): string {
  return plainText(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
