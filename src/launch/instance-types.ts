import { isAbsent, mayBeAbsent } from '../model/intrinsics';
import type { Place } from '../resources/paths';
import { placesAt } from '../resources/paths';
import type { Launch, LaunchGraph } from './launch-graph';
import { surroundingsOf } from './surroundings';
import type { Target } from './targets';
import type { LaunchResource } from './world';

/** Where a launcher says which types to launch: in each of its overrides, or for all. */
interface TypePlaces {
  readonly override?: Place;
  /** Types by their names. */
  readonly named: readonly Place[];
  /** Attributes that types are chosen by. */
  readonly chosen: readonly Place[];
}

/** The types at some places. */
interface Types {
  readonly types: readonly Target[];
  /** Whether each place names one, whatever conditions turn out to be. */
  readonly isComplete: boolean;
}

/** The instance types that something may be launched as: texts such as `m5.large`, or `m5.*` where a family is named. */
export function instanceTypesOf(resource: LaunchResource, graph: LaunchGraph): readonly Target[] {
  const launches = graph.launchersOf(resource);
  if (launches.length > 0) { return launches.flatMap(launch => typesOfLaunch(launch, resource, graph)); }
  const own = typesAmong(typePlaces(resource), resource, graph);
  return own.isComplete ? own.types : [...own.types, ...orNone(graph.sourcesOf(resource).flatMap(source => typesOf(source, graph)))];
}

/** The types of one launch: its overrides decide, or else the launcher; what they leave open is left to the template. */
function typesOfLaunch({ launcher, where }: Launch, template: LaunchResource, graph: LaunchGraph): readonly Target[] {
  const places = typePlaces(launcher).filter(({ override }) => !override || isMeant(override, where));
  const { types, isComplete } = typesAmong(places, launcher, graph);
  return isComplete ? types : [...types, ...orNone(typesOf(template, graph))];
}

function typesOf(resource: LaunchResource, graph: LaunchGraph): readonly Target[] {
  return typesAmong(typePlaces(resource), resource, graph).types;
}

function typesAmong(places: readonly TypePlaces[], resource: LaunchResource, graph: LaunchGraph): Types {
  const types = places.map(({ named, chosen }) => [
    ...named.flatMap(({ value, layer }) => graph.references.targetsOf(layer.resolve(value), resource.stack)),
    ...chosen.filter(({ value, layer }) => !isAbsent(layer.resolve(value))).map((): Target => byRequirements(resource)),
  ]);
  const isOpen = ({ named, chosen }: TypePlaces) => [...named, ...chosen].some(({ value, layer }) => mayBeAbsent(layer.resolve(value)));
  return {
    types: types.flat().map(type => surroundingsOf(resource.type).takesFamilies ? asType(type) : type),
    isComplete: places.length > 0 && types.every(some => some.length > 0) && !places.some(isOpen),
  };
}

function typePlaces(resource: LaunchResource): TypePlaces[] {
  const { instanceTypes, instanceRequirements } = surroundingsOf(resource.type);
  return instanceTypes.flatMap((path): TypePlaces[] => {
    const [above, property] = [path.slice(0, -1), path[path.length - 1]];
    if (above[above.length - 1] !== '[]') {
      return [{ named: resource.at(path, true), chosen: instanceRequirements.flatMap(other => resource.at(other, true)) }];
    }
    const inside = ({ value, layer, where }: Place, name: string) => placesAt(value, [name], layer, where, true);
    return resource.at(above).map(override => override.isBarred
      ? { override, named: [override], chosen: [] }
      : { override, named: inside(override, property), chosen: inside(override, 'InstanceRequirements') });
  });
}

/** Whether an override is for a launch: it names the template, or leaves that to what is named beside the overrides. */
function isMeant({ value, layer, where, isBarred }: Place, launch: string): boolean {
  if (launch.startsWith(`${where}.`)) { return true; }
  const isBeside = where.startsWith(launch.slice(0, launch.lastIndexOf('.') + 1));
  return isBeside && (isBarred === true || placesAt(value, ['LaunchTemplateSpecification'], layer, where).length === 0);
}

function orNone(types: readonly Target[]): readonly Target[] {
  return types.length > 0 ? types : [{ kind: 'unknown', reason: 'none is given' }];
}

function byRequirements({ path }: LaunchResource): Target {
  return { kind: 'unknown', reason: `InstanceRequirements of '${path}'` };
}

/** A family stands for all its sizes. */
function asType(type: Target): Target {
  return type.kind === 'text' && !type.text.includes('.') ? { ...type, text: `${type.text}.*` } : type;
}
