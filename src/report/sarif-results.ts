import { RULE_IDS } from '../policy/rules';
import type { ArtifactUri } from './artifact-uri';
import type { ReportedExemption, ReportedFinding } from './reported-finding';
import type { ReportedResource } from './reported-resource';
import type { ReportedSdk } from './reported-sdks';
import { stableName } from './sdks';

/** The start value of a fingerprint, and the factor for each character: the constants of 64-bit FNV-1a. */
const FINGERPRINT_START = 0xcbf29ce484222325n;
const FINGERPRINT_FACTOR = 0x100000001b3n;

/** The files of a SARIF report. */
export interface Artifacts {
  /** The file of a finding that belongs to no template. */
  readonly ofApp: string;
  locate(template: string): ArtifactUri & { readonly index: number };
  locateFile(sdk: ReportedSdk): ArtifactUri & { readonly index: number };
}

/** Converts findings to SARIF results. */
export class SarifResults {
  private readonly resources: ReadonlyMap<string, ReportedResource>;
  /** How often each fingerprint was used. A number is appended to equal ones. */
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

  /** A fingerprint that does not depend on lines: the rule, the resource and the place in it. Equal fingerprints get numbers. */
  private fingerprintsOf({ rule, resource, path, location, sdk }: ReportedFinding): object {
    const what = [rule, resource ?? path ?? '', location, ...sdk ? [stableName(sdk.file), sdk.packageName] : []].join(' ');
    const turn = (this.seen.get(what) ?? 0) + 1;
    this.seen.set(what, turn);
    return { 'imdsv2Finding/v1': `${what} ${turn}`, 'primaryLocationLineHash': `${fingerprint(what)}:${turn}` };
  }
}

/** The construct, with the logical id as its decorated name. Without a construct, the logical id is the name. */
function logicalLocation(resource: string | undefined, logicalId: string | undefined, path: string | undefined): object {
  const id = logicalId ?? resource?.slice(resource.indexOf('#') + 1);
  return {
    name: path === undefined ? id : path.slice(path.lastIndexOf('/') + 1),
    fullyQualifiedName: path ?? resource,
    ...id !== undefined && { decoratedName: id },
    kind: 'resource',
  };
}

/** An exemption as an external suppression. Viewers show the finding as closed. */
function suppression({ reason, owner, ticket, expires, scope }: ReportedExemption): object {
  const parts = [reason, owner && `owner: ${owner}`, ticket && `ticket: ${ticket}`, expires && `until ${expires}`];
  return {
    kind: 'external',
    status: 'accepted',
    justification: parts.filter(Boolean).join('; '),
    properties: { scope, ...owner && { owner }, ...ticket && { ticket }, ...expires && { expires } },
  };
}

/** Escapes `[text](target)`, which viewers would show as a link. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '\\](');
}

/** A short hash of a text: 16 hexadecimal digits, the same on every machine. It is not cryptographic. */
function fingerprint(text: string): string {
  let sum = FINGERPRINT_START;
  for (let index = 0; index < text.length; index++) {
    sum = BigInt.asUintN(64, (sum + BigInt(text.charCodeAt(index))) * FINGERPRINT_FACTOR);
  }
  return sum.toString(16).padStart(16, '0');
}
