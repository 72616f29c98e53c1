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

/** An element of `Overrides` in a launcher: what it says comes before what the launch template says. */
export interface LaunchOverride {
  /** The launches that it is for. */
  readonly site: LaunchSite;
  /** Its metadata options: a block for each branch of a condition. */
  readonly blocks: readonly InspectedBlock[];
  /** Whether it says nothing, in some branch of a condition at least. */
  readonly mayBeSilent: boolean;
}

/** The launch overrides of a launcher. */
export function launchOverridesOf(launcher: LaunchResource, sites: LaunchSites): readonly LaunchOverride[] {
  const blocks = grouped(blocksOf(launcher).map(block => [block.where, block] as const));
  return inheritingCarriers(launcher).flatMap(({ path }) => {
    const key = path[path.length - 1];
    return launcher.at(path.slice(0, -1)).map(({ value, layer, where }) => ({
      site: sites.holding(launcher, where),
      blocks: blocks.get(`${where}.${key}`) ?? [],
      mayBeSilent: !isObject(value) || mayBeAbsent(layer.resolve(ownValue(value, layer.name(key)))),
    }));
  });
}

/** The site of the launches that the block of a launch override is for. */
export function siteOfLaunchOverride({ where }: InspectedBlock, launcher: LaunchResource, { sites }: LaunchGraph): LaunchSite | undefined {
  return sites.holding(launcher, where).around;
}

/** Whether launch overrides may not count, because a property of the launcher is unknown. */
export function mayIgnoreLaunchOverrides(launcher: LaunchResource): boolean {
  return inheritingCarriers(launcher).some(({ countsWith }) => countsWith !== undefined && !certainlyHas(countsWith, launcher));
}

/** Whether a condition decides on a launch, or on a launch override: then it cannot be told which of them go together. */
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
