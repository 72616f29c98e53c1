import type { LaunchResource } from '../launch/world';
import type { ParameterLookup } from '../model/intrinsics';
import { intrinsicName, isAbsent } from '../model/intrinsics';
import { describe, describeValue, isAlways } from '../model/setting';
import type { SettingName, Settings } from '../model/settings';
import type { Finding } from '../policy/finding';
import { RENDERED } from '../resources/layer';
import type { Place, PlaceOptions } from '../resources/paths';
import { placesFor } from '../resources/paths';
import { mayHold } from '../resources/property-condition';
import type { Carrier, Gap, ResourceRecord } from '../resources/record';
import { recordOf } from '../resources/record-table';

/** One place where a resource says its metadata options, and what it says there. */
export interface InspectedBlock {
  readonly row: Carrier;
  /** The path below `Properties`, with indices. */
  readonly where: string;
  /** What is set; `undefined` where the place cannot be read. */
  readonly settings: Settings | undefined;
}

/** A place that is for a block, as it was read; perhaps nothing stands there. */
export interface ReadBlock extends InspectedBlock {
  readonly value: unknown;
  /** Whether something on the way bars it. */
  readonly isBarred: boolean;
}

/** What a resource says about instance metadata. */
export interface Inspection {
  readonly blocks: readonly InspectedBlock[];
  readonly findings: readonly Finding[];
}

/** Reads the metadata options of a resource out of its rendered properties. */
export function inspect(type: ResourceRecord, properties: unknown, parameters: ParameterLookup): Inspection {
  const inspections = type.carriers.map(row => inspectRow(row, properties, parameters));
  return {
    blocks: inspections.flatMap(({ blocks }) => blocks),
    findings: [...inspectGaps(type.gaps, properties), ...inspections.flatMap(({ findings }) => findings)],
  };
}

/** The metadata options of a resource, as they were read of it. */
export function inspectResource(type: ResourceRecord, resource: LaunchResource): Inspection {
  const read = resource.reading.of(readBlocks);
  const gaps = type.gaps.length > 0 ? inspectGaps(type.gaps, resource.properties()) : [];
  return inspectionOf(read, gaps);
}

/** What rendered properties say in one row of the table. */
export function inspectRow(row: Carrier, properties: unknown, parameters: ParameterLookup): Inspection {
  const places = placesFor(isAbsent(properties) ? {} : properties, row.path, RENDERED, '', optionsFor(row));
  return inspectionOf(places.map(place => readBlock(row, place, parameters)), []);
}

/** Reads every place that a resource has for metadata options, those where nothing stands among them. */
export function readBlocks(resource: LaunchResource): readonly ReadBlock[] {
  const { carriers = [] } = recordOf(resource.type) ?? {};
  return carriers.flatMap(row => resource.placesFor(row.path, optionsFor(row)).map(place => readBlock(row, place, resource.stack.parameters)));
}

function optionsFor({ dialect: { scalar }, needsParent }: Carrier): PlaceOptions {
  return { scalar, absent: needsParent ? 'bars' : 'counts' };
}

function readBlock(row: Carrier, { value, layer, where, isBarred = false }: Place, parameters: ParameterLookup): ReadBlock {
  return { row, where, value, isBarred, settings: isBarred ? undefined : row.dialect.read(value, layer, parameters) };
}

function inspectionOf(read: readonly ReadBlock[], found: readonly Finding[]): Inspection {
  const own = read.flatMap(({ row, settings, value, where, isBarred }) =>
    isBarred ? [unreadable(value, where)] : inspectBlock(row, settings, value, where));
  return { blocks: read.filter(({ isBarred }) => !isBarred), findings: [...found, ...own] };
}

/** What is wrong with one block. */
export function inspectBlock(row: Carrier, settings: Settings | undefined, block: unknown, where: string): Finding[] {
  if (!settings) { return [unreadable(block, where)]; }
  return (Object.keys(settings) as SettingName[]).flatMap(name => inspectSetting(row, settings, name, where));
}

function inspectSetting(row: Carrier, settings: Settings, name: SettingName, where: string): Finding[] {
  const field = row.dialect.fields[name]!;
  const setting = settings[name]!;
  const path = row.dialect.scalar ? where : `${where}.${field.key}`;
  if (name === 'tokens') {
    if (isOff(row, settings)) { return []; }
    const said = row.inherits ? setting.filter(possible => possible.kind !== 'unset') : setting;
    if ((row.inherits && said.length === 0) || isAlways(said, field.accepts)) { return []; }
    return [{ id: 'Imdsv2::TokensRequired', path, message: `${path} must be ${field.accepted}, got ${describe(setting)}` }];
  }
  return setting.flatMap(possible => possible.kind === 'set' && !field.accepts(possible.value)
    ? [{ id: 'Imdsv2::ValueNotAccepted', path, message: `${path} must be ${field.accepted}, got ${describeValue(possible.value)}` }]
    : []);
}

/** Whether the metadata service answers nobody, whatever conditions turn out to be: it does not matter then what it would ask for. */
export function isOff({ dialect: { fields } }: Carrier, { endpoint }: Settings): boolean {
  return fields.endpoint !== undefined && endpoint !== undefined && isAlways(endpoint, value => value === fields.endpoint!.spell(false));
}

/** A place that is neither an object nor a list, so that nothing can be read or written there. */
export function unreadable(value: unknown, where: string): Finding {
  const path = where || 'Properties';
  const intrinsic = intrinsicName(value);
  const isMissing = isAbsent(value);
  return {
    id: 'Imdsv2::OptionsUnreadable',
    path,
    message: isMissing ? `${path} is missing, so IMDSv2 cannot be required in it` : intrinsic
      ? `${path} is known at deploy time only (${intrinsic}), so IMDSv2 cannot be required in it`
      : `${path} cannot hold metadata options, got ${describeValue(value)}`,
  };
}

/** Findings for what a type launches and cannot say. */
export function inspectGaps(gaps: readonly Gap[], properties: unknown): Finding[] {
  return gaps.filter(({ when }) => mayHold(when, properties)).map(({ type, when, governedBy }) => ({
    id: 'Imdsv2::CannotBeSet',
    path: when.present ?? when.absent ?? '',
    message: `${type} launches instances and cannot require IMDSv2 here; what governs them is ${governedBy}`,
  }));
}
