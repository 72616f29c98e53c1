import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { App, Validations } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2Validator } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import type { Report } from '../../src/report/report';
import { switchOffValidation } from '../harness/no-validation';
import type { Template } from './oracle/json';

/** An app, synthesized, and what validator and pack say of it. */
export interface Answers {
  /** What is wrong, as `path rule`, each once, in the alphabet's order. */
  readonly validator: readonly string[];
  readonly pack: readonly string[];
  readonly report: Report;
  /** The templates by the name that they have in the report. */
  readonly templates: { readonly [file: string]: Template };
}

/** Synthesizes an app, and asks validator and pack where CDK asks its plugins. */
export function asked(build: (app: App) => void): Answers {
  const outdir = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const app = new App({ outdir, builtinCloudFormationValidation: false, analyticsReporting: false, treeMetadata: false });
    switchOffValidation(app);
    build(app);
    const asking = new Asking();
    Validations.of(app).addPlugins(asking);
    app.synth();
    const report = JSON.parse(readFileSync(join(outdir, 'imdsv2-report.json'), 'utf8')) as Report;
    const templates = Object.fromEntries(report.stacks.map(({ template }) => [template, JSON.parse(readFileSync(join(outdir, template), 'utf8')) as Template]));
    return { validator: linesOf(asking.validator), pack: linesOf(asking.pack), report, templates };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Asks both, and keeps the answers from CDK. */
class Asking implements IPolicyValidationPlugin {
  public readonly name = 'Asking';
  public readonly validator: PolicyValidationPluginReport[] = [];
  public readonly pack: PolicyValidationPluginReport[] = [];

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.validator.push(new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(context));
    this.pack.push(new Imdsv2NagChecks().validate(context));
    return { success: true, violations: [] };
  }
}

function linesOf(reports: readonly PolicyValidationPluginReport[]): readonly string[] {
  const lines = reports.flatMap(({ violations }) => violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName.replace(/^Imdsv2-/, 'Imdsv2::')}`)));
  return [...new Set(lines)].sort();
}
