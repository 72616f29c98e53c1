import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, mapBranches, ownValue, possibleValues } from '../model/intrinsics';
import { UNSET, isAlways } from '../model/setting';
import type { Setting } from '../model/setting';
import type { Settings, WantedSettings } from '../model/settings';
import type { Dialect } from './dialects';
import type { Field, Fields } from './fields';
import { requireValue } from './fields';
import type { Layer } from './layer';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** The most conditions for which the option is written in each branch. With more, it is written once for all of them. */
const MANY_CONDITIONS = 4;

/**
 * A list of options, each with a namespace, a name and a value, as in Elastic Beanstalk.
 *
 * An element can be conditional, so the option may exist only under some conditions. Then it is added for the others.
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
    const covered = block.some(element => this.isOption(layer.resolve(element), layer))
      || (!this.hasManyConditions(block, layer) && this.missingFrom(block, layer) === undefined);
    return { tokens: covered ? values : [...values, ...UNSET] };
  }

  public require(block: unknown, _wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown {
    if (isAbsent(block)) { return [this.option(layer)]; }
    if (!Array.isArray(block)) { return block; }
    const mended = this.requireWhereSet(block, layer, parameters) as unknown[];
    if (this.hasManyConditions(block, layer)) { return this.unconditionally(mended, layer); }
    const missing = this.missingFrom(block, layer);
    return missing === undefined ? mended : [...mended, missing];
  }

  public requireWhereSet(block: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (!Array.isArray(block)) { return block; }
    const mended = block.map(element => this.mend(element, layer, parameters));
    return mended.some((element, index) => element !== block[index]) ? mended : block;
  }

  /** The elements with the option once and without a condition, because the missing cases of many conditions would be too long to write. */
  private unconditionally(elements: readonly unknown[], layer: Layer): unknown[] {
    const others = elements.map(element => this.isConditional(element, layer) ? this.without(element, layer) : element);
    return elements.some(element => this.isOption(layer.resolve(element), layer)) ? others : [...others, this.option(layer)];
  }

  private hasManyConditions(elements: readonly unknown[], layer: Layer): boolean {
    return this.conditionsIn(elements.map(element => layer.resolve(element)), layer).length > MANY_CONDITIONS;
  }

  private isConditional(element: unknown, layer: Layer): boolean {
    const branches = branchesOf(layer.resolve(element));
    return branches !== undefined && [branches.whenTrue, branches.whenFalse].some(branch =>
      this.isOption(branch, layer.verbatim) || this.isConditional(branch, layer.verbatim));
  }

  private without(element: unknown, layer: Layer): unknown {
    if (layer.isUnresolved(element)) { return layer.defer(element, (resolved, inner) => this.without(resolved, inner)); }
    const branches = branchesOf(element);
    if (branches) { return mapBranches(element, branches, branch => this.without(branch, layer.verbatim)); }
    return this.isOption(element, layer) ? NO_VALUE : element;
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
    return this.placeOf(element, layer).every(([setting, word]) => isAlways(setting, value => value === word));
  }

  /** Whether an element is the option, or may turn out to be. */
  private mayBeOption(element: unknown, layer: Layer): boolean {
    return this.placeOf(element, layer).every(([setting, word]) =>
      setting.some(possible => possible.kind === 'unknown' || (possible.kind === 'set' && possible.value === word)));
  }

  /** The namespace and the name of an element, each with the expected word. */
  private placeOf(element: unknown, layer: Layer): [Setting, string][] {
    const settingOf = (key: string) => {
      const name = intrinsicName(element);
      if (name) { return [{ kind: 'unknown', reason: name }] as const; }
      return possibleValues(isObject(element) ? layer.resolve(ownValue(element, layer.name(key))) : undefined, () => undefined);
    };
    return [[settingOf('Namespace'), this.place.namespace], [settingOf('OptionName'), this.place.option]];
  }

  private mend(element: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    if (layer.isUnresolved(element)) {
      return layer.defer(element, (resolved, inner) => this.mend(resolved, inner, parameters));
    }
    const branches = branchesOf(element);
    if (branches) { return mapBranches(element, branches, branch => this.mend(branch, layer.verbatim, parameters)); }
    if (!isObject(element) || !this.isOption(element, layer)) { return element; }
    const value = layer.name('Value');
    const current = ownValue(element, value);
    const required = requireValue(this.field, current, layer, parameters);
    return required === current ? element : { ...element, [value]: required };
  }

  /** The values of the option in the elements, under all conditions. */
  private valuesOf(elements: readonly unknown[], layer: Layer, parameters: ParameterLookup): Setting {
    return elements.flatMap(element => {
      const branches = branchesOf(element);
      if (branches) { return this.valuesOf([branches.whenTrue, branches.whenFalse], layer.verbatim, parameters); }
      if (isAbsent(element) || !this.mayBeOption(element, layer)) { return []; }
      return isObject(element) && this.isOption(element, layer)
        ? possibleValues(layer.resolve(ownValue(element, layer.name('Value'))), parameters)
        : [{ kind: 'unknown', reason: 'an option that may be the same one' }];
    });
  }

  /** The element to add so that the option exists under every condition; `undefined` if it already does. */
  private missingFrom(elements: readonly unknown[], layer: Layer): unknown {
    const resolved = elements.map(element => layer.resolve(element));
    const missing = this.missingUnder(this.conditionsIn(resolved, layer), new Map(), resolved, layer);
    if (missing === NO_VALUE) { return undefined; }
    return branchesOf(missing) ? missing : this.option(layer);
  }

  /** The option for the case that no element has it, by the remaining conditions. Conditions without an effect are left out. */
  private missingUnder(conditions: readonly unknown[], decided: Decided, elements: readonly unknown[], layer: Layer): unknown {
    const [condition, ...others] = conditions;
    if (conditions.length === 0) {
      return elements.some(element => this.standsIn(element, decided, layer)) ? NO_VALUE : this.option(layer.verbatim);
    }
    const branch = (isMet: boolean) => this.missingUnder(others, new Map(decided).set(keyOf(condition), isMet), elements, layer);
    const [whenTrue, whenFalse] = [branch(true), branch(false)];
    return keyOf(whenTrue) === keyOf(whenFalse) ? whenTrue : { 'Fn::If': [condition, whenTrue, whenFalse] };
  }

  /** Whether an element is the option, once conditions are decided. */
  private standsIn(element: unknown, decided: Decided, layer: Layer): boolean {
    const branches = branchesOf(element);
    if (!branches) { return this.isOption(element, layer); }
    return this.standsIn(decided.get(keyOf(branches.condition)) ? branches.whenTrue : branches.whenFalse, decided, layer.verbatim);
  }

  /** The distinct conditions of the elements with the option, those of the last element first. */
  private conditionsIn(elements: readonly unknown[], layer: Layer): readonly unknown[] {
    const conditions = new Map<string, unknown>();
    const collect = (element: unknown) => {
      const branches = branchesOf(element);
      if (!branches) { return; }
      conditions.set(keyOf(branches.condition), branches.condition);
      collect(branches.whenTrue);
      collect(branches.whenFalse);
    };
    [...elements].reverse().filter(element => this.isConditional(element, layer.verbatim)).forEach(collect);
    return [...conditions.values()];
  }
}

/** Conditions by their JSON, and how they turn out. */
type Decided = ReadonlyMap<string, boolean>;

function keyOf(value: unknown): string {
  return JSON.stringify(value);
}
