import { readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { Stack, Validations } from 'aws-cdk-lib';
import { FailOn, Imdsv2 } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import type { RuleId } from '../../src/policy/rules';
import { scratchApp } from '../harness/scratch-app';
import { read } from '../harness/synthesized';

/** A way in which an app is looked at. */
export interface Effect {
  readonly title: string;
  /** The rules that it speaks of, among those that a check holds apps against. */
  readonly finds: (id: RuleId) => boolean;
  /** Builds an app, synthesizes it, and returns the ids of what was found: each of them once, in the alphabet's order. */
  readonly idsIn: (build: (app: App) => void, today?: string) => readonly string[];
}

/** CDK writes its report of a validation, and neither prints it nor fails. */
export const REPORT_ONLY = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** What is found by whatever reads the templates of an app, the check that enforcement adds among it, and is no warning on a resource. */
const BY_TEMPLATES: RuleId = 'Imdsv2::UnknownRule';

/** Enforcement, which mends a missing token rather than to speak of it. */
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

/** The effects that look at an app in which nothing is enforced yet. */
export const CHECKS: readonly Effect[] = [
  ENFORCEMENT,
  validation('Imdsv2.check()', (app, today) => Imdsv2.check(app, { today, failOn: FailOn.NEVER })),
  validation('Imdsv2NagChecks', (app, today) => Validations.of(app).addPlugins(new Imdsv2NagChecks(app, { today })), id => id !== BY_TEMPLATES),
];

/** The ids of what is reported when the app is synthesized, or of what makes the synthesis fail. */
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

/** An effect that CDK writes the report of. */
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

/** The rules that are violated by the report of CDK, in the words of this library. */
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
