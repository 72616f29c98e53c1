import type { IPostProcessor, IResolvable, IResolveContext } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { intrinsicName } from '../model/intrinsics';

/** How a resolver puts the pieces of a string together. */
type Concat = ConstructorParameters<typeof DefaultTokenResolver>[0];

/** What CDK keeps to itself about a `Lazy`: what it produced first, and the tokens that others are made of. */
interface Internals {
  _cached?: unknown;
  readonly inner?: Internals;
  readonly source?: Internals;
  readonly boxes?: { readonly [name: string]: Internals };
}

/**
 * What a value renders to now, without deciding what it renders to in the end.
 *
 * A `Lazy` produces its value once and keeps it. Resolved before synthesis, it would not see what is still to come, such as user data that is
 * added later; so it forgets here what it produced for us.
 */
export function peek(value: unknown, stack: Stack): unknown {
  return resolveWith(new PeekingResolver(stack), value, stack);
}

/** The references that a value renders to, those under conditions and to other stacks included. */
export function referencesIn(value: unknown, stack: Stack): readonly Reference[] {
  const resolver = new PeekingResolver(stack);
  try {
    resolveWith(resolver, value, stack);
  } catch {
    return [];
  }
  return [...resolver.references];
}

function resolveWith(resolver: PeekingResolver, value: unknown, stack: Stack): unknown {
  try {
    return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
  } finally {
    resolver.forget();
  }
}

/** Resolves tokens, and knows which of them produced a value on the way. */
class PeekingResolver extends DefaultTokenResolver {
  public readonly references = new Set<Reference>();
  private readonly fresh = new Set<Internals>();

  public constructor(private readonly stack: Stack) {
    super(new CloudFormationConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    this.note(token as Internals);
    if (Reference.isReference(token)) {
      this.references.add(token);
      // What it renders to in this stack is not decided yet; its own logical id may be another thing here.
      if (Stack.of(token.target) !== this.stack) { return { 'Fn::ImportValue': token.displayName }; }
    }
    return super.resolveToken(token, context, postProcessor) as unknown;
  }

  /** Makes the tokens forget what they produced. */
  public forget(): void {
    for (const lazy of this.fresh) { lazy._cached = undefined; }
  }

  private note(token: Internals): void {
    if ('_cached' in token && token._cached === undefined) { this.fresh.add(token); }
    for (const part of [token.inner, token.source, ...Object.values(token.boxes ?? {})]) {
      if (part) { this.note(part); }
    }
  }
}

/** Puts text and intrinsics together as a template does, by `Fn::Join`. */
class CloudFormationConcat implements Concat {
  public join(left: unknown, right: unknown): unknown {
    const pieces = [...piecesOf(left), ...piecesOf(right)].reduce<unknown[]>((all, piece) => {
      const last = all[all.length - 1];
      return typeof last === 'string' && typeof piece === 'string' ? [...all.slice(0, -1), last + piece] : [...all, piece];
    }, []);
    return pieces.length === 1 ? pieces[0] : { 'Fn::Join': ['', pieces] };
  }
}

function piecesOf(value: unknown): unknown[] {
  if (value === undefined) { return []; }
  const args = intrinsicName(value) === 'Fn::Join' ? (value as { 'Fn::Join': unknown })['Fn::Join'] : undefined;
  return Array.isArray(args) && args[0] === '' && Array.isArray(args[1]) ? args[1] as unknown[] : [value];
}
