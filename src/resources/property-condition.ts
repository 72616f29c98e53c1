import { branchesOf, isAbsent, isObject, ownValue } from '../model/intrinsics';
import { parsePath } from './paths';
import type { PropertyCondition } from './record';

/** Whether a condition holds in one branch of the properties at least. */
export function mayHold(when: PropertyCondition, properties: unknown): boolean {
  const paths = [when.present, when.absent, when.unless?.path].filter(path => path !== undefined);
  const variants = paths.reduce((all, path) => all.flatMap(variant => variantsAt(variant, parsePath(path))), [properties]);
  return variants.some(variant => holds(when, variant));
}

function holds(when: PropertyCondition, properties: unknown): boolean {
  const isThere = (path: string) => !isAbsent(valueAt(properties, path)) && !isEmptyList(valueAt(properties, path));
  return (when.present === undefined || isThere(when.present))
    && (when.absent === undefined || !isThere(when.absent))
    && (when.unless === undefined || !when.unless.values.some(value => value === valueAt(properties, when.unless!.path)));
}

/** What a value may be, with the conditions on a path through it decided one way or the other. */
function variantsAt(value: unknown, path: readonly string[]): unknown[] {
  const branches = branchesOf(value);
  if (branches) { return [...variantsAt(branches.whenTrue, path), ...variantsAt(branches.whenFalse, path)]; }
  if (path.length === 0 || !isObject(value)) { return [value]; }
  const [head, ...rest] = path;
  const current = ownValue(value, head);
  return variantsAt(current, rest).map(child => child === current ? value : { ...value, [head]: child });
}

/** The value at a path without lists; `undefined` where the way there is barred. */
export function valueAt(properties: unknown, path: string): unknown {
  return parsePath(path).reduce<unknown>(
    (value, name) => isObject(value) && !branchesOf(value) ? ownValue(value, name) : undefined,
    properties,
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
