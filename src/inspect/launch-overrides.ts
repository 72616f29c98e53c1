import type { LaunchGraph } from '../launch/launch-graph';
import type { LaunchSite, LaunchSites } from '../launch/launch-sites';
import { certainlyHas } from '../launch/setting-at';
import type { LaunchResource } from '../launch/world';
import { grouped } from '../model/grouped';
import { branchesOf, isObject, mayBeAbsent, ownValue } from '../model/intrinsics';
import type { Carrier } from '../resources/record';
import { recordOf } from '../resources/record-table';
import type { InspectedBlock } from './blocks';
import { blocksOf } from './blocks';

/** An element of `Overrides` in a launcher. Its metadata options override those of the launch template. */
export interface LaunchOverride {
  /** The place of the launches that it applies to. */
  readonly site: LaunchSite;
  /** Its blocks of metadata options: one for each branch of a condition. */
  readonly blocks: readonly InspectedBlock[];
  /** Whether it has no block, at least in one branch of a condition. */
  readonly mayLackBlock: boolean;
}

/** The launch overrides of a launcher. */
export function launchOverridesOf(launcher: LaunchResource, sites: LaunchSites): readonly LaunchOverride[] {
  const blocks = grouped(blocksOf(launcher).map(block => [block.where, block] as const));
  return inheritingCarriers(launcher).flatMap(({ path }) => {
    const key = path[path.length - 1];
    return launcher.at(path.slice(0, -1)).map(({ value, layer, where }) => ({
      site: sites.holding(launcher, where),
      blocks: blocks.get(`${where}.${key}`) ?? [],
      mayLackBlock: !isObject(value) || mayBeAbsent(layer.resolve(ownValue(value, layer.name(key)))),
    }));
  });
}

/** The place of the launches that a block of a launch override applies to. */
export function siteOfLaunchOverride({ where }: InspectedBlock, launcher: LaunchResource, { sites }: LaunchGraph): LaunchSite | undefined {
  return sites.holding(launcher, where).around;
}

/** Whether the service may ignore the launch overrides, because a property of the launcher is unknown. */
export function mayIgnoreLaunchOverrides(launcher: LaunchResource): boolean {
  return inheritingCarriers(launcher).some(({ countsWith }) => countsWith !== undefined && !certainlyHas(countsWith, launcher));
}

/** Whether a launch or a launch override depends on a condition. Then it is unknown which of them belong together. */
export function hasConditionalLaunchOverrides(launcher: LaunchResource): boolean {
  const isCondition = (value: unknown, depth: number): boolean => {
    if (branchesOf(value)) { return true; }
    if (Array.isArray(value)) { return value.some(element => isCondition(element, depth)); }
    return depth > 0 && isObject(value) && Object.values(value).some(inner => isCondition(inner, depth - 1));
  };
  return inheritingCarriers(launcher).some(({ path }) => launcher.at(path.slice(0, 1), true)
    .some(({ value, layer }) => isCondition(layer.resolve(value), path.filter(name => name !== '[]').length)));
}

function inheritingCarriers({ type }: LaunchResource): readonly Carrier[] {
  return recordOf(type)?.carriers.filter(({ inherits }) => inherits) ?? [];
}
