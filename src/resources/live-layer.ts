import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { asJson, isWrittenOtherwise } from './as-json';
import { Deferred } from './deferred';
import type { Layer } from './layer';
import { isLiteral, mayHoldUnresolved } from './literals';
import type { ReferenceSpelling } from './resolve-uncached';
import { resolveUncached } from './resolve-uncached';

/** The replacement for a value that cannot be resolved yet: an unknown intrinsic. */
const UNRESOLVED = { 'Fn::Unresolved': 'a value that cannot be resolved yet' };

/** Properties of a live construct: names in camel case, unresolved values among them. */
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
    private readonly mayBeUnresolved: boolean,
  ) {}

  public get verbatim(): Layer {
    return this.withNames(property => property, this.mayBeUnresolved);
  }

  public isUnresolved(value: unknown): boolean {
    if (!this.mayBeUnresolved) { return false; }
    switch (typeof value) {
      case 'string': return mayHoldUnresolved(value) && Token.isUnresolved(value);
      case 'number': return Token.isUnresolved(value) || isWrittenOtherwise(value);
      case 'object': return value !== null && mayBeToken(value) && Token.isUnresolved(value);
      default: return isWrittenOtherwise(value);
    }
  }

  public resolve(value: unknown): unknown {
    if (!this.mayBeUnresolved || isLiteral(value)) { return value; }
    try {
      return asJson(resolveUncached(value, this.stack, this.spelling));
    } catch {
      return UNRESOLVED;
    }
  }

  public look(unresolved: unknown): { readonly value: unknown; readonly layer: Layer } | undefined {
    const value = this.resolve(unresolved);
    return value === UNRESOLVED ? undefined : { value, layer: this.withNames(this.name, false) };
  }

  public defer(unresolved: unknown, rewrite: (resolved: unknown, layer: Layer) => unknown): unknown {
    const resolvedLayer = this.withNames(this.name, false);
    const now = this.resolve(unresolved);
    const isDone = Deferred.isDeferred(unresolved) && (now === UNRESOLVED || rewrite(now, resolvedLayer) === now);
    if (isDone) { return unresolved; }
    if (now !== UNRESOLVED && !Deferred.isDeferred(unresolved)) { rewrite(now, resolvedLayer); }
    return new Deferred(unresolved, resolved => rewrite(resolved, resolvedLayer));
  }

  private withNames(name: (property: string) => string, mayBeUnresolved: boolean): LiveLayer {
    return name === this.name && mayBeUnresolved === this.mayBeUnresolved ? this : new LiveLayer(this.stack, this.spelling, name, mayBeUnresolved);
  }
}

/** A quick look: most objects are plain ones, and CDK asks more of them. */
function mayBeToken(value: object): boolean {
  return 'resolve' in value || Array.isArray(value);
}

/** The names of properties in L1s, by those of CloudFormation. They are cached, because there are few, and each is needed often. */
const TYPED_NAMES = new Map<string, string>();

/**
 * The name that an L1 gives a CloudFormation property: `HttpTokens` is `httpTokens`, `DisableIMDSV1` is `disableImdsv1`.
 */
export function typedName(property: string): string {
  let name = TYPED_NAMES.get(property);
  if (name === undefined) {
    name = inCamelCase(property);
    TYPED_NAMES.set(property, name);
  }
  return name;
}

function inCamelCase(property: string): string {
  const words = hasRunOfCapitals(property) ? property.replace(/[A-Z]{2,}/g, run => run[0] + run.slice(1).toLowerCase()) : property;
  return words[0].toLowerCase() + words.slice(1);
}

function hasRunOfCapitals(text: string): boolean {
  for (let index = 1; index < text.length; index++) {
    if (isCapital(text.charCodeAt(index)) && isCapital(text.charCodeAt(index - 1))) { return true; }
  }
  return false;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}
