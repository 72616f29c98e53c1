import type { JsonObject, ParameterLookup } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject, possibleValues } from '../model/intrinsics';
import { UNSET } from '../model/setting';
import type { Settings, WantedSettings } from '../model/settings';
import type { Dialect } from './dialects';
import type { Field } from './fields';
import { tokensField } from './fields';
import { mendPresent } from './keyed-block';
import type { Layer } from './layer';

/** The metadata of a restore: a map from names to texts. AWS Backup ignores the case of names. */
export class RestoreMetadata implements Dialect {
  public readonly title = 'restore metadata';
  public readonly scalar = false;
  public readonly field: Field = { ...tokensField('requireImdsV2', 'true'), accepts: value => typeof value !== 'object' && String(value).toLowerCase() === 'true' };
  public readonly fields = { tokens: this.field };

  public read(block: unknown, layer: Layer, parameters: ParameterLookup): Settings | undefined {
    if (isAbsent(block)) { return { tokens: UNSET }; }
    if (!isMap(block)) { return undefined; }
    const tokens = this.keysIn(block).flatMap(key => possibleValues(layer.resolve(block[key]), parameters));
    return { tokens: tokens.length > 0 ? tokens : UNSET };
  }

  public require(block: unknown, _wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown {
    const isUnset = isAbsent(block) || (isMap(block) && this.keysIn(block).length === 0);
    return isUnset
      ? { ...block as JsonObject | undefined, [this.field.key]: this.field.spell('required') }
      : this.requireWhereSet(block, layer, parameters);
  }

  public requireWhereSet(block: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (!isMap(block)) { return block; }
    const mended = this.keysIn(block).map(key => [key, mendPresent(this.field, block[key], layer, parameters)] as const);
    return mended.every(([key, value]) => value === block[key]) ? block : { ...block, ...Object.fromEntries(mended) };
  }

  private keysIn(block: JsonObject): string[] {
    return Object.keys(block).filter(key => key.toLowerCase() === this.field.key.toLowerCase());
  }
}

function isMap(block: unknown): block is JsonObject {
  return isObject(block) && !intrinsicName(block);
}
