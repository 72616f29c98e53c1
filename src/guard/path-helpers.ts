import type { Helper } from './helper';
import { helper } from './helper';
import { snakeCase } from './names';

/** The check for the value at the end of a path. */
export interface ValueCheck {
  /** A part of the names of its helpers. */
  readonly name: string;
  /** Whether a missing block is accepted. */
  readonly isOptional: boolean;
  /** Whether an unreadable value is accepted, because another rule reports it. */
  readonly isLenient: boolean;
  /** The helpers that its clauses call. */
  readonly helpers: readonly Helper[];
  /** The clauses about a value. */
  clauses(value: string): readonly string[];
}

/** The clause that checks the value at a path below another value, and the helpers that follow the path. */
export interface Walk {
  readonly call: (value: string) => readonly string[];
  readonly helpers: readonly Helper[];
}

/** Follows a path into each branch of a condition and each element of a list. */
export function walk(path: readonly string[], check: ValueCheck): Walk {
  if (path.length === 0) { return { call: value => check.clauses(value), helpers: check.helpers }; }
  const [head, ...rest] = path;
  const next = walk(rest, check);
  const name = `imds_${check.name}_in_${snakeCase(path.join('.').replaceAll('.[]', '[]'))}`;
  const own = head === '[]' ? elementHelpers(name, next, check) : propertyHelpers(name, head, next, check, rest);
  return { call: value => [`${name}(${value})`], helpers: [...own, ...next.helpers] };
}

/** Helpers for an object that contains the next part of the path. */
export function propertyHelpers(name: string, head: string, next: Pick<Walk, 'call'>, check: Pick<ValueCheck, 'isOptional' | 'isLenient'>, rest: readonly string[] = []): Helper[] {
  const mayBeLeftOut = check.isOptional || check.isLenient || rest.includes('[]');
  return [
    helper(name, `Checks ${head}.`, ...anyOf(
      `${name}_object(%value)`,
      `${name}_branches(%value)`,
      ...mayBeLeftOut ? ['imds_is_left_out(%value)'] : [],
      ...check.isLenient ? ['imds_is_hidden(%value)'] : [],
    )),
    helper(`${name}_object`, 'The same for an object.', 'imds_is_object(%value)', ...next.call(`%value.${head}`)),
    branches(name),
  ];
}

/** Helpers for a list, which check each element. */
function elementHelpers(name: string, next: Pick<Walk, 'call'>, { isLenient }: ValueCheck): Helper[] {
  return [
    helper(name, 'Checks each element.', ...anyOf(
      `${name}_none(%value)`,
      `${name}_all(%value)`,
      `${name}_branches(%value)`,
      'imds_is_left_out(%value)',
      ...isLenient ? [`${name}_no_list(%value)`] : [],
    )),
    helper(`${name}_none`, 'An empty list.', '%value is_list', '%value[0] !exists'),
    helper(`${name}_all`, 'A list with elements, which all pass.',
      '%value is_list', '%value {', '  this[*] {', ...anyOf('imds_is_left_out(this)', ...next.call('this')).map(line => `    ${line}`), '  }', '}'),
    ...isLenient ? [helper(`${name}_no_list`, 'A value that is not a list.', '%value !is_list', 'imds_is_no_condition(%value)')] : [],
    branches(name),
  ];
}

/** The helper that checks both branches of a condition. */
export function branches(name: string): Helper {
  return helper(`${name}_branches`, 'The same for both branches.',
    'imds_is_condition(%value)',
    "%value[ 'Fn::If'[2] exists ] {",
    `  ${name}(this.'Fn::If'[1])`,
    `  ${name}(this.'Fn::If'[2])`,
    '}');
}

/** Joins clauses of which one must pass. */
export function anyOf(...clauses: readonly string[]): string[] {
  return clauses.map((clause, index) => index < clauses.length - 1 ? `${clause} or` : clause);
}
