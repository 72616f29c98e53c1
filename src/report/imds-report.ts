import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Check } from '../check/check';
import { LATER } from '../model/kinds';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import type { ImdsUsage } from '../usage/imds-usage';
import { htmlPage } from './html/page';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import type { Report } from './report';
import { ReportBuilder } from './report-builder';
import { sarifReport } from './sarif';
import { fromSources } from './source-root';

/** Where a report is written. */
export interface ImdsReportOptions {
  /**
   * The name of the file, in the directory of the cloud assembly.
   *
   * @default - `imdsv2-report`, with the ending of the format
   */
  readonly fileName?: string;
}

/** The file names that CDK itself writes into a cloud assembly. Case is ignored, because some file systems ignore it. */
const OF_CDK = /^(?:(?:manifest|tree|validation-report)\.json|cdk\.out|.*\.(?:template|assets|metadata)\.json|.*\.lock|asset\..*|assembly-.*)$/i;

/** What some systems do not accept in a file name: separators, invisible characters, a dot or a space at the end. */
const NO_FILE_NAME = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[. ]$|^$/u;

/**
 * A report that a check writes into the cloud assembly: the settings of every launcher and where they come from, findings, exemptions, and
 * totals.
 *
 * @example
 * import { App } from 'aws-cdk-lib';
 * import { ImdsReport, Imdsv2 } from 'cdk-imdsv2';
 *
 * declare const app: App;
 *
 * Imdsv2.check(app, { reports: [ImdsReport.html(), ImdsReport.sarif({ fileName: 'imds.sarif' })] });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export class ImdsReport {
  /** One page for people: a summary, tables with filters, and the launch graph. It loads nothing from a server. */
  public static html(options: ImdsReportOptions = {}): ImdsReport {
    return new ImdsReport(options, 'imdsv2-report.html', htmlPage);
  }

  /** JSON for programs. The package contains the schema, `schema/imdsv2-report.schema.json`. */
  public static json(options: ImdsReportOptions = {}): ImdsReport {
    return new ImdsReport(options, 'imdsv2-report.json', jsonReport);
  }

  /**
   * SARIF 2.1.0 for code scanning, with locations in the templates.
   *
   * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
   */
  public static sarif(options: ImdsReportOptions = {}): ImdsReport {
    return new ImdsReport(options, 'imdsv2-report.sarif', sarifReport);
  }

  /** JUnit XML for the test results of a pipeline: a suite for each stack, a case for each resource. */
  public static junit(options: ImdsReportOptions = {}): ImdsReport {
    return new ImdsReport(options, 'imdsv2-report.junit.xml', junitReport);
  }

  /** Markdown for a comment on a pull request. */
  public static markdown(options: ImdsReportOptions = {}): ImdsReport {
    return new ImdsReport(options, 'imdsv2-report.md', markdownReport);
  }

  /** The name of the file. */
  public readonly fileName: string;

  private constructor(options: ImdsReportOptions, byDefault: string, private readonly render: (report: Report, directory: string) => string) {
    const { fileName = byDefault } = checked(options, { fileName: LATER }, 'options');
    checkFileName(fileName);
    this.fileName = fileName;
  }

  /**
   * The data of all reports of a check. It is a method of this class, so that its code is only loaded if the user adds a report.
   *
   * @internal
   */
  public _reportOn(check: Check, usage?: ImdsUsage): Report {
    return new ReportBuilder(check, usage?._index).build();
  }

  /**
   * Writes the report into a cloud assembly.
   *
   * @internal
   */
  public _write(report: Report, directory: string): void {
    const path = join(directory, this.fileName);
    // If the path is a link, this removes the link. It does not write to the target of the link.
    rmSync(path, { force: true });
    writeFileSync(path, this.render(report, fromSources(directory)), { flag: 'wx' });
  }
}

function checkFileName(fileName: unknown): void {
  if (typeof fileName !== 'string' || NO_FILE_NAME.test(fileName)) {
    throw new Error(`fileName must be the name of a file, without a directory, got ${describeValue(fileName)}`);
  }
  if (OF_CDK.test(fileName)) { throw new Error(`fileName must not be one that CDK writes itself, got ${describeValue(fileName)}`); }
}
