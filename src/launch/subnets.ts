import { isAbsent } from '../model/intrinsics';
import type { LaunchGraph } from './launch-graph';
import type { LaunchResource } from './world';

const SUBNET = 'AWS::EC2::Subnet';
const NETWORK_INTERFACE = 'AWS::EC2::NetworkInterface';

/** What gives a subnet IPv6 addresses. */
const IPV6_PROPERTIES = ['Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'];

/** Knows which subnets of the app have IPv6. */
export class SubnetsWithIpv6 {
  private associated: ReadonlySet<LaunchResource> | undefined;

  public constructor(private readonly graph: LaunchGraph) {}

  /** Those of a subnet, or of the subnet that a network interface is in, that certainly have no IPv6. */
  public withoutIpv6(place: LaunchResource): readonly LaunchResource[] {
    const subnets = place.type === NETWORK_INTERFACE ? this.targetsAt(place, 'SubnetId') : [place];
    return subnets.filter(subnet => subnet.type === SUBNET && this.lacksIpv6(subnet));
  }

  private lacksIpv6(subnet: LaunchResource): boolean {
    const has = (property: string) => valuesOf(subnet, property).some(value => !isAbsent(value));
    const isNative = valuesOf(subnet, 'Ipv6Native').some(value => !isAbsent(value) && value !== false && value !== 'false');
    return !isNative && !IPV6_PROPERTIES.some(has) && !(this.associated ??= this.associations()).has(subnet);
  }

  /** The subnets that get their block from a resource of its own. */
  private associations(): ReadonlySet<LaunchResource> {
    const blocks = this.graph.world.resources.filter(({ type }) => type === 'AWS::EC2::SubnetCidrBlock');
    return new Set(blocks.flatMap(block => this.targetsAt(block, 'SubnetId')));
  }

  private targetsAt(resource: LaunchResource, property: string): LaunchResource[] {
    return valuesOf(resource, property).flatMap(value => this.graph.references.targetsOf(value, resource.stack))
      .flatMap(target => target.kind === 'resource' ? [target.resource] : []);
  }
}

function valuesOf(resource: LaunchResource, property: string): readonly unknown[] {
  return resource.valuesAt([property]);
}
