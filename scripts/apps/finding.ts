import { readdirSync } from 'fs';
import { join } from 'path';
import type { AppDirectory } from './app-directory';
import { outcomeIn, readIfThere } from './app-directory';
import { CDK_OUT } from './cdk-init';

/** Something that keeps an app from being synthesized, or deployed. */
export interface Finding {
  /** The rule that it breaks: that of CDK's own validation, of this library or of a pack; or what went wrong with the run. */
  readonly rule: string;
  /** The path of the construct, where there is one. */
  readonly at: string;
  readonly text: string;
}

/** What CDK's validation writes, as far as it is read here. */
interface ValidationReport {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly conclusion: 'success' | 'failure';
    readonly violations: readonly Violation[];
  }[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

/** What stops `cdk synth`. Plugins may leave the severity out. */
const STOPS = [undefined, 'error', 'fatal'];

/** What went wrong with an app that was run, and what its validation report says is an error. */
export function findingsIn(app: AppDirectory): Finding[] {
  const outcome = outcomeIn(app);
  if (!outcome) { return [{ rule: 'no outcome', at: '', text: 'the process ended before the app was through' }]; }
  const thrown = outcome.error === undefined ? [] : findingsOfError(outcome.error);
  const report = reportIn(app);
  const found = (report?.pluginReports ?? []).flatMap(({ pluginName, conclusion, violations }) => {
    const errors = violations.filter(({ severity }) => STOPS.includes(severity)).flatMap(findingsOfViolation);
    return conclusion === 'failure' && errors.length === 0 ? [{ rule: 'failure', at: '', text: `${pluginName} fails without an error` }] : errors;
  });
  if (thrown.length + found.length === 0 && outcome.exitCode !== 0) { return [{ rule: 'exit code', at: '', text: `exit code ${outcome.exitCode}` }]; }
  return [...thrown, ...found];
}

/** Whether there are templates, and a report on them. */
export function isValidated(app: AppDirectory): boolean {
  return reportIn(app) !== undefined && templatesIn(app).length > 0;
}

function templatesIn({ path }: AppDirectory): string[] {
  return readdirSync(join(path, CDK_OUT), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.template.json'));
}

function reportIn({ path }: AppDirectory): ValidationReport | undefined {
  return readIfThere<ValidationReport>(join(path, CDK_OUT, 'validation-report.json'));
}

function findingsOfViolation({ ruleName, description, violatingConstructs }: Violation): Finding[] {
  const places = violatingConstructs.length > 0 ? violatingConstructs : [{}];
  return places.map(({ constructPath = '' }) => ({ rule: ruleName, at: constructPath, text: description }));
}

/** An error that lists what constructs say of themselves stands for that; any other stands for itself. What has a rule ends with it, on the first line or later. */
function findingsOfError(error: string): Finding[] {
  const [, ...listed] = error.split(/\n {2}(?=\[\S*\] )/);
  if (listed.length === 0) { return [{ rule: 'exception', at: '', text: error }]; }
  return listed.map(item => {
    const [, at, text, rule = 'exception'] = /^\[(\S*)\] ([^]*?\[(Imdsv2::\w+)\])$/m.exec(item) ?? /^\[(\S*)\] (.*)/.exec(item)!;
    return { rule, at, text };
  });
}
