import { grouped } from '../model/grouped';
import type { JunitCase } from './junit-case';
import { caseElement, foundCase, quietCase } from './junit-case';
import type { Report, ReportedFinding, ReportedResource, ReportedStack } from './report';
import { element } from './xml';

/** Every resource has a case of this rule, so that a tool that compares two reports sees it broken and mended. */
const MAIN_RULE = 'Imdsv2::TokensRequired';
/** The suite of what is about no stack. */
const APP = 'app';

/** Cases under one name. */
interface Suite {
  readonly name: string;
  readonly properties: { readonly [name: string]: string | undefined };
  readonly cases: readonly JunitCase[];
}

/**
 * The report as tests that passed or failed, for build servers: a suite for each stack, a case for each rule that is broken by a resource.
 *
 * A finding that does not fail the synthesis is the output of a case that passes; one that is exempt skips its case.
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

/** A build server takes a report without any case for a broken one. */
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

/** Cases of what is about no resource that is listed. */
function placeCases(findings: readonly ReportedFinding[]): JunitCase[] {
  const named = findings.map(finding => [`${finding.path ?? finding.resource ?? APP}: ${finding.rule}`, finding] as const);
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
