import { Token } from 'aws-cdk-lib';
import { TEXT, listOf } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';
import { isIdOf } from '../../org/organization-ids';

/** The accounts of an organization to exclude. */
export interface ImdsExcludedAccountsProps {
  /**
   * The ids of accounts of the organization to exclude, 1000 at most, such as those without AWS Config.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];
}

const ACCEPTED = "ids of accounts, such as '111122223333'";

export const EXCLUDED_ACCOUNTS: Shape<ImdsExcludedAccountsProps> = { excludedAccounts: listOf({ ...TEXT, accepted: `${ACCEPTED}, in quotes` }) };

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutOrganizationConfigRule.html */
const MOST_EXCLUDED = 1000;

/** @throws Error if one is not the id of an account, or there are too many */
export function checkExcludedAccounts({ excludedAccounts = [] }: ImdsExcludedAccountsProps): void {
  if (Token.isUnresolved(excludedAccounts)) { return; }
  const stray = excludedAccounts.find(account => !Token.isUnresolved(account) && !isIdOf(account, 'account'));
  if (stray !== undefined) { throw new Error(`excludedAccounts must be ${ACCEPTED}, got ${describeValue(stray)}`); }
  if (excludedAccounts.length > MOST_EXCLUDED) { throw new Error(`excludedAccounts must be ${MOST_EXCLUDED} accounts at most, got ${excludedAccounts.length}`); }
}
