import type { Branches } from '../model/intrinsics';
import { branchesOf, intrinsicName, isNoValue, isObject, ownValue } from '../model/intrinsics';
import type { Layer } from './layer';
import { EVERY_ELEMENT, inside, isNothing, MAX_CONDITIONS } from './path';

/** Something that stands at a path. */
export interface Place {
  readonly value: unknown;
  readonly layer: Layer;
  readonly where: string;
  /** Whether the value stands on the way to the path, and nobody can look behind it. */
  readonly isBarred?: boolean;
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
