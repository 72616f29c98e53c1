import type { IPostProcessor, IResolvable, IResolveContext, ResolveChangeContextOptions } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { intrinsicName } from '../model/intrinsics';
import { isLiteral } from './literals';

/** How a resolver puts the pieces of a string together. */
type Concat = ConstructorParameters<typeof DefaultTokenResolver>[0];

/** What CDK keeps to itself about a `Lazy`: what it produced first, and the tokens that others are made of. */
interface Internals {
  _cached?: unknown;
  readonly inner?: Internals;
  readonly source?: Internals;
  readonly boxes?: { readonly [name: string]: Internals | undefined };
}

/** Writes a reference to a resource down; `undefined` leaves it to CloudFormation's own spelling. */
export type ReferenceSpelling = (reference: Reference, stack: Stack) => unknown;

/**
 * What a value renders to now, without deciding what it renders to in the end.
 *
 * A `Lazy` produces its value once and keeps it. Resolved before synthesis, it would not see what is still to come, such as user data that is
 * added later; so it forgets here what it produced for us.
 */
export function resolveUncached(value: unknown, stack: Stack, spelling: ReferenceSpelling = asInTemplate): unknown {
  const token = unresolvedIn(value);
  const spelled = Reference.isReference(token) ? spelling(token, stack) : undefined;
  if (spelled !== undefined) { return spelled; }
  const resolution = new Resolution(stack, spelling);
  try {
    return token ? resolution.alone(token) : resolution.byCdk(value);
  } finally {
    resolution.forget();
  }
}

/** The token that a value is, itself or as a text: most are nothing else. */
function unresolvedIn(value: unknown): IResolvable | undefined {
  if (typeof value === 'string') {
    const fragments = Tokenization.reverseString(value);
    return fragments.length === 1 ? fragments.firstToken : undefined;
  }
  return Tokenization.isResolvable(value) ? value : undefined;
}

/** What a reference to another stack renders to is not decided yet; its own logical id may be another thing here. */
function asInTemplate({ target, displayName }: Reference, stack: Stack): unknown {
  return Stack.of(target) === stack ? undefined : { 'Fn::ImportValue': displayName };
}

/** A value that is resolved: it knows which tokens produced something on the way. */
class Resolution {
  private readonly fresh: Internals[] = [];
  private resolver: NotingResolver | undefined;

  public constructor(public readonly stack: Stack, private readonly spelling: ReferenceSpelling) {}

  /** What a token renders to that stands by itself: CDK takes every value apart and puts it together again, which is dear. */
  public alone(token: IResolvable): unknown {
    const spelled = this.meet(token);
    if (spelled !== undefined) { return spelled; }
    const context = new LoneContext(this);
    const value: unknown = token.resolve(context);
    return context.postProcess(isLiteral(value) ? value : this.anew(value));
  }

  /** What a token was resolved to, and has to be resolved itself. */
  private anew(value: unknown): unknown {
    const token = unresolvedIn(value);
    return token ? this.alone(token) : this.byCdk(value);
  }

  /** What any other value renders to. */
  public byCdk(value: unknown): unknown {
    return Tokenization.resolve(value, { scope: this.stack, resolver: this.resolver ??= new NotingResolver(this), preparing: false });
  }

  /** Notes a token that is about to be resolved; how it is written down, where that is not left to CloudFormation's spelling. */
  public meet(token: IResolvable): unknown {
    this.note(token as Internals);
    return Reference.isReference(token) ? this.spelling(token, this.stack) : undefined;
  }

  /** Makes the tokens forget what they produced. */
  public forget(): void {
    for (const lazy of this.fresh) { lazy._cached = undefined; }
  }

  private note(token: Internals): void {
    if ('_cached' in token && token._cached === undefined) { this.fresh.push(token); }
    if (token.inner) { this.note(token.inner); }
    if (token.source) { this.note(token.source); }
    if (token.boxes) { Object.values(token.boxes).forEach(box => { if (box) { this.note(box); } }); }
  }
}

/** CDK's way, with a note of each token. */
class NotingResolver extends DefaultTokenResolver {
  public constructor(private readonly resolution: Resolution) {
    super(new CloudFormationConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return this.resolution.meet(token) ?? super.resolveToken(token, context, postProcessor) as unknown;
  }
}

/** What a token is told that stands by itself. */
class LoneContext implements IResolveContext {
  public readonly preparing = false;
  public readonly documentPath: string[] = [];
  private processor: IPostProcessor | undefined;

  public constructor(private readonly resolution: Resolution) {}

  public get scope(): Stack {
    return this.resolution.stack;
  }

  public registerPostProcessor(processor: IPostProcessor): void {
    this.processor = processor;
  }

  public resolve(value: unknown, options?: ResolveChangeContextOptions): unknown {
    if (!options) { return this.resolution.byCdk(value); }
    // Only a context of CDK's own takes options.
    let resolved: unknown;
    const asking: IResolvable = { creationStack: [], resolve: context => { resolved = context.resolve(value, options) as unknown; } };
    this.resolution.byCdk(asking);
    return resolved;
  }

  /** What the token makes of what it was resolved to. */
  public postProcess(value: unknown): unknown {
    return this.processor ? this.processor.postProcess(value, this) : value;
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
