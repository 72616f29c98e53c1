import { TEXT, checkValue, known, listOf, required } from '../model/kinds';
import { recordsIn } from './usage-file';
import { UsageIndex } from './usage-index';
import type { UsageRecord } from './usage-record';

/**
 * The usage record of `Imdsv1UsageMonitor`, which shows what still uses IMDSv1: `usage/<account>/latest.json` in its bucket.
 *
 * A report shows the state of each launcher, and enforcement does not change launchers that still use IMDSv1.
 *
 * @example
 * import { App } from 'aws-cdk-lib';
 * import { ImdsReport, ImdsUsage, Imdsv2 } from 'cdk-imdsv2';
 *
 * declare const app: App;
 *
 * const usage = ImdsUsage.fromFile('imdsv1-usage.json');
 * Imdsv2.enforce(app, { onlyWhereReady: usage });
 * Imdsv2.check(app, { usage, reports: [ImdsReport.html()] });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 */
export class ImdsUsage {
  /**
   * Reads a record or a list of records. It reads the file once, at the time of the call.
   *
   * @param path the path of the file, from the directory in which the app runs
   * @throws Error if it cannot be read, has no record with a supported version, has a date in the future, or is in `usage/<account>/` of another
   *   account
   */
  public static fromFile(path: string): ImdsUsage {
    checkValue('path', path, required(known(TEXT)));
    return new ImdsUsage(recordsIn(path));
  }

  /**
   * Reads the records of several accounts. If several records are about one account and Region, the newest one counts.
   *
   * @param paths the paths of the files
   * @throws Error if there are no files, or one cannot be read or has no record with a supported version
   */
  public static fromFiles(paths: string[]): ImdsUsage {
    checkValue('paths', paths, required(known(listOf(TEXT))));
    if (paths.length === 0) { throw new Error('paths must name at least one file, got none'); }
    paths.forEach(path => checkValue('paths', path, known(TEXT)));
    return new ImdsUsage(paths.flatMap(path => recordsIn(path)));
  }

  private index: UsageIndex | undefined;

  private constructor(private readonly records: readonly UsageRecord[]) {}

  /**
   * The index of the records by resource, created on the first use.
   *
   * @internal
   */
  public get _index(): UsageIndex {
    return this.index ??= new UsageIndex(this.records);
  }
}
