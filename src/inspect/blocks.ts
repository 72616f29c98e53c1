import { mayCount } from '../launch/setting-at';
import type { LaunchResource } from '../launch/world';
import type { ParameterLookup } from '../model/intrinsics';
import { isAbsent } from '../model/intrinsics';
import type { Setting } from '../model/setting';
import { UNSET, distinctValues, isAlways } from '../model/setting';
import type { SettingName, Settings } from '../model/settings';
import type { Place, PlaceOptions } from '../resources/places';
import type { Carrier } from '../resources/record';
import { recordOf } from '../resources/record-table';

/** A block of metadata options in a resource: its place, and its settings. */
export interface InspectedBlock {
  readonly carrier: Carrier;
  /** The path below `Properties`, with indices. */
  readonly where: string;
  /** The settings; `undefined` if the place cannot be read. */
  readonly settings: Settings | undefined;
}

/** A place for a block, and the value there. The place may be empty. */
export interface ReadBlock extends InspectedBlock {
  readonly value: unknown;
  /** Whether the place cannot be reached, because the path to it has an unreadable value. */
  readonly isBarred: boolean;
}

/** Reads every place for metadata options in a resource, also the empty ones. It skips places that the service certainly ignores. */
export function readBlocks(resource: LaunchResource): readonly ReadBlock[] {
  const { carriers = [] } = recordOf(resource.type) ?? {};
  return carriers.filter(carrier => mayCount(carrier, resource)).flatMap(carrier => blocksAt(carrier, resource));
}

/** Reads the blocks of one carrier, also if the service ignores them. */
export function blocksAt(carrier: Carrier, resource: LaunchResource): readonly ReadBlock[] {
  return resource.placesFor(carrier.path, optionsFor(carrier)).map(place => readBlock(carrier, place, resource.stack.parameters));
}

function optionsFor({ dialect: { scalar }, needsParent }: Carrier): PlaceOptions {
  return { scalar, absent: needsParent ? 'bars' : 'counts' };
}

function readBlock(carrier: Carrier, { value, layer, where, isBarred = false }: Place, parameters: ParameterLookup): ReadBlock {
  return { carrier, where, value, isBarred, settings: isBarred ? undefined : carrier.dialect.read(value, layer, parameters) };
}

/** Whether the metadata service is disabled under all conditions. Then its other options do not matter. */
export function isOff({ dialect: { fields } }: Carrier, { endpoint }: Settings): boolean {
  return fields.endpoint !== undefined && endpoint !== undefined && isAlways(endpoint, value => value === fields.endpoint!.spell(false));
}

/** Whether a resource disables the metadata service, at least in one branch of a condition. */
export function mayBeOff(resource: LaunchResource): boolean {
  return resource.reading.of(turnsOff);
}

function turnsOff(resource: LaunchResource): boolean {
  return blocksOf(resource).some(({ carrier, settings }) => settings && isOff(carrier, settings));
}

/** Whether a block may enable the service, even if a launch template disables it. */
export function turnsOn(carrier: Carrier, settings: Settings): boolean {
  return settings.endpoint?.some(({ kind }) => kind !== 'unset') === true && !isOff(carrier, settings);
}

/** The path of a setting in a block. */
export function pathOfSetting({ carrier: { dialect }, where }: InspectedBlock, name: SettingName): string {
  const field = dialect.fields[name];
  return dialect.scalar || !field ? where : `${where}.${field.key}`;
}

/** The blocks of metadata options in a resource. Empty places are left out. */
export function blocksOf(resource: LaunchResource): readonly InspectedBlock[] {
  return resource.reading.of(presentBlocks);
}

function presentBlocks(resource: LaunchResource): readonly InspectedBlock[] {
  return resource.reading.of(readBlocks).filter(({ value }) => !isAbsent(value));
}

/** Whether the type of a resource has a property for a setting. */
export function canSay(resource: LaunchResource, name: SettingName): boolean {
  return recordOf(resource.type)?.carriers.some(({ dialect }) => dialect.fields[name]) ?? false;
}

/** The values of a setting in a resource itself: also unset if a branch sets nothing, and unknown if a branch cannot be read. */
export function ownSetting(resource: LaunchResource, name: SettingName): Setting {
  return resource.reading.of(OWN_SETTINGS[name]);
}

const OWN_SETTINGS: { readonly [name in SettingName]: (resource: LaunchResource) => Setting } = {
  tokens: resource => readOwn(resource, 'tokens'),
  hopLimit: resource => readOwn(resource, 'hopLimit'),
  endpoint: resource => readOwn(resource, 'endpoint'),
  ipv6: resource => readOwn(resource, 'ipv6'),
  tags: resource => readOwn(resource, 'tags'),
};

function readOwn(resource: LaunchResource, name: SettingName): Setting {
  const values = blocksOf(resource).flatMap(({ settings, where }) => settings
    ? settings[name] ?? UNSET
    : [{ kind: 'unknown' as const, reason: where }]);
  return distinctValues(values.length === 0 || mayBeLeftOut(resource) ? [...values, ...UNSET] : values);
}

/** Whether a setting is unset under all conditions. */
export function isUnset(resource: LaunchResource, name: SettingName): boolean {
  return ownSetting(resource, name).every(({ kind }) => kind === 'unset');
}

/** Whether a resource with options of its own has no launch source, at least in one branch of a condition. */
export function mayLaunchFromNothing(resource: LaunchResource): boolean {
  return resource.reading.of(launchesFromNothing);
}

function launchesFromNothing(resource: LaunchResource): boolean {
  const { carriers = [], launchesFrom } = recordOf(resource.type) ?? {};
  if (!carriers.some(({ inherits }) => !inherits)) { return false; }
  return launchesFrom !== undefined && launchesFrom.references.some(({ segments }) => resource.mayLack(segments));
}

/** Whether a block of metadata options is missing, or the property that contains it, at least in one branch of a condition. */
export function mayBeLeftOut(resource: LaunchResource): boolean {
  return resource.reading.of(leavesBlockOut);
}

function leavesBlockOut(resource: LaunchResource): boolean {
  const { carriers = [] } = recordOf(resource.type) ?? {};
  return carriers.some(({ inherits, path }) => !inherits && resource.mayLack(path));
}
