/**
 * A way in which properties are written down: rendered CloudFormation, or the values of a live construct
 * with camel-case names and tokens in them. Reading and rewriting are the same for both.
 */
export interface Layer {
  /** This layer with CloudFormation's own names: inside an intrinsic function or a JSON document. */
  readonly verbatim: Layer;
  /** The name of a CloudFormation property in this layer. */
  name(property: string): string;
  /** Whether the value stands for another one that is known later. */
  isToken(value: unknown): boolean;
  /** What the value renders to, as far as that is known now. */
  resolve(value: unknown): unknown;
  /** What a token stands for, and the layer that this is in; `undefined` where it cannot be told yet. */
  look(token: unknown): { readonly value: unknown; readonly layer: Layer } | undefined;
  /** A value that renders to what `rewrite` makes of the token's own rendering. */
  defer(token: unknown, rewrite: (resolved: unknown, layer: Layer) => unknown): unknown;
}

/** Properties as they stand in a template: nothing is left to resolve. */
class RenderedLayer implements Layer {
  public readonly verbatim = this;

  public name(property: string): string {
    return property;
  }

  public isToken(): boolean {
    return false;
  }

  public resolve(value: unknown): unknown {
    return value;
  }

  public look(token: unknown): { readonly value: unknown; readonly layer: Layer } {
    return { value: token, layer: this };
  }

  public defer(token: unknown): unknown {
    return token;
  }
}

/** Properties as they stand in a template. */
export const RENDERED: Layer = new RenderedLayer();
