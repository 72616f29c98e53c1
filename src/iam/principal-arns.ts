import { Token } from 'aws-cdk-lib';
import { describeValue } from '../model/setting';

/** The session of a role: `arn:aws:sts::111122223333:assumed-role/Name/session`. */
const SESSION = /^arn:([^:]+):sts::([^:]*):assumed-role\/([^/]+)(?:\/.*)?$/;

/** What `aws:PrincipalArn` may be: the root user, a user, a role, a federated user; parts of it may be wildcards. */
const PRINCIPAL = /^arn:[a-z*?-]+:(iam::([\d*?]+):(root|(user|role)\/\S+)|sts::([\d*?]+):federated-user\/\S+)$/;

/** What would name every principal there is, or every role of every account. */
const EVERYBODY = /^arn:[^:]+:iam::\*+:(user|role)\/\*+$/;

const PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn';

/**
 * Checks that a pattern can match `aws:PrincipalArn`, and does not match everybody.
 *
 * @throws Error where it cannot, with the pattern that can
 */
export function checkPrincipalArn(name: string, arn: unknown): void {
  if (Token.isUnresolved(arn)) { return; }
  const written = describeValue(arn);
  if (typeof arn !== 'string') { throw new Error(`${name} must be ARNs, got ${written}`); }
  const session = SESSION.exec(arn);
  if (session) {
    const [, partition, account, role] = session;
    throw new Error(`${name} must name the role, not a session of it: 'arn:${partition}:iam::${account}:role/${role}', `
      + `with the role's path if it has one, got ${written} (${PAGE})`);
  }
  if (!PRINCIPAL.test(arn)) {
    throw new Error(`${name} must be ARNs of roles, users or root users, such as 'arn:aws:iam::111122223333:role/Name', got ${written} (${PAGE})`);
  }
  if (EVERYBODY.test(arn)) { throw new Error(`${name} must not exempt everybody, got ${written}`); }
}
