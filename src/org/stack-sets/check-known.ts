import { Token, Tokenization } from 'aws-cdk-lib';

/**
 * Checks that nothing in a property is unresolved, because a reference of the app has no meaning in the template of another account.
 *
 * @throws Error if there is one
 */
export function checkKnown(name: string, value: unknown): void {
  if (isUnresolved(value)) { refuseUnresolved(name); }
}

/** @throws Error in any case */
export function refuseUnresolved(name: string): never {
  throw new Error(`${name} must be known at synthesis, got an unresolved value`);
}

function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value) || Tokenization.isResolvable(value)) { return true; }
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnresolved);
}
