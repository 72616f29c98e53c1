import type { JsonObject, ParameterLookup } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject, ownValue, possibleValues } from '../model/intrinsics';
import { UNSET } from '../model/setting';
import type { Setting } from '../model/setting';
import type { SettingName, Settings, WantedSettings } from '../model/settings';
import type { Field, Fields } from './fields';
import { fillAbsent, replacePresent, requireValue } from './fields';
import type { Layer } from './layer';
import { typedName } from './live-layer';

/** Whether a value is a literal that is accepted for a setting: no token and no function is. */
export type LiteralTest = (name: SettingName, field: Field, value: unknown) => boolean;

/** A setting, and how it is written. */
interface Entry {
  readonly name: SettingName;
  readonly field: Field;
}

/** Fields side by side in one JSON object, as in `MetadataOptions`. */
export class KeyedBlock {
  private readonly entries: readonly Entry[];
  /** The entries by their names in a template, and by their names in L1s. */
  private readonly byKey: ReadonlyMap<string, Entry>;

  public constructor(private readonly fields: Fields) {
    this.entries = (Object.entries(fields) as [SettingName, Field][]).map(([name, field]) => ({ name, field }));
    this.byKey = new Map(this.entries.flatMap(entry => [entry.field.key, typedName(entry.field.key)].map(key => [key, entry] as const)));
  }

  /** The settings of the block, or `undefined` if it is not a block: an unknown intrinsic, or not an object. */
  public read(block: unknown, layer: Layer, parameters: ParameterLookup): Settings | undefined {
    if (!isReadable(block)) { return undefined; }
    const settings: { [name in SettingName]?: Setting } = {};
    for (const { name, field } of this.entries) {
      const value = isAbsent(block) ? undefined : ownValue(block as JsonObject, layer.name(field.key));
      settings[name] = value === undefined ? UNSET : possibleValues(layer.resolve(value), parameters);
    }
    return settings;
  }

  /** Whether the block is an object that sets tokens, with only accepted literals. */
  public holds(block: unknown, layer: Layer, accepts: LiteralTest): boolean {
    if (!isObject(block) || layer.isUnresolved(block)) { return false; }
    let speaksOfTokens = false;
    const keys = Object.keys(block);
    for (let index = 0; index < keys.length; index++) {
      const value = block[keys[index]];
      if (value === undefined) { continue; }
      const entry = this.byKey.get(keys[index]);
      if (!entry || layer.name(entry.field.key) !== keys[index] || !accepts(entry.name, entry.field, value)) { return false; }
      if (entry.name === 'tokens') { speaksOfTokens = true; }
    }
    return speaksOfTokens;
  }

  /** The block with required tokens, and the other wanted settings if they are unset. If nothing changes, it returns the same object. */
  public require(block: unknown, wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown {
    if (!isReadable(block)) { return block; }
    const current = isAbsent(block) ? {} : block as JsonObject;
    const changes: { [key: string]: unknown } = {};
    for (let index = 0; index < this.entries.length; index++) {
      const { name, field } = this.entries[index];
      if (wanted[name] === undefined) { continue; }
      const key = layer.name(field.key);
      const value = ownValue(current, key);
      const next = name === 'tokens'
        ? requireValue(field, value, layer, parameters)
        : fillAbsent(value, field.spell(wanted[name]), layer);
      if (next !== value) { changes[key] = next; }
    }
    return Object.keys(changes).length === 0 ? block : { ...current, ...changes };
  }

  /** The block with required tokens wherever it sets them. Unset tokens stay with the launch template. */
  public requireWhereSet(block: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (isAbsent(block) || !isReadable(block)) { return block; }
    const field = this.fields.tokens;
    const key = layer.name(field.key);
    const value = ownValue(block as JsonObject, key);
    const mended = mendPresent(field, value, layer, parameters);
    return mended === value ? block : { ...block as JsonObject, [key]: mended };
  }
}

function isReadable(block: unknown): boolean {
  return isAbsent(block) || (isObject(block) && !intrinsicName(block));
}

/** The value with required tokens in every branch that sets them. */
export function mendPresent(field: Field, value: unknown, layer: Layer, parameters: ParameterLookup): unknown {
  if (layer.isUnresolved(value)) {
    return layer.defer(value, (resolved, inner) => mendPresent(field, resolved, inner, parameters));
  }
  const isFine = possibleValues(layer.resolve(value), parameters)
    .every(possible => possible.kind === 'unset' || (possible.kind === 'set' && field.accepts(possible.value)));
  return isFine ? value : replacePresent(value, field.spell('required'), layer);
}
