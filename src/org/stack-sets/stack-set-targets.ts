import type { CfnStackSet } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';
import type { OrganizationPart } from '../organization-ids';
import { isIdOf } from '../organization-ids';

/** The accounts that get a stack. */
export interface StackSetTargets {
  readonly organizationalUnitIds: string[];
  readonly excludedAccounts?: string[];
}

/**
 * The accounts in CloudFormation's form.
 *
 * @throws Error if there is no unit, or an id is not valid or is repeated
 */
export function deploymentTargets(targets: StackSetTargets): CfnStackSet.DeploymentTargetsProperty {
  const { organizationalUnitIds, excludedAccounts = [] } = targets;
  checkList('organizationalUnitIds', organizationalUnitIds);
  checkList('excludedAccounts', excludedAccounts);
  if (organizationalUnitIds.length === 0) { throw new Error('organizationalUnitIds must name one organizational unit at least, got none'); }
  check('organizationalUnitIds', organizationalUnitIds, ['unit', 'root'], "ids such as 'ou-ab12-cd34ef56', or of a root such as 'r-ab12'");
  check('excludedAccounts', excludedAccounts, ['account'], 'ids of accounts, of 12 digits');
  return {
    organizationalUnitIds,
    ...excludedAccounts.length > 0 && { accounts: excludedAccounts, accountFilterType: 'DIFFERENCE' },
  };
}

function checkList(name: string, ids: unknown): void {
  if (!Token.isUnresolved(ids) && !Array.isArray(ids)) { throw new Error(`${name} must be a list, got ${describeValue(ids)}`); }
}

function check(name: string, ids: readonly string[], parts: readonly OrganizationPart[], what: string): void {
  if (Token.isUnresolved(ids)) { return; }
  ids.forEach((id, index) => {
    if (Token.isUnresolved(id)) { return; }
    if (!isIdOf(id, ...parts)) { throw new Error(`${name} must be ${what}, got ${describeValue(id)}`); }
    if (ids.indexOf(id) < index) { throw new Error(`${name} must name each once, got ${describeValue(id)} twice`); }
  });
}
