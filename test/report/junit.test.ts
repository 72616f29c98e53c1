import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junitReport } from '../../src/report/junit';
import type { Report } from '../../src/report/report';
import { EMPTY_REPORT, hostileReport, longReport, SAMPLE_REPORT, sampleFinding, sampleReport } from './sample-report';

/** The parsed element: its attributes, and its child elements by name. */
interface Element {
  readonly attributes: { readonly [name: string]: string };
  readonly testsuite?: readonly Element[];
  readonly testcase?: readonly Element[];
  readonly property?: readonly Element[];
  readonly properties?: Element;
  readonly failure?: Element;
  readonly skipped?: Element;
  readonly ['system-out']?: Element;
  readonly text?: string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributesGroupName: 'attributes',
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  alwaysCreateTextNode: true,
  isArray: name => ['testsuite', 'testcase', 'property'].includes(name),
});

function rootOf(report: Report): Element {
  const xml = junitReport(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  return (parser.parse(xml) as { readonly testsuites: Element }).testsuites;
}
const suitesOf = (report: Report) => rootOf(report).testsuite ?? [];
const casesOf = (report: Report) => suitesOf(report).flatMap(({ testcase }) => testcase ?? []);
const caseNamed = (name: string, report = SAMPLE_REPORT) => casesOf(report).find(({ attributes }) => attributes.name === name)!;

/** The text that a build server shows for a case. */
function resultOf(testcase: Element): string {
  return testcase.failure ? 'failed' : testcase.skipped ? 'skipped' : 'passed';
}
const shown = (report: Report) => casesOf(report).map(testcase => [resultOf(testcase), testcase.attributes.name]);

test('there is a suite for each stack, and one for findings outside stacks', () => {
  expect(suitesOf(SAMPLE_REPORT).map(({ attributes }) => attributes.name)).toEqual(['Web', 'Prod/Batch/Nested', 'app']);
  expect(suitesOf(SAMPLE_REPORT)[0].properties?.property?.map(({ attributes }) => [attributes.name, attributes.value])).toEqual([
    ['template', 'Web.template.json'], ['stack', 'web'], ['account', '123456789012'], ['region', 'eu-central-1'],
  ]);
});

test('a suite has the name of its stack if there is no construct, or that of its template', () => {
  const { stacks, ...rest } = SAMPLE_REPORT;
  const renamed = stacks.map((stack, index) => ({ ...stack, path: undefined, name: ['web', undefined][index] }));
  expect(suitesOf({ ...rest, stacks: renamed }).map(({ attributes }) => attributes.name)).toEqual([
    'web', 'assembly-Prod/ProdBatch5F3A.nested.template.json', 'app',
  ]);
});

test('a stack without launches has no cases', () => {
  const suites = suitesOf(sampleReport({ stacks: [...SAMPLE_REPORT.stacks, { template: 'Empty.json', totals: SAMPLE_REPORT.totals }] }));
  expect([suites[2].attributes.name, suites[2].attributes.tests]).toEqual(['Empty.json', '0']);
});

test('there is a case for each resource and each violated rule', () => {
  expect(shown(SAMPLE_REPORT)).toEqual([
    ['passed', 'Web/Template/Resource: Imdsv2::TokensRequired'],
    ['passed', 'Web/Fleet/ASG: Imdsv2::TokensRequired'],
    ['skipped', 'Web/Bastion/Resource: Imdsv2::TokensRequired'],
    ['failed', 'Web/Canary/Resource: Imdsv2::TokensRequired'],
    ['passed', 'Web/Canary/Resource: Imdsv2::HopLimitTooHigh'],
    ['passed', 'PoolTemplate: Imdsv2::TokensRequired'],
    ['skipped', 'Prod/Batch/Nested/Pool/ASG: Imdsv2::TokensRequired'],
    ['passed', 'Prod/Batch/Nested/Pool/ASG: Imdsv2::VersionNotFollowed'],
    ['skipped', 'Prod/Batch/Nested/Spot: Imdsv2::TokensRequired'],
    ['failed', 'Prod/Batch/Nested/Spot: Imdsv2::LaunchSourceUnknown'],
    ['passed', 'app: Imdsv2::ExemptionExpiring'],
    ['passed', 'Web/Code: Imdsv2::SdkTooOld: asset.0a1b/package-lock.json: aws-sdk'],
  ]);
});

test('a case has its stack, its template and its line', () => {
  expect(caseNamed('Web/Canary/Resource: Imdsv2::TokensRequired').attributes).toMatchObject({ classname: 'Web', file: 'Web.template.json', line: '63' });
  expect(caseNamed('Web/Fleet/ASG: Imdsv2::TokensRequired').attributes).toMatchObject({ classname: 'Web', file: 'Web.template.json', line: '24' });
  expect(caseNamed('app: Imdsv2::ExemptionExpiring').attributes).toEqual({ classname: 'app', name: 'app: Imdsv2::ExemptionExpiring', time: '0' });
});

describe('a case', () => {
  test('that passes has the settings and their origins', () => {
    expect(caseNamed('Web/Fleet/ASG: Imdsv2::TokensRequired')['system-out']?.text).toBe(
      "tokens: required (the launch template 'WebTemplate' ($Latest))\nhopLimit: 2 (the launch template 'WebTemplate' ($Latest))");
  });

  test('that fails has the fault, the advice and a link', () => {
    const { message, fix, see, location } = SAMPLE_REPORT.findings[1];
    const { failure } = caseNamed('Web/Canary/Resource: Imdsv2::TokensRequired');
    expect(failure?.attributes.message).toBe(message);
    expect(failure?.text).toBe(`error Imdsv2::TokensRequired: ${message}\nat: ${location}\nwhat to do: ${fix}\nread on: ${see}`);
  });

  test('with a finding that does not fail the synthesis passes, with the finding', () => {
    expect(caseNamed('Web/Canary/Resource: Imdsv2::HopLimitTooHigh')['system-out']?.text).toContain(
      'warning Imdsv2::HopLimitTooHigh: MetadataOptions.HttpPutResponseHopLimit is 3: more than 2\n');
  });

  test('that is exempt is skipped, with the owner and the end', () => {
    expect(caseNamed('Web/Bastion/Resource: Imdsv2::TokensRequired').skipped?.attributes.message).toBe(
      'exempt: the backup agent speaks IMDSv1 only; owner: team-storage; ticket: SEC-1432; until 2026-03-31; '
      + "MetadataOptions.HttpTokens is 'optional': IMDSv1 is let in");
  });

  test('with an unknown result is skipped', () => {
    expect(caseNamed('Prod/Batch/Nested/Spot: Imdsv2::TokensRequired').skipped?.attributes.message).toBe('IMDSv2 is undecided');
  });

  test('of a rule that is switched off is skipped, with the reason', () => {
    const report = sampleReport({ findings: [], rulesOff: [{ rule: 'Imdsv2::TokensRequired', reason: 'not yet' }] });
    expect(new Set(casesOf(report).map(testcase => testcase.skipped?.attributes.message))).toEqual(new Set(['the rule is switched off; not yet']));
  });
});

test('several findings of a rule about a resource are one case, which fails if one of them does', () => {
  const place = { resource: 'Web.template.json#Canary', template: 'Web.template.json' };
  const report = sampleReport({
    findings: [
      sampleFinding('Imdsv2::TokensRequired', { ...place, line: 60, message: 'one', isFailing: false }),
      sampleFinding('Imdsv2::TokensRequired', { ...place, line: 61, message: 'two' }),
      sampleFinding('Imdsv2::TokensRequired', { ...place, line: 62, message: 'three' }),
    ],
  });
  const { failure, attributes } = caseNamed('Web/Canary/Resource: Imdsv2::TokensRequired', report);
  expect([attributes.line, failure?.attributes.message]).toEqual(['61', 'two']);
  expect(failure?.text).toMatch(/: two\n[^]*\n\nerror Imdsv2::TokensRequired: three\n/);
});

test('a finding about a resource that is not listed is included', () => {
  const finding = sampleFinding('Imdsv2::TokensRequired', { resource: 'Web.template.json#Other', template: 'Web.template.json', line: 9 });
  const elsewhere = sampleFinding('Imdsv2::TokensRequired', { resource: 'Other.json#Other', template: 'Other.json', line: 9 });
  const suites = suitesOf(sampleReport({ findings: [finding, elsewhere] }));
  expect(suites[0].testcase?.map(({ attributes }) => attributes.name)).toContain('Web.template.json#Other: Imdsv2::TokensRequired');
  expect(suites[2].testcase?.map(({ attributes }) => attributes.name)).toEqual(['Other.json#Other: Imdsv2::TokensRequired']);
});

describe('the counts are those of the cases', () => {
  test.each([['the sample', SAMPLE_REPORT], ['an empty app', EMPTY_REPORT], ['many', longReport(300)]])('in %s', (_, report) => {
    const root = rootOf(report);
    for (const counted of [root, ...root.testsuite!]) {
      const results = (counted.testsuite ?? [counted]).flatMap(({ testcase }) => testcase ?? []).map(resultOf);
      const count = (result: string) => String(results.filter(each => each === result).length);
      expect(counted.attributes).toMatchObject({ tests: String(results.length), failures: count('failed'), skipped: count('skipped'), errors: '0' });
    }
  });

  test('with findings', () => {
    expect(rootOf(SAMPLE_REPORT).attributes).toEqual({ name: 'cdk-imdsv2', tests: '12', failures: '2', errors: '0', skipped: '3', time: '0' });
  });
});

test('an app without launches passes with one case, because a build server rejects an empty report', () => {
  expect(shown(EMPTY_REPORT)).toEqual([['passed', 'nothing launches instances']]);
});

describe('unusual names stay as they are', () => {
  test.each(['<a href="x">&amp;</a>', "]]> '\"", '<!-- -->', '\u{1F600} ü €', 'a\nb\tc\rd', '  x  '])('%j', text => {
    const [testcase] = casesOf(hostileReport(text));
    expect(testcase.attributes).toMatchObject({ classname: text, name: `${text}: Imdsv2::TokensRequired`, file: `${text}.template.json` });
    expect(testcase.failure?.attributes.message).toBe(text);
    expect(testcase.failure?.text).toContain(`error Imdsv2::TokensRequired: ${text}\nat: ${text}\n`);
  });

  test.each(['\u0000', '\u0008', '\u000B', '\u001B', '\uFFFE', '\uD800', '\uDC00'])('except for characters that XML cannot contain: %j', character => {
    expect(junitReport(hostileReport(`a${character}b`))).not.toContain(character);
    expect(casesOf(hostileReport(`a${character}b`))[0].failure?.attributes.message).toBe('a\uFFFDb');
  });

  test.each(['\u202E', '\u2066', '\u200B', '\u0085', '\uFEFF'])('characters that are invisible or change the direction of text become visible: %j', character => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    expect(casesOf(hostileReport(`a${character}b`))[0].failure?.attributes.message).toBe(`a⟨U+${code}⟩b`);
  });
});

test('the same report is the same text', () => {
  const text = junitReport(SAMPLE_REPORT);
  expect(junitReport(structuredClone(SAMPLE_REPORT))).toBe(text);
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
  expect(text).toMatch(/[^\n]\n$/);
  expect(text).not.toContain('\r');
});
