import { parsePath } from '../resources/path';
import type { Gap } from '../resources/record';
import { literal } from './accepted-values';
import type { Helper } from './helper';
import { helper } from './helper';
import { snakeCase } from './names';
import { anyOf, branches } from './path-helpers';

/** A property that closes the gap of a type, if its value passes the clause in each branch of a condition. */
interface Way {
  readonly path: readonly string[];
  /** The clause for a value that is not a condition. */
  readonly clause: string;
}

/** The clauses that hold if a type has no gap, and their helpers. */
export function clausesWithoutGap(gap: Gap): { readonly clauses: readonly string[]; readonly helpers: readonly Helper[] } {
  const ways = waysOf(gap);
  const name = `imds_has_no_gap_${snakeCase(gap.type)}`;
  return ways.length === 0
    ? { clauses: ['Type !exists'], helpers: [] }
    : { clauses: [`${name}(Properties)`], helpers: helpersFor(name, ways) };
}

function waysOf({ when: { present, absent, unless } }: Gap): Way[] {
  return [
    ...present ? [{ path: parsePath(present), clause: 'imds_is_nothing(%value)' }] : [],
    ...absent ? [{ path: parsePath(absent), clause: 'imds_is_there(%value)' }] : [],
    ...unless ? [{ path: parsePath(unless.path), clause: `imds_is_one_of(%value, [${unless.values.map(literal).join(', ')}])` }] : [],
  ];
}

/** One helper for each node of the paths, so that a condition is followed once for all paths through it. */
function helpersFor(name: string, ways: readonly Way[]): Helper[] {
  const ends = ways.filter(({ path }) => path.length === 0).map(({ clause }) => clause);
  const heads = [...new Set(ways.flatMap(({ path }) => path.slice(0, 1)))];
  const below = heads.map(head => ({ head, name: `${name}_${snakeCase(head)}` }));
  return [
    helper(name, 'Passes if the resource uses something that can require tokens.',
      ...anyOf(...ends, ...below.map(({ head }) => `${name}_by_${snakeCase(head)}(%value)`), `${name}_branches(%value)`)),
    branches(name),
    ...below.flatMap(({ head, name: next }) => [
      helper(`${name}_by_${snakeCase(head)}`, `The same by ${head}.`, 'imds_is_no_condition(%value)', `${next}(%value.${head})`),
      ...helpersFor(next, ways.filter(({ path }) => path[0] === head).map(way => ({ ...way, path: way.path.slice(1) }))),
    ]),
  ];
}

/** The checks of whether a value exists in a place. */
export const PRESENCE_HELPERS = [
  helper('imds_is_nothing', 'No value, or an empty list.',
    'imds_is_left_out(%value) or imds_is_empty_list(%value)'),
  helper('imds_is_empty_list', 'An empty list.',
    '%value is_list',
    '%value[0] !exists'),
  helper('imds_is_there', 'A value that is not an empty list.',
    '%value exists',
    '%value !is_null',
    'imds_is_no_condition(%value)',
    '%value !is_list or %value[0] exists',
    "%value !is_struct or %value.Ref !exists or %value.Ref !is_string or %value[ keys != 'Ref' ] exists or %value.Ref != 'AWS::NoValue'"),
  helper('imds_is_set', 'A value, in each branch of a condition.', ...anyOf('imds_is_there(%value)', 'imds_is_set_branches(%value)')),
  branches('imds_is_set'),
];
