import { hopsOf } from '../model/hop-limit';
import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isNoValue, mapBranches, possibleValues } from '../model/intrinsics';
import { isAlways } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { Layer } from './layer';

/** How one dialect says one setting. */
export interface Field {
  /** The CloudFormation property or option. */
  readonly key: string;
  /** The accepted values in words, for messages. */
  readonly accepted: string;
  /** The value without which the service takes no block, where nothing else is wanted. */
  readonly mandatory?: unknown;
  /** Whether a value is one that AWS takes; for `tokens`, whether it requires them. */
  accepts(value: unknown): boolean;
  /** A neutral value in the dialect's own spelling. */
  spell(value: unknown): unknown;
}

/** The fields of a dialect; a setting without one cannot be said in it. */
export type Fields = { readonly tokens: Field } & { readonly [name in SettingName]?: Field };

/** A field for `tokens` with one value that requires them, and other spellings of it that AWS takes as well. */
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

/** The hop limit; CloudFormation takes the number as a string too. */
export const HOP_LIMIT_FIELD: Field = {
  key: 'HttpPutResponseHopLimit',
  accepts: value => hopsOf(value) !== undefined,
  accepted: 'a whole number from 1 to 64',
  spell: value => value,
};

/** The value where it requires tokens whatever happens; a literal in its place where it does not, or may say otherwise later. */
export function requireValue(field: Field, value: unknown, layer: Layer, parameters: ParameterLookup): unknown {
  if (value === undefined) { return field.spell('required'); }
  const resolved = layer.resolve(value);
  const mayChange = layer.isUnresolved(value) && !intrinsicName(resolved);
  return !mayChange && isAlways(possibleValues(resolved, parameters), field.accepts) ? value : field.spell('required');
}

/** The value with `fill` where nothing stands, in every branch; the very same value where something does. */
export function fillAbsent(value: unknown, fill: unknown, layer: Layer): unknown {
  if (layer.isUnresolved(value)) {
    const isFilled = fillAbsent(layer.resolve(value), fill, layer.verbatim) === layer.resolve(value);
    return isFilled ? value : layer.defer(value, (resolved, inner) => fillAbsent(resolved, fill, inner));
  }
  if (isAbsent(value)) { return fill; }
  const branches = branchesOf(value);
  return branches ? mapBranches(value, branches, branch => fillAbsent(branch, fill, layer.verbatim)) : value;
}

/** The value with `replacement` where something stands, in every branch: what is left to the next level stays so. `null` leaves nothing to it, as AWS takes none. */
export function replacePresent(value: unknown, replacement: unknown, layer: Layer): unknown {
  const resolved = layer.resolve(value);
  const branches = branchesOf(resolved);
  if (branches) { return mapBranches(resolved, branches, branch => replacePresent(branch, replacement, layer.verbatim)); }
  return resolved === undefined || isNoValue(resolved) ? value : replacement;
}
