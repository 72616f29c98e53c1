import { readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { Stack, Validations } from 'aws-cdk-lib';
import { FailOn, Imdsv2 } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import type { RuleId } from '../../src/policy/rules';
import { scratchApp } from '../harness/scratch-app';
import { read } from '../harness/synthesized';

/** A way to find violations in an app. */
export interface Effect {
  readonly title: string;
  /** The rules that it can find, among those of a check. */
  readonly finds: (id: RuleId) => boolean;
  /** Builds an app, synthesizes it, and returns the ids of the findings, each once, sorted. */
  readonly idsIn: (build: (app: App) => void, today?: string) => readonly string[];
}

/** CDK writes its validation report, and neither prints it nor fails. */
export const REPORT_ONLY = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** The findings of everything that reads the templates of an app, including the check of enforcement, without warnings on resources. */
const BY_TEMPLATES: RuleId = 'Imdsv2::UnknownRule';

/** Enforcement, which adds a missing token instead of reporting it. */
const ENFORCEMENT: Effect = {
  title: 'Imdsv2.enforce()',
  finds: id => id !== 'Imdsv2::TokensRequired' && id !== BY_TEMPLATES,
  idsIn: (build, today) => {
    const app = scratchApp();
    build(app);
    Imdsv2.enforce(app, { today });
    return reportedIn(app);
  },
};

/** The ways to find violations in an app without enforcement. */
export const CHECKS: readonly Effect[] = [
  ENFORCEMENT,
  validation('Imdsv2.check()', (app, today) => Imdsv2.check(app, { today, failOn: FailOn.NEVER })),
  validation('Imdsv2NagChecks', (app, today) => Validations.of(app).addPlugins(new Imdsv2NagChecks(app, { today })), id => id !== BY_TEMPLATES),
];

/** The ids of the reports of a synthesis, or of its error. */
export function reportedIn(app: App): readonly string[] {
  try {
    const assembly = app.synth();
    return sorted(stacksOf(app).flatMap(stack => read(assembly, stack).reports.map(({ id, text }) => id ?? text)));
  } catch (error) {
    const ids = [...String(error).matchAll(/\[(Imdsv2::\w+)\]/g)].map(([, id]) => id);
    if (ids.length === 0) { throw error; }
    return sorted(ids);
  }
}

/** A way whose report CDK writes. */
function validation(title: string, add: (app: App, today?: string) => void, finds: Effect['finds'] = () => true): Effect {
  return {
    title,
    finds,
    idsIn: (build, today) => {
      const app = scratchApp(REPORT_ONLY);
      build(app);
      add(app, today);
      return sorted(violatedIn(app.synth().directory));
    },
  };
}

/** The violated rules in CDK's report, with this library's ids. */
export function violatedIn(directory: string): readonly string[] {
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
    readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName.replace(/^Imdsv2-/, 'Imdsv2::')));
}

function stacksOf(app: App): readonly Stack[] {
  return app.node.findAll().filter(construct => Stack.isStack(construct));
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
