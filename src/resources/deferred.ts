import type { IResolvable, IResolveContext } from 'aws-cdk-lib';
import { Token, Tokenization } from 'aws-cdk-lib';
import { asJson } from './as-json';

/**
 * A token that replaces another one: it renders to the result of `rewrite` for the rendering of the original.
 *
 * So a `Lazy` of the user stays lazy, and a condition stays a condition.
 */
export class Deferred implements IResolvable {
  /** Whether the value is such a token. */
  public static isDeferred(value: unknown): value is Deferred {
    return value instanceof Deferred;
  }

  public readonly creationStack: string[];

  public constructor(private readonly token: unknown, private readonly rewrite: (resolved: unknown) => unknown) {
    this.creationStack = Tokenization.isResolvable(token) ? (token as IResolvable).creationStack : [];
  }

  public resolve(context: IResolveContext): unknown {
    return this.rewrite(asJson(context.resolve(this.token)));
  }

  public toString(): string {
    return Token.asString(this);
  }

  public toJSON(): string {
    return '<unresolved metadata options>';
  }
}
