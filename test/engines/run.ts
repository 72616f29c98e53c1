import { deepStrictEqual } from 'assert';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CloudTrailAthenaTable } from '../../src/transition/credentials/cloudtrail-athena-table';
import { Imdsv1CredentialAthenaQueries } from '../../src/transition/credentials/imdsv1-credential-athena-queries';
import { Imdsv1CredentialRule } from '../../src/transition/credentials/imdsv1-credential-rule';
import type { Json } from '../harness/json';
import { RECORDS, daysAgo, eventOf } from '../transition/credentials/records';
import { RUNS } from '../transition/credentials/usage-runs';
import { trailRows, usageRows } from './athena-tables';
import { CALLED, EXPECTED } from './expected';
import { askJava } from './java-engine';

/**
 * Tests the deployed detection of calls with IMDSv1 credentials with the engines that AWS uses: the event pattern with AWS's own library, and the Athena
 * queries with Trino. Needs Java 17 and Maven, unlike all other tests.
 */
function main(): void {
  const pattern = propertiesOf('AWS::Events::Rule', stack => new Imdsv1CredentialRule(stack, 'Rule'))[0].EventPattern;
  const [{ record: called }] = RECORDS;
  const events = [
    ...RECORDS.map(({ record, byImdsv1 }) => ({ event: eventOf(record), byImdsv1 })),
    { event: eventOf(called, { source: 'my.app' }), byImdsv1: false },
    { event: eventOf(called, { 'detail-type': 'EC2 Instance State-change Notification' }), byImdsv1: false },
  ];
  const found = askJava<boolean[]>('event-ruler', 'MatchEvents', { pattern, events: events.map(({ event }) => event) });
  deepStrictEqual(found, events.map(({ byImdsv1 }) => byImdsv1));
  process.stdout.write(`event pattern: ${events.length} events as expected\n`);

  const tables = ['withPartitionProjection', 'withDayPartitions', 'withoutPartitions'] as const;
  const queries = tables.flatMap(kind => athenaQueries(CloudTrailAthenaTable[kind]('logs', 'trail')));
  const results = askJava<unknown[][][]>('trino', 'RunQueries', queries.map(({ text }) => text));
  queries.forEach(({ name }, at) => deepStrictEqual(sorted(results[at]), sorted(EXPECTED[name])));
  process.stdout.write(`Athena: ${queries.length} queries over ${CALLED} calls as expected\n`);
}

/** The saved queries, with the tables written into them. */
function athenaQueries(trailTable: CloudTrailAthenaTable): { readonly name: string; readonly text: string }[] {
  const saved = propertiesOf('AWS::Athena::NamedQuery', stack => {
    new Imdsv1CredentialAthenaQueries(stack, 'Queries', { trailTable, usageBucket: Bucket.fromBucketName(stack, 'Bucket', 'usage-bucket') });
  }) as unknown as { Name: string; QueryString: string }[];
  const [statement, ...queries] = [...saved].sort(one => one.Name.endsWith('table of usage records') ? -1 : 1);
  const long = { ...RECORDS[0].record, eventTime: daysAgo(20), eventID: 'long-ago' };
  const tables = `trail AS (${trailRows([...RECORDS.map(({ record }) => record), long])}), usage AS (${usageRows(statement.QueryString, RUNS)})`;
  return queries.map(({ Name, QueryString }) => ({
    name: Name.replace('IMDSv1 credentials: ', ''),
    text: QueryString.replace(/^(WITH )?/, withs => `WITH ${tables}${withs ? ', ' : '\n'}`).replace(/"logs"\."trail"/g, 'trail').replace('"logs"."imdsv1_usage"', 'usage'),
  }));
}

/** Rows in an order that does not depend on the order of equal rows. */
function sorted(rows: readonly (readonly unknown[])[]): string[] {
  return rows.map(row => JSON.stringify(row)).sort();
}

function propertiesOf(type: string, build: (stack: Stack) => void): Json[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  build(stack);
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties as Json);
}

main();
