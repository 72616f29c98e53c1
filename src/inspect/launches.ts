import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { LaunchSite, LaunchSites } from '../launch/launch-sites';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { hasOwnOptions } from '../launch/world';
import { Memo } from '../model/memo';
import type { RuleId } from '../policy/rules';
import type { InspectedBlock } from './blocks';
import { blocksOf, isOff, mayBeLeftOut } from './blocks';
import type { Cause } from './cause';
import type { Finding } from './finding';
import { hasConditionalLaunchOverrides, launchOverridesOf, mayIgnoreLaunchOverrides } from './launch-overrides';

/** Findings on launches: unknown sources, and versions that do not follow their template. */
export class LaunchFindings {
  /** For launchers with launch overrides: the places of launches whose launch overrides all set tokens. */
  private readonly covered = new Memo((launcher: LaunchResource) => coveredSites(launcher, this.graph.sites));

  public constructor(private readonly graph: LaunchGraph) {}

  /** The finding on sources of a resource that are not in the app. */
  public sourceFindings(launcher: LaunchResource): Finding[] {
    const unknown = this.graph.launchesOf(launcher).filter(launch => launch.source.kind !== 'resource' && !this.setsTokens(launch));
    if (unknown.length === 0) { return []; }
    return [{ rule: 'Imdsv2::LaunchSourceUnknown', path: unknown[0].where, because: unknown.map(sourceCause) }];
  }

  /** Findings on versions that may differ from their launch template in the app. */
  public versionFindings(launcher: LaunchResource): Finding[] {
    return this.graph.launchesOf(launcher).flatMap(launch => {
      const left = launch.source.kind === 'resource' ? launch.versions.filter(version => !followsChanges(version)) : [];
      return left.length === 0 || this.setsTokens(launch) ? [] : left.map(version => notFollowed(launch, version));
    });
  }

  /**
   * The effect of a changed launch template on a launcher: the deployment replaces the launcher, or the launcher keeps an older version.
   *
   * @param tokensOnly whether only tokens were changed; a launcher can set tokens itself
   */
  public newVersionFindings(launch: Launch, tokensOnly: boolean): Finding[] {
    const { launchesFrom, source, versions } = launch;
    if (source.kind !== 'resource') { return []; }
    const replacing = launchesFrom.onNewVersion === 'replacement' ? versions.filter(({ kind }) => kind === 'latest number') : [];
    const left = this.isCovered(launch, tokensOnly) ? [] : versions;
    const latest = launchesFrom.evaluatesOnce ? left.filter(({ kind }) => kind === 'latest') : [];
    return [
      ...replacing.slice(0, 1).map(version => aboutVersion('Imdsv2::ReplacesFollower', launch, version)),
      ...left.filter(version => !followsChanges(version)).map(version => notFollowed(launch, version)),
      ...latest.map(version => aboutVersion('Imdsv2::LatestNotLookedUp', launch, version, launchesFrom.evaluatesOnce)),
    ];
  }

  /** Whether a launcher sets the changed settings of its template itself. */
  private isCovered(launch: Launch, tokensOnly: boolean): boolean {
    return tokensOnly ? this.hasOwnTokens(launch) : hasOwnOptions(launch.launcher);
  }

  /** Whether a launcher sets tokens itself, so that its template does not matter. */
  private setsTokens(launch: Launch): boolean {
    const { launcher } = launch;
    return hasOwnOptions(launcher) ? !leavesTokensOpen(launcher) : this.hasOwnTokens(launch);
  }

  /** Whether enforcement writes tokens into the launcher, or its launch overrides set them for each instance of a launch. */
  private hasOwnTokens({ launcher, site }: Launch): boolean {
    return hasOwnOptions(launcher) || this.covered.of(launcher).has(site);
  }
}

/** Whether a launcher with options of its own leaves tokens to what it launches from. */
function leavesTokensOpen(launcher: LaunchResource): boolean {
  const blocks = blocksOf(launcher);
  return blocks.length === 0 || mayBeLeftOut(launcher)
    || blocks.some(({ carrier, settings }) => settings && !isOff(carrier, settings) && settings.tokens?.some(({ kind }) => kind === 'unset'));
}

/** The places of launches whose launch overrides all set tokens. */
function coveredSites(launcher: LaunchResource, sites: LaunchSites): ReadonlySet<LaunchSite> {
  if (hasConditionalLaunchOverrides(launcher) || mayIgnoreLaunchOverrides(launcher)) { return new Set(); }
  const overrides = launchOverridesOf(launcher, sites);
  const withoutTokens = new Set(overrides.filter(({ blocks }) => !blocks.some(decidesTokens)).map(({ site }) => site));
  return new Set(overrides.map(({ site }) => site).filter(site => !withoutTokens.has(site)));
}

function decidesTokens({ carrier, settings }: InspectedBlock): boolean {
  return settings !== undefined && (isOff(carrier, settings) || settings.tokens?.every(({ kind }) => kind === 'set') === true);
}

/** The cause for a source that is not in the app. */
function sourceCause({ source, reference: { target: type }, where: path }: Launch): Cause {
  switch (source.kind) {
    case 'outside': return { kind: 'outside', path, type, name: source.name };
    case 'unknown': return { kind: 'unknown source', path, type, name: source.reason };
    case 'resource': return { kind: 'not checked' };
  }
}

function notFollowed(launch: Launch, version: Version): Finding {
  return aboutVersion('Imdsv2::VersionNotFollowed', launch, version);
}

/** @param page the documentation of the version, if the rule has no page for this type */
function aboutVersion(rule: RuleId, { launcher, source, where: path }: Launch, version: Version, page?: string): Finding {
  const template = source.kind === 'resource' ? source.resource.path : '';
  return { rule, resource: launcher.path, path, because: [{ kind: 'version', path, template, version, launcherType: launcher.type, source: page }] };
}
