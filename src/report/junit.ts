import { grouped } from '../model/grouped';
import type { Report, ReportedStack } from './report';
import type { ReportedFinding } from './reported-finding';
import type { ReportedResource } from './reported-resource';
import { stableName } from './sdks';
import { element } from './xml';

/** Each resource has a case for this rule. So a tool that compares two reports sees when a resource breaks the rule, and when it is fixed. */
const MAIN_RULE = 'Imdsv2::TokensRequired';
/** The name of the suite for findings that belong to no stack. */
const APP = 'app';

/** A test case of a JUnit report. */
interface JunitCase {
  readonly result: 'passed' | 'failed' | 'skipped';
  /** The name is unique in its suite, and the same in the next report. */
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  /** One line, for lists. */
  readonly summary: string;
  /** The full text. */
  readonly text: string;
}

/** Test cases with a common name. */
interface Suite {
  readonly name: string;
  readonly properties: { readonly [name: string]: string | undefined };
  readonly cases: readonly JunitCase[];
}

/**
 * The report as test results for build servers: a suite for each stack, and a case for each rule that a resource breaks.
 *
 * A finding that does not fail the synthesis is the output of a passed case. An exempt finding skips its case.
 */
export function junitReport(report: Report): string {
  const suites = suitesOf(report);
  const root = element('testsuites', { name: report.tool.name, ...counts(suites.flatMap(({ cases }) => cases)) }, suites.map(suiteElement));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suitesOf(report: Report): Suite[] {
  const { stacks, resources, findings } = report;
  const known = new Set(resources.map(({ id }) => id));
  const templates = new Set(stacks.map(({ template }) => template));
  const isListed = ({ resource }: ReportedFinding) => resource !== undefined && known.has(resource);
  const ofResource = grouped(findings.filter(isListed).map(finding => [finding.resource!, finding]));
  const others = findings.filter(finding => !isListed(finding));
  const ofStack = grouped(others.map(finding => [templates.has(finding.template ?? '') ? finding.template! : APP, finding]));
  const whyOff = report.rulesOff.find(({ rule }) => rule === MAIN_RULE)?.reason;
  const inStack = grouped(resources.map(resource => [resource.template, resource]));
  const suites = stacks.map(stack => stackSuite(stack, [
    ...(inStack.get(stack.template) ?? []).flatMap(resource => resourceCases(resource, ofResource.get(resource.id) ?? [], whyOff)),
    ...placeCases(ofStack.get(stack.template) ?? []),
  ]));
  return [...suites, ...appSuites(placeCases(ofStack.get(APP) ?? []), resources.length)];
}

function stackSuite({ template, path, name, account, region }: ReportedStack, cases: readonly JunitCase[]): Suite {
  return { name: path ?? name ?? template, properties: { template, stack: name, account, region }, cases };
}

/** The suite for what belongs to no stack. A report without resources gets one passed case, because build servers reject a report without cases. */
function appSuites(cases: readonly JunitCase[], resources: number): Suite[] {
  if (cases.length > 0) { return [{ name: APP, properties: {}, cases }]; }
  const nothing: JunitCase = { result: 'passed', name: 'nothing launches instances', summary: '', text: '' };
  return resources > 0 ? [] : [{ name: APP, properties: {}, cases: [nothing] }];
}

function resourceCases(resource: ReportedResource, findings: readonly ReportedFinding[], whyOff: string | undefined): JunitCase[] {
  const nameOf = (rule: string) => `${resource.path ?? resource.logicalId}: ${rule}`;
  const byRule = grouped(findings.map(finding => [finding.rule, finding]));
  const cases = [...byRule].map(([rule, all]) => foundCase(nameOf(rule), all));
  return byRule.has(MAIN_RULE) ? cases : [quietCase(nameOf(MAIN_RULE), resource, whyOff), ...cases];
}

/** The cases of findings whose subject is not in the list of resources. */
function placeCases(findings: readonly ReportedFinding[]): JunitCase[] {
  const nameOf = ({ path, resource, rule, sdk }: ReportedFinding) => `${path ?? resource ?? APP}: ${rule}${sdk ? `: ${stableName(sdk.file)}: ${sdk.packageName}` : ''}`;
  const named = findings.map(finding => [nameOf(finding), finding] as const);
  return [...grouped(named)].map(([name, all]) => foundCase(name, all));
}

function suiteElement({ name, properties, cases }: Suite): string {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return element('testsuite', { name, ...counts(cases) }, [
    ...known.length > 0 ? [element('properties', {}, known.map(([key, value]) => element('property', { name: key, value })))] : [],
    ...cases.map(each => caseElement(each, name)),
  ]);
}

function counts(cases: readonly JunitCase[]): { readonly [name: string]: number } {
  const count = (result: JunitCase['result']) => cases.filter(each => each.result === result).length;
  return { tests: cases.length, failures: count('failed'), errors: 0, skipped: count('skipped'), time: 0 };
}

/** The case for the findings about one rule in one place. It fails if one of them fails the synthesis, and is skipped if all are exempt. */
function foundCase(name: string, findings: readonly ReportedFinding[]): JunitCase {
  const failing = findings.filter(({ isFailing }) => isFailing);
  const open = findings.filter(({ exemption }) => !exemption);
  const result = failing.length > 0 ? 'failed' : open.length > 0 ? 'passed' : 'skipped';
  const shown = { failed: failing, passed: open, skipped: findings }[result];
  const [{ template, line, message, sdk }] = shown;
  return { result, name, file: sdk?.file ?? template, line: sdk?.line ?? line, summary: result === 'skipped' ? exemptionOf(shown[0]) : message, text: shown.map(textOf).join('\n\n') };
}

/** The case of a resource without a finding for the main rule. It passes only if tokens are required. */
function quietCase(name: string, { template: file, line, outcome, settings }: ReportedResource, whyOff: string | undefined): JunitCase {
  const text = Object.entries(settings).map(([setting, values]) =>
    `${setting}: ${values.map(({ kind, value, from }) => `${value ?? kind} (${from})`).join(', or ')}`).join('\n');
  if (whyOff !== undefined) { return { result: 'skipped', name, file, line, summary: `the rule is switched off; ${whyOff}`, text }; }
  return { result: outcome === 'required' ? 'passed' : 'skipped', name, file, line, summary: `IMDSv2 is ${outcome}`, text };
}

/** A case as an XML element. */
function caseElement({ result, name, file, line, summary, text }: JunitCase, suite: string): string {
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
