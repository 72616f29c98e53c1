import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** The conditions of a statement: operator, key, values. */
interface Conditions {
  readonly [operator: string]: { readonly [key: string]: unknown };
}

/** The parts of the JSON of a statement that contain exemptions. */
interface StatementJson {
  readonly Effect?: string;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Conditions;
}

/** One test of a condition. */
interface Test {
  readonly operator: string;
  /** The key in lower case, because IAM ignores case. */
  readonly key: string;
  readonly values: unknown;
}

/** Operators that match all values except the named ones. */
const NEGATED = /^(?:For(?:All|Any)Values?:)?(?:ArnNot(?:Like|Equals)|StringNot(?:Like|Equals|EqualsIgnoreCase))(?:IfExists)?$/;

/** Whether an instance got its credentials from IMDSv1 or IMDSv2. */
const ROLE_DELIVERY = 'ec2:roledelivery';

/** Whether a condition exempts principals from a denial. */
export function exemptsPrincipals(operator: string, key: string): boolean {
  return NEGATED.test(operator) && key.toLowerCase() === 'aws:principalarn';
}

/** The exempt principals of a statement; tokens are texts. */
export function exemptPrincipalsOf(statement: PolicyStatement): readonly string[] {
  return denialTests(statement).filter(({ operator, key }) => exemptsPrincipals(operator, key)).flatMap(({ values }) => texts(values));
}

/** The accounts that a statement exempts. */
export function exemptAccountsOf(statement: PolicyStatement): readonly string[] {
  return denialTests(statement).filter(exemptsAccounts).flatMap(({ values }) => texts(values));
}

/** The actions that a statement denies to everybody who is not exempt. Empty for an `Allow` statement, or one with other conditions. */
export function deniedActionsOf(statement: PolicyStatement): readonly string[] {
  const { Effect, Action } = json(statement);
  const isExemption = (test: Test) => exemptsPrincipals(test.operator, test.key) || exemptsAccounts(test);
  return Effect === 'Deny' && denialTests(statement).every(isExemption) ? texts(Action) : [];
}

/** Whether a statement is about credentials from IMDSv1. */
export function isOfCredentials(statement: PolicyStatement): boolean {
  return denialTests(statement).some(({ key }) => key === ROLE_DELIVERY);
}

/** The resources that a statement names. */
export function resourcesOf(statement: PolicyStatement): readonly string[] {
  return texts(json(statement).Resource);
}

function exemptsAccounts({ operator, key }: Test): boolean {
  return NEGATED.test(operator) && key === 'aws:principalaccount';
}

/** The conditions of a `Deny` statement. A negated condition is an exemption only there. */
function denialTests(statement: PolicyStatement): readonly Test[] {
  const { Effect, Condition = {} } = json(statement);
  if (Effect !== 'Deny') { return []; }
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values })));
}

function json(statement: PolicyStatement): StatementJson {
  return statement.toStatementJson() as StatementJson;
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}
