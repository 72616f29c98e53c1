import { changedArns } from './arn-mutants';
import type { Conditions } from './statement-json';
import { replaced } from './statement-json';

/** A condition with one removed or changed part, and a name for the change. */
type Changed = [change: string, conditions: Conditions];

/** Operators that differ only slightly. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  NumericGreaterThan: ['NumericGreaterThanEquals', 'NumericLessThan'],
  NumericLessThan: ['NumericLessThanEquals', 'NumericGreaterThan'],
};

/** The condition with each test removed, each operator negated or with another treatment of missing keys, and each value changed. */
export function changedConditions(conditions: Conditions): Changed[] {
  return Object.entries(conditions).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, values]) => {
    const rest = without(conditions, operator, key);
    const test = `${operator} ${key}`;
    return [
      [`without ${test}`, rest] as Changed,
      ...changedOperators(operator).map((other): Changed => [`${test} as ${other}`, withTest(rest, other, key, values)]),
      ...changedValues(operator, key, values).map(([change, changed]): Changed => [`${test} ${change}`, withTest(rest, operator, key, changed)]),
    ];
  }));
}

function changedOperators(operator: string): readonly string[] {
  if (operator === 'Null') { return []; }
  if (NEIGHBOURS[operator] !== undefined) { return [...NEIGHBOURS[operator], `${operator}IfExists`]; }
  return operator.includes('Not') ? [operator.replace('Not', ''), `ForAnyValue:${operator}`] : [negated(operator), `${operator}IfExists`].filter(Boolean);
}

function negated(operator: string): string {
  return operator === 'Bool' ? '' : operator.replace(/^(String|Arn)/, '$1Not');
}

/** Values that users give are named by their index, so that one call of a factory stands for all. */
function changedValues(operator: string, key: string, values: readonly string[]): [string, readonly string[]][] {
  return values.flatMap((value, index) => {
    const isGiven = key.startsWith('aws:') || key === 'lambda:FunctionArn' || operator === 'NumericGreaterThan';
    const name = isGiven ? `value ${index + 1}` : `'${value}'`;
    const dropped: [string, readonly string[]][] = values.length > 1 ? [[`without ${name}`, values.filter(other => other !== value)]] : [];
    return [...dropped, ...changedValue(operator, value).map(([change, changed]): [string, readonly string[]] => [`${name} ${change}`, replaced(values, index, changed)])];
  });
}

function changedValue(operator: string, value: string): [string, string][] {
  if (operator === 'Null' || operator === 'Bool') { return [['turned round', value === 'true' ? 'false' : 'true']]; }
  if (operator.startsWith('Numeric')) { return [['and one', String(Number(value) + 1)], ['less one', String(Number(value) - 1)]]; }
  return operator.startsWith('Arn') ? changedArns(value) : [['other', `other${value}`]];
}

function without(conditions: Conditions, operator: string, key: string): Conditions {
  const { [key]: _, ...keys } = conditions[operator];
  const { [operator]: __, ...others } = conditions;
  return Object.keys(keys).length > 0 ? { ...others, [operator]: keys } : others;
}

/** The operator can already have the key, like `StringEquals` beside `StringNotEquals`. Then both would be one test, and the mutant equivalent. */
function withTest(conditions: Conditions, operator: string, key: string, values: readonly string[]): Conditions {
  return { ...conditions, [operator]: { ...conditions[operator], [key]: values } };
}
