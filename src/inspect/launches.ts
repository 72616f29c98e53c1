import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import type { Finding } from '../policy/requirements';
import { resourceTypeOf } from '../resources/resource-types';
import type { CarrierRow } from '../resources/rows';
import { blocksOf } from './blocks';

/** What is wrong with where a resource launches from: nobody in the app knows what that says. */
export function sourceFindings(launcher: LaunchResource, graph: LaunchGraph): Finding[] {
  const findings = graph.launchesOf(launcher).filter(launch => launch.source.kind !== 'resource' && !saysItself(launch)).map(launch => ({
    id: 'Imdsv2::LaunchSourceUnknown' as const,
    path: launch.where,
    message: `${launch.where} names ${nameOf(launch)}, so nothing is known of the tokens of what it launches`,
  }));
  return findings.filter(({ message }, index) => findings.findIndex(other => other.message === message) === index);
}

/** What a deployment does with a launcher whose launch template was changed: it replaces it, or does not reach it. */
export function newVersionFindings(launch: Launch): Finding[] {
  const { row, source, versions, where } = launch;
  if (source.kind !== 'resource') { return []; }
  const template = `the launch template '${source.resource.path}'`;
  const isReplaced = row.onNewVersion === 'replacement' && versions.some(({ kind }) => kind === 'latest number');
  const pinned = versions.filter(version => isPinned(version, launch));
  return [
    ...isReplaced ? [{
      id: 'Imdsv2::ReplacesFollower' as const,
      path: where,
      message: `${template} was changed and gets a new version, `
      + 'and this resource follows its LatestVersionNumber: CloudFormation replaces it if it is deployed already',
    }] : [],
    ...pinned.map(version => ({ id: 'Imdsv2::VersionNotFollowed' as const, path: where, message: pinnedMessage(launch, version, template) })),
  ];
}

/** Whether every instance of a launch is told about tokens by the launcher itself, so that nothing depends on the template. */
function saysItself({ launcher, where }: Launch): boolean {
  const { carriers = [] } = resourceTypeOf(launcher.type) ?? {};
  return carriers.some(row => !row.inherits || saysInAllOverrides(launcher, row, where.slice(0, where.lastIndexOf('.') + 1)));
}

function saysInAllOverrides(launcher: LaunchResource, row: CarrierRow, beside: string): boolean {
  const overrides = launcher.at(row.path.slice(0, -1)).filter(place => place.where.startsWith(beside));
  const said = blocksOf(launcher).filter(block => block.where.startsWith(beside) && block.settings?.tokens?.every(({ kind }) => kind === 'set'));
  return overrides.length > 0 && said.length >= overrides.length;
}

function nameOf({ source, reference }: Launch): string {
  const kind = reference.keys ? 'a launch template' : `an ${reference.target}`;
  switch (source.kind) {
    case 'outside': return `${kind} that is not in this app ('${source.name}')`;
    case 'unknown': return `${kind} that is known at deploy time only (${source.reason})`;
    case 'resource': return `'${source.resource.path}'`;
  }
}

function isPinned(version: Version, launch: Launch): boolean {
  const follows = followsChanges(version) && !(launch.row.evaluatesOnce && version.kind === 'latest');
  return !follows && !saysItself(launch);
}

function pinnedMessage({ where, row }: Launch, version: Version, template: string): string {
  const change = `${template}, which was changed`;
  switch (version.kind) {
    case 'number': return `${where} names version ${version.words} of ${change}: what it launches stays as it was`;
    case 'unknown': return `${where} names a version that is known at deploy time only (${version.words}) of ${change}: it may launch another one`;
    case 'default': return `${where} names ${defaultWords(version)} of ${change}: CloudFormation does not make the new version the default one`;
    default: return `${where} names ${version.words} of ${change}: ${row.type} looks that up when its own properties change, and they do not`;
  }
}

function defaultWords({ words }: Version): string {
  return words === 'none' ? 'no version, so the default one,' : `the default version (${words})`;
}
