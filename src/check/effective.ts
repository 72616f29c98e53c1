import { blocksOf, canSay, hasConditionalOverrides, mayBeLeftOut, mayLaunchFromNothing } from '../inspect/blocks';
import type { InspectedBlock } from '../inspect/inspect';
import { isOff } from '../inspect/inspect';
import type { Scene } from '../inspect/scene';
import type { Launch } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isObject, mayBeAbsent, ownValue } from '../model/intrinsics';
import type { PossibleValue } from '../model/setting';
import { UNSET, describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import { isMute } from '../resources/mute';
import { before } from '../resources/paths';
import { resourceTypeOf } from '../resources/resource-types';
import { whoDecides } from './defaults';

/** A value that a setting may have in the end, and where it comes from. */
export interface EffectiveValue {
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  readonly value?: unknown;
  /** For tokens that are set: whether the value requires them. */
  readonly requires?: boolean;
  /** For tokens: whether the service answers nobody, so that it does not matter. */
  readonly isOff?: boolean;
  readonly from: string;
  /** The resource that it comes from, where that is another one. */
  readonly fromResource?: LaunchResource;
}

/** Whether a value of tokens lets IMDSv1 in. */
export function lets1In({ kind, requires, ...value }: EffectiveValue): boolean {
  return !requires && !value.isOff && (kind === 'set' || kind === 'unset');
}

/** What applies to a resource in the end: what it says itself, else what it launches from says in the version that it names. Whatever that is, it is no exception. */
export function effectiveValues(resource: LaunchResource, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  try {
    const silent = name === 'tokens' ? muteValues(resource) : [];
    return distinct([...readValues(resource, name, scene), ...silent]);
  } catch (error) {
    return [{ kind: 'unknown', from: `${resource.type} cannot be read: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function readValues(resource: LaunchResource, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  const launches = scene.graph.launchesOf(resource);
  const { carriers = [] } = resourceTypeOf(resource.type) ?? {};
  if (carriers.some(({ inherits }) => inherits) && launches.length > 0) {
    return launches.flatMap(launch => overriddenValues(resource, launch, name, scene));
  }
  const isTurnedOn = turnsOn(resource);
  const inherited = () => launches.flatMap(launch => inheritedValues(launch, name, scene))
    .map(value => value.isOff && isTurnedOn ? { ...value, isOff: false, from: whoDecides(resource.type, name) } : value);
  if (!canSay(resource, name)) { return inherited(); }
  return ownValues(resource, name).flatMap(value => {
    if (value.kind !== 'unset' || value.isOff || launches.length === 0) { return [value]; }
    return mayLaunchFromNothing(resource) ? [...inherited(), value] : inherited();
  });
}

/** Whether a resource itself has the service answer, whatever its launch template says. */
function turnsOn(resource: LaunchResource): boolean {
  return blocksOf(resource).some(({ row, settings }) => settings?.endpoint?.some(({ kind }) => kind !== 'unset') && !isOff(row, settings));
}

/** What a resource says itself. */
function ownValues(resource: LaunchResource, name: SettingName): EffectiveValue[] {
  const said = blocksOf(resource).flatMap(block => valuesIn(block, resource, name));
  return said.length === 0 || mayBeLeftOut(resource) ? [...said, unset(resource, name)] : said;
}

/** What the overrides of one launch say, each for itself, else what is launched from says. */
function overriddenValues(resource: LaunchResource, launch: Launch, name: SettingName, scene: Scene): EffectiveValue[] {
  const start = before(launch.where);
  const overrides = resourceTypeOf(resource.type)!.carriers.flatMap(({ path }) => resource.at(path.slice(0, -1))
    .filter(({ where }) => where.startsWith(start))
    .map(({ value, layer, where }) => {
      const key = path[path.length - 1];
      return { where: `${where}.${key}`, mayBeSilent: !isObject(value) || mayBeAbsent(layer.resolve(ownValue(value, layer.name(key)))) };
    }));
  const blocks = blocksOf(resource);
  const said = overrides.flatMap(({ where, mayBeSilent }) => [
    ...blocks.filter(block => block.where === where).flatMap(block => valuesIn(block, resource, name)),
    ...mayBeSilent ? [unset(resource, name)] : [],
  ]);
  const values = said.length === 0 || hasConditionalOverrides(resource) ? [...said, unset(resource, name)] : said;
  return values.flatMap(value => value.kind === 'unset' && !value.isOff ? inheritedValues(launch, name, scene) : [value]);
}

/** What one block says. */
function valuesIn({ row, where, settings }: InspectedBlock, resource: LaunchResource, name: SettingName): EffectiveValue[] {
  const { fields, scalar } = row.dialect;
  const field = fields[name];
  if (!field) { return []; }
  if (!settings) { return [{ kind: 'unknown', from: `${where}: known at deploy time only` }]; }
  const from = parameterAt(resource, [...row.path, ...scalar ? [] : [field.key]]) ?? (scalar ? where : `${where}.${field.key}`);
  const values = (settings[name] ?? UNSET).map(possible => valueOf(possible, from, field.accepts, unset(resource, name)));
  if (name !== 'tokens' || !isOff(row, settings)) { return values; }
  return values.map(value => ({ ...value, isOff: true, from: `${where}.${fields.endpoint!.key} is 'disabled': the service answers nobody` }));
}

function valueOf(possible: PossibleValue, from: string, requires: (value: unknown) => boolean, otherwise: EffectiveValue): EffectiveValue {
  switch (possible.kind) {
    case 'set': return { kind: 'set', value: possible.value, requires: requires(possible.value), from };
    case 'unset': return otherwise;
    case 'unknown': return { kind: 'unknown', from: `${from}: known at deploy time only (${possible.reason})` };
  }
}

function unset({ type }: LaunchResource, name: SettingName): EffectiveValue {
  return { kind: 'unset', from: whoDecides(type, name) };
}

/** The parameter that decides what stands at a path, where it is one. */
function parameterAt(resource: LaunchResource, path: readonly string[]): string | undefined {
  const names = resource.at(path, true).map(({ value, layer }) => layer.resolve(value)).filter(value => intrinsicName(value) === 'Ref');
  const parameters = names.map(value => (value as JsonObject).Ref).filter(name => typeof name === 'string' && resource.stack.parameters(name));
  return parameters.length > 0 ? `the parameter ${describeValue(parameters[0])}` : undefined;
}

/** What a launcher gets from what it launches from; nothing of a setting that has no place there. */
function inheritedValues({ source, versions, reference }: Launch, name: SettingName, scene: Scene): readonly EffectiveValue[] {
  const kind = reference.keys ? 'the launch template' : `the ${reference.target}`;
  const { carriers = [], referrers = [] } = resourceTypeOf(reference.target) ?? {};
  if (source.kind !== 'resource' && referrers.length === 0 && !carriers.some(({ dialect }) => dialect.fields[name])) { return []; }
  switch (source.kind) {
    case 'outside': return [{ kind: 'unknown', from: `${kind} ${describeValue(source.name)}, which is not in this app` }];
    case 'unknown': return [{ kind: 'unknown', from: `${kind}: known at deploy time only (${source.reason})` }];
    case 'resource': {
      const { resource } = source;
      const title = `${kind} '${resource.path}'`;
      const [followed, fixed] = [true, false].map(follows => versions.filter(version => followsChanges(version) === follows));
      const asDeployed = { kind: 'unknown' as const, from: `${title} (${wordsOf(fixed)}): as it was deployed`, fromResource: resource };
      const through = followed.length > 0 ? `${title} (${wordsOf(followed)}): ` : `${title}: `;
      const asItStands = effectiveValues(resource, name, scene).map(value => value.kind === 'set' || value.kind === 'unset'
        ? { ...value, from: value.kind === 'set' ? through + value.from : value.from, fromResource: value.fromResource ?? resource }
        : value);
      return [...fixed.length > 0 ? [asDeployed] : [], ...followed.length > 0 || versions.length === 0 ? asItStands : []];
    }
  }
}

function wordsOf(versions: readonly Version[]): string {
  return versions.map(({ words }) => words === 'none' ? 'default version' : words).join(' or ');
}

/** What stands in the place of tokens where a resource launches instances and cannot say it. */
function muteValues(resource: LaunchResource): EffectiveValue[] {
  const mutes = resourceTypeOf(resource.type)?.mutes ?? [];
  return mutes.filter(({ when }) => isMute(when, resource.properties())).map(({ fallback }) => ({ kind: 'cannot be set', from: fallback }));
}

function distinct(values: readonly EffectiveValue[]): readonly EffectiveValue[] {
  return [...new Map(values.map(value => [JSON.stringify([value.kind, describeValue(value.value), value.from]), value])).values()];
}
