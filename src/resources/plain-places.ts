import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject, mayBeAbsent, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { EVERY_ELEMENT, isNothing } from './path';
import type { Place } from './places';
import { placesFor } from './places';

/** What stands at the end of a path is not to be had by the short way: a list, a token or a function is on it. */
const BARRED = Symbol('barred');

/** What stands at the path as `placesFor()` finds it, conditions at its end handed over whole, and resolved. Most of what is asked for stands in plain objects. */
export function valuesAt(value: unknown, path: readonly string[], layer: Layer): readonly unknown[] {
  const plain = plainlyAt(value, path, layer);
  if (plain !== BARRED) { return isAbsent(plain) ? [] : [layer.resolve(plain)]; }
  return placesFor(value, path, layer, '', { scalar: true }).map(place => place.layer.resolve(place.value));
}

/** What stands at the path where plain objects alone lead there; its value is `undefined` where nothing does. */
export function plainAt(value: unknown, path: readonly string[], layer: Layer): Pick<Place, 'value' | 'layer'> | undefined {
  const plain = plainlyAt(value, path, layer);
  return plain === BARRED ? undefined : { value: plain ?? undefined, layer };
}

/** What stands at the path where plain objects alone lead there; see `isBarred()`. */
export function plainlyAt(value: unknown, path: readonly string[], layer: Layer): unknown {
  let current = value;
  for (let index = 0; index < path.length; index++) {
    const segment = path[index];
    if (isNothing(current)) { return undefined; }
    if (segment === EVERY_ELEMENT || !isObject(current) || layer.isUnresolved(current) || intrinsicName(current) !== undefined) { return BARRED; }
    current = ownValue(current, layer.name(segment));
  }
  return current;
}

/** A value with another one put at a path where nothing stands and plain objects alone lead: shallow copies are made along the path. */
export function putAt(value: unknown, path: readonly string[], layer: Layer, put: unknown): unknown {
  if (path.length === 0) { return put; }
  const [head, ...rest] = path;
  const name = layer.name(head);
  const holder = isNothing(value) ? undefined : value as JsonObject;
  return { ...holder, [name]: putAt(holder && ownValue(holder, name), rest, layer, put) };
}

/** Whether something is on the way that `plainlyAt()` cannot look behind. */
export function isBarred(found: unknown): boolean {
  return found === BARRED;
}

/** Whether nothing may stand at a path without lists: neither there nor in what should hold it, in some branch of a condition at least. */
export function mayLack(value: unknown, path: readonly string[], layer: Layer): boolean {
  const plain = plainlyAt(value, path, layer);
  if (plain !== BARRED) { return isNothing(plain) || mayBeLeftOut({ value: plain, layer }); }
  return placesFor(value, path, layer, '', { scalar: true, absent: 'counts' }).some(place => !place.isBarred && mayBeLeftOut(place));
}

function mayBeLeftOut({ value, layer }: Pick<Place, 'value' | 'layer'>): boolean {
  return !isCertainlyThere({ value, layer }) && mayBeAbsent(layer.resolve(value));
}

/** A quick look, before an object is resolved with all that is in it: what no key of it could make a function is there. */
function isCertainlyThere({ value, layer }: Pick<Place, 'value' | 'layer'>): boolean {
  return isObject(value) && !layer.isUnresolved(value) && Object.keys(value).every(key => key !== 'Ref' && key !== 'Fn::If' && !layer.isUnresolved(key));
}
