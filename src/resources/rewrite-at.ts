import type { Branches } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, mapBranches, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { EVERY_ELEMENT, inside, MAX_CONDITIONS } from './path';

/** Callbacks for the value at the end of a path, and for values that hide it. */
export interface BlockVisitor {
  /** Whether the block is a single value: conditions in it are the visitor's to read. */
  readonly scalar: boolean;
  /** Whether a missing parent object may be created. */
  readonly createsParents: boolean;
  /** The new value; the same object if nothing changes. */
  block(value: unknown, layer: Layer, where: string): unknown;
  /** Something on the way is neither an object nor a list: an unknown intrinsic, or a mistake. */
  barred(value: unknown, where: string): void;
}

/**
 * The value with every block at the path rewritten: each branch of a condition, each element of a list, and a new one if there is none. Shallow
 * copies are made only along the path, and only for changes.
 */
export function rewriteAt(value: unknown, path: readonly string[], layer: Layer, visitor: BlockVisitor, where = '', depth = 0): unknown {
  if (layer.isUnresolved(value) && !(path.length === 0 && visitor.scalar)) {
    return layer.defer(value, (resolved, inner) => rewriteAt(resolved, path, inner, visitor, where, depth));
  }
  if (path.length === 0 && (visitor.scalar || value === undefined)) { return visitor.block(value, layer, where); }
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

/** Both branches of a condition, unless conditions are nested too deep. */
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

/** A left-out element stays left out, in each branch of a condition. */
function rewriteElement(
  element: unknown, rest: readonly string[], layer: Layer, visitor: BlockVisitor, where: string, depth = 0,
): unknown {
  if (layer.isUnresolved(element)) {
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
  const below = inside(where, property);
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
