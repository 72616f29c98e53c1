import type { InspectedBlock } from '../inspect/blocks';
import { blocksOf, canSay, isOff, mayBeLeftOut, mayLaunchFromNothing, turnsOn } from '../inspect/blocks';
import type { LaunchAnalysis } from '../inspect/launch-analysis';
import { hasConditionalLaunchOverrides, launchOverridesOf, mayIgnoreLaunchOverrides, siteOfLaunchOverride } from '../inspect/launch-overrides';
import { possibleGaps, remedyOf } from '../inspect/options';
import type { Launch } from '../launch/launch-graph';
import type { LaunchSite } from '../launch/launch-sites';
import { certainlyHas } from '../launch/setting-at';
import { followsChanges } from '../launch/versions';
import type { LaunchResource } from '../launch/world';
import { grouped } from '../model/grouped';
import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { PossibleValue } from '../model/setting';
import { UNSET } from '../model/setting';
import type { SettingName } from '../model/settings';
import type { RequiredByService } from '../resources/record';
import { recordOf } from '../resources/record-table';
import { byImage } from './by-image';
import type { EffectiveValue, ValuePlace } from './effective-value';
import { distinct, isLeftOpen } from './effective-value';

/** The values that apply to the instances of resources. Many resources can launch from the same one, so the values of each are read once. */
export class EffectiveValues {
  private readonly written = new Memo((name: SettingName) => new Memo((resource: LaunchResource) => this.readWritten(resource, name)));

  public constructor(public readonly analysis: LaunchAnalysis) {}

  /** The written values, or else those of the image. It never throws. */
  public of(resource: LaunchResource, name: SettingName): readonly EffectiveValue[] {
    return read(resource, () => this.writtenValues(resource, name)
      .flatMap(value => isLeftOpen(value) ? byImage(value, resource, name, this.analysis.images) : [value])
      .map(value => value.kind === 'unset' ? { ...value, through: undefined } : value));
  }

  /** The values of a resource itself, or else those of its sources in the version that it names. */
  public writtenValues(resource: LaunchResource, name: SettingName): readonly EffectiveValue[] {
    return this.written.of(name).of(resource);
  }

  private readWritten(resource: LaunchResource, name: SettingName): readonly EffectiveValue[] {
    return read(resource, () => [
      ...readValues(resource, name, this), ...name === 'tokens' ? [...valuesOfService(resource, this.analysis), ...valuesOfGaps(resource)] : [],
    ]);
  }
}

function read({ type }: LaunchResource, values: () => readonly EffectiveValue[]): readonly EffectiveValue[] {
  try {
    return distinct(values());
  } catch (error) {
    return [{ kind: 'unknown', origin: { kind: 'error', type, error: error instanceof Error ? error.message : String(error) } }];
  }
}

function readValues(resource: LaunchResource, name: SettingName, all: EffectiveValues): readonly EffectiveValue[] {
  const launches = all.analysis.graph.launchesOf(resource);
  const { carriers = [] } = recordOf(resource.type) ?? {};
  const isReenabled = launches.length === 0 ? () => false : reenabledLaunches(resource, all.analysis);
  const valuesFrom = (launch: Launch) => {
    const values = inheritedValues(launch, name, all);
    return isReenabled(launch) ? values.map(value => ({ ...value, offBy: undefined })) : values;
  };
  if (carriers.some(({ inherits }) => inherits) && launches.length > 0) {
    return valuesUnderLaunchOverrides(resource, name, valuesFrom, all.analysis);
  }
  if (!canSay(resource, name)) { return launches.flatMap(valuesFrom); }
  const own = ownValues(resource, name);
  if (launches.length === 0 || !own.some(isLeftOpen)) { return own; }
  const inherited = launches.flatMap(valuesFrom);
  return own.flatMap(value => isLeftOpen(value) ? mayLaunchFromNothing(resource) ? [...inherited, value] : inherited : [value]);
}

/** Whether a resource itself enables the service for a launch, even if its launch template disables it. A launch override only counts for its own launch. */
function reenabledLaunches(resource: LaunchResource, { graph }: LaunchAnalysis): (launch: Launch) => boolean {
  const blocks = blocksOf(resource).filter(({ carrier, settings }) => settings && turnsOn(carrier, settings));
  const sites = new Set(blocks.filter(({ carrier }) => carrier.inherits).map(block => siteOfLaunchOverride(block, resource, graph)));
  return ({ site }) => sites.has(site) || blocks.some(({ carrier }) => !carrier.inherits);
}

/** The values of a resource itself. */
function ownValues(resource: LaunchResource, name: SettingName): readonly EffectiveValue[] {
  const parameters = parametersFor(resource, name);
  const values = blocksOf(resource).flatMap(block => valuesIn(block, resource, name, parameters));
  return distinct(values.length === 0 || mayBeLeftOut(resource) ? [...values, unset(resource, name)] : values);
}

/** The values of launches with launch overrides: those of each launch override, or else those of the source. */
function valuesUnderLaunchOverrides(
  resource: LaunchResource, name: SettingName, valuesFrom: (launch: Launch) => readonly EffectiveValue[], analysis: LaunchAnalysis,
): EffectiveValue[] {
  const valuesBySite = grouped(valuesOfLaunchOverrides(resource, name, analysis));
  const isOpen = hasConditionalLaunchOverrides(resource) || mayIgnoreLaunchOverrides(resource);
  return [...analysis.graph.launchesBySite(resource)].flatMap(([site, launches]) => {
    const own = (valuesBySite.get(site) ?? []).flat();
    const values = own.length === 0 || isOpen ? [...own, unset(resource, name)] : own;
    const inherited = values.some(isLeftOpen) ? launches.flatMap(valuesFrom) : [];
    return [...values.filter(value => !isLeftOpen(value)), ...inherited];
  });
}

/** The values of each launch override, with the site of its launch. */
function valuesOfLaunchOverrides(
  resource: LaunchResource, name: SettingName, { graph: { sites } }: LaunchAnalysis,
): (readonly [site: LaunchSite, values: readonly EffectiveValue[]])[] {
  const parameters = parametersFor(resource, name);
  return launchOverridesOf(resource, sites).map(({ site, blocks, mayLackBlock }) => {
    const values = blocks.flatMap(block => valuesIn(block, resource, name, parameters));
    return [site, mayLackBlock ? [...values, unset(resource, name)] : values] as const;
  });
}

/** The values of one block. */
function valuesIn(
  { carrier, where, settings }: InspectedBlock, resource: LaunchResource, name: SettingName, parameters: ReadonlyMap<string, string>,
): EffectiveValue[] {
  const { fields, scalar } = carrier.dialect;
  const field = fields[name];
  if (!field) { return []; }
  if (!settings) { return [{ kind: 'unknown', origin: { kind: 'unresolved', path: where } }]; }
  const path = scalar ? where : `${where}.${field.key}`;
  const place = { path, parameter: parameters.get(path) };
  const values = (settings[name] ?? UNSET).map(possible => valueOf(possible, place, field.accepts, unset(resource, name)));
  if (name !== 'tokens' || !isOff(carrier, settings)) { return values; }
  return values.map(value => ({ ...value, offBy: `${where}.${fields.endpoint!.key}` }));
}

function valueOf(possible: PossibleValue, place: ValuePlace, requires: (value: unknown) => boolean, otherwise: EffectiveValue): EffectiveValue {
  switch (possible.kind) {
    case 'set': return { kind: 'set', value: possible.value, requires: requires(possible.value), origin: { kind: 'property', ...place } };
    case 'unset': return otherwise;
    case 'unknown': return { kind: 'unknown', origin: { kind: 'unresolved', ...place, reason: possible.reason } };
  }
}

function unset({ type }: LaunchResource, name: SettingName): EffectiveValue {
  const service = recordOf(type)?.requiredByService;
  if (name === 'tokens' && service && !service.when) { return byService(service); }
  return { kind: 'unset', origin: { kind: 'not written', type, setting: name } };
}

/** The parameters that a setting refers to, by its path. */
function parametersFor(resource: LaunchResource, name: SettingName): ReadonlyMap<string, string> {
  const { carriers = [] } = recordOf(resource.type) ?? {};
  const places = carriers.flatMap(({ path, dialect }) => {
    const field = dialect.fields[name];
    return field ? resource.at([...path, ...dialect.scalar ? [] : [field.key]], true) : [];
  });
  return new Map(places.flatMap(({ value, layer, where }) => {
    const resolved = layer.resolve(value);
    const parameter = intrinsicName(resolved) === 'Ref' ? (resolved as JsonObject).Ref : undefined;
    return typeof parameter === 'string' && resource.stack.parameters(parameter) ? [[where, parameter] as const] : [];
  }));
}

/** The values that a launcher gets from a source; none for a setting that the source cannot have. */
function inheritedValues(launch: Launch, name: SettingName, all: EffectiveValues): readonly EffectiveValue[] {
  const { source, versions, reference } = launch;
  const { carriers = [], launchesFrom } = recordOf(reference.target) ?? {};
  if (source.kind !== 'resource' && !launchesFrom && !carriers.some(({ dialect }) => dialect.fields[name])) { return []; }
  switch (source.kind) {
    case 'outside': return [{ kind: 'unknown', origin: { kind: 'outside', reference, name: source.name } }];
    case 'unknown': return [{ kind: 'unknown', origin: { kind: 'unknown source', reference, reason: source.reason } }];
    case 'resource': {
      const { resource } = source;
      const fixed = versions.filter(version => !followsChanges(version));
      const deployedValue: EffectiveValue = {
        kind: 'unknown', origin: { kind: 'deployed version', reference, template: resource.path, versions: fixed }, fromResource: resource,
      };
      const currentValues = () => all.writtenValues(resource, name).map(value => passedOn(value, launch, resource));
      return [...fixed.length > 0 ? [deployedValue] : [], ...fixed.length < versions.length || versions.length === 0 ? currentValues() : []];
    }
  }
}

/** A value of a source, as its launcher gets it. */
function passedOn(value: EffectiveValue, launch: Launch, source: LaunchResource): EffectiveValue {
  const fromResource = value.fromResource ?? source;
  switch (value.kind) {
    case 'set': case 'unset': return { ...value, fromResource, through: [launch, ...value.through ?? []] };
    default: return value;
  }
}

/** What a service requires by default, if a resource has no source. */
function valuesOfService(resource: LaunchResource, analysis: LaunchAnalysis): EffectiveValue[] {
  const { requiredByService: service, launchesFrom } = recordOf(resource.type) ?? {};
  if (!service?.when || !certainlyHas(service.when, resource)) { return []; }
  const mayLaunch = analysis.graph.launchesOf(resource).length === 0 || launchesFrom!.references.some(({ segments }) => resource.mayLack(segments));
  return mayLaunch ? [byService(service)] : [];
}

function byService({ by }: RequiredByService): EffectiveValue {
  return { kind: 'set', value: 'required', requires: true, origin: { kind: 'service', words: by } };
}

/** The value of tokens for a resource that launches instances without metadata options. */
function valuesOfGaps(resource: LaunchResource): EffectiveValue[] {
  const gaps = recordOf(resource.type)?.gaps ?? [];
  return possibleGaps(gaps, resource).map(gap => {
    const remedy = remedyOf(gap, resource);
    return { kind: 'cannot be set', origin: { kind: 'service', words: remedy === undefined ? gap.governedBy : `${gap.governedBy} (${remedy})` } };
  });
}
