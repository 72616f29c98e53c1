import { Names, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describeValue } from '../../model/setting';

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html */
const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;

/**
 * The name of a pack: from the user, or generated from the path of the construct.
 *
 * @throws Error if AWS Config does not accept it
 */
export function packNameOf(construct: Construct, property: string, name: string | undefined, most: number): string {
  if (name === undefined) { return Names.uniqueResourceName(construct, { maxLength: most, separator: '-' }); }
  if (Token.isUnresolved(name) || (NAME.test(name) && name.length <= most)) { return name; }
  throw new Error(`${property} must be a letter, then letters, digits and hyphens, ${most} characters at most, got ${describeValue(name)}`);
}
