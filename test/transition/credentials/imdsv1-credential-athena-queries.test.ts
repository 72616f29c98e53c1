import { Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CloudTrailAthenaTable } from '../../../src/transition/credentials/cloudtrail-athena-table';
import type { Imdsv1CredentialAthenaQueriesProps } from '../../../src/transition/credentials/imdsv1-credential-athena-queries';
import { Imdsv1CredentialAthenaQueries } from '../../../src/transition/credentials/imdsv1-credential-athena-queries';
import type { Json } from '../../harness/json';
import { scratchStack } from '../../harness/scratch-app';
import { sqlParsers } from './sql-parser';
import { RUNS } from './usage-runs';

const PROJECTED = CloudTrailAthenaTable.withPartitionProjection('default', 'cloudtrail_logs_pp');
const TABLES: [string, CloudTrailAthenaTable][] = [
  ['projected partitions', PROJECTED],
  ['partitions for days', CloudTrailAthenaTable.withDayPartitions('logs', 'cloudtrail_logs')],
  ['no partitions', CloudTrailAthenaTable.withoutPartitions('logs-1', 'cloudtrail_logs')],
];

interface NamedQuery extends Json { readonly Name: string; readonly Database: string; readonly QueryString: string }

/** The queries by the end of their names. The bucket and the account are known, so the text is complete. */
function queriesOf(props: Partial<Imdsv1CredentialAthenaQueriesProps> = {}): { readonly [name: string]: NamedQuery } {
  const stack = scratchStack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const usageBucket = Bucket.fromBucketName(stack, 'Bucket', 'usage-bucket');
  new Imdsv1CredentialAthenaQueries(stack, 'Queries', { trailTable: PROJECTED, usageBucket, ...props });
  const queries = Object.values(Template.fromStack(stack).findResources('AWS::Athena::NamedQuery')) as { Properties: NamedQuery }[];
  return Object.fromEntries(queries.map(({ Properties }) => [Properties.Name.replace('IMDSv1 credentials: ', ''), Properties]));
}

const { trino, hive } = sqlParsers();

test('the parsers reject an invalid statement', () => {
  expect(trino('SELECT a FROM WHERE b')).not.toEqual([]);
  expect(trino('SELECT count(DISTINCT a FROM b')).not.toEqual([]);
  expect(hive('CREATE EXTERNAL TABLE a (b array<struct<c string>>)')).not.toEqual([]);
});

test.each(TABLES)('the engine of Athena can parse each query (%s)', (_, trailTable) => {
  const { 'table of usage records': table, ...queries } = queriesOf({ trailTable });
  expect(Object.keys(queries)).toEqual(['calls', 'roles', 'launchers']);
  for (const { QueryString } of Object.values(queries)) { expect(trino(QueryString)).toEqual([]); }
  expect(hive(table.QueryString)).toEqual([]);
});

test.each([
  [TABLES[0][1], '"default"."cloudtrail_logs_pp"', '"timestamp" >= date_format(current_timestamp - INTERVAL \'14\' DAY, \'%Y/%m/%d\')'],
  [TABLES[1][1], '"logs"."cloudtrail_logs"', '"year" || \'/\' || "month" || \'/\' || "day" >= date_format(current_timestamp - INTERVAL \'14\' DAY, \'%Y/%m/%d\')'],
  [TABLES[2][1], '"logs-1"."cloudtrail_logs"', undefined],
])('a query reads only the partitions of its days (%#)', (trailTable, name, partitions) => {
  for (const query of ['calls', 'roles', 'launchers']) {
    const { QueryString } = queriesOf({ trailTable })[query];
    const [, conditions] = /WHERE (.*?)\s+(?:GROUP BY|\))/s.exec(QueryString) ?? [];
    expect(QueryString).toContain(`FROM ${name}\n`);
    expect(conditions.split(/\s+AND /)).toEqual([
      "useridentity.sessioncontext.ec2roledelivery = '1.0'",
      ...partitions === undefined ? [] : [partitions],
      "from_iso8601_timestamp(eventtime) >= current_timestamp - INTERVAL '14' DAY",
    ]);
  }
});

test("the queries are saved in the database of the trail\'s table, and in the workgroup if one is given", () => {
  const placesOf = (props?: Partial<Imdsv1CredentialAthenaQueriesProps>) =>
    new Set(Object.values(queriesOf(props)).map(({ Database, WorkGroup }) => `${Database} ${String(WorkGroup)}`));
  expect(placesOf()).toEqual(new Set(['default undefined']));
  expect(placesOf({ workGroup: 'security' })).toEqual(new Set(['default security']));
});

test('each query has a description outside its text, where a comment would be part of the statement', () => {
  for (const { Description, QueryString } of Object.values(queriesOf())) {
    expect(Description).toMatch(/^(Who|Which|What|Declares) /);
    expect(QueryString).toMatch(/^(SELECT|WITH|CREATE EXTERNAL TABLE) ?/);
  }
});

test('without a usage monitor, there are no queries about launchers', () => {
  expect(Object.keys(queriesOf({ usageBucket: undefined }))).toEqual(['calls', 'roles']);
});

test('the days and the name of the usage table are those of the props', () => {
  const queries = queriesOf({ days: 90, usageTableName: 'metadata_usage' });
  expect(queries.calls.QueryString).toContain("INTERVAL '90' DAY");
  expect(queries.launchers.QueryString).toContain('FROM "default"."metadata_usage" AS u');
  expect(queries['table of usage records'].QueryString).toContain('TABLE IF NOT EXISTS `default`.`metadata_usage` (');
});

test('the usage table has the records of all runs, and every property of a record', () => {
  const { QueryString } = queriesOf()['table of usage records'];
  expect(QueryString).toContain("LOCATION 's3://usage-bucket/usage/'");
  expect(QueryString).toContain('callers:array<struct<instanceid:string,lastcallat:string,calls:bigint>>');
  for (const name of namesIn(RUNS)) { expect(QueryString).toMatch(new RegExp(`(\`${name}\` |[<,]${name}:)(string|int|bigint|boolean|array<|struct<)`)); }
});

test('a query reads the records of the given accounts and days, and uses the account in the key of a record', () => {
  const { 'table of usage records': { QueryString: table }, launchers } = queriesOf({ usageAccounts: ['111122223333', '444455556666'] });
  const [, ...partitions] = /PARTITIONED BY \(`(\w+)` string, `(\w+)` string\)/.exec(table) ?? [];
  expect(partitions).toEqual(['account', 'day']);
  expect(table.slice(0, table.indexOf('PARTITIONED'))).not.toContain('`account`');
  expect(propertiesIn(table)).toEqual({
    'projection.enabled': 'true',
    'projection.account.type': 'enum',
    'projection.account.values': '111122223333,444455556666',
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy/MM/dd',
    'projection.day.range': 'NOW-366DAYS,NOW',
    'storage.location.template': 's3://usage-bucket/usage/${account}/runs/${day}/',
  });
  expect(launchers.QueryString).toContain("WHERE u.day >= date_format(current_timestamp - INTERVAL '14' DAY, '%Y/%m/%d')\n    AND from_iso8601_timestamp(u.\"at\") >=");
});

test('the account is that of the stack by default', () => {
  expect(propertiesIn(queriesOf()['table of usage records'].QueryString)).toMatchObject({ 'projection.account.values': '111122223333' });
  const stack = scratchStack();
  new Imdsv1CredentialAthenaQueries(stack, 'Queries', { trailTable: PROJECTED, usageBucket: Bucket.fromBucketName(stack, 'Bucket', 'usage-bucket') });
  Template.fromStack(stack).hasResourceProperties('AWS::Athena::NamedQuery', { QueryString: { 'Fn::Join': ['', Match.arrayWith([{ Ref: 'AWS::AccountId' }])] } });
});

/** The properties of a table. */
function propertiesIn(statement: string): Json {
  const [, properties] = /TBLPROPERTIES \((.*)\)$/s.exec(statement) ?? [];
  return Object.fromEntries([...properties.matchAll(/'([^']+)' = '([^']*)'/g)].map(([, name, value]) => [name, value]));
}

/** The names of all properties, as Hive writes them. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) { return value.flatMap(namesIn); }
  return typeof value === 'object' ? Object.entries(value as Json).flatMap(([name, inner]) => [name.toLowerCase(), ...namesIn(inner)]) : [];
}

test('a query can contain a bucket of the stack and a database that is created with it', () => {
  const stack = scratchStack();
  const trailTable = CloudTrailAthenaTable.withPartitionProjection(Token.asString({ Ref: 'Database' }), 'logs');
  new Imdsv1CredentialAthenaQueries(stack, 'Queries', { trailTable, usageBucket: new Bucket(stack, 'Bucket') });
  Template.fromStack(stack).hasResourceProperties('AWS::Athena::NamedQuery', { Name: 'IMDSv1 credentials: launchers', Database: { Ref: 'Database' } });
});

test.each([
  ['default"; DROP TABLE x; --', 'logs', /^database must be a name of letters, digits, '_' and '-', got /],
  ['default', 'a.b', "table must be a name of letters, digits, '_' and '-', got 'a.b'"],
  ['', 'logs', "database must be a name of letters, digits, '_' and '-', got ''"],
  [undefined, 'logs', 'database must be a string, got undefined'],
])('%j and %j are no valid names of a table', (database, table, message) => {
  for (const kind of ['withPartitionProjection', 'withDayPartitions', 'withoutPartitions'] as const) {
    expect(() => CloudTrailAthenaTable[kind](database as string, table)).toThrow(message);
  }
});

test.each([
  [{ trailTable: 'cloudtrail_logs' }, "trailTable must be a CloudTrailAthenaTable, such as CloudTrailAthenaTable.withPartitionProjection('default', 'cloudtrail_logs_pp'), got 'cloudtrail_logs'"],
  [{ usageBucket: 'bucket' }, "usageBucket must be an IBucket, got 'bucket'"],
  [{ usageTableName: 'a b' }, "usageTableName must be a name of letters, digits, '_' and '-', got 'a b'"],
  [{ usageAccounts: ['1234'] }, "usageAccounts must be ids of accounts, of 12 digits, got '1234'"],
  [{ usageAccounts: [] }, 'usageAccounts must name at least one account, got none'],
  [{ usageAccounts: '111122223333' }, "usageAccounts must be a list, got '111122223333'"],
  [{ days: 0 }, 'days must be a whole number from 1 to 3650, got 0'],
  [{ days: '14' }, "days must be a whole number from 1 to 3650, got '14'"],
  [{ table: 'x' }, "props must not have 'table'"],
])('%j, which JavaScript can pass, is rejected', (props, message) => {
  expect(() => queriesOf(props as unknown as Partial<Imdsv1CredentialAthenaQueriesProps>)).toThrow(message);
});
