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

/** Writes a reference to a resource down; `undefined` leaves it to CloudFormation's own spelling. */
export type ReferenceSpelling = (reference: Reference, stack: Stack) => unknown;

/**
 * What a value renders to now, without deciding what it renders to in the end.
 *
 * A `Lazy` produces its value once and keeps it. Resolved before synthesis, it would not see what is still to come, such as user data that is
 * added later; so it forgets here what it produced for us.
 */
export function peek(value: unknown, stack: Stack, spelling: ReferenceSpelling = asInTemplate): unknown {
  const reference = referenceIn(value);
  const spelled = reference && spelling(reference, stack);
  if (spelled !== undefined) { return spelled; }
  const resolver = new PeekingResolver(stack, spelling);
  try {
    return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
  } finally {
    resolver.forget();
  }
}

/** The reference that a value is, as a token or as the text of one: most tokens are. */
function referenceIn(value: unknown): Reference | undefined {
  const token = typeof value === 'string' ? Tokenization.reverse(value, { failConcat: false }) : value;
  return Reference.isReference(token) ? token : undefined;
}

/** What a reference to another stack renders to is not decided yet; its own logical id may be another thing here. */
function asInTemplate({ target, displayName }: Reference, stack: Stack): unknown {
  return Stack.of(target) === stack ? undefined : { 'Fn::ImportValue': displayName };
}

/** Resolves tokens, and knows which of them produced a value on the way. */
class PeekingResolver extends DefaultTokenResolver {
  private readonly fresh = new Set<Internals>();

  public constructor(private readonly stack: Stack, private readonly spelling: ReferenceSpelling) {
    super(new CloudFormationConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    this.note(token as Internals);
    const spelled = Reference.isReference(token) ? this.spelling(token, this.stack) : undefined;
    return spelled ?? super.resolveToken(token, context, postProcessor) as unknown;
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
