import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject, mayBeAbsent, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { EVERY_ELEMENT, isNothing } from './path';
import type { Place } from './places';
import { placesFor } from './places';

/** Stands for a value that is not reached through plain objects only, because a list, a token or a function is on the path. */
const BARRED = Symbol('barred');

/** The resolved values at a path. A condition at its end is not split into branches. Most values are in plain objects, which is the fast case. */
export function valuesAt(value: unknown, path: readonly string[], layer: Layer): readonly unknown[] {
  const plain = plainValueAt(value, path, layer);
  if (plain !== BARRED) { return isAbsent(plain) ? [] : [layer.resolve(plain)]; }
  return placesFor(value, path, layer, '', { scalar: true }).map(place => place.layer.resolve(place.value));
}

/** The value at a path that leads only through plain objects; `undefined` as the value if there is none. */
export function plainAt(value: unknown, path: readonly string[], layer: Layer): Pick<Place, 'value' | 'layer'> | undefined {
  const plain = plainValueAt(value, path, layer);
  return plain === BARRED ? undefined : { value: plain ?? undefined, layer };
}

/** The value at a path through plain objects. Check the result with `isBarred()`. */
export function plainValueAt(value: unknown, path: readonly string[], layer: Layer): unknown {
  let current = value;
  for (let index = 0; index < path.length; index++) {
    const segment = path[index];
    if (isNothing(current)) { return undefined; }
    if (segment === EVERY_ELEMENT || !isObject(current) || layer.isUnresolved(current) || intrinsicName(current) !== undefined) { return BARRED; }
    current = ownValue(current, layer.name(segment));
  }
  return current;
}

/** A copy of a value with another value at a path. Only plain objects may be on the path, and nothing at its end. Only the objects on the path are copied. */
export function putAt(value: unknown, path: readonly string[], layer: Layer, put: unknown): unknown {
  if (path.length === 0) { return put; }
  const [head, ...rest] = path;
  const name = layer.name(head);
  const holder = isNothing(value) ? undefined : value as JsonObject;
  return { ...holder, [name]: putAt(holder && ownValue(holder, name), rest, layer, put) };
}

/** Whether a result of `plainValueAt()` means that a list, a token or a function is on the path. */
export function isBarred(found: unknown): boolean {
  return found === BARRED;
}

/** Whether a path without lists may have no value, because it or a parent is missing, in at least one branch of a condition. */
export function mayLack(value: unknown, path: readonly string[], layer: Layer): boolean {
  const plain = plainValueAt(value, path, layer);
  if (plain !== BARRED) { return isNothing(plain) || mayBeLeftOut({ value: plain, layer }); }
  return placesFor(value, path, layer, '', { scalar: true, absent: 'counts' }).some(place => !place.isBarred && mayBeLeftOut(place));
}

function mayBeLeftOut({ value, layer }: Pick<Place, 'value' | 'layer'>): boolean {
  return !isCertainlyThere({ value, layer }) && mayBeAbsent(layer.resolve(value));
}

/** A fast check before an object is resolved with all its contents: the value exists, and no key makes it a function. */
function isCertainlyThere({ value, layer }: Pick<Place, 'value' | 'layer'>): boolean {
  return isObject(value) && !layer.isUnresolved(value) && Object.keys(value).every(key => key !== 'Ref' && key !== 'Fn::If' && !layer.isUnresolved(key));
}
