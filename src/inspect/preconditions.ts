import type { ContainerHosts } from '../launch/container-hosts';
import { InstanceTypes, NO_TYPE } from '../launch/instance-types';
import type { LaunchGraph } from '../launch/launch-graph';
import { SubnetsWithIpv6 } from '../launch/subnets';
import { tagKeysOf } from '../launch/tag-keys';
import type { Target } from '../launch/targets';
import type { LaunchResource } from '../launch/world';
import { isAbsent, isObject } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { SettingName } from '../model/settings';
import { isTagKeyInMetadata, mayBeInTagKey } from '../policy/metadata-tag-keys';
import type { RuleId } from '../policy/rules';
import { virtualizationOf } from '../policy/virtualization';
import { instancesOf } from '../resources/record-table';
import type { Cause } from './cause';

/** Something that speaks against a setting. */
export interface Obstacle {
  readonly cause: Cause;
  /** Whether it certainly breaks the launch. If not, this is only known at deployment. */
  readonly isCertain: boolean;
}

/** A setting that breaks a launch, or what runs there, where something speaks against it. */
export interface ConditionalSetting {
  readonly name: SettingName;
  /** The value that has preconditions. */
  readonly value: boolean;
  readonly rule: RuleId;
  /** Whether a value of the user is reported, too, because it always fails the launch. */
  readonly failsLaunch: boolean;
  against(preconditions: Preconditions, resource: LaunchResource): Obstacle[];
}

/** The settings that have preconditions. */
export const CONDITIONAL_SETTINGS: readonly ConditionalSetting[] = [
  { name: 'ipv6', value: true, rule: 'Imdsv2::Ipv6NotSupported', failsLaunch: true, against: (all, resource) => all.againstIpv6(resource) },
  { name: 'tags', value: true, rule: 'Imdsv2::TagKeyNotAllowed', failsLaunch: true, against: (all, resource) => all.againstTags(resource) },
  { name: 'endpoint', value: false, rule: 'Imdsv2::EndpointNeeded', failsLaunch: false, against: (all, resource) => all.againstDisabling(resource) },
];

/** The conditions under which a setting breaks no launch. */
export class Preconditions {
  private readonly instanceTypes: InstanceTypes;
  private readonly subnets: SubnetsWithIpv6;
  /** The causes in a resource itself. They are cached, because templates and launchers can share others. */
  private readonly ofSubnets = new Memo((resource: LaunchResource) => this.subnetObstacles(resource));
  private readonly ofTags = new Memo((resource: LaunchResource) => this.tagObstacles(resource));
  private readonly ofNeeds = new Memo(needsOf);

  public constructor(private readonly graph: LaunchGraph, private readonly hosts: ContainerHosts) {
    this.instanceTypes = new InstanceTypes(graph);
    this.subnets = new SubnetsWithIpv6(graph);
  }

  /** Causes against the IPv6 endpoint: an instance type that is not Nitro, a subnet without IPv6. */
  public againstIpv6(resource: LaunchResource): Obstacle[] {
    const subnets = this.related(resource).flatMap(related => this.ofSubnets.of(related));
    return distinct([...this.instanceTypes.of(resource).flatMap(typeObstacle), ...subnets]);
  }

  /** Causes against tags in the metadata: a tag key that EC2 does not allow there. */
  public againstTags(resource: LaunchResource): Obstacle[] {
    return distinct(this.related(resource).flatMap(related => this.ofTags.of(related)));
  }

  /** Causes against disabling the metadata service: properties that only work through it. */
  public againstDisabling(resource: LaunchResource): Obstacle[] {
    const { isContainerHost, evidence } = this.hosts.verdictOn(resource);
    const hosts = isContainerHost ? [certain({ kind: 'containers', evidence })] : [];
    return distinct([...this.related(resource).flatMap(related => this.ofNeeds.of(related)), ...hosts]);
  }

  private subnetObstacles(resource: LaunchResource): Obstacle[] {
    const targets = instancesOf(resource.type).subnets.flatMap(path => this.targetsAt(resource, path));
    const subnets = targets.flatMap(target => target.kind === 'resource' ? this.subnets.withoutIpv6(target.resource) : []);
    return distinct(subnets.map(({ path }) => certain({ kind: 'subnet', resource: path })));
  }

  private tagObstacles(resource: LaunchResource): Obstacle[] {
    return distinct(tagKeysOf(resource, this.graph.references).flatMap(key => tagObstacle(key, resource.path)));
  }

  private targetsAt(resource: LaunchResource, path: readonly string[]): readonly Target[] {
    return resource.valuesAt(path).flatMap(value => this.graph.references.targetsOf(value, resource.stack));
  }

  /** A resource, who launches from it, and what it launches from. */
  private related(resource: LaunchResource): readonly LaunchResource[] {
    return [resource, ...this.graph.launchingFrom(resource), ...this.graph.sourcesOf(resource)];
  }
}

/** A known part of a tag key that is not allowed is enough, even if the rest is unknown. */
function tagObstacle(key: Target, resource: string): Obstacle[] {
  const text = key.kind === 'text' ? key.text : key.kind === 'unknown' ? key.partly : undefined;
  const known = text?.known;
  if (known === undefined && (text?.knownParts ?? []).every(mayBeInTagKey)) {
    return [uncertain({ kind: 'unknown tag key', reason: reasonOf(key), resource })];
  }
  return isTagKeyInMetadata(known) ? [] : [certain({ kind: 'tag key', key: text!.words, resource })];
}

function typeObstacle(type: Target): Obstacle[] {
  if (type === NO_TYPE) { return [uncertain({ kind: 'no instance type' })]; }
  if (type.kind !== 'text') { return [uncertain({ kind: 'unknown instance type', reason: reasonOf(type) })]; }
  switch (virtualizationOf(type.text.words)) {
    case 'nitro': return [];
    case 'xen': return [certain({ kind: 'instance type', type: type.text.words, virtualization: 'xen' })];
    case 'unknown': return [uncertain({ kind: 'instance type', type: type.text.words, virtualization: 'unknown' })];
  }
}

function needsOf(resource: LaunchResource): Obstacle[] {
  const { userData, access } = instancesOf(resource.type);
  const has = (path: readonly string[]) => resource.valuesAt(path).some(value => !isEmpty(value));
  const hasInit = resource.init() !== undefined;
  const needs = [...[...userData, ...access].filter(has).map(path => path.join('.').replace(/\.\[\]/g, '[]')), ...hasInit ? ['AWS::CloudFormation::Init'] : []];
  return needs.map(property => certain({ kind: 'need', property, resource: resource.path }));
}

/** Whether a value is left out, or says nothing. */
function isEmpty(value: unknown): boolean {
  return isAbsent(value) || value === '' || (isObject(value) && Object.keys(value).length === 0);
}

/** Why the value of a target is unknown. */
function reasonOf(target: Target): string {
  switch (target.kind) {
    case 'unknown': return target.reason;
    case 'text': return target.text.words;
    case 'resource': return `${target.attribute} of ${target.resource.path}`;
  }
}

function certain(cause: Cause): Obstacle {
  return { cause, isCertain: true };
}

function uncertain(cause: Cause): Obstacle {
  return { cause, isCertain: false };
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  return [...new Map(obstacles.map(obstacle => [JSON.stringify(obstacle.cause), obstacle])).values()];
}
