import { Token } from 'aws-cdk-lib';
import { checkHopLimit } from '../model/hop-limit';

/**
 * Checks a hop limit that goes into a policy, which is written at synthesis.
 *
 * @throws Error where it is given and is none, or only a deployment knows it
 */
export function checkKnownHopLimit(name: string, value: unknown): void {
  if (Token.isUnresolved(value)) { throw new Error(`${name} must be known at synthesis, got a token`); }
  checkHopLimit(name, value);
}
