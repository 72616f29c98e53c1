import { Token } from 'aws-cdk-lib';
import { TEXT, checkValue, required } from '../../model/kinds';
import { describeValue } from '../../model/setting';

/**
 * An Athena table of the log files of a CloudTrail trail, and its partitions, so that queries read only the days that they need.
 *
 * It must have the column `useridentity.sessioncontext.ec2roledelivery`, like the statements in the Athena guide. `SHOW CREATE TABLE` shows the
 * columns.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { CloudTrailAthenaTable, Imdsv1CredentialAthenaQueries } from 'cdk-imdsv2';
 *
 * const trailTable = CloudTrailAthenaTable.withDayPartitions('default', 'cloudtrail_logs');
 * new Imdsv1CredentialAthenaQueries(new Stack(new App(), 'Trail'), 'Queries', { trailTable });
 */
export class CloudTrailAthenaTable {
  /**
   * A table with partition projection: the column `timestamp` contains the day as `2026/11/30`.
   *
   * @param database the database in the data catalog
   * @param table the table in the database
   * @throws Error if Athena does not accept a name
   * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
   */
  public static withPartitionProjection(database: string, table: string): CloudTrailAthenaTable {
    return new CloudTrailAthenaTable(database, table, '"timestamp"');
  }

  /**
   * A table with partitions that you or a crawler add: the columns `year`, `month` and `day` contain the day, as in `2026`, `11` and `30`.
   *
   * @param database the database in the data catalog
   * @param table the table in the database
   * @throws Error if Athena does not accept a name
   * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
   */
  public static withDayPartitions(database: string, table: string): CloudTrailAthenaTable {
    return new CloudTrailAthenaTable(database, table, '"year" || \'/\' || "month" || \'/\' || "day"');
  }

  /**
   * A table without partitions, or with other partitions. Each query then reads the whole table.
   *
   * @param database the database in the data catalog
   * @param table the table in the database
   * @throws Error if Athena does not accept a name
   */
  public static withoutPartitions(database: string, table: string): CloudTrailAthenaTable {
    return new CloudTrailAthenaTable(database, table, undefined);
  }

  /** @internal */
  public readonly _database: string;

  /** The table as a query names it. @internal */
  public readonly _name: string;

  private constructor(database: string, table: string, private readonly day: string | undefined) {
    checkTableName('database', database);
    checkTableName('table', table);
    this._database = database;
    this._name = `"${database}"."${table}"`;
  }

  /**
   * The conditions for the calls of the last days. The day of a log file is the day on which it was written, so it is never before the day of its
   * calls.
   *
   * @internal
   */
  public _within(days: number): string[] {
    const files = this.day === undefined ? [] : [`${this.day} >= ${dayOf(days)}`];
    return [...files, `from_iso8601_timestamp(eventtime) >= ${since(days)}`];
  }
}

/** The time of some days ago, in a query. */
export function since(days: number): string {
  return `current_timestamp - INTERVAL '${days}' DAY`;
}

/** The day of some days ago, in the form of partitions. */
export function dayOf(days: number): string {
  return `date_format(${since(days)}, '%Y/%m/%d')`;
}

/** Checks a name that is put between quotes in a statement. */
export function checkTableName(name: string, value: unknown): void {
  checkValue(name, value, required(TEXT));
  if (Token.isUnresolved(value) || /^[\w-]{1,255}$/.test(value as string)) { return; }
  throw new Error(`${name} must be a name of letters, digits, '_' and '-', got ${describeValue(value)}`);
}
