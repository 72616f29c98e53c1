import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { Place } from '../resources/places';
import { placesAt } from '../resources/places';
import { instancesOf } from '../resources/record-table';
import type { References } from './references';
import { certainlyHas } from './setting-at';
import type { Target } from './targets';
import { text } from './targets';
import type { LaunchResource } from './world';

/** The tag keys that reach instances through a resource, as texts with unknown parts. */
export function tagKeysOf(resource: LaunchResource, references: References): readonly Target[] {
  const { tags, tagMaps, tagSpecifications, tagsReachWith, serviceTags } = instancesOf(resource.type);
  if (tagsReachWith && !certainlyHas(tagsReachWith, resource)) { return serviceTags.map(text); }
  const targets = (value: unknown) => references.targetsOf(value, resource.stack);
  const keyOf = (tag: Place) => tag.isBarred ? [unreadable(tag)] : targets(member(tag, 'Key'));
  return [
    ...serviceTags.map(text),
    ...resource.moreTagKeys().flatMap(targets),
    ...tags.flatMap(path => resource.at([...path, '[]'])).filter(reachesInstances).flatMap(keyOf),
    ...tagMaps.flatMap(path => resource.at(path)).flatMap(map => isReadable(map) ? Object.keys(map.value).flatMap(targets) : [unreadable(map)]),
    ...tagSpecifications.flatMap(path => resource.at([...path, '[]'])).flatMap(tagsIn).flatMap(keyOf),
  ];
}

/** The tags of instances in a specification. */
function tagsIn(specification: Place): Place[] {
  const { value, layer, where, isBarred } = specification;
  if (isBarred) { return [specification]; }
  return isForInstances(specification) ? placesAt(value, ['Tags', '[]'], layer, where) : [];
}

function isReadable(map: Place): map is Place & { readonly value: JsonObject } {
  return !map.isBarred && isObject(map.value) && intrinsicName(map.value) === undefined;
}

function unreadable({ where }: Place): Target {
  return { kind: 'unknown', reason: where };
}

function reachesInstances(tag: Place): boolean {
  const propagate = member(tag, 'PropagateAtLaunch');
  return propagate !== false && propagate !== 'false';
}

function isForInstances(specification: Place): boolean {
  const type = member(specification, 'ResourceType');
  return isAbsent(type) || typeof type !== 'string' || type === 'instance';
}

function member({ value, layer }: Place, property: string): unknown {
  return isObject(value) ? layer.resolve(ownValue(value, layer.name(property))) : undefined;
}
