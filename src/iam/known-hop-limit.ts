import { Token } from 'aws-cdk-lib';
import { checkHopLimit } from '../model/hop-limit';

/**
 * Checks a hop limit that goes into a policy, which is written at synthesis.
 *
 * @throws Error where it is given and EC2 does not accept it, or it is unresolved
 */
export function checkKnownHopLimit(name: string, value: unknown): void {
  if (Token.isUnresolved(value)) { throw new Error(`${name} must be known at synthesis, got an unresolved value`); }
  checkHopLimit(name, value);
}
