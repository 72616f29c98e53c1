import type { Reference } from 'aws-cdk-lib';
import { Reference as AnyReference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { mayHoldUnresolved } from '../resources/literals';

/** The references that texts in a construct tree stand for. What a text stands for never changes, so it is looked up once, however often a tree is read. */
export class LiveReferences {
  /** Those of a tree. */
  public static in(root: IConstruct): LiveReferences {
    const known = LiveReferences.byRoot.get(root) ?? new LiveReferences();
    LiveReferences.byRoot.set(root, known);
    return known;
  }

  private static readonly byRoot = new WeakMap<IConstruct, LiveReferences>();

  private readonly byText = new Map<string, Reference>();

  /** The reference that a value is, where it is a text and nothing else stands in it. */
  public of(value: unknown): Reference | undefined {
    if (typeof value !== 'string' || !mayHoldUnresolved(value)) { return undefined; }
    const known = this.byText.get(value);
    if (known) { return known; }
    const { length, firstToken } = Tokenization.reverseString(value);
    if (length !== 1 || !AnyReference.isReference(firstToken)) { return undefined; }
    this.byText.set(value, firstToken);
    return firstToken;
  }
}
