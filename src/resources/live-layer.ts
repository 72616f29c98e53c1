import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { Deferred } from './deferred';
import type { Layer } from './layer';
import type { ReferenceSpelling } from './peek';
import { peek } from './peek';

/** What a token resolves to that cannot be resolved yet: an intrinsic that nobody can read. */
const UNRESOLVED = { 'Fn::Unresolved': 'a token that cannot be resolved yet' };

/** Properties of a live construct: names in camel case, tokens among the values. */
export class LiveLayer implements Layer {
  /** The layer of an L1 with typed properties. */
  public static typed(stack: Stack, spelling?: ReferenceSpelling): LiveLayer {
    return new LiveLayer(stack, spelling, typedName, true);
  }

  /** The layer of a generic resource, and of raw overrides: CloudFormation's own names. */
  public static verbatim(stack: Stack, spelling?: ReferenceSpelling): LiveLayer {
    return new LiveLayer(stack, spelling, property => property, true);
  }

  private constructor(
    private readonly stack: Stack,
    private readonly spelling: ReferenceSpelling | undefined,
    public readonly name: (property: string) => string,
    private readonly hasTokens: boolean,
  ) {}

  public get verbatim(): Layer {
    return this.withNames(property => property, this.hasTokens);
  }

  public isToken(value: unknown): boolean {
    if (!this.hasTokens) { return false; }
    return typeof value === 'object' || typeof value === 'string' || typeof value === 'number' ? Token.isUnresolved(value) : false;
  }

  public resolve(value: unknown): unknown {
    const isLiteral = typeof value !== 'object' && !this.isToken(value);
    if (!this.hasTokens || value === null || isLiteral) { return value; }
    try {
      return peek(value, this.stack, this.spelling);
    } catch {
      return UNRESOLVED;
    }
  }

  public defer(token: unknown, rewrite: (resolved: unknown, layer: Layer) => unknown): unknown {
    const resolvedLayer = this.withNames(this.name, false);
    const now = this.resolve(token);
    const isDone = Deferred.isDeferred(token) && (now === UNRESOLVED || rewrite(now, resolvedLayer) === now);
    if (isDone) { return token; }
    if (now !== UNRESOLVED && !Deferred.isDeferred(token)) { rewrite(now, resolvedLayer); }
    return new Deferred(token, resolved => rewrite(resolved, resolvedLayer));
  }

  private withNames(name: (property: string) => string, hasTokens: boolean): LiveLayer {
    return name === this.name && hasTokens === this.hasTokens ? this : new LiveLayer(this.stack, this.spelling, name, hasTokens);
  }
}

/**
 * The name that an L1 gives a CloudFormation property: `HttpTokens` is `httpTokens`, `DisableIMDSV1` is `disableImdsv1`.
 */
export function typedName(property: string): string {
  const words = property.replace(/[A-Z]{2,}/g, run => run[0] + run.slice(1).toLowerCase());
  return words[0].toLowerCase() + words.slice(1);
}
