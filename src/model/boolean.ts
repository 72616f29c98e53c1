import { Token } from 'aws-cdk-lib';
import { describeValue } from './setting';

/**
 * Checks a property that is true or false, which plain JavaScript may give as anything. A template is written by it, so it has to be known.
 *
 * @throws Error where it is given and is neither
 */
export function checkBoolean(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') { return; }
  throw new Error(`${name} must be true or false, got ${Token.isUnresolved(value) ? 'an unresolved value: it must be known at synthesis' : describeValue(value)}`);
}

/**
 * Checks properties that are true or false.
 *
 * @param names which of the properties
 * @throws Error where one is given and is neither
 */
export function checkBooleans<Name extends string>(props: { readonly [name in Name]?: unknown }, names: readonly Name[]): void {
  names.forEach(name => checkBoolean(name, props[name]));
}
