import { intrinsicName, possibleValues } from '../model/intrinsics';
import type { Setting } from '../model/setting';
import { UNSET } from '../model/setting';
import { parsePath } from '../resources/path';
import type { Carrier, PropertyValues } from '../resources/record';
import type { LaunchResource } from './world';

/** The value of a property without lists, for all conditions; unset if there is none. */
export function settingAt(resource: LaunchResource, path: string): Setting {
  const segments = parsePath(path);
  const values = resource.at(segments, true).flatMap(({ value, layer, where, isBarred }): Setting => {
    if (isBarred) { return intrinsicName(layer.resolve(value)) ? [{ kind: 'unknown', reason: where }] : []; }
    return possibleValues(layer.resolve(value), resource.stack.parameters);
  });
  return values.length === 0 || resource.mayLack(segments) ? [...values.filter(({ kind }) => kind !== 'unset'), ...UNSET] : values;
}

/** Whether a property has one of some values for certain. */
export function certainlyHas({ path, values }: PropertyValues, resource: LaunchResource): boolean {
  return settingAt(resource, path).every(possible => possible.kind === 'set' && values.some(value => value === possible.value));
}

/** Whether a property may have one of some values. */
export function mayHave({ path, values }: PropertyValues, resource: LaunchResource): boolean {
  return settingAt(resource, path).some(possible => possible.kind === 'unknown' || (possible.kind === 'set' && values.some(value => value === possible.value)));
}

/** Whether the options in a place may count for a resource: some services look at them in some cases only. */
export function mayCount({ countsWith }: Carrier, resource: LaunchResource): boolean {
  return countsWith === undefined || mayHave(countsWith, resource);
}
