import type { UsageRecord } from '../../usage/usage-record';

/** The type of a column for Hive: a structure for an object, an array for a list. */
type ColumnType<Value> =
  Value extends readonly (infer Element)[] ? readonly [ColumnType<Element>]
    : Value extends string ? 'string'
      : Value extends number ? 'int' | 'bigint'
        : Value extends boolean ? 'boolean'
          : Columns<Value>;

type Columns<Value> = { readonly [name in keyof Value]-?: ColumnType<NonNullable<Value[name]>> };

type AnyType = string | readonly [AnyType] | { readonly [name: string]: AnyType };

const CALLING_INSTANCES = [{ instanceId: 'string', lastCallAt: 'string', calls: 'bigint' }] as const;

/** All properties of a record except its account, which is in the key. A new property of the record must be added here. */
const COLUMNS: Columns<Omit<UsageRecord, 'account'>> = {
  schemaVersion: 'string',
  at: 'string',
  quietDays: 'int',
  regions: [{
    region: 'string',
    watchedSince: 'string',
    watchedUntil: 'string',
    error: 'string',
    launchers: [{
      kind: 'string',
      name: 'string',
      cluster: 'string',
      state: 'string',
      because: 'string',
      resources: [{ stackName: 'string', logicalId: 'string' }],
      launchesRequired: 'boolean',
      unresolved: 'boolean',
      launchTemplates: [{ id: 'string', version: 'string' }],
      instances: { required: 'int', quiet: 'int', calling: 'int', unknown: 'int' },
      calls: 'bigint',
      rejected: 'bigint',
      firstSeenAt: 'string',
      lastSeenAt: 'string',
      lastCallAt: 'string',
      lastRejectedAt: 'string',
      daysSeen: 'int',
      callers: CALLING_INSTANCES,
    }],
    unattributed: CALLING_INSTANCES,
    leftOut: { instances: 'int', unattributed: 'int' },
  }],
};

/**
 * Declares the records of all runs of a usage monitor as a table, because a terminated instance is only in an older record. Each account and day is a
 * partition. The account comes from the key of the record, because each account can write only below its own id.
 *
 * @param location the prefix of the records, such as `s3://bucket/usage/`
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 */
export function usageTableStatement(database: string, table: string, location: string, accounts: readonly string[]): string {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `  \`${name.toLowerCase()}\` ${hiveType(type as AnyType)}`);
  return `CREATE EXTERNAL TABLE IF NOT EXISTS \`${database}\`.\`${table}\` (
${columns.join(',\n')}
)
PARTITIONED BY (\`account\` string, \`day\` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
LOCATION '${location}'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.account.type' = 'enum',
  'projection.account.values' = '${accounts.join()}',
  'projection.day.type' = 'date',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.range' = 'NOW-366DAYS,NOW',
  'storage.location.template' = '${location}\${account}/runs/\${day}/'
)`;
}

/** A type in Hive's syntax. It is in lower case, which the JSON reader of Athena accepts. */
function hiveType(type: AnyType): string {
  if (typeof type === 'string') { return type; }
  if (isArray(type)) { return `array<${hiveType(type[0])}>`; }
  return `struct<${Object.entries(type).map(([name, inner]) => `${name.toLowerCase()}:${hiveType(inner)}`).join(',')}>`;
}

function isArray(type: readonly [AnyType] | { readonly [name: string]: AnyType }): type is readonly [AnyType] {
  return Array.isArray(type);
}
