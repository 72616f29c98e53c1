import { Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html */
const PREFIX = /^[\w-]*$/;

/**
 * Checks the prefix of rule names.
 *
 * @param most the most characters, so that the names of all rules fit
 * @throws Error if AWS Config does not accept it
 */
export function checkRuleNamePrefix(prefix: string | undefined, most: number): void {
  if (prefix === undefined || Token.isUnresolved(prefix) || (PREFIX.test(prefix) && prefix.length <= most)) { return; }
  throw new Error(`ruleNamePrefix must be letters, digits, hyphens and underscores, ${most} characters at most, got ${describeValue(prefix)}`);
}
