import type { LaunchGraph } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { isAlways } from '../model/setting';
import { listed } from '../model/words';
import type { Finding } from '../policy/finding';
import type { ImdsPolicy } from '../policy/imds-policy';
import { recordOf } from '../resources/record-table';
import { mayLaunchFromNothing, ownSetting } from './blocks';
import { hopLimitFindings } from './hop-limits';
import type { InspectedBlock } from './inspect';
import { inspectBlock, inspectResource, isOff } from './inspect';
import { isPlainlyFine } from './plainly-fine';
import { CONDITIONAL_SETTINGS } from './preconditions';
import type { Scene } from './scene';

/** Everything that is wrong with a resource as it stands; whatever stands there, it is a finding and no exception. */
export function findingsOn(resource: LaunchResource, scene: Scene, policy: ImdsPolicy): readonly Finding[] {
  try {
    if (isPlainlyFine(resource, scene, policy)) { return []; }
    return inspectWhole(resource, scene, policy);
  } catch (error) {
    const message = `${resource.type} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return [{ id: 'Imdsv2::OptionsUnreadable', path: '', message }];
  }
}

/** Nothing is found where CDK cannot render the resource: it says so itself. */
function inspectWhole(resource: LaunchResource, scene: Scene, policy: ImdsPolicy): Finding[] {
  const type = recordOf(resource.type);
  if (!type) { return []; }
  const { blocks, findings } = inspectResource(type, resource);
  const left = findings.length > 0 ? leftToSources(resource, blocks, scene) : new Set();
  const own = findings.filter(({ id, message }) => id !== 'Imdsv2::TokensRequired' || !left.has(message));
  const all = [...own, ...inspectInScene(resource, blocks, scene, policy)];
  return all.length > 0 && !resource.isRenderable() ? [] : all;
}

/** What need not be said of a resource that says nothing of tokens, and launches from something that does, or of which something else is to be said. */
function leftToSources(resource: LaunchResource, blocks: readonly InspectedBlock[], { graph }: Scene): ReadonlySet<string> {
  if (graph.launchesOf(resource).length === 0 || mayLaunchFromNothing(resource)) { return new Set(); }
  const left = blocks.filter(block => !block.row.inherits && isLeftToSources(block, resource, graph));
  return new Set(left.flatMap(({ row, settings, where }) => inspectBlock(row, settings, undefined, where)).map(({ message }) => message));
}

/** Whether a block says nothing that its sources would not say as well; one that turns the service on cannot leave it to sources that turn it off. */
function isLeftToSources({ row, settings }: InspectedBlock, resource: LaunchResource, graph: LaunchGraph): boolean {
  if (!settings?.tokens) { return false; }
  const { accepts } = row.dialect.fields.tokens;
  const isFine = settings.tokens.every(possible => possible.kind === 'unset' || (possible.kind === 'set' && accepts(possible.value)));
  const turnsOn = settings.endpoint?.some(({ kind }) => kind !== 'unset') && !isOff(row, settings);
  return isFine && !(turnsOn && graph.sourcesOf(resource).some(source => !isAlways(ownSetting(source, 'tokens'), accepts)));
}

/** What is wrong with a resource among others: with its hop limits, with what it launches from, with settings that break its launch. */
export function inspectInScene(resource: LaunchResource, blocks: readonly InspectedBlock[], scene: Scene, policy: ImdsPolicy): Finding[] {
  const { graph, hosts } = scene;
  const hasHopLimits = blocks.some(({ settings }) => settings?.hopLimit);
  return [
    ...hasHopLimits ? hopLimitFindings({ resource, blocks, verdict: hosts.verdictOn(resource), graph, policy }) : [],
    ...scene.launches.sourceFindings(resource),
    ...blocks.flatMap(block => brokenLaunches(resource, block, scene)),
  ];
}

/** What the user wrote and certainly breaks the launch. What nobody can tell before deployment is left to who wrote it. */
function brokenLaunches(resource: LaunchResource, { row, where, settings }: InspectedBlock, scene: Scene): Finding[] {
  return CONDITIONAL_SETTINGS.filter(({ failsLaunch }) => failsLaunch).flatMap(({ name, value, id, against }) => {
    const field = row.dialect.fields[name];
    const isWritten = field && settings?.[name]?.some(possible => possible.kind === 'set' && possible.value === field.spell(value));
    const obstacles = isWritten ? against(scene.preconditions, resource).filter(({ isCertain }) => isCertain) : [];
    if (!field || obstacles.length === 0) { return []; }
    const path = `${where}.${field.key}`;
    return [{ id, path, message: `${path} must not be '${field.spell(value)}': ${listed(obstacles.map(({ words }) => words), '; ')}` }];
  });
}
