import { intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { isKeptWhole } from './live-resource';
import { inside } from './path';
import type { BlockVisitor } from './rewrite-at';
import { rewriteAt } from './rewrite-at';

/** One place in the properties: its raw overrides, its rendered value, and the wanted value. */
export interface OverlaidPlace {
  /** The CloudFormation path of the place, below `Properties`. */
  readonly where: string;
  /** Whether the overrides contain this place. */
  readonly isThere: boolean;
  /** The override: `undefined` where it deletes. */
  readonly override: unknown;
  /** The rendered value now. */
  readonly effective: unknown;
  /** The wanted value. */
  readonly desired: unknown;
  /** The rendered value without overrides. */
  readonly base: unknown;
}

/** The changes in the blocks of an override. */
export interface OverlayVisitor {
  /** For overrides that replace: all wanted settings. */
  readonly replacing: BlockVisitor;
  /** For overrides that are merged: only the session tokens. */
  readonly merged: BlockVisitor;
}

/**
 * The raw override that renders the wanted value, with as few changes as possible.
 *
 * CDK merges an override into the user's properties key by key, but an intrinsic, an unresolved value, a list or a literal replaces the value. So the
 * first kind gets the missing keys, and the second is rewritten itself. A deletion remains for every key that it deleted. An unresolved value can do
 * either: as an object it is merged, and values below it remain.
 */
export function overlay(place: OverlaidPlace, path: readonly string[], layer: Layer, visitor: OverlayVisitor): unknown {
  const { override, effective, desired, where } = place;
  if (effective === desired) { return deferUnresolved(override, effective, path, layer, visitor, where); }
  if (layer.isUnresolved(override) && isMergedFunction(layer.resolve(override), effective)) {
    return layer.defer(override, (resolved, inner) => overlay({ ...place, override: resolved }, path, inner, visitor));
  }
  if (replacesWhatItMeets(place, layer)) { return rewritten(override, effective, path, layer, visitor, where); }
  // CDK leaves nothing of a function that something is merged into.
  if (!place.isThere && intrinsicName(effective) !== undefined) { return insteadOf(place.base, desired); }
  const [head, ...rest] = path;
  if (head === undefined) { return overlayValue(place, layer); }
  const merged = mergedInto(place, layer);
  for (const key of head === '[]' ? Object.keys(desired as object) : [head]) {
    const below = step(place, key, merged);
    if (below.effective !== below.desired) { merged[key] = overlay(below, rest, layer, visitor); }
  }
  return merged;
}

/** The same inside a block: down to the values that differ, so that no sibling of theirs is written as it renders now. */
function overlayValue(place: OverlaidPlace, layer: Layer): unknown {
  const { effective, desired, base } = place;
  const isMerged = isMergeable(desired) && (isMergeable(effective) || isAbsent(effective)) || isLongerList(effective, desired);
  if (!isMerged || replacesWhatItMeets(place, layer)) { return insteadOf(base, desired); }
  const merged = mergedInto(place, layer);
  for (const key of Object.keys(desired as object)) {
    const below = step(place, key, merged);
    if (below.effective !== below.desired) { merged[key] = overlayValue(below, layer); }
  }
  return merged;
}

/** A list into which an override by index can be merged. */
function isLongerList(effective: unknown, desired: unknown): boolean {
  return Array.isArray(effective) && Array.isArray(desired) && desired.length >= effective.length;
}

/** The override for the next level: a deletion continues key by key. */
function mergedInto(place: OverlaidPlace, layer: Layer): { [key: string]: unknown } {
  const { isThere, override, base } = place;
  return isThere && deletes(place, layer) ? deletionsOf(base) : { ...override as object | undefined };
}

/** An override that is right now, but an unresolved value on the way may change the result. */
function deferUnresolved(
  override: unknown, effective: unknown, path: readonly string[], layer: Layer, visitor: OverlayVisitor, where: string,
): unknown {
  if (layer.isUnresolved(override)) { return rewritten(override, effective, path, layer, visitor, where); }
  const [head, ...rest] = path;
  if (head === undefined || !isMergeable(override)) { return override; }
  const current = ownValue(override, head);
  const deferred = deferUnresolved(current, child(effective, head), rest, layer, visitor, inside(where, head));
  return deferred === current ? override : { ...override, [head]: deferred };
}

/** An override that is rewritten itself: a merged one gets the session tokens, and nothing that might be below it. */
function rewritten(
  override: unknown, effective: unknown, path: readonly string[], layer: Layer, { replacing, merged }: OverlayVisitor, where: string,
): unknown {
  const isWhole = path.length === 0 && replacing.scalar;
  if (!layer.isUnresolved(override) || isWhole) { return rewriteAt(override, path, layer, replacing, where); }
  return layer.defer(override, (resolved, inner) =>
    isMergedFunction(resolved, effective) ? resolved : rewriteAt(resolved, path, inner, isMergeable(resolved) ? merged : replacing, where));
}

function replacesWhatItMeets(place: OverlaidPlace, layer: Layer): boolean {
  if (deletes(place, layer)) { return false; }
  const { override, effective } = place;
  return layer.isUnresolved(override) || !isObject(override) || (intrinsicName(override) !== undefined && !isMergedFunction(override, effective));
}

/** Whether an override deletes the whole value: itself, or as an empty function, which CDK's merge removes. */
function deletes({ override, effective }: OverlaidPlace, layer: Layer): boolean {
  return isAbsent(layer.resolve(override)) || (isNothing(effective) && isObject(override) && isKeptWhole(override));
}

function isNothing(rendered: unknown): boolean {
  return rendered === undefined || (isObject(rendered) && Object.keys(rendered).length === 0);
}

/** Whether CDK merges an intrinsic like a plain object, key by key, so that the value stays next to it. */
function isMergedFunction(override: unknown, effective: unknown): boolean {
  const name = intrinsicName(override);
  return name !== undefined && !isKeptWhole(override as object) && intrinsicName(effective) !== name;
}

function isMergeable(value: unknown): value is { [key: string]: unknown } {
  return isObject(value) && intrinsicName(value) === undefined;
}

/** An override that deleted a whole place still deletes the existing value. CDK removes a function, but merges into one that has other keys next to it. */
function deletionsOf(base: unknown): { [key: string]: unknown } {
  const goesByItself = !isObject(base) || (intrinsicName(base) !== undefined && Object.keys(base).length === 1);
  return goesByItself ? {} : Object.fromEntries(Object.keys(base).map(key => [key, undefined]));
}

/** The override that, merged into the existing value, renders exactly the wanted value. */
function insteadOf(base: unknown, value: unknown): unknown {
  if (!isMergeable(base) || !isMergeable(value)) { return value; }
  const own = Object.entries(value).map(([key, inner]) => [key, insteadOf(base[key], inner)]);
  return { ...deletionsOf(base), ...Object.fromEntries(own) };
}

function step(place: OverlaidPlace, key: string, merged: { [key: string]: unknown }): OverlaidPlace {
  return {
    where: inside(place.where, key),
    isThere: Object.prototype.hasOwnProperty.call(merged, key),
    override: merged[key],
    effective: child(place.effective, key),
    desired: child(place.desired, key),
    base: child(place.base, key),
  };
}

function child(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
}
