import { isAbsent, mayBeAbsent } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { Place } from '../resources/places';
import { placesAt } from '../resources/places';
import { instancesOf } from '../resources/record-table';
import type { Launch, LaunchGraph } from './launch-graph';
import { sitesOfLaunchOverride } from './launch-override-sites';
import type { LaunchSite, LaunchSites } from './launch-sites';
import { PartialText } from './partial-text';
import type { Target } from './targets';
import type { LaunchResource } from './world';

/** The properties with the instance types of a launcher: in a launch override, or for all launches. */
interface TypePlaces {
  /** Types by their names. */
  readonly named: readonly Place[];
  /** Attributes that types are chosen by. */
  readonly chosen: readonly Place[];
  /** Whether both may be missing, in a branch of a condition. */
  readonly mayLack?: boolean;
}

/** The places of a launcher: those for all launches, and by the site of a launch those of its launch overrides. */
interface PlacesOfLauncher {
  readonly forAll: readonly TypePlaces[];
  readonly bySite: ReadonlyMap<LaunchSite, readonly TypePlaces[]>;
}

/** The types at some places. */
interface Types {
  readonly types: readonly Target[];
  /** Whether each place names one, under all conditions. */
  readonly isComplete: boolean;
}

/** That the app sets no instance type anywhere. */
export const NO_TYPE: Target = { kind: 'unknown', reason: 'the app sets no instance type' };

/** Knows the instance types that something may be launched as: texts such as `m5.large`, or `m5.*` where a family is named. */
export class InstanceTypes {
  private readonly places = new Memo((resource: LaunchResource) => typePlaces(resource, this.graph.sites));

  public constructor(private readonly graph: LaunchGraph) {}

  /** The types of a resource, by the objects of its launches. */
  public of(resource: LaunchResource): readonly Target[] {
    const launches = this.graph.launchersOf(resource);
    if (launches.length > 0) {
      const bySite = new Map(launches.map(launch => [launch.site, launch]));
      return [...bySite.values()].flatMap(launch => this.ofLaunch(launch, resource));
    }
    const own = typesAmong(this.allPlacesOf(resource), resource, this.graph);
    return own.isComplete ? own.types : [...own.types, ...orNone(this.graph.sourcesOf(resource).flatMap(source => this.ownTypesOf(source)))];
  }

  /** The types of one launch: from its launch overrides, else from the launcher, else from the template. */
  private ofLaunch({ launcher, site }: Launch, template: LaunchResource): readonly Target[] {
    const { forAll, bySite } = this.places.of(launcher);
    const { types, isComplete } = typesAmong([...forAll, ...bySite.get(site) ?? []], launcher, this.graph);
    return isComplete ? types : [...types, ...orNone(this.ownTypesOf(template))];
  }

  private ownTypesOf(resource: LaunchResource): readonly Target[] {
    return typesAmong(this.allPlacesOf(resource), resource, this.graph).types;
  }

  private allPlacesOf(resource: LaunchResource): readonly TypePlaces[] {
    const { forAll, bySite } = this.places.of(resource);
    return [...forAll, ...[...bySite.values()].flat()];
  }
}

function typesAmong(places: readonly TypePlaces[], resource: LaunchResource, graph: LaunchGraph): Types {
  const types = places.map(({ named, chosen }) => [
    ...named.flatMap(({ value, layer }) => graph.references.targetsOf(layer.resolve(value), resource.stack)),
    ...chosen.filter(({ value, layer }) => !isAbsent(layer.resolve(value))).map((): Target => byRequirements(resource)),
  ]);
  const isOpen = ({ named, chosen, mayLack }: TypePlaces) =>
    mayLack || [...named, ...chosen].some(({ value, layer }) => mayBeAbsent(layer.resolve(value)));
  return {
    types: types.flat().map(type => instancesOf(resource.type).takesFamilies ? asType(type) : type),
    isComplete: places.length > 0 && types.every(some => some.length > 0) && !places.some(isOpen),
  };
}

function typePlaces(resource: LaunchResource, sites: LaunchSites): PlacesOfLauncher {
  const { instanceTypes, instanceRequirements } = instancesOf(resource.type);
  const forAll: TypePlaces[] = [];
  const bySite = new Map<LaunchSite, TypePlaces[]>();
  for (const path of instanceTypes) {
    const [above, property] = [path.slice(0, -1), path[path.length - 1]];
    if (above[above.length - 1] !== '[]') {
      forAll.push({
        named: resource.at(path, true),
        chosen: instanceRequirements.flatMap(other => resource.at(other, true)),
        mayLack: [path, ...instanceRequirements].every(each => resource.mayLack(each)),
      });
      continue;
    }
    const chosenBy = instanceRequirements.filter(other => other.slice(0, -1).join('.') === above.join('.')).map(other => other[other.length - 1]);
    for (const override of resource.at(above)) {
      for (const site of sitesOfLaunchOverride(resource, override, sites)) {
        const known = bySite.get(site) ?? [];
        known.push(placesIn(override, property, chosenBy));
        bySite.set(site, known);
      }
    }
  }
  return { forAll, bySite };
}

function placesIn(override: Place, property: string, chosenBy: readonly string[]): TypePlaces {
  const inside = (name: string) => placesAt(override.value, [name], override.layer, override.where, true);
  return override.isBarred ? { named: [override], chosen: [] } : { named: inside(property), chosen: chosenBy.flatMap(inside) };
}

function orNone(types: readonly Target[]): readonly Target[] {
  return types.length > 0 ? types : [NO_TYPE];
}

function byRequirements({ path }: LaunchResource): Target {
  return { kind: 'unknown', reason: `InstanceRequirements of '${path}'` };
}

/** A family includes all its sizes. */
function asType(type: Target): Target {
  return type.kind === 'text' && !type.text.words.includes('.') ? { ...type, text: type.text.plus(PartialText.literal('.*')) } : type;
}
