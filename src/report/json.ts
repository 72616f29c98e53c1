import type { Report } from './report';

/** The report as JSON, for programs. `schema/imdsv2-report.schema.json` describes it. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
