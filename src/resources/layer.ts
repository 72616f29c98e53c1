/**
 * A way in which properties are written down: rendered CloudFormation, or the values of a live construct
 * with camel-case names and unresolved values in them. Reading and rewriting are the same for both.
 */
export interface Layer {
  /** This layer with CloudFormation's own names: inside an intrinsic function or a JSON document. */
  readonly verbatim: Layer;
  /** The name of a CloudFormation property in this layer. */
  name(property: string): string;
  /** Whether the value is a placeholder for another one, which may be known later. */
  isUnresolved(value: unknown): boolean;
  /** The rendered value, as far as it is known now. */
  resolve(value: unknown): unknown;
  /** The value behind an unresolved value, and its layer; `undefined` if it is not known yet. */
  look(unresolved: unknown): { readonly value: unknown; readonly layer: Layer } | undefined;
  /** A value that renders to the result of `rewrite` for the rendering of the unresolved value. */
  defer(unresolved: unknown, rewrite: (resolved: unknown, layer: Layer) => unknown): unknown;
}

/** Properties in a template, where everything is resolved. */
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

/** Properties in a template. */
export const RENDERED: Layer = new RenderedLayer();
