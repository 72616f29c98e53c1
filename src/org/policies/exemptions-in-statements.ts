import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { covers } from '../../iam/name-pattern';
import type { PrincipalKind } from '../../iam/principal-kinds';
import { takeableKinds } from '../../iam/principal-kinds';
import { deniedActionsOf, exemptAccountsOf, exemptPrincipalsOf, isOfCredentials, resourcesOf } from '../../iam/statement-json';

/** The account of the stack, as text. */
export const OWN_ACCOUNT = '<AccountId>';

/** The actions that create a principal of a kind, and those that take over an existing one. */
const TAKES: { readonly [kind in PrincipalKind]: readonly string[] } = {
  'role': ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole'],
  'user': ['iam:CreateUser', 'iam:CreateAccessKey'],
  'federated-user': ['sts:GetFederationToken'],
};

/** The known exemptions of statements. */
export class ExemptionsInStatements {
  /** The principals, with placeholders such as `<AccountId>` for CloudFormation's pseudo parameters. */
  public readonly principals: readonly string[];
  public readonly accounts: readonly string[];
  /** The number of unresolved principals and accounts. */
  public readonly unknown: number;

  public constructor(private readonly statements: readonly PolicyStatement[], private readonly stack: Stack) {
    const principals = this.distinct(statements.flatMap(exemptPrincipalsOf));
    const accounts = this.distinct(statements.flatMap(exemptAccountsOf));
    this.principals = known(principals);
    this.accounts = known(accounts);
    this.unknown = principals.length + accounts.length - this.principals.length - this.accounts.length;
  }

  /**
   * The exempt principals that somebody in an account can create or take over, because no statement here denies it. Roles with IMDSv1 credentials
   * count only if they can be created, because teams change and pass existing ones.
   */
  public get unguarded(): readonly string[] {
    const takeable = known(this.distinct(this.statements.filter(statement => !isOfCredentials(statement)).flatMap(exemptPrincipalsOf)));
    return this.principals.filter(arn => takeableKinds(arn).some(kind => {
      const actions = takeable.includes(arn) ? TAKES[kind] : TAKES[kind].slice(0, 1);
      return !actions.every(action => this.deniedOn(action).some(pattern => covers(pattern, arn)));
    }));
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

/** A text with placeholders such as `<AccountId>` for pseudo parameters. `undefined` if a part is only known at deployment. */
function textOf(resolved: unknown): string | undefined {
  if (typeof resolved === 'string') { return resolved.includes('{{resolve:') ? undefined : resolved; }
  const { Ref, 'Fn::Join': join } = resolved as { readonly 'Ref'?: string; readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  if (Ref?.startsWith('AWS::')) { return `<${Ref.slice('AWS::'.length)}>`; }
  if (!Array.isArray(join?.[1])) { return undefined; }
  const parts = join[1].map(textOf);
  return parts.includes(undefined) ? undefined : parts.join(join[0]);
}
