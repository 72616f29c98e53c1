import { isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { Place } from '../resources/paths';
import type { References, Target } from './references';
import { surroundingsOf } from './surroundings';
import type { LaunchResource } from './world';

/** Tags that a service puts on the instances that it launches. */
const TAGS_OF_SERVICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::EKS::Nodegroup', ['kubernetes.io/cluster/<the name of the cluster>']],
]);

/** The keys of the tags that come to instances by a resource: as far as they can be known, texts. */
export function tagKeysOf(resource: LaunchResource, references: References): readonly Target[] {
  const { tags, tagMaps, tagSpecifications, hasStackTags } = surroundingsOf(resource.type);
  const targets = (value: unknown) => references.targetsOf(value, resource.stack);
  const more = hasStackTags || tagSpecifications.length > 0 ? resource.moreTagKeys() : [];
  return [
    ...[...more, ...TAGS_OF_SERVICES.get(resource.type) ?? []].map((text): Target => ({ kind: 'text', text, mentions: [] })),
    ...tags.flatMap(path => resource.at([...path, '[]'])).filter(reachesInstances).flatMap(tag => targets(member(tag, 'Key'))),
    ...tagMaps.flatMap(path => resource.at(path)).flatMap(({ value }) => isObject(value) ? Object.keys(value).flatMap(targets) : []),
    ...tagSpecifications.flatMap(path => resource.at([...path, '[]'])).filter(isForInstances)
      .flatMap(specification => keysIn(member(specification, 'Tags'), specification)).flatMap(targets),
  ];
}

/** The keys in a list of tags that is a member of something else. */
function keysIn(tags: unknown, { layer }: Place): unknown[] {
  if (!Array.isArray(tags)) { return []; }
  return tags.filter(isObject).map(tag => ownValue(tag, layer.name('Key')) ?? ownValue(tag, 'Key'));
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
