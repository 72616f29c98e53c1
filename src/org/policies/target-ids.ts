import { Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';
import { isIdOf } from '../organization-ids';

/**
 * Checks the targets of a policy; tokens are accepted.
 *
 * @throws Error if one is not the id of a root, an organizational unit or an account, or is repeated, or they are not a list
 */
export function checkTargetIds(targetIds: readonly string[]): void {
  if (Token.isUnresolved(targetIds)) { return; }
  if (!Array.isArray(targetIds)) { throw new Error(`targetIds must be a list of ids, got ${describeValue(targetIds)}`); }
  targetIds.forEach((id, index) => {
    if (Token.isUnresolved(id)) { return; }
    if (!isIdOf(id, 'root', 'unit', 'account')) {
      throw new Error(`targetIds must be ids such as 'r-ab12', 'ou-ab12-11111111' or '111122223333', got ${describeValue(id)}`);
    }
    if (targetIds.indexOf(id) < index) { throw new Error(`targetIds must name each target once, got ${describeValue(id)} twice`); }
  });
}
