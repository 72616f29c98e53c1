import { blocksOf, canSay, mayBeLeftOut } from '../inspect/blocks';
import type { Scene } from '../inspect/scene';
import type { Launch } from '../launch/launch-graph';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { intrinsicName } from '../model/intrinsics';
import type { JsonObject } from '../model/intrinsics';
import type { PossibleValue } from '../model/setting';
import { UNSET, describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import { isMute } from '../resources/mute';
import { resourceTypeOf } from '../resources/resource-types';

/** A value that a setting may have in the end, and where it comes from. */
export interface EffectiveValue {
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  readonly value?: unknown;
  /** For tokens that are set: whether the value requires them. */
  readonly requires?: boolean;
  readonly from: string;
  /** The resource that it comes from, where that is another one. */
  readonly fromResource?: LaunchResource;
}

const NOBODY = 'nothing is written: the account default of the Region or the AMI decides, and neither is visible here';

/** What applies to a resource in the end: what it says itself, else what it launches from says in the version that it names. Whatever that is, it is no exception. */
export function effectiveValues(resource: LaunchResource, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  try {
    return readValues(resource, name, scene);
  } catch (error) {
    return [{ kind: 'unknown', from: `${resource.type} cannot be read: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function readValues(resource: LaunchResource, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  const launches = scene.graph.launchesOf(resource);
  const inherited = launches.flatMap(launch => inheritedValues(launch, name, scene));
  const own = ownValues(resource, name).flatMap(value => value.kind === 'unset' && launches.length > 0 ? inherited : [value]);
  const silent = name === 'tokens' ? muteValues(resource) : [];
  const values = canSay(resource, name) ? own : inherited;
  return distinct(values.length > 0 && silent.length === 0 ? values : [...values, ...silent]);
}

/** What a resource says itself. */
function ownValues(resource: LaunchResource, name: SettingName): EffectiveValue[] {
  const blocks = blocksOf(resource);
  const said = blocks.flatMap(({ row, where, settings }) => {
    const field = row.dialect.fields[name];
    if (!field) { return []; }
    const path = row.dialect.scalar ? where : `${where}.${field.key}`;
    if (!settings) { return [{ kind: 'unknown' as const, from: `${where}: known at deploy time only` }]; }
    const from = parameterAt(resource, [...row.path, ...row.dialect.scalar ? [] : [field.key]]) ?? path;
    return (settings[name] ?? UNSET).map(possible => ownValueOf(possible, from, field.accepts));
  });
  return said.length === 0 || mayBeLeftOut(resource) ? [...said, { kind: 'unset', from: NOBODY }] : said;
}

function ownValueOf(possible: PossibleValue, from: string, requires: (value: unknown) => boolean): EffectiveValue {
  switch (possible.kind) {
    case 'set': return { kind: 'set', value: possible.value, requires: requires(possible.value), from };
    case 'unset': return { kind: 'unset', from: NOBODY };
    case 'unknown': return { kind: 'unknown', from: `${from}: known at deploy time only (${possible.reason})` };
  }
}

/** The parameter that decides what stands at a path, where it is one. */
function parameterAt(resource: LaunchResource, path: readonly string[]): string | undefined {
  const names = resource.at(path, true).map(({ value, layer }) => layer.resolve(value)).filter(value => intrinsicName(value) === 'Ref');
  const parameters = names.map(value => (value as JsonObject).Ref).filter(name => typeof name === 'string' && resource.stack.parameters(name));
  return parameters.length > 0 ? `the parameter ${describeValue(parameters[0])}` : undefined;
}

/** What a launcher gets from what it launches from. */
function inheritedValues({ source, versions, reference }: Launch, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  const kind = reference.keys ? 'the launch template' : `the ${reference.target}`;
  switch (source.kind) {
    case 'outside': return [{ kind: 'unknown', from: `${kind} ${describeValue(source.name)}, which is not in this app` }];
    case 'unknown': return [{ kind: 'unknown', from: `${kind}: known at deploy time only (${source.reason})` }];
    case 'resource': {
      const { resource } = source;
      const title = `${kind} '${resource.path}'`;
      const words = versions.map(version => version.words === 'none' ? 'default version' : version.words).join(' or ');
      if (versions.some(version => !followsChanges(version))) {
        return [{ kind: 'unknown', from: `${title} (${words}): as it was deployed`, fromResource: resource }];
      }
      const from = words ? `${title} (${words})` : title;
      return effectiveValues(resource, name, scene).map(value => value.kind === 'set' || value.kind === 'unset'
        ? { ...value, from: value.kind === 'unset' ? value.from : `${from}: ${value.from}`, fromResource: value.fromResource ?? resource }
        : value);
    }
  }
}

/** What stands in the place of tokens where a resource launches instances and cannot say it. */
function muteValues(resource: LaunchResource): EffectiveValue[] {
  const mutes = resourceTypeOf(resource.type)?.mutes ?? [];
  return mutes.filter(({ when }) => isMute(when, resource.properties())).map(({ fallback }) => ({ kind: 'cannot be set', from: fallback }));
}

function distinct(values: readonly EffectiveValue[]): readonly EffectiveValue[] {
  return [...new Map(values.map(value => [JSON.stringify([value.kind, describeValue(value.value), value.from]), value])).values()];
}
