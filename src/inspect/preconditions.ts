import type { ContainerHosts } from '../launch/container-hosts';
import type { Launch, LaunchGraph } from '../launch/launch-graph';
import { SubnetsWithIpv6 } from '../launch/subnets';
import { surroundingsOf } from '../launch/surroundings';
import { tagKeysOf } from '../launch/tag-keys';
import type { Target } from '../launch/targets';
import type { LaunchResource } from '../launch/world';
import { isAbsent, isObject, ownValue } from '../model/intrinsics';
import { virtualizationOf } from '../policy/instance-types';
import { isTagKeyInMetadata } from '../policy/tag-keys';
import type { Place } from '../resources/paths';
import { placesAt } from '../resources/paths';
import { mayBeAbsent } from './blocks';

/** Something that speaks against a setting. */
export interface Obstacle {
  readonly words: string;
  /** Whether it certainly breaks the launch; otherwise nobody can tell before deployment. */
  readonly isCertain: boolean;
}

/** What has to hold before a setting may be written, so that no launch breaks by it. */
export class Preconditions {
  private readonly subnets: SubnetsWithIpv6;

  public constructor(private readonly graph: LaunchGraph, private readonly hosts: ContainerHosts) {
    this.subnets = new SubnetsWithIpv6(graph);
  }

  /** What speaks against the IPv6 endpoint: an instance type that is not Nitro, a subnet without IPv6. */
  public againstIpv6(resource: LaunchResource): Obstacle[] {
    return distinct([...this.instanceTypesOf(resource).flatMap(typeObstacle), ...this.subnetObstacles(resource)]);
  }

  /** What speaks against tags in the metadata: a tag key that EC2 does not allow there. */
  public againstTags(resource: LaunchResource): Obstacle[] {
    return distinct(this.related(resource).flatMap(related => tagKeysOf(related, this.graph.references)).flatMap((key): Obstacle[] => {
      if (key.kind !== 'text') { return [{ words: `a tag key is known at deploy time only (${reasonOf(key)})`, isCertain: false }]; }
      return isTagKeyInMetadata(key.text) ? [] : [{ words: `the tag key '${key.text}' is not allowed in the metadata`, isCertain: true }];
    }));
  }

  /** What speaks against turning the metadata service off: something that works through it only. */
  public againstDisabling(resource: LaunchResource): Obstacle[] {
    const { isContainerHost, reasons } = this.hosts.verdictOn(resource);
    const hosts = isContainerHost ? [{ words: `containers run on it (${reasons.join('; ')})`, isCertain: true }] : [];
    return distinct([...this.related(resource).flatMap(related => needsOf(related)), ...hosts]);
  }

  /** The types that instances may have, launch by launch. */
  private instanceTypesOf(resource: LaunchResource): readonly Target[] {
    const launches = this.graph.launchersOf(resource);
    if (launches.length > 0) { return launches.flatMap(launch => this.typesIn(launch, resource)); }
    const own = this.typesAmong(typePlaces(resource), resource);
    return own.isComplete ? own.types : [...own.types, ...orNone(this.sourcesOf(resource).flatMap(source => this.typesOf(source)))];
  }

  /** The types of one launch: its overrides decide, or else the launcher; what they leave open is left to the template. */
  private typesIn({ launcher, where }: Launch, source: LaunchResource): readonly Target[] {
    const { types, isComplete } = this.typesAmong(typePlaces(launcher).filter(({ override }) => !override || isMeant(override, where)), launcher);
    return isComplete ? types : [...types, ...orNone(this.typesOf(source))];
  }

  private typesOf(resource: LaunchResource): readonly Target[] {
    return this.typesAmong(typePlaces(resource), resource).types;
  }

  /** The types at some places; complete where each of them names one, whatever conditions turn out to be. */
  private typesAmong(places: readonly TypePlaces[], { stack, path }: LaunchResource): { types: readonly Target[]; isComplete: boolean } {
    const values = places.map(({ named, chosen }) => [
      ...named.map(({ value, layer }) => layer.resolve(value)),
      ...chosen.filter(({ value, layer }) => !isAbsent(layer.resolve(value))).map(() => BY_REQUIREMENTS),
    ]);
    return {
      types: values.flat().flatMap(value => value === BY_REQUIREMENTS
        ? [{ kind: 'unknown' as const, reason: `InstanceRequirements of '${path}'` }]
        : this.graph.references.targetsOf(value, stack)),
      isComplete: values.length > 0 && values.every(some => some.length > 0 && !some.some(mayBeAbsent)),
    };
  }

  private subnetObstacles(resource: LaunchResource): Obstacle[] {
    const targets = this.related(resource).flatMap(related => surroundingsOf(related.type).subnets.flatMap(path => this.targetsAt(related, path)));
    return targets.flatMap(target => target.kind === 'resource' && this.subnets.lacksIpv6(target.resource)
      ? [{ words: `the subnet '${target.resource.path}' has no IPv6`, isCertain: true }]
      : []);
  }

  private targetsAt(resource: LaunchResource, path: readonly string[]): readonly Target[] {
    return resource.at(path, true).flatMap(({ value, layer }) => this.graph.references.targetsOf(layer.resolve(value), resource.stack));
  }

  /** A resource, who launches from it, and what it launches from. */
  private related(resource: LaunchResource): readonly LaunchResource[] {
    return [resource, ...this.launchersOf(resource), ...this.sourcesOf(resource)];
  }

  private launchersOf(resource: LaunchResource): readonly LaunchResource[] {
    return [...new Set(this.graph.launchersOf(resource).map(({ launcher }) => launcher))];
  }

  private sourcesOf(resource: LaunchResource): readonly LaunchResource[] {
    return [...new Set(this.graph.launchesOf(resource).flatMap(({ source }) => source.kind === 'resource' ? [source.resource] : []))];
  }
}

/** Where a launcher says which types to launch: in each of its overrides, or for all. */
interface TypePlaces {
  readonly override?: Place;
  /** Types by their names. */
  readonly named: readonly Place[];
  /** Attributes that types are chosen by. */
  readonly chosen: readonly Place[];
}

const BY_REQUIREMENTS = Symbol('InstanceRequirements');

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

function typeObstacle(type: Target): Obstacle[] {
  if (type.kind !== 'text') { return [{ words: `the instance type is known at deploy time only (${reasonOf(type)})`, isCertain: false }]; }
  // Batch takes families, too.
  switch (virtualizationOf(type.text.includes('.') ? type.text : `${type.text}.large`)) {
    case 'nitro': return [];
    case 'xen': return [{ words: `'${type.text}' is no Nitro instance type`, isCertain: true }];
    case 'unknown': return [{ words: `'${type.text}' is not among the instance types that are known to be Nitro`, isCertain: false }];
  }
}

function needsOf(resource: LaunchResource): Obstacle[] {
  const { userData, access } = surroundingsOf(resource.type);
  const has = (path: readonly string[]) => resource.at(path, true).some(({ value, layer }) => !isAbsent(layer.resolve(value)));
  const metadata = resource.metadata();
  const hasInit = isObject(metadata) && ownValue(metadata, 'AWS::CloudFormation::Init') !== undefined;
  const needs = [...[...userData, ...access].filter(has).map(path => path.join('.').replace(/\.\[\]/g, '[]')), ...hasInit ? ['AWS::CloudFormation::Init'] : []];
  return needs.map(need => ({ words: `'${resource.path}' has ${need}`, isCertain: true }));
}

function reasonOf(target: Exclude<Target, { kind: 'text' }>): string {
  return target.kind === 'unknown' ? target.reason : `${target.attribute} of ${target.resource.path}`;
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  return obstacles.filter(({ words }, index) => obstacles.findIndex(other => other.words === words) === index);
}
