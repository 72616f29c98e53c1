import type { Operator } from './operators';
import { booleanOf, operatorNamed } from './operators';
import type { ContextValue, RequestContext } from './request';
import { objectOf, textsOf } from './statement';

/** An operator in its written form: `ForAnyValue:StringLike`, `BoolIfExists`. */
const WRITTEN = /^(?:(?<set>ForAnyValue|ForAllValues):)?(?<name>[A-Za-z]+?)(?<ifExists>IfExists)?$/;

/** Whether the condition of a statement is met: all its operators, and all keys of each. */
export function conditionHolds(condition: unknown, context: RequestContext): boolean {
  const answers = Object.entries(objectOf('Condition', condition))
    .flatMap(([operator, keys]) => Object.entries(objectOf(operator, keys))
      .map(([key, values]) => testHolds(operator, key, textsOf(key, values), context)));
  return answers.every(Boolean);
}

function testHolds(written: string, key: string, wanted: readonly string[], context: RequestContext): boolean {
  const { set, name, ifExists } = WRITTEN.exec(written)?.groups ?? {};
  const got = context.get(key);
  if (written === 'Null') { return isNull(wanted, got); }
  if (set && ifExists) { throw new Error(`the evaluator knows no condition operator '${written}'`); }
  const operator = operatorNamed(name ?? written);
  if (set) { return setHolds(set, operator, wanted, got === undefined ? [] : [got].flat()); }
  if (got === undefined) { return ifExists !== undefined || operator.negated; }
  if (typeof got !== 'string') { throw new Error(`'${key}' has several values in the request, which '${written}' cannot compare`); }
  return holds(operator, wanted, got);
}

/** One value of the policy must match. With a negated operator, none must match. */
function holds({ compare, negated }: Operator, wanted: readonly string[], got: string): boolean {
  return wanted.map(value => compare(value, got)).includes(true) !== negated;
}

function setHolds(set: string, operator: Operator, wanted: readonly string[], got: readonly string[]): boolean {
  const answers = got.map(value => holds(operator, wanted, value));
  return set === 'ForAnyValue' ? answers.includes(true) : !answers.includes(false);
}

function isNull(wanted: readonly string[], got: ContextValue | undefined): boolean {
  if (wanted.length !== 1) { throw new Error(`'Null' takes one value, got ${wanted.length}`); }
  return booleanOf(wanted[0]) === (got === undefined);
}
