import type { Stack } from 'aws-cdk-lib';

/** The longest values of the pseudo parameters in ARNs. The length of other tokens is unknown, and counts as nothing. */
const LONGEST: { readonly [parameter: string]: number } = { 'AWS::Partition': 10, 'AWS::AccountId': 12, 'AWS::Region': 15 };

/** A policy as minified JSON, as CloudFormation sends it. */
export class PolicyText {
  /**
   * The JSON of a value, with its tokens resolved by its stack.
   *
   * @param value the value
   * @param stack the stack
   */
  public static of(value: unknown, stack: Stack): PolicyText {
    const text = stack.toJsonString(value);
    const resolved: unknown = stack.resolve(text);
    const pieces = piecesOf(resolved);
    return new PolicyText(typeof resolved === 'string' ? resolved : text, pieces, JSON.stringify(pieces));
  }

  /**
   * @param text the text itself; unresolved if it contains an unresolved value
   * @param pieces its texts, and the intrinsics between them
   * @param key equal for equal texts
   */
  private constructor(public readonly text: string, private readonly pieces: readonly unknown[], public readonly key: string) {}

  /** Its size in bytes of UTF-8. It equals the number of characters for ASCII. AWS's pages use both. */
  public get size(): number {
    return this.sizeOf(text => text);
  }

  /** Its size without white space. IAM does not count white space, not even in strings. */
  public get sizeWithoutSpace(): number {
    return this.sizeOf(text => text.replace(/\s/g, ''));
  }

  private sizeOf(counted: (text: string) => string): number {
    return this.pieces.reduce<number>((sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(counted(piece)) : longest(piece)), 0);
  }
}

function piecesOf(resolved: unknown): readonly unknown[] {
  if (typeof resolved === 'string') { return [resolved]; }
  const pieces = (resolved as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join']?.[1];
  return Array.isArray(pieces) ? pieces : [resolved];
}

function longest(intrinsic: unknown): number {
  return LONGEST[(intrinsic as { readonly Ref?: string }).Ref ?? ''] ?? 0;
}
