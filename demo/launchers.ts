import type { Report } from '../src/report/report';
import type { ReportedLaunch, ReportedResource, ReportedValue } from '../src/report/reported-resource';

/** One row of the table. */
export interface Launcher {
  readonly path: string;
  readonly type: string;
  /** What it launches from, with the version. */
  readonly launchesFrom: string;
  readonly tokens: string;
  readonly hopLimit: string;
  /** The signs that containers run on its instances. */
  readonly containers: readonly string[];
  readonly isRequired: boolean;
}

/** The resources of a report that launch instances or hold their metadata options. */
export function launchersOf(report: Report): Launcher[] {
  return report.resources.map(resource => ({
    path: shortened(resource.path ?? resource.logicalId),
    type: resource.type,
    launchesFrom: sourceWords(resource.launchesFrom) || (holdsOptions(resource) ? 'its own options' : 'nothing in the app'),
    tokens: words(resource.settings.tokens),
    hopLimit: words(resource.settings.hopLimit),
    containers: resource.containers,
    isRequired: resource.outcome === 'required',
  }));
}

function holdsOptions({ settings }: ReportedResource): boolean {
  return settings.tokens?.some(({ kind }) => kind !== 'cannot be set') ?? false;
}

/** Text in a report that marks a value from an image. */
const BY_IMAGE = '(ImdsSupport v2.0)';

/** The possible values of a setting, one word each. */
function words(values: readonly ReportedValue[] = [{ kind: 'cannot be set', from: '' }]): string {
  return [...new Set(values.map(({ kind, value, from }) => {
    if (kind === 'set') { return from.includes(BY_IMAGE) ? `${String(value)} by AMI` : String(value); }
    return from.endsWith('decided by the deployed version') ? 'as deployed' : kind;
  }))].join(' or ');
}

/** What a launcher launches from, grouped by version. */
function sourceWords(launches: readonly ReportedLaunch[]): string {
  const byVersion = new Map<string, string[]>();
  for (const { kind, name, versions } of launches) {
    const version = versions.join(' or ');
    const source = kind === 'resource' ? shortened(name).split('/').pop()! : kind === 'outside' ? `'${name}', not in this app` : `known at deployment (${name})`;
    byVersion.set(version, [...byVersion.get(version) ?? [], source]);
  }
  return [...byVersion].map(([version, names]) => `${[...new Set(names)].join(' and ')}${version ? ` (${version})` : ''}`).join(', ');
}

/** The path without uninformative parts. */
export function shortened(path: string): string {
  return path.replace(/\/Resource$/, '').replace(/^.*\.template\.json#/, '');
}
