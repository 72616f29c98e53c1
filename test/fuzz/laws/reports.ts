import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Checked } from '../checked';
import type { Law } from '../law';
import { none, same } from '../law';

interface Reported {
  readonly checked: () => Checked;
}

const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../../../schema/imdsv2-report.schema.json'), 'utf8')) as object;
const isReport = addFormats(new Ajv({ strict: false })).compile(SCHEMA);

/** The laws of the reports of every check. */
export const REPORTED: readonly Law<Reported>[] = [
  {
    title: 'the JSON report matches its schema',
    check: ({ checked }) => { if (!isReport(checked().report)) { none(isReport.errors ?? [], 'errors'); } },
  },
  {
    title: 'a check fails if a finding fails',
    check: ({ checked }) => {
      const { pluginReport, report } = checked();
      const isFine = report.findings.every(({ isFailing }) => !isFailing);
      same([pluginReport.success, report.success], [isFine, isFine]);
    },
  },
  {
    title: 'CDK gets the same findings as the JSON report',
    check: ({ checked }) => {
      const { pluginReport, report } = checked();
      const lines = pluginReport.violations.flatMap(({ ruleName, description, violatingResources }) =>
        violatingResources.map(({ resourceLogicalId = '' }) => `${ruleName} ${resourceLogicalId} ${description}`));
      same(lines.sort(), report.findings.map(({ rule, resource = '#', message }) => `${rule} ${resource.slice(resource.indexOf('#') + 1)} ${message}`).sort());
    },
  },
  {
    title: 'a check has the same findings without reports',
    check: ({ checked }) => same(checked().pluginReportAlone, checked().pluginReport),
  },
  {
    title: 'totals are correct',
    check: ({ checked }) => {
      const { resources, findings, totals } = checked().report;
      const count = (outcome: string) => resources.filter(resource => resource.outcome === outcome).length;
      const of = (level: string) => findings.filter(({ severity }) => severity === level).length;
      same([totals.resources, totals.required, totals.notRequired, totals.undecided], [resources.length, count('required'), count('not required'), count('undecided')]);
      same([totals.errors, totals.warnings], [of('error'), of('warning')]);
    },
  },
  {
    title: 'SARIF has what the JSON report has',
    check: ({ checked }) => {
      const { report, texts } = checked();
      const { runs: [{ results }] } = JSON.parse(texts.sarif) as { runs: [{ results: { ruleId: string; level: string }[] }] };
      same(results.map(({ ruleId, level }) => [ruleId, level]), report.findings.map(({ rule, severity }) => [rule, severity]));
    },
  },
  {
    title: 'JUnit is XML, and fails where the check does',
    check: ({ checked }) => {
      const { report, texts } = checked();
      same(XMLValidator.validate(texts.junit), true);
      const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(texts.junit) as { testsuites: { '@_failures': string } };
      same(Number(testsuites['@_failures']) > 0, !report.success);
    },
  },
  {
    title: 'the pages name every rule that is broken',
    check: ({ checked }) => {
      const { report, texts } = checked();
      const broken = [...new Set(report.findings.map(({ rule }) => rule))];
      none(broken.flatMap(rule => (['html', 'markdown'] as const).filter(format => !texts[format].includes(rule)).map(format => `${rule} in ${format}`)), 'missing');
    },
  },
];
