import { RULE_IDS } from '../policy/rules';
import { artifactUri, isAbsolute, slashed, SOURCE_ROOT } from './artifact-uri';
import type { ArtifactUri } from './artifact-uri';
import type { Report } from './report';
import type { ReportedFinding } from './reported-finding';
import type { ReportedSdk } from './reported-sdks';
import type { Artifacts } from './sarif-results';
import { SarifResults } from './sarif-results';
import { sarifRules } from './sarif-rules';

/** The most results that GitHub accepts. It rejects a file with more. */
const MAX_RESULTS = 25_000;

/**
 * The file of findings that belong to no template, because GitHub shows no finding without a file.
 *
 * Every cloud assembly has a manifest, also when stacks come and go. So the finding stays the same one.
 */
const MANIFEST = 'manifest.json';

/**
 * The report in the format of code scanning: SARIF 2.1.0, within the limits of GitHub.
 *
 * @param directory the path of the cloud assembly, relative to the root of the sources, or absolute
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report, directory: string): string {
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run(report, directory)] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function run(report: Report, directory: string): object {
  const findings = mostImportant(report.findings);
  const files = filesOf(report, directory);
  const results = new SarifResults(report.resources, artifactsIn(directory, files));
  return {
    tool: { driver: driver(report) },
    automationDetails: { id: category(directory) },
    invocations: [invocation(report, report.findings.length - findings.length)],
    columnKind: 'utf16CodeUnits',
    ...!isAbsolute(directory) && { originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the sources.' } } } },
    artifacts: files.map(({ location, mimeType }) => ({ location, ...mimeType && { mimeType }, roles: ['analysisTarget'] })),
    results: findings.map(finding => results.resultOf(finding)),
    ...report.totals.usage && { properties: { imdsv1Use: report.totals.usage } },
  };
}

function driver({ tool }: Report): object {
  return {
    name: tool.name,
    version: tool.version,
    semanticVersion: tool.version,
    informationUri: 'https://github.com/cdk-imdsv2/cdk-imdsv2',
    rules: sarifRules(),
  };
}

/** The category separates the alerts of several apps in one repository. An absolute directory is left out, because it can differ in each run. */
function category(directory: string): string {
  const path = slashed(directory);
  return isAbsolute(directory) || path === '' ? 'cdk-imdsv2/' : `cdk-imdsv2/${path}/`;
}

/** The SARIF invocation: the rules that are switched off, and a note about omitted findings. */
function invocation({ rulesOff }: Report, leftOut: number): object {
  return {
    executionSuccessful: true,
    ...rulesOff.length > 0 && {
      ruleConfigurationOverrides: rulesOff.map(({ rule, reason }) => ({
        descriptor: { id: rule, index: RULE_IDS.indexOf(rule) },
        configuration: { enabled: false, properties: { reason } },
      })),
    },
    ...leftOut > 0 && {
      toolExecutionNotifications: [{
        level: 'warning',
        message: { text: `${leftOut} findings are left out: code scanning accepts ${MAX_RESULTS}. The JSON report has all of them.` },
      }],
    },
  };
}

/** The most important findings, as many as GitHub accepts, in their order. Failing findings come first, and exempt findings last. */
function mostImportant(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  if (findings.length <= MAX_RESULTS) { return findings; }
  const ranked = [...findings.keys()].sort((one, other) => rank(findings[one]) - rank(findings[other]) || one - other);
  return ranked.slice(0, MAX_RESULTS).sort((one, other) => one - other).map(index => findings[index]);
}

function rank({ isFailing, severity, exemption }: ReportedFinding): number {
  if (exemption) { return 3; }
  if (isFailing) { return 0; }
  return severity === 'error' ? 1 : 2;
}

/** A file of a result. */
interface SarifFile {
  readonly location: ArtifactUri;
  readonly mimeType?: string;
}

/** All files of the report: the templates, the manifest if a finding belongs to no template, and the files that name SDKs that are too old. */
function filesOf({ stacks, findings }: Report, directory: string): readonly SarifFile[] {
  const templates = findings.filter(({ sdk }) => !sdk).map(({ template }) => template ?? MANIFEST);
  const ofAssembly = [...new Set([...stacks.map(({ template }) => template), ...templates])];
  const files = [
    ...ofAssembly.map((file): SarifFile => ({ location: artifactUri(directory, file), mimeType: 'application/json' })),
    ...findings.flatMap(({ sdk }) => sdk ? [{ location: fileUri(sdk, directory) }] : []),
  ];
  return [...new Map(files.map(file => [file.location.uri, file])).values()];
}

function artifactsIn(directory: string, files: readonly SarifFile[]): Artifacts {
  const places = new Map(files.map(({ location }, index) => [location.uri, { ...location, index }]));
  return {
    ofApp: MANIFEST,
    locate: template => places.get(artifactUri(directory, template).uri)!,
    locateFile: file => places.get(fileUri(file, directory).uri)!,
  };
}

/** The URI of a file. For a file in an archive, it is the URI of the archive. */
function fileUri({ file, isInAssembly }: Pick<ReportedSdk, 'file' | 'isInAssembly'>, directory: string): ArtifactUri {
  const [onDisk] = file.split('!/');
  if (isInAssembly) { return artifactUri(directory, onDisk); }
  const end = onDisk.lastIndexOf('/');
  return isAbsolute(onDisk) ? artifactUri(onDisk.slice(0, end), onDisk.slice(end + 1)) : artifactUri('', onDisk);
}
