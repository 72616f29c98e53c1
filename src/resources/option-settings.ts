import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, isAbsent, isObject, mapBranches, ownValue, possibleValues } from '../model/intrinsics';
import { UNSET, isAlways } from '../model/setting';
import type { Setting } from '../model/setting';
import type { Settings, WantedSettings } from '../model/settings';
import type { Dialect } from './dialects';
import type { Field, Fields } from './fields';
import type { Layer } from './layer';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/**
 * A list of options, each with a namespace, a name and a value, as in Elastic Beanstalk.
 *
 * An element may be conditional, so the option can be there under some conditions only: what is missing is added under the others.
 */
export class OptionSettings implements Dialect {
  public readonly scalar = false;
  public readonly fields: Fields;

  public constructor(
    public readonly title: string,
    private readonly place: { readonly namespace: string; readonly option: string },
    private readonly field: Field,
  ) {
    this.fields = { tokens: field };
  }

  public read(block: unknown, layer: Layer, parameters: ParameterLookup): Settings | undefined {
    if (isAbsent(block)) { return { tokens: UNSET }; }
    if (!Array.isArray(block)) { return undefined; }
    const values = this.valuesOf(block.map(element => layer.resolve(element)), layer, parameters);
    const covered = this.missingFrom(block, layer) === undefined;
    return { tokens: covered ? values : [...values, ...UNSET] };
  }

  public require(block: unknown, _wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown {
    if (isAbsent(block)) { return [this.option(layer)]; }
    if (!Array.isArray(block)) { return block; }
    const mended = this.requireWhereSet(block, layer, parameters) as unknown[];
    const missing = this.missingFrom(block, layer);
    return missing === undefined ? mended : [...mended, missing];
  }

  public requireWhereSet(block: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (!Array.isArray(block)) { return block; }
    const mended = block.map(element => this.mend(element, layer, parameters));
    return mended.some((element, index) => element !== block[index]) ? mended : block;
  }

  /** The option that requires tokens. */
  private option(layer: Layer): unknown {
    return {
      [layer.name('Namespace')]: this.place.namespace,
      [layer.name('OptionName')]: this.place.option,
      [layer.name('Value')]: this.field.spell('required'),
    };
  }

  private isOption(element: unknown, layer: Layer): boolean {
    return isObject(element)
      && layer.resolve(ownValue(element, layer.name('Namespace'))) === this.place.namespace
      && layer.resolve(ownValue(element, layer.name('OptionName'))) === this.place.option;
  }

  private mend(element: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (layer.isToken(element)) {
      return layer.defer(element, (resolved, inner) => this.mend(resolved, inner, parameters));
    }
    const branches = branchesOf(element);
    if (branches) { return mapBranches(element, branches, branch => this.mend(branch, layer.verbatim, parameters)); }
    if (!isObject(element) || !this.isOption(element, layer)) { return element; }
    const value = layer.name('Value');
    const holds = isAlways(possibleValues(layer.resolve(ownValue(element, value)), parameters), this.field.accepts);
    return holds ? element : { ...element, [value]: this.field.spell('required') };
  }

  /** The values that the option has in the elements, whatever their conditions. */
  private valuesOf(elements: readonly unknown[], layer: Layer, parameters: ParameterLookup): Setting {
    return elements.flatMap(element => {
      const branches = branchesOf(element);
      if (branches) { return this.valuesOf([branches.whenTrue, branches.whenFalse], layer.verbatim, parameters); }
      return isObject(element) && this.isOption(element, layer)
        ? possibleValues(layer.resolve(ownValue(element, layer.name('Value'))), parameters)
        : [];
    });
  }

  /** The element to add so that the option stands under every condition; `undefined` where it does already. */
  private missingFrom(elements: readonly unknown[], layer: Layer): unknown {
    const everywhere = this.option(layer.verbatim);
    let missing: unknown = everywhere;
    for (const element of elements) {
      missing = this.stillMissing(layer.resolve(element), missing, layer);
      if (isAbsent(missing)) { return undefined; }
    }
    return missing === everywhere ? this.option(layer) : missing;
  }

  private stillMissing(element: unknown, missing: unknown, layer: Layer): unknown {
    const branches = branchesOf(element);
    if (!branches) { return this.isOption(element, layer) ? NO_VALUE : missing; }
    const missingIfTrue = assume(missing, branches.condition, true);
    const missingIfFalse = assume(missing, branches.condition, false);
    const whenTrue = this.stillMissing(assume(branches.whenTrue, branches.condition, true), missingIfTrue, layer.verbatim);
    const whenFalse = this.stillMissing(assume(branches.whenFalse, branches.condition, false), missingIfFalse, layer.verbatim);
    if (whenTrue === missingIfTrue && whenFalse === missingIfFalse) { return missing; }
    if (isAbsent(whenTrue) && isAbsent(whenFalse)) { return NO_VALUE; }
    return { 'Fn::If': [branches.condition, whenTrue, whenFalse] };
  }
}

/** A conditional value, once it is known how one condition turns out. */
function assume(value: unknown, condition: unknown, outcome: boolean): unknown {
  const branches = branchesOf(value);
  if (!branches) { return value; }
  if (branches.condition === condition) { return assume(outcome ? branches.whenTrue : branches.whenFalse, condition, outcome); }
  return mapBranches(value, branches, branch => assume(branch, condition, outcome));
}
