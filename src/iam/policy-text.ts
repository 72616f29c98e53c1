import type { Stack } from 'aws-cdk-lib';

/** The longest values of the pseudo parameters that stand in ARNs. Other tokens count as nothing: nobody knows what they will be. */
const LONGEST: { readonly [parameter: string]: number } = { 'AWS::Partition': 10, 'AWS::AccountId': 12, 'AWS::Region': 15 };

/** JSON as CloudFormation will send it, without any space between its elements. */
export class PolicyText {
  /**
   * The JSON of a value, with its tokens left to the stack that it is deployed by.
   *
   * @param value what becomes JSON
   * @param stack where it is written
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
   * @param key what is the same for all texts that say the same
   */
  private constructor(public readonly text: string, private readonly pieces: readonly unknown[], public readonly key: string) {}

  /** Its size in bytes of UTF-8: as many as characters, unless some are not of ASCII. AWS's texts speak of both. */
  public get size(): number {
    return this.sizeOf(text => text);
  }

  /** Its size without any space in it: IAM does not count that, not even between quotes. */
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
