import type { LaunchGraph } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import type { PossibleValue, Setting } from '../model/setting';
import { UNSET } from '../model/setting';
import type { SettingName } from '../model/settings';
import { resourceTypeOf } from '../resources/resource-types';
import { ownSetting } from './blocks';

/**
 * What holds for the instances of a resource: what it says itself, else what it launches from. Unset is what both leave to the account and the AMI.
 */
export function effectiveSetting(resource: LaunchResource, name: SettingName, graph: LaunchGraph): Setting {
  const carriers = resourceTypeOf(resource.type)?.carriers ?? [];
  const own = carriers.some(({ dialect }) => dialect.fields[name]) ? ownSetting(resource, name) : UNSET;
  const launches = graph.launchesOf(resource);
  if (launches.length === 0) { return own; }
  return own.flatMap(possible => possible.kind === 'unset' ? launches.flatMap(({ source }): readonly PossibleValue[] => {
    switch (source.kind) {
      case 'resource': return effectiveSetting(source.resource, name, graph);
      case 'outside': return [{ kind: 'unknown', reason: `'${source.name}' is not in this app` }];
      case 'unknown': return [source];
    }
  }) : [possible]);
}
