import type { Json } from '../../harness/json';

/** A row, by field name. Missing fields are left out. */
type Row = { readonly [field: string]: unknown };

type Command = (rows: readonly Row[]) => readonly Row[];

/** The work of a command on a row, or on a group of rows. */
type Value = (rows: readonly Row[]) => unknown;

/**
 * Runs a query of CloudWatch Logs Insights on log events, from the oldest to the newest.
 *
 * Only CloudWatch can run these queries, so this is written from its guide, for the commands and functions that are used here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * @throws Error if the query has anything else, or defines a field twice
 */
export function runQuery(text: string, events: readonly Json[]): readonly Row[] {
  const made = new Set<string>();
  return text.split('\n| ').map(command => commandOf(command, made)).reduce<readonly Row[]>((rows, run) => run(rows), events.map(flat));
}

/** The fields of a log event. Those of nested objects have a dot in their names. */
function flat(event: Json): Row {
  return Object.fromEntries(Object.entries(event).flatMap(([name, value]) => typeof value === 'object' && value !== null
    ? Object.entries(flat(value as Json)).map(([inner, text]) => [`${name}.${inner}`, text])
    : value === null ? [] : [[name, value]]));
}

/** The value at a path in a log event. */
export function valueAt(event: object, path: string): unknown {
  return flat(event as Json)[path];
}

function commandOf(text: string, made: Set<string>): Command {
  const [, name, rest] = matched(/^(\w+) (.+)$/, text);
  const command = COMMANDS[name];
  if (!command) { throw new Error(`not known here: ${text}`); }
  return command(rest, alias => {
    if (made.has(alias)) { throw new Error(`Ephemeral field is already defined: ${alias}`); }
    made.add(alias);
    return alias;
  });
}

const COMMANDS: { readonly [name: string]: (text: string, make: (alias: string) => string) => Command } = {
  filter: text => {
    const tests = text.split(' or ').map(testOf);
    return rows => rows.filter(row => tests.some(test => test(row)));
  },
  parse: (text, make) => {
    const [, field, pattern] = matched(/^([\w.]+) \/(.+)\/$/, text);
    const [, group] = matched(/\(\?<(\w+)>/, pattern);
    make(group);
    return rows => rows.map(row => ({ ...row, ...new RegExp(pattern).exec(String(row[field] ?? ''))?.groups }));
  },
  fields: (text, make) => {
    const [, list, alias] = matched(/^coalesce\((.+)\) as (\w+)$/, text);
    make(alias);
    return rows => rows.map(row => ({ ...row, [alias]: list.split(', ').map(field => row[field]).find(value => value !== undefined) }));
  },
  stats: (text, make) => {
    const [values, keys] = matched(/^(.+) by (.+)$/, text).slice(1).map(part => part.split(', '));
    const made = values.map(value => ({ value: aggregateOf(value), as: make(matched(/ as (\w+)$/, value)[1]) }));
    const by = keys.map(key => {
      const [, field, alias] = matched(/^([\w.]+)(?: as (\w+))?$/, key);
      return { field, as: alias ? make(alias) : field };
    });
    return rows => grouped(rows, by.map(({ field }) => field)).map(group => present([
      ...by.map(({ field, as }) => [as, group[0][field]]),
      ...made.map(({ value, as }) => [as, value(group)]),
    ]));
  },
  sort: text => {
    const [, field] = matched(/^(\w+) desc$/, text);
    return rows => [...rows].sort((one, other) => Number(other[field]) - Number(one[field]));
  },
  limit: text => {
    const [, most] = matched(/^(\d+)$/, text);
    return rows => rows.slice(0, Number(most));
  },
};

function testOf(text: string): (row: Row) => boolean {
  const [, ispresent] = /^ispresent\(([\w.]+)\)$/.exec(text) ?? [];
  if (ispresent) { return row => row[ispresent] !== undefined; }
  const [, field, sign, string, number] = matched(/^([\w.]+) (=|>) (?:"([^"]*)"|(\d+))$/, text);
  return sign === '=' ? row => row[field] === string : row => Number(row[field]) > Number(number);
}

function aggregateOf(text: string): Value {
  const [, name, field] = matched(/^(\w+)\(([\w.*]+)\) as \w+$/, text);
  const those = (rows: readonly Row[]) => rows.filter(row => field === '*' || row[field] !== undefined);
  if (name === 'count') { return rows => those(rows).length; }
  if (name === 'latest') { return rows => those(rows).at(-1)?.[field]; }
  throw new Error(`not known here: ${text}`);
}

function grouped(rows: readonly Row[], fields: readonly string[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(fields.map(field => row[field] ?? null));
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return [...groups.values()];
}

function present(entries: readonly (readonly unknown[])[]): Row {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function matched(pattern: RegExp, text: string): readonly string[] {
  const found = pattern.exec(text);
  if (!found) { throw new Error(`not known here: ${text}`); }
  return found;
}
