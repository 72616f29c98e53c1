import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { takeableKinds } from '../../iam/principal-kinds';
import { listed } from '../../model/words';
import type { Warning } from '../warning';
import { namesUsualBootstrap } from './bootstrap-roles';
import { ExemptionsInStatements, OWN_ACCOUNT } from './exemptions-in-statements';

/** The warning about an exemption of the stack's own account. */
export const EXEMPTS_OWN_ACCOUNT = 'Imdsv2::ExemptionOfOwnAccount';

/** The least number of characters before a wildcard in a name that is exempt in several accounts. */
const MIN_PREFIX = 3;

/** The maximum number of ARNs in a warning. */
const MOST_ARNS = 3;

/** The start of a principal's name, and the wildcard after it. */
const PREFIX = /^arn:[^:]*:[^:]*::[^:]*:[a-z-]+\/([^*?]*)([*?]?)/;

/** The doubtful exemptions of service control policies. */
export function exemptionWarnings(statements: readonly PolicyStatement[], stack: Stack): Warning[] {
  const exemptions = new ExemptionsInStatements(statements, stack);
  return [tooWide, unknown, ofOwnAccount, ofUsualBootstrap, unguarded].flatMap(warningsOf => warningsOf(exemptions, stack));
}

/** A pattern is too wide if it matches several accounts and its name has a wildcard in the first three characters. */
function tooWide({ principals }: ExemptionsInStatements): Warning[] {
  const wide = principals.filter(arn => {
    const [, prefix = '', wildcard = ''] = PREFIX.exec(arn) ?? [];
    return /[*?]/.test(accountOf(arn)) && wildcard !== '' && prefix.length < MIN_PREFIX;
  });
  return warningIf(wide.length > 0, 'Imdsv2::ExemptionTooWide', `${listedArns(wide)} matches too many principals in many accounts: `
    + `begin the name with a path or at least ${MIN_PREFIX} characters, such as 'arn:*:iam::*:role/platform/*'`);
}

function unknown({ unknown: count }: ExemptionsInStatements): Warning[] {
  return warningIf(count > 0, 'Imdsv2::ExemptionNotKnown', `${count} of the exempt principals and accounts ${count === 1 ? 'is' : 'are'} not known before `
    + 'deployment, such as a CfnParameter, so nobody can review who is exempt: write account ids and ARNs');
}

/** Service control policies do not apply to the management account. */
function ofOwnAccount({ principals, accounts }: ExemptionsInStatements, { account }: Stack): Warning[] {
  const isOwn = (one: string) => one === OWN_ACCOUNT || !Token.isUnresolved(account) && one === account;
  const own = new Set([...accounts, ...principals.map(accountOf)].filter(isOwn).map(one => one === OWN_ACCOUNT ? 'Aws.ACCOUNT_ID' : `'${one}'`));
  const what = `${[...own].join(', ')} is the account of this stack. No service control policy reaches a management account`;
  return warningIf(own.size > 0, EXEMPTS_OWN_ACCOUNT, `${what}: write the id of the account that you mean (in a delegated administrator's stack, acknowledge this)`);
}

/** Not reported if everybody in the account is exempt. */
function ofUsualBootstrap({ principals }: ExemptionsInStatements): Warning[] {
  const usual = principals.filter(arn => takeableKinds(arn).includes('role') && namesUsualBootstrap(arn));
  return warningIf(usual.length > 0, 'Imdsv2::ExemptionOfUsualBootstrap', `${listedArns(usual)} ${usual.length === 1 ? 'names' : 'name'} roles of the default bootstrap stack, which `
    + 'everybody in an account may be able to use: exempt the roles of a bootstrap stack with its own qualifier');
}

function unguarded({ unguarded: principals }: ExemptionsInStatements): Warning[] {
  return warningIf(principals.length > 0, 'Imdsv2::ExemptionNotGuarded', `${listedArns(principals)} can be created or taken over by administrators of the accounts `
    + 'below the targets, who would then be exempt: add ImdsStatements.denyTakingExemptPrincipals() (in ImdsGuardrails: denyTakingExemptPrincipals)');
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The warning, if there is a reason for one. */
export function warningIf(isGiven: boolean, id: string, message: string): Warning[] {
  return isGiven ? [{ id, message }] : [];
}

/** ARNs in a warning: the first ones, since they are long, and the number of the others. */
export function listedArns(arns: readonly string[]): string {
  return listed(arns.map(arn => `'${arn}'`), ', ', MOST_ARNS);
}
