import { NEVER_SET, UNKNOWN, hasToken } from '../request/possible-text';

/** A possible value of a variable: a text, or the elements of an array. */
export type PossibleValue = string | readonly string[];

/** The most values of a variable that are followed. */
const MOST_VALUES = 8;

/** The variables at a place of a script. A fork reads the variables of its parent, and does not change them. */
export class Scope {
  /** A scope without variables. */
  public static empty(args: readonly string[] | undefined, unset = NEVER_SET): Scope {
    return new Scope(undefined, args, unset);
  }

  private readonly own = new Map<string, readonly PossibleValue[] | undefined>();
  private readonly exported = new Set<string>();

  private constructor(
    private readonly parent: Scope | undefined,
    public args: readonly string[] | undefined,
    /** The value of a variable that nothing sets. */
    public unset: string,
  ) {}

  /** A copy for another way from here. */
  public fork(): Scope {
    return new Scope(this, this.args, this.unset);
  }

  /** The variables that a program gets if the script starts it. */
  public forChild(args: readonly string[] | undefined): Scope {
    const child = Scope.empty(args, this.unset);
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      for (const name of scope.exported) {
        child.set(name, this.get(name) ?? [this.unset]);
        child.export(name);
      }
    }
    return child;
  }

  /** Takes over the variables of forks. A variable has the possible values of all forks. */
  public join(forks: readonly Scope[], mayStay: boolean): void {
    const names = new Set(forks.flatMap(fork => [...fork.own.keys()]));
    for (const name of names) {
      const values = [...mayStay ? [this] : [], ...forks].flatMap(fork => fork.get(name) ?? ['']);
      this.set(name, different(values));
    }
    for (const fork of forks) {
      for (const name of fork.exported) { this.exported.add(name); }
    }
    if (!mayStay && forks.length === 1) { this.args = forks[0].args; }
  }

  public get(name: string): readonly PossibleValue[] | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.own.has(name)) { return scope.own.get(name); }
    }
    return undefined;
  }

  public set(name: string, values: readonly PossibleValue[]): void {
    this.own.set(name, values.length > MOST_VALUES ? values.slice(0, MOST_VALUES) : values);
  }

  public remove(name: string): void {
    this.own.set(name, undefined);
  }

  /** Forgets all values, because unknown code can set any variable. */
  public forget(): void {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) { scope.unset = UNKNOWN; }
  }

  public export(name: string): void {
    this.exported.add(name);
  }

  /** The names of the variables whose only value is a session token. */
  public tokenNames(): string[] {
    const names = new Set<string>();
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      for (const name of scope.own.keys()) {
        if (/^[A-Za-z_]\w*$/.test(name) && this.get(name)?.some(isToken)) { names.add(name); }
      }
    }
    return [...names];
  }
}

/** The name of an array element in a scope. */
export function elementName(name: string, key: string): string {
  return `${name}[${key}]`;
}

function isToken(value: PossibleValue): boolean {
  return typeof value === 'string' && value.length === 1 && hasToken(value);
}

function different(values: readonly PossibleValue[]): readonly PossibleValue[] {
  if (values.length < 2) { return values; }
  const all = new Map<string, PossibleValue>();
  for (const value of values) { all.set(typeof value === 'string' ? value : `\n${value.join('\n')}`, value); }
  return [...all.values()].slice(0, MOST_VALUES);
}
