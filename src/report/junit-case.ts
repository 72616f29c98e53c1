import type { ReportedFinding, ReportedResource } from './report';
import { element } from './xml';

/** A test case of a JUnit report. */
export interface JunitCase {
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Tells it apart in its suite, and is the same in the next report. */
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  /** One line for lists. */
  readonly summary: string;
  /** All there is to say. */
  readonly text: string;
}

/** The case of findings about one rule in one place: it fails if one of them does, and is skipped if all of them are exempt. */
export function foundCase(name: string, findings: readonly ReportedFinding[]): JunitCase {
  const failing = findings.filter(({ isFailing }) => isFailing);
  const open = findings.filter(({ exemption }) => !exemption);
  const result = failing.length > 0 ? 'failed' : open.length > 0 ? 'passed' : 'skipped';
  const shown = { failed: failing, passed: open, skipped: findings }[result];
  const [{ template: file, line, message }] = shown;
  return { result, name, file, line, summary: result === 'skipped' ? exemptionOf(shown[0]) : message, text: shown.map(textOf).join('\n\n') };
}

/** The case of a resource about which nobody says that it breaks the rule. It passes if that is because it does not. */
export function quietCase(name: string, { template: file, line, outcome, settings }: ReportedResource, whyOff: string | undefined): JunitCase {
  const text = Object.entries(settings).map(([setting, values]) =>
    `${setting}: ${values.map(({ kind, value, from }) => `${value ?? kind} (${from})`).join(', or ')}`).join('\n');
  if (whyOff !== undefined) { return { result: 'skipped', name, file, line, summary: `the rule is switched off; ${whyOff}`, text }; }
  return { result: outcome === 'required' ? 'passed' : 'skipped', name, file, line, summary: `IMDSv2 is ${outcome}`, text };
}

/** The case as an element. */
export function caseElement({ result, name, file, line, summary, text }: JunitCase, suite: string): string {
  const content = {
    failed: () => [element('failure', { message: summary, type: 'failure' }, text)],
    skipped: () => [element('skipped', { message: summary }, text)],
    passed: () => text === '' ? [] : [element('system-out', {}, text)],
  };
  return element('testcase', { classname: suite, name, file, line, time: 0 }, content[result]());
}

function textOf(finding: ReportedFinding): string {
  const { severity, rule, message, location, fix, see, exemption } = finding;
  const lines = [`${severity} ${rule}: ${message}`, location && `at: ${location}`, `what to do: ${fix}`, `read on: ${see}`, exemption && exemptionOf(finding)];
  return lines.filter(Boolean).join('\n');
}

function exemptionOf({ exemption, message }: ReportedFinding): string {
  const { reason, owner, ticket, expires } = exemption!;
  return [`exempt: ${reason}`, owner && `owner: ${owner}`, ticket && `ticket: ${ticket}`, expires && `until ${expires}`, message].filter(Boolean).join('; ');
}
