import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2Validator } from '../../src';
import type { Report } from '../../src/report/report';

/** The violations of a check of templates, and its reports. */
export interface Checked {
  readonly pluginReport: PolicyValidationPluginReport;
  /** What it says where no reports are written. */
  readonly pluginReportAlone: PolicyValidationPluginReport;
  readonly report: Report;
  /** The texts of the reports, by format. */
  readonly texts: { readonly [format in Format]: string };
}

type Format = 'html' | 'json' | 'sarif' | 'junit' | 'markdown';

const FORMATS: readonly Format[] = ['html', 'json', 'sarif', 'junit', 'markdown'];

/** Checks a template without constructs, as CDK does. */
export function checkedTemplate(template: unknown): Checked {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const templatePath = join(directory, 'web.json');
    writeFileSync(templatePath, JSON.stringify(template));
    const stack = { stackConstructPath: '', templatePath, accountId: undefined, region: undefined };
    const context = { appConstruct: new App({ outdir: directory }), templatePaths: [templatePath], stackTemplates: [stack] };
    const pluginReport = new Imdsv2Validator({ reports: FORMATS.map(format => ImdsReport[format]({ fileName: format })) }).validate(context);
    const pluginReportAlone = new Imdsv2Validator().validate(context);
    const texts = Object.fromEntries(FORMATS.map(format => [format, readFileSync(join(directory, format), 'utf8')])) as Checked['texts'];
    return { pluginReport, pluginReportAlone, report: JSON.parse(texts.json) as Report, texts };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
