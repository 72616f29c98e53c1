import { Token } from 'aws-cdk-lib';
import { describeValue } from '../model/setting';

/** CDK's placeholder for an image, or for a parameter of Systems Manager, before the lookup. */
const PLACEHOLDER = /^(?:ami-1234|dummy-value-for-.*)$/;

/** Whether a value is known: neither unresolved nor a placeholder of a lookup. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value) && !(typeof value === 'string' && PLACEHOLDER.test(value));
}

/**
 * Checks a text, if there is one and it is known.
 *
 * @param what the expected value, for the message
 * @throws Error if it is something else
 */
export function checkText(name: string, value: unknown, pattern: RegExp, what: string): void {
  if (value !== undefined && isKnown(value) && !(typeof value === 'string' && pattern.test(value))) {
    throw new Error(`${name} must be ${what}, got ${describeValue(value)}`);
  }
}
