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

/** A synthesized app, and the findings of the validator and the pack. */
export interface Validated {
  /** The findings as `path rule`, each once, sorted. */
  readonly validator: readonly string[];
  readonly pack: readonly string[];
  readonly report: Report;
  /** The result of the validator with reports, which read every resource, and without reports. */
  readonly pluginReports: { readonly [by in 'reporting' | 'alone']: readonly PolicyValidationPluginReport[] };
  /** The texts for people: descriptions, and on request the HTML reports. */
  readonly texts: readonly string[];
  /** The templates, by their names in the report. */
  readonly templates: { readonly [file: string]: Template };
}

/** The inputs of the validator and the pack. */
interface ValidationInputs {
  readonly today?: string;
  /** Whether HTML reports are written, too. */
  readonly withPages?: boolean;
  readonly context?: { readonly [key: string]: unknown };
}

const PAGES = ['html', 'markdown', 'junit'] as const;

/** Synthesizes an app, and calls the validator and the pack when CDK calls its plugins. */
export function validated(build: (app: App) => void, { today, withPages = false, context = {} }: ValidationInputs = {}): Validated {
  const outdir = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const app = new App({ outdir, context: { ...context }, builtinCloudFormationValidation: false, analyticsReporting: false, treeMetadata: false });
    switchOffValidation(app);
    build(app);
    const pages = withPages ? PAGES : [];
    const plugins = new BothPlugins(today, pages);
    Validations.of(app).addPlugins(plugins);
    app.synth();
    const report = JSON.parse(readFileSync(join(outdir, 'imdsv2-report.json'), 'utf8')) as Report;
    const templates = Object.fromEntries(report.stacks.map(({ template }) => [template, JSON.parse(readFileSync(join(outdir, template), 'utf8')) as Template]));
    const texts = [...plugins.validator, ...plugins.pack].flatMap(({ violations }) => violations.flatMap(({ description, violatingResources }) =>
      [description, ...violatingResources.flatMap(({ locations }) => locations)]));
    return {
      validator: linesOf(plugins.validator),
      pack: linesOf(plugins.pack),
      report,
      pluginReports: { reporting: plugins.validator, alone: plugins.alone },
      templates,
      texts: [...texts, ...pages.map(page => readFileSync(join(outdir, page), 'utf8'))],
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Calls the validator and the pack, and hides their findings from CDK. */
class BothPlugins implements IPolicyValidationPlugin {
  public readonly name = 'BothPlugins';
  public readonly validator: PolicyValidationPluginReport[] = [];
  public readonly alone: PolicyValidationPluginReport[] = [];
  public readonly pack: PolicyValidationPluginReport[] = [];

  public constructor(private readonly today: string | undefined, private readonly pages: readonly (typeof PAGES)[number][]) {}

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const reports = [ImdsReport.json(), ...this.pages.map(page => ImdsReport[page]({ fileName: page }))];
    this.validator.push(new Imdsv2Validator({ reports, today: this.today }).validate(context));
    this.alone.push(new Imdsv2Validator({ today: this.today }).validate(context));
    this.pack.push(new Imdsv2NagChecks(undefined, { today: this.today }).validate(context));
    return { success: true, violations: [] };
  }
}

function linesOf(reports: readonly PolicyValidationPluginReport[]): readonly string[] {
  const lines = reports.flatMap(({ violations }) => violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName.replace(/^Imdsv2-/, 'Imdsv2::')}`)));
  return [...new Set(lines)].sort();
}
