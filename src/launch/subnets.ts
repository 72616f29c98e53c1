import { isAbsent } from '../model/intrinsics';
import { networkRecordOf } from '../resources/record-table';
import type { LaunchGraph } from './launch-graph';
import type { LaunchResource } from './world';

/** Knows which subnets of the app have IPv6. */
export class SubnetsWithIpv6 {
  private associated: ReadonlySet<LaunchResource> | undefined;

  public constructor(private readonly graph: LaunchGraph) {}

  /** Those of a subnet, or of the subnet that a network interface is in, that certainly have no IPv6. */
  public withoutIpv6(place: LaunchResource): readonly LaunchResource[] {
    const around = networkRecordOf(place.type)?.subnet;
    const subnets = around === undefined ? [place] : this.targetsAt(place, around);
    return subnets.filter(subnet => this.lacksIpv6(subnet));
  }

  private lacksIpv6(subnet: LaunchResource): boolean {
    const { ipv6, ipv6Native } = networkRecordOf(subnet.type) ?? {};
    if (!ipv6) { return false; }
    const has = (property: string) => valuesOf(subnet, property).some(value => !isAbsent(value));
    const isNative = ipv6Native !== undefined
      && valuesOf(subnet, ipv6Native).some(value => !isAbsent(value) && value !== false && value !== 'false');
    return !isNative && !ipv6.some(has) && !(this.associated ??= this.associations()).has(subnet);
  }

  /** The subnets whose IPv6 block comes from a separate resource. */
  private associations(): ReadonlySet<LaunchResource> {
    return new Set(this.graph.world.resources.flatMap(resource => {
      const given = networkRecordOf(resource.type)?.givesIpv6To;
      return given === undefined ? [] : this.targetsAt(resource, given);
    }));
  }

  private targetsAt(resource: LaunchResource, property: string): LaunchResource[] {
    return valuesOf(resource, property).flatMap(value => this.graph.references.targetsOf(value, resource.stack))
      .flatMap(target => target.kind === 'resource' ? [target.resource] : []);
  }
}

function valuesOf(resource: LaunchResource, property: string): readonly unknown[] {
  return resource.valuesAt([property]);
}
