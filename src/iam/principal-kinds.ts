import { Token } from 'aws-cdk-lib';

/** What a principal is that somebody in an account can make. */
export type PrincipalKind = 'role' | 'user' | 'federated-user';

const KINDS: readonly PrincipalKind[] = ['role', 'user', 'federated-user'];

/** The part of an ARN that says the kind of a principal, and its name with its path. Tokens may stand before it. */
const RESOURCE = /:(role|user|federated-user)\/(.+)$/s;

/** Paths of roles that AWS alone makes: those of IAM Identity Center, and of services. */
const MADE_BY_AWS = /^aws-(reserved|service-role)\//;

/** A name that everybody has. */
const ANY_NAME = /^[*?/]+$/;

/** The name of a principal with its path, or a pattern of it; nothing for a root user, and for an unresolved value. */
export function principalName(arn: string): string | undefined {
  return RESOURCE.exec(arn)?.[2];
}

/**
 * The kinds of principals that somebody in an account could make, or take over, to be the one that the ARN names.
 *
 * None for a root user and for roles that AWS alone makes, and none for a pattern that everybody in an account meets: nobody has to take anything
 * there. All of them for an unresolved value, which may name anything.
 */
export function takeableKinds(arn: string): readonly PrincipalKind[] {
  const [, kind, name] = RESOURCE.exec(arn) ?? [];
  if (name === undefined) { return Token.isUnresolved(arn) && !String(arn).endsWith(':root') ? KINDS : []; }
  return ANY_NAME.test(name) || MADE_BY_AWS.test(name) ? [] : [kind as PrincipalKind];
}
