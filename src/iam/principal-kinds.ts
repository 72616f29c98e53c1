import { Token } from 'aws-cdk-lib';

/** A kind of principal that somebody in an account can create. */
export type PrincipalKind = 'role' | 'user' | 'federated-user';

const KINDS: readonly PrincipalKind[] = ['role', 'user', 'federated-user'];

/** The part of an ARN with the kind of the principal, and its name with its path. Tokens can precede it. */
const RESOURCE = /:(role|user|federated-user)\/(.+)$/s;

/** Paths of roles that only AWS creates: for IAM Identity Center, and for services. */
const MADE_BY_AWS = /^aws-(reserved|service-role)\//;

/** A pattern that matches every name. */
const ANY_NAME = /^[*?/]+$/;

/** The name of a principal with its path, or a pattern of it. `undefined` for a root user and for an unresolved value. */
export function principalName(arn: string): string | undefined {
  return RESOURCE.exec(arn)?.[2];
}

/**
 * The kinds of principals that somebody in an account could create or take over to match the ARN.
 *
 * Empty for a root user, for roles that only AWS creates, and for a pattern that every principal of an account matches. All kinds for an unresolved
 * value, which can name anything.
 */
export function takeableKinds(arn: string): readonly PrincipalKind[] {
  const [, kind, name] = RESOURCE.exec(arn) ?? [];
  if (name === undefined) { return Token.isUnresolved(arn) && !String(arn).endsWith(':root') ? KINDS : []; }
  return ANY_NAME.test(name) || MADE_BY_AWS.test(name) ? [] : [kind as PrincipalKind];
}
