import { certainlyHas, settingAt } from '../launch/setting-at';
import type { PossibleValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { TagsOfManaged } from '../resources/record';
import type { InspectedBlock } from './blocks';
import { blocksOf, pathOfSetting } from './blocks';
import type { Finding } from './finding';
import type { Judged } from './judged';
import type { Obstacle } from './preconditions';
import { CONDITIONAL_SETTINGS } from './preconditions';

/** Options of the user that certainly break the launch. If this is only known at deployment, the user decides. */
export function brokenByOptions({ resource, analysis: { preconditions } }: Judged): readonly Finding[] {
  return blocksOf(resource).flatMap(block => CONDITIONAL_SETTINGS.flatMap(({ name, value, rule, failsLaunch, against }) => {
    const than = spelledIn(block, name, value);
    if (!failsLaunch || than === undefined) { return []; }
    const got = block.settings?.[name]?.filter(possible => possible.kind === 'set' && possible.value === than) ?? [];
    const because = got.length === 0 ? [] : certainOnes(against(preconditions, resource));
    return because.length === 0 ? [] : [{ rule, path: pathOfSetting(block, name), want: { kind: 'other' as const, than }, got, because }];
  }));
}

/** Tags of managed instances that the service puts into the metadata, where it is not told to leave them out. */
export function brokenByTags({ resource, record: { tagsOfManaged }, analysis: { preconditions } }: Judged): readonly Finding[] {
  if (!tagsOfManaged || !certainlyHas(tagsOfManaged.reachWith, resource)) { return []; }
  const got = settingAt(resource, tagsOfManaged.path).filter(possible => isOn(possible, tagsOfManaged));
  const because = got.length === 0 ? [] : certainOnes(preconditions.againstTags(resource));
  const want = { kind: 'accepted' as const, values: 'false' };
  return because.length === 0 ? [] : [{ rule: 'Imdsv2::TagKeyNotAllowed', path: tagsOfManaged.path, want, got, because }];
}

function isOn(possible: PossibleValue, { byDefault }: TagsOfManaged): boolean {
  switch (possible.kind) {
    case 'set': return String(possible.value) === 'true';
    case 'unset': return byDefault;
    case 'unknown': return false;
  }
}

function certainOnes(obstacles: readonly Obstacle[]): readonly Obstacle['cause'][] {
  return obstacles.flatMap(({ cause, isCertain }) => isCertain ? [cause] : []);
}

function spelledIn({ carrier }: InspectedBlock, name: SettingName, value: boolean): unknown {
  return carrier.dialect.fields[name]?.spell(value);
}
