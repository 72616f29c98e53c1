import type { AssemblyTemplate } from '../check/assembly';
import type { Check, UnseenPart } from '../check/check';
import { isFailing } from '../check/check';
import type { CheckedFinding, CheckedResource } from '../check/checked-resource';
import type { EffectiveValue } from '../check/effective-value';
import { asWritten, allowsImdsv1 } from '../check/effective-value';
import { packageVersion } from '../check/package-version';
import { valueOriginText } from '../check/value-origin-text';
import { evidenceText } from '../inspect/cause-text';
import type { Finding } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { IN_METADATA, locationOf } from '../inspect/location';
import { overwrittenIn } from '../inspect/noted-deciders';
import { ResourceUsages } from '../inspect/resource-usage';
import type { Launch } from '../launch/launch-graph';
import type { TemplateResource } from '../launch/template-resource';
import { NESTED_STACK } from '../launch/template-resource';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { grouped } from '../model/grouped';
import { JsonLines } from '../model/json-lines';
import { Memo } from '../model/memo';
import { describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { Exemption } from '../policy/exemptions';
import { RULES } from '../policy/rules';
import { hasToDoWithLaunches, recordOf } from '../resources/record-table';
import type { UsageIndex } from '../usage/usage-index';
import type { NotVisible, Report, ReportedStack } from './report';
import type { ReportedCall, ReportedExemption, ReportedFinding } from './reported-finding';
import type { Outcome, ReportedLaunch, ReportedResource, ReportedValue } from './reported-resource';
import { reportedSdk, reportedSdks } from './sdks';
import { totalsOf } from './totals';
import { reportedUsage, reportedWatches } from './usage';

const SETTINGS: readonly SettingName[] = ['tokens', 'hopLimit', 'endpoint', 'ipv6', 'tags'];

/** Creates the report of a check. */
export class ReportBuilder {
  private readonly lines = new Memo((template: AssemblyTemplate) => new JsonLines(this.check.textOf(template)));

  /** The exemptions of each resource from requiring tokens. */
  private readonly exemptions: ReadonlyMap<LaunchResource, readonly Exemption[]>;

  private readonly usages: ResourceUsages | undefined;

  /** @param usage the usage records, if there are any */
  public constructor(private readonly check: Check, private readonly usage?: UsageIndex) {
    this.usages = usage && new ResourceUsages(check.analysis.graph, usage);
    this.exemptions = new Map(check.resources.map(({ resource, findings }) =>
      [resource, findings.flatMap(({ rule, exemption }) => exemption && rule === 'Imdsv2::TokensRequired' ? [exemption] : [])]));
  }

  /** Creates the report. */
  public build(): Report {
    const listed = this.check.resources.filter(({ resource }) => hasToDoWithLaunches(resource.type));
    const resources = listed.map(checked => this.resource(checked));
    const found = this.check.resources.flatMap(({ findings: own, announced }) => [...own, ...announced]);
    const findings = [...found, ...this.check.others].map(finding => this.finding(finding));
    return {
      schemaVersion: '1.4',
      tool: { name: 'cdk-imdsv2', version: packageVersion() },
      day: this.check.rules.exemptions.today,
      success: !findings.some(finding => finding.isFailing),
      totals: totalsOf(resources, findings),
      stacks: this.stacks(resources, findings),
      resources,
      findings,
      unseenScripts: this.check.unseenScripts.map(({ resource, construct, template, path, line, url }) =>
        ({ resource: idOf(resource), path: construct?.node.path, template: template.file, location: locationOf(path), line, url })),
      notVisible: this.check.notVisible.map(unseen => this.notVisible(unseen)),
      usage: this.usage && reportedWatches(this.usage),
      sdks: this.check.sdks && reportedSdks(this.check.sdks),
      rulesOff: [...this.check.rules.off].map(([rule, reason]) => ({ rule, reason })),
    };
  }

  private stacks(resources: readonly ReportedResource[], findings: readonly ReportedFinding[]): ReportedStack[] {
    const resourcesIn = grouped(resources.map(resource => [resource.template, resource] as const));
    const findingsIn = grouped(findings.map(finding => [finding.template, finding] as const));
    return this.check.templates.map(({ file, counted, stackName, account, region }) => ({
      template: file,
      path: counted?.stack.node.path,
      name: stackName,
      account,
      region,
      totals: totalsOf(resourcesIn.get(file) ?? [], findingsIn.get(file) ?? []),
    }));
  }

  private notVisible({ template, resource: { id, logicalId, type, path } }: UnseenPart): NotVisible {
    return {
      kind: type === NESTED_STACK ? 'nested stack' : 'module',
      logicalId,
      type,
      path: path === id ? undefined : path,
      template: template.file,
      line: this.lines.of(template).lineOf(['Resources', logicalId]),
    };
  }

  private resource({ resource, template, construct, findings, announced }: CheckedResource): ReportedResource {
    const { graph, hosts } = this.check.analysis;
    const tokens = this.check.effective.of(resource, 'tokens');
    const { isContainerHost, evidence } = readable(() => hosts.verdictOn(resource), { isContainerHost: false, evidence: [], hopLimits: [] });
    return {
      id: idOf(resource),
      logicalId: resource.logicalId,
      type: resource.type,
      path: construct?.node.path,
      template: template.file,
      line: this.lines.of(template).lineOf(['Resources', resource.logicalId]),
      isLauncher: !recordOf(resource.type)?.isTemplate,
      outcome: outcomeOf(tokens),
      settings: Object.fromEntries(SETTINGS.map(name => [name, this.check.effective.of(resource, name).map(valueOf)] as const)
        .filter(([, values]) => values.length > 0)),
      launchesFrom: readable(() => graph.launchesOf(resource), []).map(launchOf),
      containers: isContainerHost ? evidence.map(evidenceText) : [],
      usage: this.usages && reportedUsage(this.usages.of(resource)),
      overwritten: unlessEmpty(construct ? overwrittenIn(construct) : []),
      exemptions: [...[...findings, ...announced].flatMap(found => found.exemption ?? []), ...this.exemptionsBehind(tokens)].map(exemptionOf),
    };
  }

  /** The exemptions of the resources that these values come from, if the values allow IMDSv1. */
  private exemptionsBehind(tokens: readonly EffectiveValue[]): Exemption[] {
    const sources = new Set(tokens.map(asWritten).filter(allowsImdsv1).map(({ fromResource }) => fromResource));
    return [...sources].flatMap(source => source ? this.exemptions.get(source) ?? [] : []);
  }

  private finding(finding: CheckedFinding): ReportedFinding {
    const { rule, path, exemption, construct, template, logicalId } = finding;
    const { severity } = RULES[rule];
    const { fix, see } = adviceOf(finding);
    const below = path.startsWith(IN_METADATA) ? ['Metadata', IN_METADATA] : ['Properties', ...segmentsOf(path)];
    const place = logicalId === undefined ? [] : ['Resources', logicalId, ...below];
    return {
      rule,
      severity,
      isFailing: isFailing(finding),
      resource: template && logicalId !== undefined ? `${template.file}#${logicalId}` : undefined,
      path: construct?.node.path,
      template: template?.file,
      line: template && this.lines.of(template).lineOf(place),
      location: logicalId === undefined ? '' : locationOf(path),
      message: findingText(finding),
      calls: callsIn(finding),
      sdk: finding.sdk && reportedSdk(finding.sdk),
      fix,
      see,
      exemption: exemption && exemptionOf(exemption),
    };
  }
}

/** The calls in a script that a finding is about, if there are any. */
function callsIn({ because = [] }: Finding): readonly ReportedCall[] | undefined {
  const calls = because.flatMap(cause => {
    if (cause.kind !== 'call') { return []; }
    const { kind, ...call } = cause;
    return [call];
  });
  return calls.length > 0 ? calls : undefined;
}

/** A list, or `undefined` if it is empty. */
function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** The outcome for token values. A value from an AMI is undecided, because an account default can override it. */
function outcomeOf(tokens: readonly EffectiveValue[]): Outcome {
  if (tokens.some(allowsImdsv1)) { return 'not required'; }
  return tokens.length > 0 && tokens.every(({ requires, offBy, written }) => offBy !== undefined || (requires && !written)) ? 'required' : 'undecided';
}

function valueOf(effective: EffectiveValue): ReportedValue {
  const { kind, value, fromResource, written } = effective;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind,
    value: kind !== 'set' || isPlain ? value as ReportedValue['value'] : describeValue(value),
    unlessAccountDefault: written && true,
    from: valueOriginText(effective),
    fromResource: fromResource && idOf(fromResource),
  };
}

function launchOf({ source, versions, where, reference }: Launch): ReportedLaunch {
  const words = versions.map(version => version.words);
  const common = { versions: words, where, isFollowed: versions.every(followsChanges) };
  switch (source.kind) {
    case 'resource': return { kind: 'resource', resource: idOf(source.resource), name: source.resource.path, ...common };
    case 'outside': return { kind: 'outside', name: source.name, ...common };
    case 'unknown': return { kind: 'unknown', name: `${reference.target} (${source.reason})`, ...common };
  }
}

function exemptionOf({ id, scope, reason, owner, ticket, expires }: Exemption): ReportedExemption {
  return { rule: id, scope: scope.node.path, reason, owner, ticket, expires };
}

/** The id of a resource. All resources of a launch graph over templates are template resources. */
function idOf(resource: LaunchResource): string {
  return (resource as TemplateResource).id;
}

/** Splits a path into names and list indices. */
function segmentsOf(path: string): (string | number)[] {
  const pieces = path.split('.').flatMap(part => part.split(/\[(\d+)\]/).map((piece, index) => index % 2 === 1 ? Number(piece) : piece));
  return pieces.filter(piece => piece !== '');
}

/** A value that is read from a resource, or the fallback if that throws. A resource that cannot be read has a finding already. */
function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
