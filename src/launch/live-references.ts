import type { Reference } from 'aws-cdk-lib';
import { Reference as AnyReference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { mayHoldUnresolved } from '../resources/literals';

/** The references behind texts in a construct tree. The reference of a text never changes, so it is cached for all reads of a tree. */
export class LiveReferences {
  /** The references of a tree. */
  public static in(root: IConstruct): LiveReferences {
    const known = LiveReferences.byRoot.get(root) ?? new LiveReferences();
    LiveReferences.byRoot.set(root, known);
    return known;
  }

  private static readonly byRoot = new WeakMap<IConstruct, LiveReferences>();

  private readonly byText = new Map<string, Reference>();

  /** The reference, if the text is only a reference. */
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
