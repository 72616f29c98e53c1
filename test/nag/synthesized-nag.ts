import { readFileSync } from 'fs';
import { join } from 'path';
import type { App, IPolicyValidationPlugin, Stage } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { grouped } from '../../src/model/grouped';
import { scratchApp } from '../harness/scratch-app';

/** A violation in CDK's report. */
export interface Reported {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

/** The result of a synthesis. */
export interface Outcome {
  /** The error, and the output of CDK. */
  readonly failure: string | undefined;
  readonly printed: string;
  /** The findings of each plugin, and the acknowledged ones. */
  readonly plugins: readonly PluginReport[];
}

/** The report of CDK for a plugin. */
interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly Reported[];
  readonly suppressedViolations?: readonly Reported[];
}

/** The construct paths, by violated rule. */
export type Found = { readonly [rule: string]: readonly string[] };

type Plugins = (app: App) => readonly IPolicyValidationPlugin[];

/** Synthesizes an app with plugins, as users do. */
export function synthesizedWith(build: (app: App) => void, plugins: Plugins, on: (app: App) => Stage = app => app): Outcome {
  const app = scratchApp();
  build(app);
  Validations.of(on(app)).addPlugins(...plugins(app));
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const failure = failureOf(app);
  const printed = print.mock.calls.flat().map(String).join('\n');
  print.mockRestore();
  return { failure, printed, plugins: pluginsIn(app) };
}

/** The violated rules of a plugin, with construct paths. */
export function foundBy(outcome: Outcome, plugin = 'Imdsv2', at: 'violations' | 'suppressedViolations' = 'violations'): Found {
  const violations = outcome.plugins.filter(({ pluginName }) => pluginName === plugin).flatMap(report => report[at] ?? []);
  const pathsIn = ({ violatingConstructs }: Reported) => violatingConstructs.map(({ constructPath }) => String(constructPath));
  return Object.fromEntries(grouped(violations.flatMap(violation => pathsIn(violation).map(path => [violation.ruleName, path] as const))));
}

function failureOf(app: App): string | undefined {
  try {
    app.synth();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function pluginsIn(app: App): Outcome['plugins'] {
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { readonly pluginReports: Outcome['plugins'] };
  return report.pluginReports;
}
