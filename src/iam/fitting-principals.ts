import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { STACK_SETS_ROLE } from './denials/guardrails';
import { exemptPrincipalsOf, exemptsPrincipals } from './statement-json';

/** The advice to replace many principals by a pattern. */
export const SHORTER = "name them by a path or a pattern, such as 'arn:*:iam::*:role/platform/*'";

/**
 * The end of a message about statements that do not fit: how many of their exempt principals would fit. It is empty if there are none, or if the
 * statements do not fit without them either.
 *
 * The principals are those of the longest list, without the role of stack sets, which the library adds.
 *
 * @param fit whether statements fit
 */
export function fittingPrincipals(statements: readonly PolicyStatement[], fit: (statements: PolicyStatement[]) => boolean): string {
  const principals = longestList(statements.map(exemptPrincipalsOf)).filter(arn => arn !== STACK_SETS_ROLE);
  const most = mostThatFit(principals.length, count => fit(statements.flatMap(statement => without(statement, principals.slice(count)))));
  return most === undefined ? '' : `: at most ${most} exempt principals fit, got ${principals.length}, so ${SHORTER}`;
}

/**
 * How many items fit, if not all of them do. `undefined` if there are no items, or if not even zero items fit.
 *
 * @param fits whether the first items fit
 */
export function mostThatFit(given: number, fits: (count: number) => boolean): number | undefined {
  if (given === 0 || !fits(0)) { return undefined; }
  let [most, tooMany] = [0, given];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) { most = middle; } else { tooMany = middle; }
  }
  return most;
}

function longestList(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce((longest, list) => list.length > longest.length ? list : longest, []);
}

/** The statement without some principals. Empty if it is only about these. */
function without(statement: PolicyStatement, dropped: readonly string[]): PolicyStatement[] {
  const { Resource, Condition, ...rest } = statement.toStatementJson() as Record<string, unknown>;
  const kept = (values: unknown) => [values].flat().filter(value => !dropped.includes(value as string));
  if (Resource !== undefined && kept(Resource).length === 0) { return []; }
  const conditions = withValues((Condition ?? {}) as Conditions, (operator, key, values) => exemptsPrincipals(operator, key) ? kept(values) : values);
  return [PolicyStatement.fromJson({ ...rest, ...Resource === undefined ? {} : { Resource: kept(Resource) }, Condition: conditions })];
}

/** The conditions: operator, key, values. */
type Conditions = Record<string, Record<string, unknown>>;

/** The conditions with other values. A test without values is left out. */
function withValues(conditions: Conditions, valuesOf: (operator: string, key: string, values: unknown) => unknown): Conditions {
  const some = (value: unknown) => !Array.isArray(value) || value.length > 0;
  const mapped = Object.entries(conditions).map(([operator, keys]) => {
    const tests = Object.entries(keys).map(([key, values]) => [key, valuesOf(operator, key, values)] as const);
    return [operator, Object.fromEntries(tests.filter(([, values]) => some(values)))] as const;
  });
  return Object.fromEntries(mapped.filter(([, keys]) => Object.keys(keys).length > 0));
}
