import { isAbsent } from '../model/intrinsics';
import type { LaunchGraph } from './launch-graph';
import type { LaunchResource } from './world';

/** What gives a subnet IPv6 addresses. */
const IPV6_PROPERTIES = ['Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'];

/** Knows which subnets of the app have IPv6. */
export class SubnetsWithIpv6 {
  private associated: ReadonlySet<LaunchResource> | undefined;

  public constructor(private readonly graph: LaunchGraph) {}

  /** Whether a resource is a subnet that certainly has no IPv6. */
  public lacksIpv6(subnet: LaunchResource): boolean {
    if (subnet.type !== 'AWS::EC2::Subnet') { return false; }
    const has = (property: string) => valuesOf(subnet, property).some(value => !isAbsent(value));
    const isNative = valuesOf(subnet, 'Ipv6Native').some(value => !isAbsent(value) && value !== false && value !== 'false');
    return !isNative && !IPV6_PROPERTIES.some(has) && !(this.associated ??= this.associations()).has(subnet);
  }

  /** The subnets that get their block from a resource of its own. */
  private associations(): ReadonlySet<LaunchResource> {
    const { world, references } = this.graph;
    return new Set(world.resources.filter(({ type }) => type === 'AWS::EC2::SubnetCidrBlock')
      .flatMap(block => valuesOf(block, 'SubnetId').flatMap(id => references.targetsOf(id, block.stack)))
      .flatMap(target => target.kind === 'resource' ? [target.resource] : []));
  }
}

function valuesOf(resource: LaunchResource, property: string): unknown[] {
  return resource.at([property], true).map(({ value, layer }) => layer.resolve(value));
}
