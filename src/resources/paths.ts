import type { Branches } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, mapBranches, mayBeAbsent, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';

/** The segment that stands for every element of a list. */
const EVERY_ELEMENT = '[]';

/** How deep conditions may be nested in each other: nobody writes more, and the call stack is finite. */
const MAX_CONDITIONS = 1000;

/** What to do with what stands at the end of a path, and with what bars the way to it. */
export interface BlockVisitor {
  /** Whether the block is a single value: conditions in it are the visitor's to read. */
  readonly scalar: boolean;
  /** Whether an object that should hold the block may be made up where it is missing. */
  readonly createsParents: boolean;
  /** The value that should stand here; the very same value leaves all as it is. */
  block(value: unknown, layer: Layer, where: string): unknown;
  /** Something on the way is neither an object nor a list: an unknown intrinsic, or a mistake. */
  barred(value: unknown, where: string): void;
}

/** Something that stands at a path. */
export interface Place {
  readonly value: unknown;
  readonly layer: Layer;
  readonly where: string;
  /** Whether the value stands on the way to the path, and nobody can look behind it. */
  readonly isBarred?: boolean;
}

/** A path such as `LaunchTemplateConfigs[].Overrides[].MetadataOptions`, taken apart. */
export function parsePath(path: string): readonly string[] {
  return path.split('.').flatMap(part => part.endsWith(EVERY_ELEMENT) ? [part.slice(0, -2), EVERY_ELEMENT] : [part]);
}

/** The written path up to its last name, the dot included. */
export function before(where: string): string {
  return where.slice(0, where.lastIndexOf('.') + 1);
}

/**
 * The value with every block at the path rewritten: each branch of a condition, each element of a list, and, where nothing stands yet, a new one.
 * Shallow copies are made along the path only, and only where something changes.
 */
export function rewriteAt(value: unknown, path: readonly string[], layer: Layer, visitor: BlockVisitor, where = '', depth = 0): unknown {
  if (layer.isToken(value) && !(path.length === 0 && visitor.scalar)) {
    return layer.defer(value, (resolved, inner) => rewriteAt(resolved, path, inner, visitor, where, depth));
  }
  if (path.length === 0 && visitor.scalar) { return visitor.block(value, layer, where); }
  const branches = branchesOf(value);
  if (branches) {
    return rewriteBranches(value, branches, where, visitor, depth, branch => rewriteAt(branch, path, layer.verbatim, visitor, where, depth + 1));
  }
  if (path.length === 0) { return visitor.block(value, layer, where); }
  const [head, ...rest] = path;
  return head === EVERY_ELEMENT
    ? rewriteElements(value, rest, layer, visitor, where)
    : rewriteProperty(value, head, rest, layer, visitor, where);
}

/** All that stands at the path, in each branch of a condition and each element of a list; `scalar` hands conditions at its end over whole. */
export function placesAt(value: unknown, path: readonly string[], layer: Layer, where = '', scalar = false): Place[] {
  const places: Place[] = [];
  rewriteAt(value, path, layer, {
    scalar,
    createsParents: false,
    block: (block, inner, at) => {
      if (!isAbsent(block)) { places.push({ value: block, layer: inner, where: at }); }
      return block;
    },
    barred: (barrier, at) => { if (!isAbsent(barrier)) { places.push({ value: barrier, layer, where: at, isBarred: true }); } },
  }, where);
  return places;
}

/** Whether nothing may stand at a path without lists: neither there nor in what should hold it, in some branch of a condition at least. */
export function mayLack(value: unknown, path: readonly string[], layer: Layer): boolean {
  let lacks = false;
  rewriteAt(value, path, layer, {
    scalar: true,
    createsParents: true,
    block: (block, inner) => {
      lacks ||= mayBeAbsent(inner.resolve(block));
      return block;
    },
    barred: () => undefined,
  });
  return lacks;
}

/** Both branches of a condition, unless conditions are nested too deep to be looked through. */
function rewriteBranches(
  value: unknown, branches: Branches, where: string, visitor: BlockVisitor, depth: number, rewrite: (branch: unknown) => unknown,
): unknown {
  if (depth < MAX_CONDITIONS) { return mapBranches(value, branches, rewrite); }
  visitor.barred(value, where);
  return value;
}

function rewriteElements(value: unknown, rest: readonly string[], layer: Layer, visitor: BlockVisitor, where: string): unknown {
  if (isAbsent(value)) { return value; }
  if (!Array.isArray(value)) {
    visitor.barred(value, where);
    return value;
  }
  const elements = value.map((element, index) => rewriteElement(element, rest, layer, visitor, `${where}[${index}]`));
  return elements.some((element, index) => element !== value[index]) ? elements : value;
}

/** An element that is left out stays out, in each branch of a condition. */
function rewriteElement(
  element: unknown, rest: readonly string[], layer: Layer, visitor: BlockVisitor, where: string, depth = 0,
): unknown {
  if (layer.isToken(element)) {
    return layer.defer(element, (resolved, inner) => rewriteElement(resolved, rest, inner, visitor, where, depth));
  }
  const branches = branchesOf(element);
  if (branches) {
    return rewriteBranches(element, branches, where, visitor, depth, branch =>
      rewriteElement(branch, rest, layer.verbatim, visitor, where, depth + 1));
  }
  return isAbsent(element) ? element : rewriteAt(element, rest, layer, visitor, where);
}

function rewriteProperty(
  value: unknown, property: string, rest: readonly string[], layer: Layer, visitor: BlockVisitor, where: string,
): unknown {
  const name = layer.name(property);
  const below = where ? `${where}.${property}` : property;
  if (isAbsent(value)) {
    if (where && !visitor.createsParents) {
      visitor.barred(value, where);
      return value;
    }
    const created = rewriteAt(undefined, rest, layer, visitor, below);
    return created === undefined ? value : { [name]: created };
  }
  if (!isObject(value) || intrinsicName(value)) {
    visitor.barred(value, where);
    return value;
  }
  const current = ownValue(value, name);
  const rewritten = rewriteAt(current, rest, layer, visitor, below);
  return rewritten === current ? value : { ...value, [name]: rewritten };
}
