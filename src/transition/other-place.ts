import { Token } from 'aws-cdk-lib';

/** Whether two accounts, or two Regions, are known to differ. */
export function isOther(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
