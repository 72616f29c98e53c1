import { RULE_IDS } from '../policy/rules';
import type { ArtifactUri } from './artifact-uri';
import type { ReportedExemption, ReportedFinding } from './reported-finding';
import type { ReportedResource } from './reported-resource';
import type { ReportedSdk } from './reported-sdks';
import { stableName } from './sdks';

/** What a fingerprint starts with, and what each character multiplies it by. */
const FINGERPRINT_START = 0xcbf29ce484222325n;
const FINGERPRINT_FACTOR = 0x100000001b3n;

/** Where files are. */
export interface Artifacts {
  /** The file that a finding about no template is shown in. */
  readonly ofApp: string;
  locate(template: string): ArtifactUri & { readonly index: number };
  locateFile(sdk: ReportedSdk): ArtifactUri & { readonly index: number };
}

/** The findings as SARIF has them. */
export class SarifResults {
  private readonly resources: ReadonlyMap<string, ReportedResource>;
  /** How often something was found that is told apart by nothing but its turn. */
  private readonly seen = new Map<string, number>();

  public constructor(resources: readonly ReportedResource[], private readonly artifacts: Artifacts) {
    this.resources = new Map(resources.map(resource => [resource.id, resource]));
  }

  public resultOf(finding: ReportedFinding): object {
    const { rule, severity, message, fix, see, isFailing, exemption } = finding;
    const { usage } = this.resources.get(finding.resource ?? '') ?? {};
    return {
      ruleId: rule,
      ruleIndex: RULE_IDS.indexOf(rule),
      level: severity,
      message: { text: withoutLinks(`${message}; ${fix} (${see})`) },
      locations: [this.locationOf(finding)],
      partialFingerprints: this.fingerprintsOf(finding),
      ...exemption && { suppressions: [suppression(exemption)] },
      properties: { isFailing, ...finding.location !== '' && { location: finding.location }, ...usage && { imdsv1Use: usage.state } },
    };
  }

  private locationOf({ resource, path, template, line, sdk }: ReportedFinding): object {
    const known = resource === undefined ? undefined : this.resources.get(resource);
    return {
      physicalLocation: {
        artifactLocation: sdk ? this.artifacts.locateFile(sdk) : this.artifacts.locate(template ?? this.artifacts.ofApp),
        region: { startLine: sdk ? sdk.line : template === undefined ? 1 : line ?? known?.line ?? 1 },
      },
      ...(resource ?? path) && { logicalLocations: [logicalLocation(resource, known?.logicalId, path ?? known?.path)] },
    };
  }

  /** What stays the same when lines move: the rule, the resource and the place in it. Equal ones are numbered. */
  private fingerprintsOf({ rule, resource, path, location, sdk }: ReportedFinding): object {
    const what = [rule, resource ?? path ?? '', location, ...sdk ? [stableName(sdk.file), sdk.packageName] : []].join(' ');
    const turn = (this.seen.get(what) ?? 0) + 1;
    this.seen.set(what, turn);
    return { 'imdsv2Finding/v1': `${what} ${turn}`, 'primaryLocationLineHash': `${fingerprint(what)}:${turn}` };
  }
}

/** The construct, with the logical id as the name that a machine gave it; the logical id where no construct is known. */
function logicalLocation(resource: string | undefined, logicalId: string | undefined, path: string | undefined): object {
  const id = logicalId ?? resource?.slice(resource.indexOf('#') + 1);
  return {
    name: path === undefined ? id : path.slice(path.lastIndexOf('/') + 1),
    fullyQualifiedName: path ?? resource,
    ...id !== undefined && { decoratedName: id },
    kind: 'resource',
  };
}

/** Somebody decided so, outside of the template: viewers show the finding as closed. */
function suppression({ reason, owner, ticket, expires, scope }: ReportedExemption): object {
  const parts = [reason, owner && `owner: ${owner}`, ticket && `ticket: ${ticket}`, expires && `until ${expires}`];
  return {
    kind: 'external',
    status: 'accepted',
    justification: parts.filter(Boolean).join('; '),
    properties: { scope, ...owner && { owner }, ...ticket && { ticket }, ...expires && { expires } },
  };
}

/** A text in which nothing is a link to a viewer: `[text](target)` would be one. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '\\](');
}

/** A short name for a text, the same on every machine: 16 hexadecimal digits. It tells texts apart, and protects nothing. */
function fingerprint(text: string): string {
  let sum = FINGERPRINT_START;
  for (let index = 0; index < text.length; index++) {
    sum = BigInt.asUintN(64, (sum + BigInt(text.charCodeAt(index))) * FINGERPRINT_FACTOR);
  }
  return sum.toString(16).padStart(16, '0');
}
