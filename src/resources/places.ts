import type { Branches } from '../model/intrinsics';
import { branchesOf, intrinsicName, isNoValue, isObject, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { EVERY_ELEMENT, inside, isNothing, MAX_CONDITIONS } from './path';

/** A value at a path. */
export interface Place {
  readonly value: unknown;
  readonly layer: Layer;
  readonly where: string;
  /** Whether the value is on the way to the path, and hides what is behind it. */
  readonly isBarred?: boolean;
}

/** The options of the search. */
export interface PlaceOptions {
  /** Whether conditions at the end of the path are handed over whole. */
  readonly scalar: boolean;
  /** Whether places without a value count: by default they do not. With `bars`, a missing parent object has no such place. */
  readonly absent?: 'counts' | 'bars';
}

/** All values at the path, in each branch of a condition and each element of a list. With `scalar`, conditions at the end are returned as a whole. */
export function placesAt(value: unknown, path: readonly string[], layer: Layer, where = '', scalar = false): Place[] {
  return placesFor(value, path, layer, where, { scalar });
}

/** All places at the path: those with a value and, on request, those without one. */
export function placesFor(value: unknown, path: readonly string[], layer: Layer, where: string, options: PlaceOptions): Place[] {
  if (isNothing(value) && !options.absent) { return []; }
  const search = new PlaceSearch(path, layer, options);
  search.lookAt(value, layer, where, 0);
  return search.places;
}

/** The read-only version of `rewriteAt()`: nothing is copied. */
class PlaceSearch {
  public readonly places: Place[] = [];

  public constructor(private readonly path: readonly string[], private readonly outermost: Layer, private readonly options: PlaceOptions) {}

  /** Searches a value, from the path segment with an index. */
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

  /** A left-out value has no elements, and its properties are left out as well. */
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

/** The branches of a condition that CDK keeps. CDK leaves out a token that resolves to nothing. */
function wholeBranchesOf(value: unknown, layer: Layer): Branches | undefined {
  const branches = branchesOf(value);
  const isLeftOut = (branch: unknown) => layer.isUnresolved(branch) && layer.resolve(branch) === undefined;
  return branches && [branches.whenTrue, branches.whenFalse].some(isLeftOut) ? undefined : branches;
}
