import type { UsageRecord } from '../../src/usage/usage-record';
import type { Json } from '../harness/json';

/** The columns of the queries, in the types of AWS's statement. Records have more. */
const TRAIL_COLUMNS = {
  useridentity: 'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,'
    + 'sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,'
    + 'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,ec2roledelivery:string>>',
  eventtime: 'string',
  eventsource: 'string',
  eventname: 'string',
  awsregion: 'string',
  sourceipaddress: 'string',
  useragent: 'string',
  eventid: 'string',
  sharedeventid: 'string',
  timestamp: 'string',
  year: 'string',
  month: 'string',
  day: 'string',
};

/** The records of a trail as rows of a query, with both kinds of partitions. The day of a call is that of its log file. */
export function trailRows(records: readonly Json[]): string {
  return rows(TRAIL_COLUMNS, records.map(record => {
    const [year, month, day] = String(record.eventTime).slice(0, 10).split('-');
    return { ...record, timestamp: `${year}/${month}/${day}`, year, month, day };
  }));
}

/** The records of a bucket as rows of a query, in the types of the statement that declares them, with the partitions in their keys. */
export function usageRows(statement: string, records: readonly UsageRecord[]): string {
  const [, partitions] = /^PARTITIONED BY \((.*)\)$/m.exec(statement)!;
  const columns = [...statement.matchAll(/^ {2}`(\w+)` (.+?),?$/gm), ...partitions.matchAll(/`(\w+)` (\w+)/g)].map(([, name, type]) => [name, type]);
  return rows(Object.fromEntries(columns), records.map(record => ({ ...record, day: record.at.slice(0, 10).replace(/-/g, '/') })));
}

function rows(columns: { readonly [name: string]: string }, records: readonly unknown[]): string {
  const names = Object.keys(columns).map(name => `"${name}"`);
  const types = Object.values(columns).map((type, at) => `${names[at]} ${trinoType(type)}`);
  const json = JSON.stringify(lowerCase(records)).replace(/'/g, "''");
  return `SELECT * FROM UNNEST(CAST(json_parse('${json}') AS array(row(${types.join(', ')})))) AS t (${names.join(', ')})`;
}

/** The name in Trino for a type of Hive. */
function trinoType(hive: string): string {
  return hive.replace(/(\w+):/g, '"$1" ').replace(/struct</g, 'row(').replace(/array</g, 'array(').replace(/>/g, ')')
    .replace(/\bstring\b/g, 'varchar').replace(/\bint\b/g, 'integer');
}

/** The JSON reader ignores the case of names, but a cast does not. */
function lowerCase(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(lowerCase); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), lowerCase(inner)]));
}
