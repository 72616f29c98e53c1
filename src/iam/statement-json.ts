import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** The JSON of a statement, as far as its exemptions go. */
interface StatementJson {
  readonly Effect?: string;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** The conditions by which a denial lets principals and accounts through. */
const EXEMPTIONS: readonly string[] = ['ArnNotLike aws:PrincipalArn', 'StringNotEquals aws:PrincipalAccount'];

/** The principals that a statement lets through, tokens as the texts that stand for them. */
export function exemptPrincipalsOf(statement: PolicyStatement): readonly string[] {
  return values(statement, 'ArnNotLike', 'aws:PrincipalArn');
}

/** The accounts that a statement lets through. */
export function exemptAccountsOf(statement: PolicyStatement): readonly string[] {
  return values(statement, 'StringNotEquals', 'aws:PrincipalAccount');
}

/** The actions that a statement denies to everybody but the exempt, whatever else the request says: none where it allows, or has other conditions. */
export function deniedActionsOf(statement: PolicyStatement): readonly string[] {
  const { Effect, Action, Condition = {} } = json(statement);
  const tests = Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys).map(key => `${operator} ${key}`));
  return Effect === 'Deny' && tests.every(test => EXEMPTIONS.includes(test)) ? texts(Action) : [];
}

/** The resources that a statement names. */
export function resourcesOf(statement: PolicyStatement): readonly string[] {
  return texts(json(statement).Resource);
}

/** Only a denial lets somebody through by a negated condition. */
function values(statement: PolicyStatement, operator: string, key: string): readonly string[] {
  const { Effect, Condition } = json(statement);
  return Effect === 'Deny' ? texts(Condition?.[operator]?.[key]) : [];
}

function json(statement: PolicyStatement): StatementJson {
  return statement.toStatementJson() as StatementJson;
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}
