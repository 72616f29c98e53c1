import { Token } from 'aws-cdk-lib';
import { describeValue } from '../model/setting';

/** What CDK hands out for an image, or for a parameter of Systems Manager, until it has looked it up. */
const PLACEHOLDER = /^(?:ami-1234|dummy-value-for-.*)$/;

/** Whether a value is known: it is no token, and not yet to be looked up. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value) && !(typeof value === 'string' && PLACEHOLDER.test(value));
}

/**
 * Checks a text, if there is one and it is known.
 *
 * @param what what it must be, for the message
 * @throws Error where it is something else
 */
export function checkText(name: string, value: unknown, pattern: RegExp, what: string): void {
  if (value !== undefined && isKnown(value) && !(typeof value === 'string' && pattern.test(value))) {
    throw new Error(`${name} must be ${what}, got ${describeValue(value)}`);
  }
}

/**
 * Checks switches: a template is written by them, so they have to be known.
 *
 * @throws Error where one is given and is none
 */
export function checkSwitches(switches: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(switches)) {
    if (value !== undefined && typeof value !== 'boolean') {
      const got = Token.isUnresolved(value) ? 'a token: it must be known at synthesis' : describeValue(value);
      throw new Error(`${name} must be true or false, got ${got}`);
    }
  }
}
