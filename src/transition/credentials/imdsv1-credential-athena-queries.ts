import { Stack, Token } from 'aws-cdk-lib';
import { CfnNamedQuery } from 'aws-cdk-lib/aws-athena';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TEXT, checkPlace, instance, known, listOf, required, wholeNumber } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { BUCKET } from '../../org/guard-hook/guard-hook-props';
import { isIdOf } from '../../org/organization-ids';
import { callsQuery, launchersQuery, rolesQuery } from './athena-queries';
import { CloudTrailAthenaTable, checkTableName } from './cloudtrail-athena-table';
import { usageTableStatement } from './usage-table';

/** The tables that are asked, and for how many days. */
export interface Imdsv1CredentialAthenaQueriesProps {
  /** The table over the log files of a trail. */
  readonly trailTable: CloudTrailAthenaTable;

  /**
   * The bucket of an `Imdsv1UsageMonitor`. One query then declares its records as a table, and another shows what launched the calling instances.
   *
   * @default - no query by launcher
   */
  readonly usageBucket?: IBucket;

  /**
   * The name of the table for the records of the usage monitor, in the database of the trail's table.
   *
   * @default 'imdsv1_usage'
   */
  readonly usageTableName?: string;

  /**
   * The accounts that write their records into the bucket, and whose records are read. Athena recommends a few dozen at most.
   *
   * @default - the account of the stack
   */
  readonly usageAccounts?: string[];

  /**
   * The number of days that the queries cover.
   *
   * @default 14
   */
  readonly days?: number;

  /**
   * The workgroup that the queries are saved in.
   *
   * @default - the workgroup `primary`
   */
  readonly workGroup?: string;
}

/**
 * Saves Athena queries that find AWS API calls with credentials from IMDSv1, in the log files of a trail, for all its accounts and Regions.
 *
 * They are named `IMDSv1 credentials: ...`. They read nothing until you run them, with your permissions for the tables and
 * the buckets.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/saved-queries.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { CloudTrailAthenaTable, Imdsv1CredentialAthenaQueries } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Trail');
 * new Imdsv1CredentialAthenaQueries(stack, 'Queries', {
 *   trailTable: CloudTrailAthenaTable.withPartitionProjection('default', 'cloudtrail_logs_pp'),
 * });
 */
export class Imdsv1CredentialAthenaQueries extends Construct {
  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the tables that are asked
   * @throws Error if a property is not valid, or Athena does not accept the name of a table
   */
  public constructor(scope: Construct, id: string, props: Imdsv1CredentialAthenaQueriesProps) {
    super(checkPlace(scope, id), id);
    const { trailTable, usageBucket, usageTableName = 'imdsv1_usage', days = 14, workGroup } = checked(props, QUERIES);
    checkTableName('usageTableName', usageTableName);
    const usageAccounts = checkedAccounts(props.usageAccounts) ?? [Stack.of(this).account];
    const database = trailTable._database;
    const save = (queryId: keyof typeof SAVED, queryString: string) => {
      const [name, description] = SAVED[queryId];
      new CfnNamedQuery(this, queryId, { name: `IMDSv1 credentials: ${name}`, description, database, queryString, workGroup });
    };
    save('Calls', callsQuery(trailTable, days));
    save('Roles', rolesQuery(trailTable, days));
    if (!usageBucket) { return; }
    save('UsageTable', usageTableStatement(database, usageTableName, usageBucket.s3UrlForObject('usage/'), usageAccounts));
    save('Launchers', launchersQuery(trailTable, days, `"${database}"."${usageTableName}"`));
  }
}

/** @throws Error if the list is empty, or an id is not an account id */
function checkedAccounts(accounts: readonly string[] | undefined): readonly string[] | undefined {
  if (accounts?.length === 0) { throw new Error('usageAccounts must name at least one account, got none'); }
  const wrong = accounts?.find(account => !Token.isUnresolved(account) && !isIdOf(account, 'account'));
  if (wrong !== undefined) { throw new Error(`usageAccounts must be ids of accounts, of 12 digits, got ${describeValue(wrong)}`); }
  return accounts;
}

/** The names of the queries, and their descriptions. */
const SAVED = {
  Calls: ['calls', 'Who calls AWS with credentials that IMDSv1 delivered'],
  Roles: ['roles', 'Which roles are used with credentials that IMDSv1 delivered, and for what: what a policy would stop that denies such credentials'],
  UsageTable: ['table of usage records', 'Declares the records of the usage monitor as a table: run it once'],
  Launchers: ['launchers', 'What launched the instances that call with credentials that IMDSv1 delivered: nothing where the usage monitor did not see them calling'],
} as const;

const QUERIES: Shape<Imdsv1CredentialAthenaQueriesProps> = {
  trailTable: required(instance('a CloudTrailAthenaTable, such as CloudTrailAthenaTable.withPartitionProjection(\'default\', \'cloudtrail_logs_pp\')',
    value => value instanceof CloudTrailAthenaTable)),
  usageBucket: BUCKET,
  usageTableName: TEXT,
  usageAccounts: known(listOf(TEXT)),
  days: known(wholeNumber(1, 3650)),
  workGroup: TEXT,
};
