/**
 * A way in which properties are written down: rendered CloudFormation, or the values of a live construct
 * with camel-case names and unresolved values in them. Reading and rewriting are the same for both.
 */
export interface Layer {
  /** This layer with CloudFormation's own names: inside an intrinsic function or a JSON document. */
  readonly verbatim: Layer;
  /** The name of a CloudFormation property in this layer. */
  name(property: string): string;
  /** Whether the value stands for another one, which may be known later. */
  isUnresolved(value: unknown): boolean;
  /** What the value renders to, as far as that is known now. */
  resolve(value: unknown): unknown;
  /** What an unresolved value stands for, and the layer that this is in; `undefined` where it cannot be told yet. */
  look(unresolved: unknown): { readonly value: unknown; readonly layer: Layer } | undefined;
  /** A value that renders to what `rewrite` makes of the unresolved value's own rendering. */
  defer(unresolved: unknown, rewrite: (resolved: unknown, layer: Layer) => unknown): unknown;
}

/** Properties as they stand in a template: nothing is left to resolve. */
class RenderedLayer implements Layer {
  public readonly verbatim = this;

  public name(property: string): string {
    return property;
  }

  public isUnresolved(): boolean {
    return false;
  }

  public resolve(value: unknown): unknown {
    return value;
  }

  public look(unresolved: unknown): { readonly value: unknown; readonly layer: Layer } {
    return { value: unresolved, layer: this };
  }

  public defer(unresolved: unknown): unknown {
    return unresolved;
  }
}

/** Properties as they stand in a template. */
export const RENDERED: Layer = new RenderedLayer();
