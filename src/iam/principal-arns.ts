import { Aws, Token } from 'aws-cdk-lib';
import { describeValue } from '../model/setting';

/** The ARN of a session of a role: `arn:aws:sts::111122223333:assumed-role/Name/session`. */
const SESSION = /^arn:([^:]+):sts::([^:]*):assumed-role\/([^/]+)(?:\/.*)?$/;

/** The valid values for `aws:PrincipalArn`: the root user, a user, a role, a federated user. Parts of it can be wildcards. */
const PRINCIPAL = /^arn:[a-z*?-]+:(?:iam::([\d*?]+):(root|(?:user|role)\/\S+)|sts::([\d*?]+):(federated-user\/\S+))$/;

/** A pattern that matches every name, with or without a path. */
const ANY_NAME = /^(user|role|federated-user)\/[*?/]+$/;

const ACCOUNT_LENGTH = 12;

const PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn';

/**
 * Checks that a pattern can match `aws:PrincipalArn`, and does not match everybody.
 *
 * @throws Error if it cannot, with the pattern that can
 */
export function checkPrincipalArn(name: string, arn: unknown): void {
  checkKnownElement(name, arn);
  checkNoPseudoParameter(name, arn);
  if (Token.isUnresolved(arn)) { return; }
  const written = describeValue(arn);
  if (typeof arn !== 'string') { throw new Error(`${name} must be ARNs, got ${written}`); }
  checkNoSession(name, arn);
  if (arn.includes('${')) { throw new Error(`${name} must be ARNs without policy variables, got ${written}`); }
  const principal = PRINCIPAL.exec(arn);
  if (!principal) {
    throw new Error(`${name} must be ARNs of roles, users or root users, such as 'arn:aws:iam::111122223333:role/Name', got ${written} (${PAGE})`);
  }
  const [account, resource] = principal.slice(1).filter(part => part !== undefined);
  if (!mayBeAccount(account)) { throw new Error(`${name} must be ARNs with an account id of ${ACCOUNT_LENGTH} digits, got ${written}`); }
  if (/[*?]/.test(account) && ANY_NAME.test(resource)) { throw new Error(`${name} must not exempt everybody, got ${written}`); }
}

/**
 * Checks that an element is not a token for a whole list: the number of elements would be unknown, and policies are measured and written at
 * synthesis.
 *
 * @throws Error if it is
 */
export function checkKnownElement(name: string, element: unknown): void {
  if (typeof element === 'string' && Token.isUnresolved([element])) {
    throw new Error(`${name} must be known at synthesis as a list, got an unresolved list: its elements may be unresolved, such as Fn.select(0, list)`);
  }
}

/** A pseudo parameter alone is not an ARN, but can be a part of one. */
function checkNoPseudoParameter(name: string, arn: unknown): void {
  const pseudo = Object.entries(Aws).find(([, value]) => value === arn);
  if (pseudo) { throw new Error(`${name} must be ARNs of roles, users or root users, got Aws.${pseudo[0]} (exemptAccounts takes accounts)`); }
}

function checkNoSession(name: string, arn: string): void {
  const session = SESSION.exec(arn);
  if (!session) { return; }
  const [, partition, account, role] = session;
  throw new Error(`${name} must name the role, not a session of it: 'arn:${partition}:iam::${account}:role/${role}', `
    + `with the role's path if it has one, got ${describeValue(arn)} (${PAGE})`);
}

/** Whether a pattern can match an account id: `*` is any number of digits, `?` is one. */
function mayBeAccount(pattern: string): boolean {
  const least = pattern.replace(/\*/g, '').length;
  return pattern.includes('*') ? least <= ACCOUNT_LENGTH : least === ACCOUNT_LENGTH;
}
