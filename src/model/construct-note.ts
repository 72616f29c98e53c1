import type { IConstruct } from 'constructs';

type Noted<T> = IConstruct & { readonly [slot: symbol]: T | undefined };

/** A note on constructs for later code. Another copy of this library also finds it. */
export class ConstructNote<T> {
  private readonly slot: symbol;

  /** @param name identifies the note; a name must keep its meaning in later versions */
  public constructor(name: string) {
    this.slot = Symbol.for(`cdk-imdsv2.${name}`);
  }

  /** The note on a construct. */
  public of(construct: IConstruct): T | undefined {
    return (construct as Noted<T>)[this.slot];
  }

  /** The nearest scope with the note: the construct, or one above it. */
  public nearest(construct: IConstruct | undefined): IConstruct | undefined {
    let scope = construct;
    while (scope && (scope as Noted<T>)[this.slot] === undefined) { scope = scope.node.scope; }
    return scope;
  }

  /** Replaces the note. The property is not enumerable. */
  public write(construct: IConstruct, value: T): void {
    Object.defineProperty(construct, this.slot, { value, enumerable: false, configurable: true });
  }
}
