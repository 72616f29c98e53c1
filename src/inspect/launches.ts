import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import { describeValue } from '../model/setting';
import { listed } from '../model/words';
import type { Finding } from '../policy/finding';
import { before } from '../resources/paths';
import { hasOptionsOfItsOwn, recordOf } from '../resources/record-table';
import { blocksOf, hasConditionalOverrides, mayBeLeftOut } from './blocks';
import { isOff } from './inspect';

/** What follows from who launches from what: sources that nobody in the app knows, versions that do not follow. */
export class LaunchFindings {
  /** For launchers with overrides: what stands before a launch whose overrides all speak of tokens. */
  private readonly covered = new Memo(coveredLaunches);

  public constructor(private readonly graph: LaunchGraph) {}

  /** What is wrong with where a resource launches from: nobody in the app knows what that says. */
  public sourceFindings(launcher: LaunchResource): Finding[] {
    const unknown = this.graph.launchesOf(launcher).filter(launch => launch.source.kind !== 'resource' && !this.saysTokens(launch));
    if (unknown.length === 0) { return []; }
    const names = [...new Set(unknown.map(launch => `${launch.where} names ${nameOf(launch)}`))];
    const message = `${listed(names, '; ')}: nothing is known of the tokens of what it launches`;
    return [{ id: 'Imdsv2::LaunchSourceUnknown', path: unknown[0].where, message }];
  }

  /**
   * What a deployment does with a launcher whose launch template was changed: it replaces it, or does not reach it.
   *
   * @param tokensOnly whether nothing but tokens was changed, which launchers may say themselves
   */
  public newVersionFindings(launch: Launch, tokensOnly: boolean): Finding[] {
    const { launchesFrom, source, versions, where } = launch;
    if (source.kind !== 'resource') { return []; }
    const template = `the launch template '${source.resource.path}'`;
    const isReplaced = launchesFrom.onNewVersion === 'replacement' && versions.some(({ kind }) => kind === 'latest number');
    const pinned = this.isCovered(launch, tokensOnly) ? [] : versions.filter(version => isPinned(version, launch));
    return [
      ...isReplaced ? [{ id: 'Imdsv2::ReplacesFollower' as const, path: where, message: replacedMessage(template) }] : [],
      ...pinned.map(version => ({ id: 'Imdsv2::VersionNotFollowed' as const, path: where, message: pinnedMessage(launch, version, template) })),
    ];
  }

  /** Whether a launcher has itself what was changed in its template: an instance gets what it does not get from there. */
  private isCovered(launch: Launch, tokensOnly: boolean): boolean {
    return tokensOnly ? this.saysItself(launch) : hasOptionsOfItsOwn(launch.launcher.type);
  }

  /** Whether a launcher says itself, as it stands, what its template would say. */
  private saysTokens(launch: Launch): boolean {
    const { launcher } = launch;
    return hasOptionsOfItsOwn(launcher.type) ? !leavesTokensOpen(launcher) : this.saysItself(launch);
  }

  /** Whether every instance of a launch is told about tokens by the launcher itself, so that nothing depends on the template. */
  private saysItself({ launcher, where }: Launch): boolean {
    return hasOptionsOfItsOwn(launcher.type) || this.covered.of(launcher).has(before(where));
  }
}

/** Whether a launcher with options of its own leaves tokens to what it launches from. */
function leavesTokensOpen(launcher: LaunchResource): boolean {
  const blocks = blocksOf(launcher);
  return blocks.length === 0 || mayBeLeftOut(launcher)
    || blocks.some(({ row, settings }) => settings && !isOff(row, settings) && settings.tokens?.some(({ kind }) => kind === 'unset'));
}

/** What stands before the launches whose overrides all speak of tokens. */
function coveredLaunches(launcher: LaunchResource): ReadonlySet<string> {
  const rows = recordOf(launcher.type)?.carriers.filter(({ inherits }) => inherits) ?? [];
  const overrides = rows.flatMap(({ path }) => launcher.at(path.slice(0, -1))).map(({ where }) => where);
  if (hasConditionalOverrides(launcher)) { return new Set(); }
  const speaking = blocksOf(launcher).filter(({ row, settings }) => settings && (isOff(row, settings) || settings.tokens?.every(({ kind }) => kind === 'set')));
  const said = new Set(speaking.map(({ where }) => where));
  const silent = new Set(overrides.filter(where => !rows.some(({ path }) => said.has(`${where}.${path[path.length - 1]}`))).map(before));
  return new Set(overrides.map(before).filter(launch => !silent.has(launch)));
}

function nameOf({ source, reference }: Launch): string {
  const kind = reference.keys ? 'a launch template' : `an ${reference.target}`;
  switch (source.kind) {
    case 'outside': return `${kind} that is not in this app (${describeValue(source.name)})`;
    case 'unknown': return `${kind} that is known at deploy time only (${source.reason})`;
    case 'resource': return `'${source.resource.path}'`;
  }
}

function isPinned(version: Version, { launchesFrom }: Launch): boolean {
  return !followsChanges(version) || (launchesFrom.evaluatesOnce === true && version.kind === 'latest');
}

function replacedMessage(template: string): string {
  return `${template} was changed and gets a new version, `
    + 'and this resource follows its LatestVersionNumber: CloudFormation replaces it if it is deployed already';
}

function pinnedMessage({ where, launcher }: Launch, version: Version, template: string): string {
  const change = `${template}, which was changed`;
  switch (version.kind) {
    case 'number': return `${where} names version ${version.words} of ${change}: what it launches stays as it was`;
    case 'unknown': return `${where} names a version that is known at deploy time only (${version.words}) of ${change}: it may launch another one`;
    case 'default': return `${where} names ${defaultWords(version)} of ${change}: CloudFormation does not make the new version the default one`;
    default: return `${where} names ${version.words} of ${change}: ${launcher.type} looks that up when its own properties change, and they do not`;
  }
}

function defaultWords({ words }: Version): string {
  return words === 'none' ? 'no version, so the default one,' : `the default version (${words})`;
}
