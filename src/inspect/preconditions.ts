import type { ContainerHosts } from '../launch/container-hosts';
import type { LaunchGraph } from '../launch/launch-graph';
import type { Target } from '../launch/references';
import { SubnetsWithIpv6 } from '../launch/subnets';
import { surroundingsOf } from '../launch/surroundings';
import { tagKeysOf } from '../launch/tag-keys';
import type { LaunchResource } from '../launch/world';
import { isAbsent, isObject, ownValue } from '../model/intrinsics';
import { virtualizationOf } from '../policy/instance-types';
import { isTagKeyInMetadata } from '../policy/tag-keys';

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
    return distinct([...this.launchesWith(resource).flatMap(related => this.typeObstacles(related)), ...this.subnetObstacles(resource)]);
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

  /** The types that the instances may have, per launcher: its own, else those of the template. */
  private launchesWith(resource: LaunchResource): readonly (readonly LaunchResource[])[] {
    const launchers = this.launchersOf(resource);
    if (launchers.length > 0) { return launchers.map(launcher => [launcher, resource]); }
    const sources = this.sourcesOf(resource);
    return sources.length > 0 ? sources.map(source => [resource, source]) : [[resource]];
  }

  private typeObstacles(inOrder: readonly LaunchResource[]): Obstacle[] {
    for (const resource of inOrder) {
      const { instanceTypes, instanceRequirements } = surroundingsOf(resource.type);
      const isByAttributes = instanceRequirements.some(path => resource.at(path, true).some(({ value, layer }) => !isAbsent(layer.resolve(value))));
      if (isByAttributes) { return [{ words: `instance types are chosen by InstanceRequirements of '${resource.path}'`, isCertain: false }]; }
      const types = instanceTypes.flatMap(path => this.targetsAt(resource, path));
      if (types.length > 0) { return types.flatMap(typeObstacle); }
    }
    return [{ words: 'no instance type is given', isCertain: false }];
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
