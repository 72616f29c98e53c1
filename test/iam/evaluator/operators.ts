import { matchesArn, matchesText } from './wildcards';

/** Whether one value of a request matches one value of a policy. */
export type Comparison = (wanted: string, got: string) => boolean;

/** A condition operator without its prefix and suffix. */
export interface Operator {
  readonly compare: Comparison;

  /** Whether it matches if no value of the policy matches, and so also for a missing key. */
  readonly negated: boolean;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, got) => wanted === got,
  StringEqualsIgnoreCase: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
  StringLike: matchesText,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, got) => booleanOf(wanted) === booleanOf(got),
  NumericEquals: (wanted, got) => numberOf(got) === numberOf(wanted),
  NumericLessThan: (wanted, got) => numberOf(got) < numberOf(wanted),
  NumericLessThanEquals: (wanted, got) => numberOf(got) <= numberOf(wanted),
  NumericGreaterThan: (wanted, got) => numberOf(got) > numberOf(wanted),
  NumericGreaterThanEquals: (wanted, got) => numberOf(got) >= numberOf(wanted),
};

const NEGATIONS: Readonly<Record<string, keyof typeof COMPARISONS>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
};

/**
 * The operator with this name.
 *
 * @throws Error if this evaluator does not support it
 */
export function operatorNamed(name: string): Operator {
  const negated = Object.hasOwn(NEGATIONS, name);
  const positive = negated ? NEGATIONS[name] : name;
  if (!Object.hasOwn(COMPARISONS, positive)) { throw new Error(`the evaluator knows no condition operator '${name}'`); }
  return { compare: COMPARISONS[positive], negated };
}

export function booleanOf(text: string): boolean {
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false') { throw new Error(`a boolean is 'true' or 'false', got '${text}'`); }
  return value === 'true';
}

function numberOf(text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) { throw new Error(`a numeric operator compares numbers, got '${text}'`); }
  return Number(text);
}
