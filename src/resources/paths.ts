import type { Branches, JsonObject } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isNoValue, isObject, mapBranches, mayBeAbsent, ownValue } from '../model/intrinsics';
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

/**
 * The value with every block at the path rewritten: each branch of a condition, each element of a list, and, where nothing stands yet, a new one.
 * Shallow copies are made along the path only, and only where something changes.
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

/** How places are looked for. */
export interface PlaceOptions {
  /** Whether conditions at the end of the path are handed over whole. */
  readonly scalar: boolean;
  /** Whether a place counts where nothing stands: none do where it is not given. With `bars`, one is not looked for in an object that is missing. */
  readonly absent?: 'counts' | 'bars';
}

/** All that stands at the path, in each branch of a condition and each element of a list; `scalar` hands conditions at its end over whole. */
export function placesAt(value: unknown, path: readonly string[], layer: Layer, where = '', scalar = false): Place[] {
  return placesFor(value, path, layer, where, { scalar });
}

/** All places at the path: those where something stands, and, where they count, those where nothing does. */
export function placesFor(value: unknown, path: readonly string[], layer: Layer, where: string, options: PlaceOptions): Place[] {
  if (isNothing(value) && !options.absent) { return []; }
  const search = new PlaceSearch(path, layer, options);
  search.lookAt(value, layer, where, 0);
  return search.places;
}

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
  for (const segment of path) {
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

/** The way of `rewriteAt()` for those who only read: nothing is copied. */
class PlaceSearch {
  public readonly places: Place[] = [];

  public constructor(private readonly path: readonly string[], private readonly outermost: Layer, private readonly options: PlaceOptions) {}

  /** Looks for places in a value that stands where the path has come to the segment of an index. */
  public lookAt(value: unknown, layer: Layer, where: string, index: number, isElement = false, depth = 0): void {
    if (isNothing(value)) {
      if (this.options.absent && !isElement) { this.addAbsent(value, layer, where, index); }
      return;
    }
    const isWhole = index === this.path.length && this.options.scalar && !isElement;
    if (!isWhole && layer.isUnresolved(value)) {
      const seen = layer.look(value);
      if (seen) { this.lookAt(seen.value, seen.layer, where, index, isElement, depth); }
      return;
    }
    const intrinsic = intrinsicName(value);
    const branches = isWhole || intrinsic !== 'Fn::If' ? undefined : wholeBranchesOf(value, layer);
    if (!branches || depth >= MAX_CONDITIONS) {
      this.lookInto(value, intrinsic, layer, where, index, isElement, branches !== undefined);
      return;
    }
    this.lookAt(branches.whenTrue, layer.verbatim, where, index, isElement, depth + 1);
    this.lookAt(branches.whenFalse, layer.verbatim, where, index, isElement, depth + 1);
  }

  private lookInto(
    value: unknown, intrinsic: string | undefined, layer: Layer, where: string, index: number, isElement: boolean, isTooDeep: boolean,
  ): void {
    const segment = this.path[index];
    if (intrinsic === 'Ref' && isNoValue(value)) {
      if (this.options.absent && !isElement) { this.addAbsent(value, layer, where, index); }
    } else if (!isTooDeep && index === this.path.length) {
      this.places.push({ value, layer, where });
    } else if (!isTooDeep && segment === EVERY_ELEMENT && Array.isArray(value)) {
      value.forEach((element, at) => this.lookAt(element, layer, `${where}[${at}]`, index + 1, true));
    } else if (!isTooDeep && segment !== EVERY_ELEMENT && intrinsic === undefined && isObject(value)) {
      this.lookAt(ownValue(value, layer.name(segment)), layer, inside(where, segment), index + 1);
    } else {
      this.places.push({ value, layer: this.outermost, where, isBarred: true });
    }
  }

  /** What is left out has no elements; a property of it is left out as well. */
  private addAbsent(value: unknown, layer: Layer, where: string, index: number): void {
    const segment = this.path[index];
    if (index === this.path.length) {
      this.places.push({ value, layer, where });
    } else if (segment !== EVERY_ELEMENT && where && this.options.absent === 'bars') {
      this.places.push({ value, layer: this.outermost, where, isBarred: true });
    } else if (segment !== EVERY_ELEMENT) {
      this.addAbsent(undefined, layer, inside(where, segment), index + 1);
    }
  }
}

/** The branches of a condition that CDK leaves none of out, as it does with a token that comes to nothing. */
function wholeBranchesOf(value: unknown, layer: Layer): Branches | undefined {
  const branches = branchesOf(value);
  const isLeftOut = (branch: unknown) => layer.isUnresolved(branch) && layer.resolve(branch) === undefined;
  return branches && [branches.whenTrue, branches.whenFalse].some(isLeftOut) ? undefined : branches;
}

/** Whether nothing is written, not even a function that leaves it out. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The path of a property of what stands at a path. */
function inside(where: string, property: string): string {
  return where ? `${where}.${property}` : property;
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
