import { grouped } from '../model/grouped';
import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isObject, ownValue, possibleValues } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { Place } from '../resources/places';
import type { LaunchReference, LaunchesFrom } from '../resources/record';
import { isNamedByLaunchers } from '../resources/record-table';
import type { LaunchSite } from './launch-sites';
import { LaunchSites } from './launch-sites';
import { NamedResources } from './named-resources';
import { References } from './references';
import type { Target } from './targets';
import { reasonFor } from './targets';
import type { Version } from './versions';
import { versionsOf } from './versions';
import type { LaunchResource, LaunchWorld } from './world';

/** The source of a launcher: a resource in the app, something outside, or something known only at deployment. */
export type Source =
  | { readonly kind: 'resource'; readonly resource: LaunchResource }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The launch of a launcher from a source. */
export interface Launch {
  readonly launcher: LaunchResource;
  /** The sources that its type can have. */
  readonly launchesFrom: LaunchesFrom;
  readonly reference: LaunchReference;
  /** The path of the reference below `Properties`, with indices. */
  readonly where: string;
  /** The object with the reference. */
  readonly site: LaunchSite;
  readonly source: Source;
  /** The possible versions of the launch template; empty if it names no template. */
  readonly versions: readonly Version[];
}

/** The possible values of a launch template specification. */
interface Specification {
  readonly ids: readonly Target[];
  readonly names: readonly Target[];
  readonly version: readonly Target[];
  readonly isVersionOptional: boolean;
}

const NO_LAUNCHES: readonly Launch[] = [];
const NOTHING: readonly LaunchResource[] = [];

/** The launchers and their sources, in a construct tree or in templates. Results are cached, so later changes are not visible. */
export class LaunchGraph {
  public readonly references: References;
  /** The objects in which launchers name their sources. */
  public readonly sites = new LaunchSites();
  private readonly byLauncher = new Map<LaunchResource, readonly Launch[]>();
  private bySource: ReadonlyMap<LaunchResource, readonly Launch[]> | undefined;
  private readonly names: NamedResources;
  private readonly bySite = new Memo((launcher: LaunchResource) =>
    grouped(this.launchesOf(launcher).map(launch => [launch.site, launch] as const)));
  private readonly sources = new Memo((launcher: LaunchResource) => sourcesIn(this.launchesOf(launcher)));
  private readonly sourcesBySite = new Memo((launcher: LaunchResource) =>
    new Map([...this.bySite.of(launcher)].map(([site, launches]) => [site, sourcesIn(launches)])));

  public constructor(public readonly world: LaunchWorld) {
    this.references = new References(world);
    this.names = new NamedResources(world, this.references);
  }

  /** The sources of a resource. */
  public launchesOf(launcher: LaunchResource): readonly Launch[] {
    const launchesFrom = launcher.record?.launchesFrom;
    if (!launchesFrom) { return NO_LAUNCHES; }
    let launches = this.byLauncher.get(launcher);
    if (!launches) {
      launches = this.read(launcher, launchesFrom);
      this.byLauncher.set(launcher, launches);
    }
    return launches;
  }

  /** The launchers of a resource. */
  public launchersOf(source: LaunchResource): readonly Launch[] {
    if (!isNamedByLaunchers(source.type)) { return NO_LAUNCHES; }
    const open = (this.bySource ??= this.launchesBySource()).get(source) ?? NO_LAUNCHES;
    const naming = this.world.launchersNaming(source);
    if (naming.length === 0) { return open; }
    const isFromSource = (launch: Launch) => launch.source.kind === 'resource' && launch.source.resource === source;
    const launches = [...naming.flatMap(launcher => this.launchesOf(launcher).filter(isFromSource)), ...open];
    const orderOf = ({ launcher }: Launch) => this.world.orderOf(launcher);
    return launches.length < 2 ? launches : launches.sort((one, other) => orderOf(one) - orderOf(other));
  }

  /** The resources that launch from a resource, each once. */
  public launchingFrom(source: LaunchResource): readonly LaunchResource[] {
    const launchers = this.launchersOf(source);
    return launchers.length === 0 ? NOTHING : [...new Set(launchers.map(({ launcher }) => launcher))];
  }

  /** The resources of the app that a resource launches from, each once. */
  public sourcesOf(launcher: LaunchResource): readonly LaunchResource[] {
    return this.launchesOf(launcher).length === 0 ? NOTHING : this.sources.of(launcher);
  }

  /** The launches of a resource, by the objects that name their sources. */
  public launchesBySite(launcher: LaunchResource): ReadonlyMap<LaunchSite, readonly Launch[]> {
    return this.bySite.of(launcher);
  }

  /** The resources of the app that a resource launches from in one of these objects, each once. */
  public sourcesAt(launcher: LaunchResource, site: LaunchSite | undefined): readonly LaunchResource[] {
    return site === undefined ? NOTHING : this.sourcesBySite.of(launcher).get(site) ?? NOTHING;
  }

  private launchesBySource(): Map<LaunchResource, readonly Launch[]> {
    const launches = this.world.openLaunchers.flatMap(resource => this.launchesOf(resource));
    return grouped(launches.flatMap(launch => launch.source.kind === 'resource' ? [[launch.source.resource, launch] as const] : []));
  }

  private read(launcher: LaunchResource, launchesFrom: LaunchesFrom): readonly Launch[] {
    let launches = NO_LAUNCHES;
    const { references } = launchesFrom;
    for (let index = 0; index < references.length; index++) {
      const reference = references[index];
      const places = launcher.at(reference.segments, !reference.keys);
      if (places.length === 0) { continue; }
      const plain = places.length === 1 ? this.plainLaunch(places[0], launcher, launchesFrom, reference) : undefined;
      const found = plain ? [plain] : distinctLaunches(this.launchesIn(places, launcher, launchesFrom, reference));
      launches = launches.length === 0 ? found : [...launches, ...found];
    }
    return launches;
  }

  /** The short way, which most go: a specification that refers to a template of the app by its id, and to a version. `undefined` where it is not so. */
  private plainLaunch(
    { value, layer, where, isBarred }: Place, launcher: LaunchResource, launchesFrom: LaunchesFrom, reference: LaunchReference,
  ): Launch | undefined {
    const { keys, target } = reference;
    const { stack } = launcher;
    if (!keys || isBarred || !stack.referredIn || !isObject(value) || intrinsicName(value)) { return undefined; }
    const isNamed = keys.name !== undefined && ownValue(value, layer.name(keys.name)) !== undefined;
    const id = isNamed ? undefined : stack.referredIn(ownValue(value, layer.name(keys.id)));
    const version = id && stack.referredIn(ownValue(value, layer.name(keys.version)));
    if (!version || id.resource.type !== target) { return undefined; }
    const { resource } = id;
    return {
      launcher,
      launchesFrom,
      reference,
      where,
      source: { kind: 'resource', resource },
      site: this.sites.holding(launcher, where),
      versions: versionsOf([version], resource),
    };
  }

  private launchesIn(places: readonly Place[], launcher: LaunchResource, launchesFrom: LaunchesFrom, reference: LaunchReference): Launch[] {
    return places.flatMap(place => {
      const { ids, names, version, isVersionOptional } = this.specification(launcher, reference, place);
      const named = distinct([
        ...ids.map(target => sourceOf(target, reference.target, [])),
        ...names.map(target => sourceOf(target, reference.target, this.resourcesNamed(target, reference.target, launcher))),
      ]);
      const isSettled = ids.some(({ kind }) => kind === 'text') || named.some(({ kind }) => kind === 'resource');
      const sources = isSettled ? named : orTellingVersion(named, version, reference);
      return sources.map(source => ({
        launcher,
        launchesFrom,
        reference,
        where: place.where,
        source,
        site: this.sites.holding(launcher, place.where),
        versions: reference.keys ? versionsOf(version, source.kind === 'resource' ? source.resource : undefined, isVersionOptional) : [],
      }));
    });
  }

  /** The sources of a place, by id or by name, and their version. Conditions may leave one of them out. */
  private specification({ stack }: LaunchResource, { keys }: LaunchReference, { value, layer, isBarred }: Place): Specification {
    const isReadable = !isBarred && (!keys || isObject(value) && !intrinsicName(value));
    if (!isReadable) { return unreadable(layer.resolve(value)); }
    if (!keys) { return { ids: [], names: this.references.targetsOf(layer.resolve(value), stack), version: [], isVersionOptional: false }; }
    const written = (key: string | undefined) => key === undefined ? undefined : ownValue(value as JsonObject, layer.name(key));
    const targets = (part: unknown) => {
      if (part === undefined) { return []; }
      const referred = stack.referredIn?.(part);
      return referred ? [referred] : this.references.targetsOf(layer.resolve(part), stack);
    };
    const version = written(keys.version);
    const isReference = version !== undefined && stack.referredIn?.(version) !== undefined;
    return {
      ids: targets(written(keys.id)),
      names: targets(written(keys.name)),
      version: targets(version),
      isVersionOptional: !isReference
        && possibleValues(version === undefined ? undefined : layer.resolve(version), stack.parameters).some(({ kind }) => kind === 'unset'),
    };
  }

  private resourcesNamed(target: Target, type: string, { stack }: LaunchResource): readonly LaunchResource[] {
    return target.kind === 'text' ? this.names.named(target.text, type, stack) : [];
  }
}

/** The source for an id or a name; `named` are the resources with that name. */
function sourceOf(target: Target, type: string, named: readonly LaunchResource[]): Source {
  if (target.kind === 'unknown') { return target; }
  if (target.kind === 'resource') {
    return target.resource.type === type
      ? { kind: 'resource', resource: target.resource }
      : { kind: 'unknown', reason: `${target.attribute} of ${target.resource.path}` };
  }
  const candidates = named.length > 0 ? named : target.mentions.filter(resource => resource.type === type);
  switch (candidates.length) {
    case 0: return { kind: 'outside', name: target.text.words };
    case 1: return { kind: 'resource', resource: candidates[0] };
    default: return { kind: 'unknown', reason: `${candidates.length} resources are named '${target.text.words}'` };
  }
}

/** A version that is an attribute of a template identifies the template, if the id or the name does not. */
function orTellingVersion(named: readonly Source[], version: readonly Target[], { target: type }: LaunchReference): readonly Source[] {
  const templates = version.flatMap(target => target.kind === 'resource' && target.resource.type === type ? [target.resource] : []);
  return templates.length > 0 ? distinct(templates.map(resource => ({ kind: 'resource', resource }))) : named;
}

/** A value instead of a specification: an intrinsic may resolve to one, so it is unknown, and any other value names nothing. */
function unreadable(value: unknown): Specification {
  if (!intrinsicName(value)) { return { ids: [], names: [], version: [], isVersionOptional: false }; }
  const nobodyKnows: readonly Target[] = [{ kind: 'unknown', reason: reasonFor(value) }];
  return { ids: [], names: nobodyKnows, version: nobodyKnows, isVersionOptional: false };
}

/** The resources that launches are from, each once. */
function sourcesIn(launches: readonly Launch[]): readonly LaunchResource[] {
  return [...new Set(launches.flatMap(({ source }) => source.kind === 'resource' ? [source.resource] : []))];
}

/** Distinct launches, because branches of a condition can be equal. */
function distinctLaunches(launches: readonly Launch[]): readonly Launch[] {
  if (launches.length < 2) { return launches; }
  const known = new Map<LaunchResource | string, Set<string>>();
  return launches.filter(({ source, where, versions }) => {
    const visits = known.get(keyOf(source)) ?? new Set();
    const { size } = visits;
    known.set(keyOf(source), visits.add(JSON.stringify([where, versions])));
    return visits.size > size;
  });
}

function distinct(sources: readonly Source[]): readonly Source[] {
  return sources.length < 2 ? sources : [...new Map(sources.map(source => [keyOf(source), source])).values()];
}

function keyOf(source: Source): LaunchResource | string {
  return source.kind === 'resource' ? source.resource : `${source.kind} ${source.kind === 'outside' ? source.name : source.reason}`;
}
