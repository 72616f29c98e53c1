import { intrinsicName, isAbsent, isObject, ownValue } from '../../model/intrinsics';
import { describeValue } from '../../model/setting';
import type { Layer } from '../../resources/layer';
import { placesFor, rewriteAt } from '../../resources/paths';
import type { ClientVariable } from './client-environment';
import { SettingsVisitor } from './client-notes';

/** How something that runs programs lists their variables: each has a name and a value. */
export interface VariableLists {
  /** Where variables stand. */
  readonly variables: string;
  /** Where variables stand that are secrets: a name must not be in both. */
  readonly secrets?: string;
  /** Where files are named that have more of them. */
  readonly files?: string;
}

/** A variable that stands there; one without a name may be any. */
interface Found {
  readonly name: string | undefined;
  readonly value: unknown;
  /** Where it stands for certain, and as a literal. */
  readonly index: number | undefined;
}

/** Writes settings into containers, and what else lists variables. */
export class VariableListVisitor extends SettingsVisitor {
  public readonly createsParents = false;

  public constructor(private readonly lists: VariableLists, private readonly variables: readonly ClientVariable[]) {
    super();
  }

  protected rewrite(holder: unknown, layer: Layer, where: string): unknown {
    if (isAbsent(holder)) { return holder; }
    const names = this.variables.map(({ name }) => name);
    if (!isObject(holder) || intrinsicName(holder) !== undefined) {
      this.leave(where, names, 'it is not known before deployment');
      return holder;
    }
    const because = this.reasonAgainst(holder, layer);
    if (because !== undefined) {
      this.leave(where, names, because);
      return holder;
    }
    const secrets = new Set(this.lists.secrets === undefined ? [] : foundIn(holder, [this.lists.secrets], layer).map(({ name }) => name));
    const visitor = {
      scalar: false,
      createsParents: false,
      block: (list: unknown, inner: Layer, at: string) => this.withVariables(list, secrets, inner, at),
      barred: (value: unknown, at: string) => this.barred(value, at),
    };
    return rewriteAt(holder, [this.lists.variables], layer, visitor, where);
  }

  /** Why no variable can be written beside others that nobody knows. */
  private reasonAgainst(holder: object, layer: Layer): string | undefined {
    const { secrets, files } = this.lists;
    if (files !== undefined && placesFor(holder, [files, '[]'], layer, '', { scalar: false }).length > 0) { return `a file in ${files} may set them`; }
    if (secrets !== undefined && foundIn(holder, [secrets], layer).some(({ name }) => name === undefined)) { return `the names in ${secrets} are not known`; }
    return undefined;
  }

  private withVariables(list: unknown, secrets: ReadonlySet<string | undefined>, layer: Layer, where: string): unknown {
    if (!isAbsent(list) && !Array.isArray(list)) {
      this.leave(where, this.variables.map(({ name }) => name), 'it is not known before deployment');
      return list;
    }
    const elements: readonly unknown[] = isAbsent(list) ? [] : list as unknown[];
    const found = foundIn(elements, [], layer);
    if (found.some(({ name }) => name === undefined)) {
      this.leave(where, this.variables.map(({ name }) => name), 'names in it are not known before deployment');
      return list;
    }
    const result = [...elements];
    let isChanged = false;
    for (const variable of this.variables) {
      const same = found.filter(({ name }) => name === variable.name);
      const { opposite } = variable;
      if (secrets.has(variable.name)) {
        this.leave(where, [variable.name], 'a secret sets it');
      } else if (opposite !== undefined && (secrets.has(opposite) || found.some(({ name }) => name === opposite))) {
        this.leave(where, [variable.name], `${opposite} is set, and clients take one of the two`);
      } else if (same.length === 0) {
        result.push({ [layer.name('Name')]: variable.name, [layer.name('Value')]: variable.value });
        isChanged = true;
        if (variable.isList) { this.noteHiding(where); }
      } else {
        isChanged = this.extend(result, same, variable, layer, where) || isChanged;
      }
    }
    if (!isChanged) { return list; }
    this.noteWritten(where);
    return result;
  }

  /** Adds options to those that a variable holds; any other variable stays as it is. */
  private extend(result: unknown[], same: readonly Found[], variable: ClientVariable, layer: Layer, where: string): boolean {
    const [{ value, index }] = same;
    const more = same.length === 1 && index !== undefined ? withMore(value, variable) : undefined;
    if (more !== undefined) {
      result[index!] = { ...result[index!] as object, [layer.name('Value')]: more };
      return true;
    }
    const isFine = same.every(each => holds(each.value, variable) && each.index !== undefined);
    if (!isFine) { this.leave(where, [variable.name], `it is set already, to ${same.map(each => describeValue(each.value)).join(' or ')}`); }
    return false;
  }
}

/** Whether a value is what should stand there. */
export function holds(value: unknown, variable: ClientVariable): boolean {
  return value === variable.value || (variable.isList === true && typeof value === 'string' && wordsOf(variable).every(option => value.includes(option)));
}

/** The options that a value holds, with those that it lacks; nothing where that cannot be said, or there is nothing to add. */
export function withMore(value: unknown, variable: ClientVariable): string | undefined {
  if (!variable.isList || typeof value !== 'string' || value.includes('{{resolve:')) { return undefined; }
  const missing = missingWords(value, variable);
  return missing.length === 0 ? undefined : [value.trim(), ...missing].filter(word => word !== '').join(' ');
}

/** The options that are not there, in whatever way: what the user says of one counts. */
function missingWords(value: string, variable: ClientVariable): readonly string[] {
  return wordsOf(variable).filter(option => !value.includes(option.slice(0, option.indexOf('=') + 1)));
}

function wordsOf({ value }: ClientVariable): readonly string[] {
  return value.split(' ');
}

/** The variables of a list: in each branch of a condition, and each element. */
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
