import type { JsonObject } from '../model/intrinsics';
import { EVERY_ELEMENT } from './path';

/** The path leads through a list, a function, or a value that is not an object. */
export const NOT_PLAIN = Symbol('not plain');

/**
 * The value at a path in a template, if only plain objects lead there; `undefined` if there is none.
 *
 * It is for questions about every resource: it calls nothing else and creates nothing. `placesFor()` finds more.
 */
export function renderedAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (let index = 0; current !== undefined && index < path.length; index++) {
    if (path[index] === EVERY_ELEMENT || !isPlainObject(current)) { return NOT_PLAIN; }
    current = current[path[index]];
  }
  return current;
}

/** Whether a value is a JSON object and certainly not a function. */
export function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return false; }
  for (const key in value) {
    if (key === 'Ref' || key.startsWith('Fn::')) { return false; }
  }
  return true;
}

/** The argument of an intrinsic function, if the value is only this function. */
export function argumentOf(value: unknown, intrinsic: 'Ref' | 'Fn::GetAtt' | 'Fn::Base64'): unknown {
  if (typeof value !== 'object' || value === null) { return undefined; }
  for (const key in value) {
    if (key !== intrinsic) { return undefined; }
  }
  return (value as JsonObject)[intrinsic];
}
