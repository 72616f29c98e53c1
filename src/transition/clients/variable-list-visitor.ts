import { intrinsicName, isAbsent, isObject, ownValue } from '../../model/intrinsics';
import { describeValue } from '../../model/setting';
import type { VariableLists } from '../../resources/environment';
import type { Layer } from '../../resources/layer';
import { placesFor } from '../../resources/places';
import { rewriteAt } from '../../resources/rewrite-at';
import { besides } from './client-environment';
import type { ClientVariable } from './client-environment';
import { SettingsVisitor } from './client-notes';

/** An existing variable. If its name is unknown, it can be any variable. */
interface Found {
  readonly name: string | undefined;
  readonly value: unknown;
  /** Its index, if it certainly exists and is a literal. */
  readonly index: number | undefined;
}

/** Writes settings into containers and other resources with a list of variables. */
export class VariableListVisitor extends SettingsVisitor {
  public readonly createsParents = false;

  /** @param ignoresCase whether the names of variables ignore case, as on Windows */
  public constructor(
    private readonly lists: VariableLists, private readonly variables: readonly ClientVariable[], private readonly ignoresCase: boolean,
  ) {
    super();
  }

  protected rewrite(holder: unknown, layer: Layer, where: string): unknown {
    if (isAbsent(holder)) { return holder; }
    const names = this.variables.map(({ name }) => name);
    if (!isObject(holder) || intrinsicName(holder) !== undefined) {
      this.leave(where, names, 'it is only known at deployment');
      return holder;
    }
    const because = this.reasonAgainst(holder, layer);
    if (because !== undefined) {
      this.leave(where, names, because);
      return holder;
    }
    const secrets = this.lists.secrets === undefined ? [] : foundIn(holder, [this.lists.secrets], layer);
    const visitor = {
      scalar: false,
      createsParents: false,
      block: (list: unknown, inner: Layer, at: string) => this.withVariables(list, secrets, inner, at),
      barred: (value: unknown, at: string) => this.barred(value, at),
    };
    return rewriteAt(holder, [this.lists.variables], layer, visitor, where);
  }

  /** The reason why no variable can be added to unknown ones. */
  private reasonAgainst(holder: object, layer: Layer): string | undefined {
    const { secrets, files } = this.lists;
    if (files !== undefined && placesFor(holder, [files, '[]'], layer, '', { scalar: false }).length > 0) { return `a file in ${files} may set them`; }
    if (secrets !== undefined && foundIn(holder, [secrets], layer).some(({ name }) => name === undefined)) { return `the names in ${secrets} are not known`; }
    return undefined;
  }

  private withVariables(list: unknown, secrets: readonly Found[], layer: Layer, where: string): unknown {
    if (!isAbsent(list) && !Array.isArray(list)) {
      this.leave(where, this.variables.map(({ name }) => name), 'it is only known at deployment');
      return list;
    }
    const elements: readonly unknown[] = isAbsent(list) ? [] : list as unknown[];
    const found = foundIn(elements, [], layer);
    if (found.some(({ name }) => name === undefined)) {
      this.leave(where, this.variables.map(({ name }) => name), 'some names in it are only known at deployment');
      return list;
    }
    const result = [...elements];
    const left: string[] = [];
    let isChanged = false;
    for (const each of this.variables) {
      const [variable] = besides(left, [each]);
      const because = variable && this.reasonToLeave(variable, found, secrets);
      if (because !== undefined) {
        left.push(each.name);
        this.leave(where, [each.name], because);
      } else if (variable) {
        isChanged = this.write(result, this.named(each.name, found), variable, layer, where) || isChanged;
      }
    }
    if (!isChanged) { return list; }
    this.noteWritten(where);
    return result;
  }

  /** The reason why a variable is not added to the existing ones, if there is one. */
  private reasonToLeave(variable: ClientVariable, found: readonly Found[], secrets: readonly Found[]): string | undefined {
    const { name, opposite } = variable;
    if (this.named(name, secrets).length > 0) { return 'a secret sets it'; }
    if (opposite !== undefined && this.named(opposite, [...secrets, ...found]).length > 0) { return `${opposite} is set, and clients use only one of the two`; }
    const same = this.named(name, found);
    const isFine = same.every(each => holds(each.value, variable) && each.index !== undefined);
    if (isFine || optionsMissingIn(same, variable) !== undefined) { return undefined; }
    return `it is already set ${same.map(({ value }) => value === undefined ? 'without a value' : `to ${describeValue(value)}`).join(' or ')}`;
  }

  /** Adds a variable, or its missing options. */
  private write(result: unknown[], same: readonly Found[], variable: ClientVariable, layer: Layer, where: string): boolean {
    if (same.length === 0) {
      result.push({ [layer.name('Name')]: variable.name, [layer.name('Value')]: variable.value });
      if (variable.options) { this.noteHiding(where); }
      return true;
    }
    const more = optionsMissingIn(same, variable);
    if (more === undefined) { return false; }
    const index = same[0].index!;
    result[index] = { ...result[index] as object, [layer.name('Value')]: more };
    return true;
  }

  private named(name: string, found: readonly Found[]): readonly Found[] {
    return found.filter(each => each.name === name || (this.ignoresCase && each.name?.toUpperCase() === name));
  }
}

/** Whether a variable has the wanted value. */
function holds(value: unknown, { value: wanted, options }: ClientVariable): boolean {
  return value === wanted || (options !== undefined && typeof value === 'string' && options.every(({ text }) => value.includes(text)));
}

/** The value of a variable with the missing options added. `undefined` if they are unknown or complete. Options of the user have precedence. */
function optionsMissingIn([first, ...others]: readonly Found[], { options }: ClientVariable): string | undefined {
  if (!options || first?.index === undefined || others.length > 0 || typeof first.value !== 'string' || first.value.includes('{{resolve:')) { return undefined; }
  const { value } = first;
  const missing = options.filter(({ text }) => !value.includes(text.slice(0, text.indexOf('=') + 1)));
  return missing.length === 0 ? undefined : [value.trim(), ...missing.map(({ text }) => text)].filter(word => word !== '').join(' ');
}

/** The variables of a list, in each branch of a condition. */
function foundIn(holder: unknown, path: readonly string[], layer: Layer): readonly Found[] {
  return placesFor(holder, [...path, '[]'], layer, '', { scalar: false }).map(place => {
    const isPlain = !place.isBarred && isObject(place.value) && intrinsicName(place.value) === undefined;
    const element = isPlain ? place.value as { readonly [key: string]: unknown } : {};
    const name = place.layer.resolve(ownValue(element, place.layer.name('Name')));
    const value = ownValue(element, place.layer.name('Value'));
    const isPlaced = Array.isArray(holder) && holder.includes(place.value) && !place.layer.isUnresolved(value);
    return {
      name: typeof name === 'string' ? name : undefined,
      value: place.layer.resolve(value),
      index: isPlaced ? (holder as unknown[]).indexOf(place.value) : undefined,
    };
  });
}
