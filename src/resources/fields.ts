import { hopsOf } from '../model/hop-limit';
import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isNoValue, mapBranches, possibleValues } from '../model/intrinsics';
import { isAlways } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { Layer } from './layer';

/** The form of one setting in one dialect. */
export interface Field {
  /** The CloudFormation property or option. */
  readonly key: string;
  /** The accepted values in words, for messages. */
  readonly accepted: string;
  /** A value that the service requires in a block, if no other is wanted. */
  readonly mandatory?: unknown;
  /** Whether AWS accepts a value; for `tokens`, whether the value requires them. */
  accepts(value: unknown): boolean;
  /** A neutral value in the dialect's own spelling. */
  spell(value: unknown): unknown;
}

/** The fields of a dialect. A setting without a field does not exist in it. */
export type Fields = { readonly tokens: Field } & { readonly [name in SettingName]?: Field };

/** A field for `tokens` with one value that requires them, and other spellings that AWS also accepts. */
export function tokensField(key: string, required: unknown, ...alsoAccepted: readonly unknown[]): Field {
  const accepted = [required, ...alsoAccepted];
  return {
    key,
    accepts: value => accepted.includes(value),
    accepted: typeof required === 'string' ? `'${required}'` : String(required),
    spell: () => required,
  };
}

/** A field that is `enabled` or `disabled`. */
export function switchField(key: string): Field {
  return {
    key,
    accepts: value => value === 'enabled' || value === 'disabled',
    accepted: "'enabled' or 'disabled'",
    spell: value => value ? 'enabled' : 'disabled',
  };
}

/** The hop limit. CloudFormation also accepts the number as a string. */
export const HOP_LIMIT_FIELD: Field = {
  key: 'HttpPutResponseHopLimit',
  accepts: value => hopsOf(value) !== undefined,
  accepted: 'a whole number from 1 to 64',
  spell: value => value,
};

/** The value, if it requires tokens in any case; otherwise, or if it may change later, the literal. */
export function requireValue(field: Field, value: unknown, layer: Layer, parameters: ParameterLookup): unknown {
  if (value === undefined) { return field.spell('required'); }
  const resolved = layer.resolve(value);
  const mayChange = layer.isUnresolved(value) && !intrinsicName(resolved);
  return !mayChange && isAlways(possibleValues(resolved, parameters), field.accepts) ? value : field.spell('required');
}

/** The value with `fill` in every branch without a value. If nothing changes, it returns the same object. */
export function fillAbsent(value: unknown, fill: unknown, layer: Layer): unknown {
  if (layer.isUnresolved(value)) {
    const isFilled = fillAbsent(layer.resolve(value), fill, layer.verbatim) === layer.resolve(value);
    return isFilled ? value : layer.defer(value, (resolved, inner) => fillAbsent(resolved, fill, inner));
  }
  if (isAbsent(value)) { return fill; }
  const branches = branchesOf(value);
  return branches ? mapBranches(value, branches, branch => fillAbsent(branch, fill, layer.verbatim)) : value;
}

/** The value with `replacement` in every branch with a value; unset branches stay unset. `null` counts as a value, because no service accepts it. */
export function replacePresent(value: unknown, replacement: unknown, layer: Layer): unknown {
  const resolved = layer.resolve(value);
  const branches = branchesOf(resolved);
  if (branches) { return mapBranches(resolved, branches, branch => replacePresent(branch, replacement, layer.verbatim)); }
  return resolved === undefined || isNoValue(resolved) ? value : replacement;
}
