import type { LaunchResource } from '../launch/world';
import type { Setting } from '../model/setting';
import { UNSET } from '../model/setting';
import type { SettingName } from '../model/settings';
import { resourceTypeOf } from '../resources/resource-types';
import type { InspectedBlock } from './inspect';

/** The blocks of metadata options that stand in a resource of the launch graph; one that is missing is none. */
export function blocksOf(resource: LaunchResource): readonly InspectedBlock[] {
  const { carriers = [] } = resourceTypeOf(resource.type) ?? {};
  return carriers.flatMap(row => resource.at(row.path, row.dialect.scalar).map(({ value, layer, where, isBarred }) => ({
    row, where, settings: isBarred ? undefined : row.dialect.read(value, layer, resource.stack.parameters),
  })));
}

/** What a resource itself says about a setting: unset where it says nothing, unknown where nobody can read it. */
export function ownSetting(resource: LaunchResource, name: SettingName): Setting {
  const settings = blocksOf(resource).flatMap(({ settings: said, where }) => said
    ? said[name] ?? UNSET
    : [{ kind: 'unknown' as const, reason: where }]);
  return settings.length > 0 ? settings : UNSET;
}
