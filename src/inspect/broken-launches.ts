import type { SettingName } from '../model/settings';
import type { InspectedBlock } from './blocks';
import { pathOfSetting } from './blocks';
import type { Finding } from './finding';
import type { Judged } from './judged';
import { CONDITIONAL_SETTINGS } from './preconditions';

/** What the user wrote and certainly breaks the launch. What nobody can tell before deployment is left to who wrote it. */
export function brokenLaunches({ resource, blocks, analysis: { preconditions } }: Judged): readonly Finding[] {
  return blocks.flatMap(block => CONDITIONAL_SETTINGS.flatMap(({ name, value, rule, failsLaunch, against }) => {
    const than = spelledIn(block, name, value);
    if (!failsLaunch || than === undefined) { return []; }
    const got = block.settings?.[name]?.filter(possible => possible.kind === 'set' && possible.value === than) ?? [];
    const because = got.length === 0 ? [] : against(preconditions, resource).flatMap(({ cause, isCertain }) => isCertain ? [cause] : []);
    return because.length === 0 ? [] : [{ rule, path: pathOfSetting(block, name), want: { kind: 'other' as const, than }, got, because }];
  }));
}

function spelledIn({ row }: InspectedBlock, name: SettingName, value: boolean): unknown {
  return row.dialect.fields[name]?.spell(value);
}
