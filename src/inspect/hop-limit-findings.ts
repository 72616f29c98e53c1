import type { ContainerVerdict } from '../launch/container-hosts';
import type { Launch } from '../launch/launch-graph';
import type { LaunchSite } from '../launch/launch-sites';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { hopsOf } from '../model/hop-limit';
import { Memo } from '../model/memo';
import type { PossibleValue } from '../model/setting';
import { UNSET, distinctValues } from '../model/setting';
import { blocksOf, pathOfSetting } from './blocks';
import type { Finding, FoundValue } from './finding';
import type { Judged } from './judged';

/** Findings on containers that get no token, because the service sets a fixed hop limit. */
export function fixedHopLimitFindings({ resource, blocks, analysis, policy }: Judged): Finding[] {
  const fixed = blocks.filter(({ carrier, settings }) => carrier.fixedHopLimit !== undefined && settings?.tokens?.some(possible =>
    possible.kind === 'set' && carrier.dialect.fields.tokens.accepts(possible.value)));
  if (fixed.length === 0) { return []; }
  const verdict = analysis.hosts.verdictOn(resource);
  const { least } = policy.hopLimits.of(verdict);
  return fixed.filter(({ carrier }) => least !== undefined && carrier.fixedHopLimit! < least).map(({ carrier, where }) => ({
    rule: 'Imdsv2::ContainerHopLimit',
    path: where,
    got: [{ kind: 'set', value: carrier.fixedHopLimit }],
    because: [{ kind: 'fixed hop limit', hops: carrier.fixedHopLimit! }, { kind: 'containers', evidence: verdict.evidence }],
  }));
}

/** Findings on the hop limits of a resource: too high for all hosts, or too low for containers. */
export function hopLimitFindings(judged: Judged): readonly Finding[] {
  const { resource, analysis } = judged;
  const blocks = judged.blocks.filter(({ settings }) => settings?.hopLimit);
  if (blocks.length === 0) { return []; }
  const { isContainerHost } = analysis.hosts.verdictOn(resource);
  if (!isContainerHost && blocks.every(({ settings }) => settings!.hopLimit!.every(({ kind }) => kind === 'unset'))) { return []; }
  const { graph } = analysis;
  const launches = graph.launchesBySite(resource);
  const inherited = new Memo((site: LaunchSite) => inheritedAt(site, launches));
  return blocks.flatMap(block => {
    const setting = block.settings!.hopLimit!;
    const isLeftOpen = launches.size === 0 && !block.carrier.inherits;
    const effective = setting.flatMap(possible =>
      possible.kind === 'unset' && !isLeftOpen ? inherited.of(graph.sites.holding(resource, block.where)) : [possible]);
    return findingsOn(pathOfSetting(block, 'hopLimit'), setting, effective, judged);
  });
}

function findingsOn(
  path: string, own: readonly PossibleValue[], effective: readonly FoundValue[],
  { resource, analysis, policy }: Judged,
): Finding[] {
  const verdict = analysis.hosts.verdictOn(resource);
  const { least, most } = policy.hopLimits.of(verdict);
  return [...tooHigh(path, own, most), ...least === undefined ? [] : tooLow(path, effective, least, verdict)];
}

function tooHigh(path: string, own: readonly PossibleValue[], most: number): Finding[] {
  const got = own.filter(possible => (hops(possible) ?? 0) > most);
  return got.length > 0 ? [{ rule: 'Imdsv2::HopLimitTooHigh', path, want: { kind: 'at most', hops: most }, got }] : [];
}

function tooLow(path: string, effective: readonly FoundValue[], least: number, { evidence }: ContainerVerdict): Finding[] {
  const got = effective.filter(possible => mayBeBelow(possible, least));
  const because = [{ kind: 'containers' as const, evidence }];
  return got.length > 0 ? [{ rule: 'Imdsv2::ContainerHopLimit', path, want: { kind: 'at least', hops: least }, got, because }] : [];
}

/** The hop limits that a block without one gets from its launch templates. If a template of the app sets none, this is a finding on the template. */
function inheritedAt({ scopes }: LaunchSite, launches: ReadonlyMap<LaunchSite, readonly Launch[]>): readonly FoundValue[] {
  const bySource = new Map(scopes.flatMap(site => launches.get(site) ?? []).map(launch => [launch.source.kind === 'resource' ? launch.source.resource : launch.source, launch]));
  const values = [...bySource.values()].flatMap(({ source, versions }): readonly FoundValue[] => {
    switch (source.kind) {
      case 'resource': return saidBy(source.resource, fixedVersion(versions));
      case 'outside': return [{ kind: 'unknown', reason: `'${source.name}' is not in this app` }];
      case 'unknown': return [source];
    }
  });
  return distinctValues(values, ({ from }) => from ? `${from.resource} ${from.path}` : '');
}

/** A version that does not follow changes of its template, in words: its hop limit may be another one than the template has now. */
function fixedVersion(versions: readonly Version[]): string | undefined {
  const fixed = versions.find(version => !followsChanges(version));
  return fixed && (fixed.kind === 'number' ? `version ${fixed.words}` : `the version ${fixed.words}`);
}

/** The hop limits of a source itself. */
function saidBy(source: LaunchResource, version: string | undefined): FoundValue[] {
  return blocksOf(source).flatMap((block): FoundValue[] => {
    const path = pathOfSetting(block, 'hopLimit');
    const setting = block.settings ? block.settings.hopLimit ?? UNSET : [{ kind: 'unknown' as const, reason: block.where }];
    return setting.filter(({ kind }) => kind !== 'unset').map(possible => ({ ...possible, from: { type: source.type, resource: source.path, path, version } }));
  });
}

/** An unset hop limit may be 1: the account default and the AMI are not visible here. */
function mayBeBelow(possible: PossibleValue, least: number): boolean {
  return possible.kind !== 'set' || (hops(possible) ?? least) < least;
}

function hops(possible: PossibleValue): number | undefined {
  return possible.kind === 'set' ? hopsOf(possible.value) : undefined;
}
