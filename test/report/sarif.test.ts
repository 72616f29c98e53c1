import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { RULES } from '../../src/policy/rules';
import type { RuleId } from '../../src/policy/rules';
import type { Report } from '../../src/report/report';
import type { ReportedFinding } from '../../src/report/reported-finding';
import { sarifReport } from '../../src/report/sarif';
import { EMPTY_REPORT, hostileReport, longReport, SAMPLE_REPORT, sampleFinding, sampleReport } from './sample-report';

/** The schema of OASIS, from the npm package @microsoft/sarif-multitool-linux 5.7.0 (MIT). */
const SCHEMA = JSON.parse(readFileSync(join(__dirname, 'sarif-schema-2.1.0.json'), 'utf8')) as object;
const validate = addFormats(new Ajv({ allErrors: true, strictTypes: false })).compile(SCHEMA);

/** The parts of a log that the tests read. */
interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly Run[];
}
interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] } };
  readonly automationDetails: { readonly id: string };
  readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
  readonly results: readonly Result[];
  readonly invocations: readonly { readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[] }[];
  readonly originalUriBaseIds?: object;
  readonly properties?: object;
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly 'tags': readonly string[]; readonly 'security-severity'?: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly index: number };
      readonly region: { readonly startLine: number };
    };
    readonly logicalLocations?: readonly object[];
  }[];
  readonly partialFingerprints: { readonly [name: string]: string };
  readonly suppressions?: readonly object[];
  readonly properties: { readonly imdsv1Use?: string };
}

const logOf = (report: Report, directory = 'cdk.out') => JSON.parse(sarifReport(report, directory)) as Log;
const runOf = (report: Report, directory?: string) => logOf(report, directory).runs[0];
const resultsOf = (findings: readonly ReportedFinding[]) => runOf(sampleReport({ findings })).results;
const RESULTS = runOf(SAMPLE_REPORT).results;

describe('the log is valid', () => {
  test.each<[string, Report, string]>([
    ['an app', SAMPLE_REPORT, 'cdk.out'],
    ['an app in a directory elsewhere', SAMPLE_REPORT, '/tmp/a b'],
    ['an app on Windows', SAMPLE_REPORT, 'C:\\a b\\cdk.out'],
    ['an app in which nothing launches anything', EMPTY_REPORT, 'cdk.out'],
    ['an app with odd names', hostileReport('"<&>\n\u0000 \\ %zz [a](b) {0} \uD800'), 'cdk.out'],
    ['an app without templates but with a finding', { ...EMPTY_REPORT, findings: [sampleFinding('Imdsv2::ExemptionExpiring')] }, 'cdk.out'],
    ['an app with many findings', longReport(300), 'cdk.out'],
  ])('for %s', (_, report, directory) => {
    const log = logOf(report, directory);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(log).toMatchObject({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  });

  test('and the schema can reject a log', () => {
    const log = logOf(SAMPLE_REPORT);
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ ...RESULTS[0], level: 'fatal' }] }] })).toBe(false);
    expect(validate({ ...log, runs: [{ ...log.runs[0], findings: [] }] })).toBe(false);
  });
});

describe('the rules', () => {
  const { rules } = runOf(EMPTY_REPORT).tool.driver;

  test('are all included, whatever the findings are', () => {
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
    expect(runOf(SAMPLE_REPORT).tool.driver.rules).toEqual(rules);
  });

  test.each(rules.map(rule => [rule.id, rule] as const))('%s has the texts that GitHub shows, within its limits', (id, rule) => {
    const { title, severity, explanation, fix, see } = RULES[id as keyof typeof RULES];
    expect(rule).toMatchObject({ name: id.replace('Imdsv2::', ''), helpUri: see, shortDescription: { text: title }, fullDescription: { text: explanation } });
    expect(rule.defaultConfiguration.level).toBe(severity);
    expect(rule.help.text).toContain(fix);
    expect(rule.help.markdown).toContain(fix);
    expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
  });

  test.each(rules.map(rule => [rule.id, rule.properties] as const))('%s is a security rule if and only if it has a score', (_, properties) => {
    const score = properties['security-severity'];
    expect(properties.tags.includes('security')).toBe(score !== undefined);
    expect(score ?? '0.1').toMatch(/^\d\.\d$/);
  });

  test('that allow IMDSv1 have a high score, those about the end of an exemption a low one', () => {
    const scores = Object.fromEntries(rules.map(({ id, properties }) => [id, Number(properties['security-severity'])]));
    expect(scores['Imdsv2::TokensRequired']).toBeGreaterThanOrEqual(7);
    expect(scores['Imdsv2::ExemptionExpiring']).toBeLessThan(4);
    expect(scores['Imdsv2::ReplacesResource']).toBeNaN();
  });

  test('that are switched off are listed with the reason', () => {
    expect(runOf(SAMPLE_REPORT).invocations[0]).toEqual({
      executionSuccessful: true,
      ruleConfigurationOverrides: [{
        descriptor: { id: 'Imdsv2::TagKeyNotAllowed', index: Object.keys(RULES).indexOf('Imdsv2::TagKeyNotAllowed') },
        configuration: { enabled: false, properties: { reason: 'tags are never in the metadata here' } },
      }],
    });
  });
});

describe('a result', () => {
  test('belongs to each finding, in the same order, and names its rule', () => {
    const { rules } = runOf(SAMPLE_REPORT).tool.driver;
    expect(RESULTS.map(({ ruleId, level }) => [ruleId, level])).toEqual(SAMPLE_REPORT.findings.map(({ rule, severity }) => [rule, severity]));
    expect(RESULTS.map(({ ruleIndex }) => rules[ruleIndex].id)).toEqual(RESULTS.map(({ ruleId }) => ruleId));
  });

  test('has the fault, the advice and a link', () => {
    const { message, fix, see } = SAMPLE_REPORT.findings[1];
    expect(RESULTS[1].message.text).toBe(`${message}; ${fix} (${see})`);
  });

  test('has no links from names', () => {
    const [{ message }] = resultsOf([sampleFinding('Imdsv2::TokensRequired', { message: 'the instance [here](https://example.com)' })]);
    expect(message.text).toContain('[here\\](https://example.com)');
  });

  test('has the line in the template, and the construct', () => {
    expect(RESULTS[3].locations).toEqual([{
      physicalLocation: {
        artifactLocation: { uri: 'cdk.out/assembly-Prod/ProdBatch5F3A.nested.template.json', uriBaseId: '%SRCROOT%', index: 1 },
        region: { startLine: 24 },
      },
      logicalLocations: [{ name: 'ASG', fullyQualifiedName: 'Prod/Batch/Nested/Pool/ASG', decoratedName: 'Pool', kind: 'resource' }],
    }]);
  });

  test.each<[string, Partial<ReportedFinding>, number]>([
    ['that of the resource, where none is known', { resource: 'Web.template.json#Canary', template: 'Web.template.json' }, 58],
    ['the first, where nothing is known', { template: 'Web.template.json' }, 1],
  ])('is at %s', (_, finding, line) => {
    const [{ locations }] = resultsOf([sampleFinding('Imdsv2::TokensRequired', finding)]);
    expect(locations[0].physicalLocation.region.startLine).toBe(line);
  });

  test('has the logical id if there is no construct', () => {
    const [{ locations }] = resultsOf([sampleFinding('Imdsv2::TokensRequired', { resource: 'A.json#Web', template: 'A.json', line: 2 })]);
    expect(locations[0].logicalLocations).toEqual([{ name: 'Web', fullyQualifiedName: 'A.json#Web', decoratedName: 'Web', kind: 'resource' }]);
  });

  test('without a template has the manifest of the cloud assembly as its file, because GitHub requires one', () => {
    const run = runOf(SAMPLE_REPORT);
    const { artifactLocation, region } = run.results[5].locations[0].physicalLocation;
    expect(artifactLocation).toMatchObject({ uri: 'cdk.out/manifest.json' });
    expect(region).toEqual({ startLine: 1 });
  });

  test('about an SDK has the file and the line that name it', () => {
    const { artifactLocation, region } = runOf(SAMPLE_REPORT).results[6].locations[0].physicalLocation;
    expect(artifactLocation).toMatchObject({ uri: 'cdk.out/asset.0a1b/package-lock.json' });
    expect(region).toEqual({ startLine: 12 });
  });

  test.each([
    ['service/pom.xml', false, { uri: 'service/pom.xml', uriBaseId: '%SRCROOT%' }],
    ['/srv/app/pom.xml', false, { uri: 'file:///srv/app/pom.xml' }],
    ['asset.0a.zip!/lib/pom.xml', true, { uri: 'cdk.out/asset.0a.zip', uriBaseId: '%SRCROOT%' }],
  ])('about an SDK in %s has the URI of that', (file, isInAssembly, location) => {
    const sdk = { ...SAMPLE_REPORT.sdks!.found[0], file, isInAssembly };
    const [{ locations }] = resultsOf([sampleFinding('Imdsv2::SdkTooOld', { location: '', sdk })]);
    expect(locations[0].physicalLocation.artifactLocation).toMatchObject(location);
  });

  test.each(RESULTS.map((result, index) => [index, result] as const))('names a listed file: %i', (_, { locations }) => {
    const { uri, index } = locations[0].physicalLocation.artifactLocation;
    expect(runOf(SAMPLE_REPORT).artifacts[index].location.uri).toBe(uri);
  });

  test('is suppressed if it is exempt, with the owner and the end', () => {
    expect(RESULTS.map(({ suppressions }) => suppressions?.length)).toEqual([1, ...Array<undefined>(6)]);
    expect(RESULTS[0].suppressions).toEqual([{
      kind: 'external',
      status: 'accepted',
      justification: 'the backup agent speaks IMDSv1 only; owner: team-storage; ticket: SEC-1432; until 2026-03-31',
      properties: { scope: 'Web/Bastion', owner: 'team-storage', ticket: 'SEC-1432', expires: '2026-03-31' },
    }]);
  });
});

describe('the usage of IMDSv1', () => {
  const { usage, ...withoutUsage } = SAMPLE_REPORT.totals;

  test('is beside the results: the counts, and the state of each resource with usage', () => {
    expect(runOf(SAMPLE_REPORT).properties).toEqual({ imdsv1Use: usage });
    const states = new Map(SAMPLE_REPORT.resources.map(each => [each.id, each.usage?.state]));
    expect(RESULTS.map(({ properties }) => properties.imdsv1Use)).toEqual(SAMPLE_REPORT.findings.map(({ resource = '' }) => states.get(resource)));
    expect(RESULTS.filter(({ properties }) => properties.imdsv1Use)).not.toEqual([]);
  });

  test('is left out without a record', () => {
    expect(runOf(sampleReport({ totals: withoutUsage }))).not.toHaveProperty('properties');
  });
});

describe('a result is recognized again', () => {
  const finding = sampleFinding('Imdsv2::TokensRequired', { resource: 'A.json#Web', template: 'A.json', line: 5, location: 'Properties.A' });
  const printsOf = (...findings: ReportedFinding[]) => resultsOf(findings).map(({ partialFingerprints }) => partialFingerprints);
  const [print] = printsOf(finding);

  test("by GitHub\'s fingerprint, and by a readable one", () => {
    expect(print).toEqual({
      'imdsv2Finding/v1': 'Imdsv2::TokensRequired A.json#Web Properties.A 1',
      'primaryLocationLineHash': expect.stringMatching(/^[0-9a-f]{16}:1$/) as string,
    });
  });

  test.each<[string, Partial<ReportedFinding>]>([
    ['its line', { line: 6 }],
    ['its message', { message: 'something else' }],
    ['its failure', { isFailing: false }],
  ])('when %s changes', (_, changed) => {
    expect(printsOf({ ...finding, ...changed })).toEqual([print]);
  });

  test.each<[string, Partial<ReportedFinding>]>([
    ['another rule', { rule: 'Imdsv2::HopLimitTooHigh' }],
    ['another resource', { resource: 'A.json#Other' }],
    ['another place', { location: 'Properties.B' }],
  ])('but not as one about %s', (_, changed) => {
    const [other] = printsOf({ ...finding, ...changed });
    expect(Object.values(other)).not.toContainEqual(print['imdsv2Finding/v1']);
    expect(Object.values(other)).not.toContainEqual(print.primaryLocationLineHash);
  });

  test('but not as another one in the same place', () => {
    const hashes = printsOf(finding, finding).map(({ primaryLocationLineHash }) => primaryLocationLineHash);
    expect(hashes).toEqual([print.primaryLocationLineHash, print.primaryLocationLineHash.replace(':1', ':2')]);
  });
});

describe('the run', () => {
  test.each([
    ['cdk.out', 'cdk-imdsv2/cdk.out/'],
    ['./apps/web/cdk.out/', 'cdk-imdsv2/apps/web/cdk.out/'],
    ['.', 'cdk-imdsv2/'],
    ['/tmp/cdk.outXyz', 'cdk-imdsv2/'],
  ])('of the app in %j has the category %j', (directory, category) => {
    expect(runOf(SAMPLE_REPORT, directory).automationDetails.id).toBe(category);
  });

  test('has no source root if no file is relative to it', () => {
    expect(runOf(SAMPLE_REPORT).originalUriBaseIds).toHaveProperty('%SRCROOT%');
    expect(runOf(SAMPLE_REPORT, '/tmp').originalUriBaseIds).toBeUndefined();
  });

  test('has at most as many results as GitHub accepts: those that do not fail are left out first, with their number', () => {
    const many = (rule: RuleId, count: number, changed: Partial<ReportedFinding>) =>
      Array.from({ length: count }, (_, index) => sampleFinding(rule, { location: `${index}`, ...changed }));
    const { results, invocations } = runOf(sampleReport({
      findings: [
        ...many('Imdsv2::TokensRequired', 100, { exemption: SAMPLE_REPORT.findings[0].exemption }),
        ...many('Imdsv2::HopLimitTooHigh', 2_000, {}),
        ...many('Imdsv2::OptionsUnreadable', 2_000, { isFailing: false }),
        ...many('Imdsv2::CannotBeSet', 22_000, { isFailing: true }),
      ],
    }));
    const counts = ['TokensRequired', 'HopLimitTooHigh', 'OptionsUnreadable', 'CannotBeSet'].map(name => results.filter(({ ruleId }) => ruleId === `Imdsv2::${name}`).length);
    expect(counts).toEqual([0, 1_000, 2_000, 22_000]);
    expect(results.map(({ partialFingerprints }) => Number(partialFingerprints['imdsv2Finding/v1'].split(' ')[2])).slice(0, 1_001)).toEqual(
      [...Array(1_000).keys(), 0]);
    expect(invocations[0].toolExecutionNotifications?.[0].message.text).toMatch(/^1100 findings are left out/);
  });
});

test('the same report is the same text', () => {
  const text = sarifReport(SAMPLE_REPORT, 'cdk.out');
  expect(sarifReport(structuredClone(SAMPLE_REPORT), 'cdk.out')).toBe(text);
  expect(text).not.toContain('\r');
  expect(text).toMatch(/\}\n$/);
});
