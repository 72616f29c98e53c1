import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { covers } from '../../iam/name-pattern';
import type { PrincipalKind } from '../../iam/principal-kinds';
import { takeableKinds } from '../../iam/principal-kinds';
import { deniedActionsOf, exemptAccountsOf, exemptPrincipalsOf, resourcesOf } from '../../iam/statement-json';

/** The account of the stack, as it stands in a text here. */
export const OWN_ACCOUNT = '<AccountId>';

/** What makes a principal of a kind. */
const MAKES: { readonly [kind in PrincipalKind]: string } = {
  'role': 'iam:CreateRole', 'user': 'iam:CreateUser', 'federated-user': 'sts:GetFederationToken',
};

/** Whom statements exempt, as far as that is known at synthesis. */
export class ExemptionsInStatements {
  /** The principals, with `<AccountId>` and its like for the pseudo parameters of CloudFormation. */
  public readonly principals: readonly string[];
  public readonly accounts: readonly string[];
  /** How many principals and accounts only a deployment knows. */
  public readonly unknown: number;

  public constructor(private readonly statements: readonly PolicyStatement[], private readonly stack: Stack) {
    const principals = this.distinct(statements.flatMap(exemptPrincipalsOf));
    const accounts = this.distinct(statements.flatMap(exemptAccountsOf));
    this.principals = known(principals);
    this.accounts = known(accounts);
    this.unknown = principals.length + accounts.length - this.principals.length - this.accounts.length;
  }

  /** The principals that somebody in an account can make, since no statement here denies that. */
  public get unguarded(): readonly string[] {
    return this.principals.filter(arn => takeableKinds(arn).some(kind => !this.deniedOn(MAKES[kind]).some(pattern => covers(pattern, arn))));
  }

  /** The resources that an action is denied on. */
  public deniedOn(action: string): readonly string[] {
    const isIn = (patterns: readonly string[]) => patterns.some(pattern => covers(pattern.toLowerCase(), action.toLowerCase()));
    const denying = this.statements.filter(statement => isIn(deniedActionsOf(statement)));
    return known(this.distinct(denying.flatMap(resourcesOf)));
  }

  private distinct(values: readonly string[]): readonly (string | undefined)[] {
    return [...new Set(values)].map(value => textOf(this.stack.resolve(value)));
  }
}

function known(values: readonly (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined);
}

/** A text in which pseudo parameters stand as `<AccountId>`; nothing where a part of it is known to a deployment alone. */
function textOf(resolved: unknown): string | undefined {
  if (typeof resolved === 'string') { return resolved.includes('{{resolve:') ? undefined : resolved; }
  const { Ref, 'Fn::Join': join } = resolved as { readonly 'Ref'?: string; readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  if (Ref?.startsWith('AWS::')) { return `<${Ref.slice('AWS::'.length)}>`; }
  if (!Array.isArray(join?.[1])) { return undefined; }
  const parts = join[1].map(textOf);
  return parts.includes(undefined) ? undefined : parts.join(join[0]);
}
