import { Token } from 'aws-cdk-lib';
import { LATER, checkValue, known, listOf as listKind } from '../model/kinds';
import type { Shape } from '../model/props';
import { describeValue } from '../model/setting';
import { checkKnownElement, checkPrincipalArn } from './principal-arns';
import type { Conditions } from './statement';

/** Exceptions of a statement. */
export interface ImdsStatementProps {
  /**
   * The exempt principals, as in `aws:PrincipalArn`, with the wildcards `*` and `?`: `arn:aws:iam::111122223333:role/Deployment`,
   * `arn:*:iam::*:role/platform/*`.
   *
   * For an assumed role, use the ARN of the role with its path, not the ARN of the session.
   *
   * @default - no principal
   */
  readonly exemptPrincipalArns?: string[];

  /**
   * The accounts whose principals are exempt, as 12 digits.
   *
   * @default - no account
   */
  readonly exemptAccounts?: string[];

  /**
   * The Regions in which calls are exempt, such as `eu-west-1`. It is the called Region, `aws:RequestedRegion`, not that of the caller. Global
   * services have one Region: for IAM, it is `us-east-1`.
   *
   * @default - no Region
   */
  readonly exemptRegions?: string[];
}

/**
 * Checks the exemptions and converts them to conditions. A statement denies if all of them match, which means that no exemption applies.
 *
 * @throws Error if one is not the ARN of a principal, an account or a Region, or exempts everybody, or a list is not known at synthesis
 */
export function exemptionConditions(props: ImdsStatementProps): Conditions {
  const exemptPrincipalArns = listOf('exemptPrincipalArns', props.exemptPrincipalArns);
  const exemptAccounts = listOf('exemptAccounts', props.exemptAccounts);
  const exemptRegions = listOf('exemptRegions', props.exemptRegions);
  exemptPrincipalArns.forEach(arn => checkPrincipalArn('exemptPrincipalArns', arn));
  exemptAccounts.forEach(checkAccount);
  exemptRegions.forEach(checkRegion);
  const strings = {
    ...exemptAccounts.length > 0 ? { 'aws:PrincipalAccount': exemptAccounts } : {},
    ...exemptRegions.length > 0 ? { 'aws:RequestedRegion': exemptRegions } : {},
  };
  return {
    ...exemptPrincipalArns.length > 0 ? { ArnNotLike: { 'aws:PrincipalArn': exemptPrincipalArns } } : {},
    ...Object.keys(strings).length > 0 ? { StringNotEquals: strings } : {},
  };
}

/**
 * The elements of a list; empty for `null`, which plain JavaScript can pass.
 *
 * @throws Error if it is not a list, or a list that is known only at deployment
 */
export function listOf(name: string, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) { return []; }
  // An unresolved list can also be a list with one unresolved element, which has a better error message.
  if (!Array.isArray(given)) { checkValue(name, given, LIST); }
  given.forEach(element => checkKnownElement(name, element));
  return given;
}

function checkAccount(account: unknown): void {
  if (Token.isUnresolved(account)) { return; }
  if (typeof account !== 'string' || !/^\d{12}$/.test(account)) {
    throw new Error(`exemptAccounts must be account ids of 12 digits, got ${describeValue(account)}`);
  }
}

function checkRegion(region: unknown): void {
  if (Token.isUnresolved(region)) { return; }
  if (typeof region !== 'string' || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw new Error(`exemptRegions must be Regions such as 'eu-west-1', without wildcards, got ${describeValue(region)}`);
  }
}

const LIST = known(listKind(LATER));

/** The accepted values of the properties. */
export const STATEMENT: Shape<ImdsStatementProps> = { exemptPrincipalArns: LATER, exemptAccounts: LATER, exemptRegions: LATER };
