import type { IPostProcessor, IResolvable, IResolveContext, ResolveChangeContextOptions } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { intrinsicName } from '../model/intrinsics';
import { isLiteral } from './literals';

/** Joins the pieces of a string. */
type Concat = ConstructorParameters<typeof DefaultTokenResolver>[0];

/** Internals of a CDK `Lazy`: its cached result, and the tokens that contain other tokens. */
interface Internals {
  _cached?: unknown;
  readonly inner?: Internals;
  readonly source?: Internals;
  readonly boxes?: { readonly [name: string]: Internals | undefined };
}

/** Writes a reference to a resource; `undefined` keeps CloudFormation's form. */
export type ReferenceSpelling = (reference: Reference, stack: Stack) => unknown;

/**
 * The current rendering of a value, without fixing its final rendering.
 *
 * A `Lazy` produces its value once and caches it. Resolved before synthesis, it would miss later changes, such as added user data. So the cache is
 * cleared here.
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

/** The rendering of a reference to another stack is not final yet, and its logical id may belong to another resource here. */
function asInTemplate({ target, displayName }: Reference, stack: Stack): unknown {
  return Stack.of(target) === stack ? undefined : { 'Fn::ImportValue': displayName };
}

/** The resolution of a value, which records the tokens that produced a result. */
class Resolution {
  private readonly fresh: Internals[] = [];
  private resolver: NotingResolver | undefined;

  public constructor(public readonly stack: Stack, private readonly spelling: ReferenceSpelling) {}

  /** Resolves a single token directly, because CDK splits and joins every value, which is expensive. */
  public alone(token: IResolvable): unknown {
    const spelled = this.meet(token);
    if (spelled !== undefined) { return spelled; }
    const context = new LoneContext(this);
    const value: unknown = token.resolve(context);
    return context.postProcess(isLiteral(value) ? value : this.anew(value));
  }

  /** The result of a token, which has to be resolved itself. */
  private anew(value: unknown): unknown {
    const token = unresolvedIn(value);
    return token ? this.alone(token) : this.byCdk(value);
  }

  /** The rendered form of any other value. */
  public byCdk(value: unknown): unknown {
    return Tokenization.resolve(value, { scope: this.stack, resolver: this.resolver ??= new NotingResolver(this), preparing: false });
  }

  /** Records a token that is about to be resolved, and returns its form if it is not CloudFormation's. */
  public meet(token: IResolvable): unknown {
    this.note(token as Internals);
    return Reference.isReference(token) ? this.spelling(token, this.stack) : undefined;
  }

  /** Clears the caches of the tokens. */
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

/** The context for a single token. */
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

  /** Post-processes the result of the token. */
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
