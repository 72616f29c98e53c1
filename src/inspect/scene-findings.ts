import type { LaunchResource } from '../launch/world';
import type { SettingName } from '../model/settings';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Finding, RequirementId } from '../policy/requirements';
import { hopLimitFindings } from './hop-limits';
import type { InspectedBlock } from './inspect';
import { sourceFindings } from './launches';
import type { Obstacle } from './preconditions';
import type { Scene } from './scene';

/** A setting that breaks a launch where something speaks against it. */
interface ConditionalSetting {
  readonly name: SettingName;
  readonly id: RequirementId;
  obstacles(resource: LaunchResource, scene: Scene): Obstacle[];
}

const CONDITIONAL: readonly ConditionalSetting[] = [
  { name: 'ipv6', id: 'Imdsv2::Ipv6NotSupported', obstacles: (resource, scene) => scene.preconditions.againstIpv6(resource) },
  { name: 'tags', id: 'Imdsv2::TagKeyNotAllowed', obstacles: (resource, scene) => scene.preconditions.againstTags(resource) },
];

/** What is wrong with a resource among others: with its hop limits, with what it launches from, with settings that break its launch. */
export function inspectInScene(resource: LaunchResource, blocks: readonly InspectedBlock[], scene: Scene, policy: ImdsPolicy): Finding[] {
  const { graph, hosts } = scene;
  const hasHopLimits = blocks.some(({ settings }) => settings?.hopLimit);
  return [
    ...hasHopLimits ? hopLimitFindings({ resource, blocks, verdict: hosts.verdictOn(resource), graph, policy }) : [],
    ...sourceFindings(resource, graph),
    ...blocks.flatMap(block => brokenLaunches(resource, block, scene)),
  ];
}

/** What was turned on and certainly breaks the launch. What nobody can tell before deployment is left to who turned it on. */
function brokenLaunches(resource: LaunchResource, { row, where, settings }: InspectedBlock, scene: Scene): Finding[] {
  return CONDITIONAL.flatMap(({ name, id, obstacles }) => {
    const isOn = settings?.[name]?.some(possible => possible.kind === 'set' && possible.value === 'enabled');
    if (!isOn) { return []; }
    const path = `${where}.${row.dialect.fields[name]!.key}`;
    return obstacles(resource, scene).filter(({ isCertain }) => isCertain)
      .map(({ words }) => ({ id, path, message: `${path} must not be 'enabled': ${words}` }));
  });
}
