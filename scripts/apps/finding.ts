import { readdirSync } from 'fs';
import { join } from 'path';
import type { AppDirectory } from './app-directory';
import { outcomeIn, readIfThere } from './app-directory';
import { CDK_OUT } from './cdk-init';

/** A problem that prevents the synthesis or the deployment of an app. */
export interface Finding {
  /** The rule: of CDK's own validation, of this library or of a pack. For a failed run, it is the reason. */
  readonly rule: string;
  /** The path of the construct, if there is one. */
  readonly at: string;
  readonly text: string;
}

/** The used part of CDK's validation report. */
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

/** The severities that make `cdk synth` fail. Plugins can leave the severity out. */
const STOPS = [undefined, 'error', 'fatal'];

/** The problems of an app: errors of its run, and errors in its validation report. */
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

/** Whether there are templates and a validation report. */
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

/** The findings of an error. CDK's list of construct errors has one for each line with a rule at its end. Any other error is one finding. */
function findingsOfError(error: string): Finding[] {
  const [, ...listed] = error.split(/\n {2}(?=\[\S*\] )/);
  if (listed.length === 0) { return [{ rule: 'exception', at: '', text: error }]; }
  return listed.map(item => {
    const [, at, text, rule = 'exception'] = /^\[(\S*)\] ([^]*?\[(Imdsv2::\w+)\])$/m.exec(item) ?? /^\[(\S*)\] (.*)/.exec(item)!;
    return { rule, at, text };
  });
}
