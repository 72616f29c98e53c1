import type { LaunchResource } from '../launch/world';
import { listed } from '../model/words';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Finding } from '../policy/requirements';
import { hopLimitFindings } from './hop-limits';
import type { InspectedBlock } from './inspect';
import { CONDITIONAL_SETTINGS } from './preconditions';
import type { Scene } from './scene';

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
