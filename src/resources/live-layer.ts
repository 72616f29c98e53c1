import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { Deferred } from './deferred';
import type { Layer } from './layer';
import type { ReferenceSpelling } from './peek';
import { peek } from './peek';

/** What a token resolves to that cannot be resolved yet: an intrinsic that nobody can read. */
const UNRESOLVED = { 'Fn::Unresolved': 'a token that cannot be resolved yet' };

/** What every token in a text has in it: the marker of texts and lists, or the exponent of numbers. */
const TOKEN_MARKS = ['Token[', 'e+289'];

/** How deep a value is looked through before it is left to CDK. */
const MAX_DEPTH = 20;

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
    switch (typeof value) {
      case 'string': return mayHaveToken(value) && Token.isUnresolved(value);
      case 'number': return Token.isUnresolved(value);
      case 'object': return value !== null && Token.isUnresolved(value);
      default: return false;
    }
  }

  public resolve(value: unknown): unknown {
    if (!this.hasTokens || isLiteral(value)) { return value; }
    try {
      return peek(value, this.stack, this.spelling);
    } catch {
      return UNRESOLVED;
    }
  }

  public look(token: unknown): { readonly value: unknown; readonly layer: Layer } | undefined {
    const value = this.resolve(token);
    return value === UNRESOLVED ? undefined : { value, layer: this.withNames(this.name, false) };
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
  const words = /[A-Z]{2}/.test(property) ? property.replace(/[A-Z]{2,}/g, run => run[0] + run.slice(1).toLowerCase()) : property;
  return words[0].toLowerCase() + words.slice(1);
}

/** Whether a value renders to itself: no token is in it, and nothing that is left out or that CDK knows how to render. */
function isLiteral(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string': return !mayHaveToken(value);
    case 'number': return !Token.isUnresolved(value);
    case 'boolean': return true;
    case 'object': break;
    default: return depth === 0;
  }
  if (value === null) { return true; }
  if (depth > MAX_DEPTH) { return false; }
  if (Array.isArray(value)) { return value.every(element => isLiteral(element, depth + 1)); }
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null)
    && Object.entries(value).every(([key, inner]) => !mayHaveToken(key) && isLiteral(inner, depth + 1));
}

/** A quick look, before CDK takes the text apart. */
function mayHaveToken(text: string): boolean {
  return TOKEN_MARKS.some(mark => text.includes(mark));
}
