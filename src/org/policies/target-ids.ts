import { Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';

/** The ids of roots, organizational units and accounts. */
const TARGET_ID = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;

/**
 * Checks what a policy is attached to; tokens pass.
 *
 * @throws Error where one is no id of a root, an organizational unit or an account, or stands there twice, or they are no list
 */
export function checkTargetIds(targetIds: readonly string[]): void {
  if (Token.isUnresolved(targetIds)) { return; }
  if (!Array.isArray(targetIds)) { throw new Error(`targetIds must be a list of ids, got ${describeValue(targetIds)}`); }
  targetIds.forEach((id, index) => {
    if (Token.isUnresolved(id)) { return; }
    if (typeof id !== 'string' || !TARGET_ID.test(id)) {
      throw new Error(`targetIds must be ids such as 'r-ab12', 'ou-ab12-11111111' or '111122223333', got ${describeValue(id)}`);
    }
    if (targetIds.indexOf(id) < index) { throw new Error(`targetIds must name each target once, got ${describeValue(id)} twice`); }
  });
}
