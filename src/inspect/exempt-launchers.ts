import type { Launch } from '../launch/launch-graph';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { hasOwnOptions } from '../launch/world';
import { isAlways } from '../model/setting';
import { mayHold } from '../resources/property-condition';
import type { InspectedBlock } from './blocks';
import { blocksOf, isOff, mayLaunchFromNothing, ownSetting, turnsOn } from './blocks';
import type { Finding } from './finding';
import type { LaunchAnalysis } from './launch-analysis';

/** The exemptions from required tokens. */
export interface KnownExemptions {
  isExempt(resource: LaunchResource): boolean;
  /** Whether a resource is enforced or checked itself, so that a launcher need not answer for it. */
  isHandled(resource: LaunchResource): boolean;
}

const NONE: readonly never[] = [];

/** Findings on an exempt launcher whose source is not exempt: its exemption has no effect. */
export function exemptLauncherFindings(launcher: LaunchResource, analysis: LaunchAnalysis, exemptions: KnownExemptions): readonly Finding[] {
  const [launch] = analysis.graph.launchesOf(launcher);
  if (!launch || !exemptions.isExempt(launcher)) { return NONE; }
  const sources = decidingSources(launcher, analysis);
  const isDecidedElsewhere = (source: LaunchResource) =>
    !exemptions.isExempt(source) && (exemptions.isHandled(source) || alwaysRequiresTokens(source));
  if (sources.length === 0 || !sources.every(isDecidedElsewhere)) { return NONE; }
  const because = sources.map(({ type, path }) => ({ kind: 'not exempt' as const, type, resource: path }));
  return [{ rule: 'Imdsv2::ExemptionWithoutEffect', resource: launcher.path, path: launch.where, because }];
}

/** The resources that decide on tokens for all instances of a launcher; empty if the launcher or something unknown decides for some. */
function decidingSources(launcher: LaunchResource, analysis: LaunchAnalysis): readonly LaunchResource[] {
  const launches = analysis.graph.launchesOf(launcher);
  if (launches.length === 0 || !launches.every(isFollowing) || mayDecideItself(launcher, analysis)) { return NONE; }
  const deciding = launches.map(({ source }) => source.kind === 'resource' ? decidingIn(source.resource, analysis) : NONE);
  return deciding.some(({ length }) => length === 0) ? NONE : [...new Set(deciding.flat())];
}

/** The resources that decide on tokens for a source. A source with options decides itself; a group leaves it to its launch template. */
function decidingIn(source: LaunchResource, analysis: LaunchAnalysis): readonly LaunchResource[] {
  return hasOwnOptions(source) ? [source] : decidingSources(source, analysis);
}

/** Whether a launch certainly uses the options that its source has in the app. */
function isFollowing({ versions, launchesFrom: { evaluatesOnce } }: Launch): boolean {
  return versions.every(version => followsChanges(version) && !(evaluatesOnce && version.kind === 'latest'));
}

/** Whether a launcher itself decides on tokens, at least in one branch of a condition. */
function mayDecideItself(launcher: LaunchResource, analysis: LaunchAnalysis): boolean {
  const { gaps = NONE } = launcher.record ?? {};
  return mayLaunchFromNothing(launcher) || blocksOf(launcher).some(block => mayDecide(block, analysis.graph.sourcesOf(launcher)))
    || gaps.some(({ when }) => mayHold(when, launcher.properties()));
}

function mayDecide({ carrier, settings }: InspectedBlock, sources: readonly LaunchResource[]): boolean {
  return settings?.tokens?.every(({ kind }) => kind === 'unset') !== true || isOff(carrier, settings)
    || (turnsOn(carrier, settings) && !sources.every(alwaysRequiresTokens));
}

/** Whether a resource requires tokens in every branch of a condition. */
function alwaysRequiresTokens(source: LaunchResource): boolean {
  const [carrier] = source.record?.carriers ?? NONE;
  return carrier !== undefined && isAlways(ownSetting(source, 'tokens'), carrier.dialect.fields.tokens.accepts);
}
