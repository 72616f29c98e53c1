import type { UsageRecord } from '../../usage/usage-record';

/** The type of a column in Hive's words: a structure where there are properties, an array where there is a list. */
type ColumnType<Value> =
  Value extends readonly (infer Element)[] ? readonly [ColumnType<Element>]
    : Value extends string ? 'string'
      : Value extends number ? 'int' | 'bigint'
        : Value extends boolean ? 'boolean'
          : Columns<Value>;

type Columns<Value> = { readonly [name in keyof Value]-?: ColumnType<NonNullable<Value[name]>> };

type AnyType = string | readonly [AnyType] | { readonly [name: string]: AnyType };

const CALLING_INSTANCES = [{ instanceId: 'string', lastCallAt: 'string', calls: 'bigint' }] as const;

/** Every property of a record but its account, which its key says: what is added to one has to be added here. */
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
 * Declares the records of a usage monitor as a table, those of all runs: an instance that is gone stands in an older one. An account and a day are a
 * partition. The account is that of the key, below which nobody else may write, whatever the record says.
 *
 * @param location where the records begin, such as `s3://bucket/usage/`
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

/** A type as Hive writes it. It knows no capital letters, and the reader of JSON does not mind them. */
function hiveType(type: AnyType): string {
  if (typeof type === 'string') { return type; }
  if (isArray(type)) { return `array<${hiveType(type[0])}>`; }
  return `struct<${Object.entries(type).map(([name, inner]) => `${name.toLowerCase()}:${hiveType(inner)}`).join(',')}>`;
}

function isArray(type: readonly [AnyType] | { readonly [name: string]: AnyType }): type is readonly [AnyType] {
  return Array.isArray(type);
}
