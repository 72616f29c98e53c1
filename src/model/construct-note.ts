import type { IConstruct } from 'constructs';

type Noted<T> = IConstruct & { readonly [slot: symbol]: T | undefined };

/** Something that is noted on constructs, for whoever comes by later. Another copy of this library finds it, too. */
export class ConstructNote<T> {
  private readonly slot: symbol;

  /** @param name tells notes apart; a name stays with what it means */
  public constructor(name: string) {
    this.slot = Symbol.for(`cdk-imdsv2.${name}`);
  }

  /** What is noted on a construct. */
  public of(construct: IConstruct): T | undefined {
    return (construct as Noted<T>)[this.slot];
  }

  /** The nearest scope that something is noted on: a construct, or one above it. */
  public nearest(construct: IConstruct | undefined): IConstruct | undefined {
    let scope = construct;
    while (scope && (scope as Noted<T>)[this.slot] === undefined) { scope = scope.node.scope; }
    return scope;
  }

  /** Notes something in the place of what was noted: nobody meets it who lists the properties of the construct. */
  public write(construct: IConstruct, value: T): void {
    Object.defineProperty(construct, this.slot, { value, enumerable: false, configurable: true });
  }
}
