import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, NestedStack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnSubnet, Instance, InstanceType, IpProtocol, LaunchTemplate, MachineImage, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2 } from '../../src';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedStack, enforcedTemplate, findingsIn, textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read } from '../harness/synthesized';

const NOT_SUPPORTED = 'Imdsv2::Ipv6NotSupported';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const IPV6 = { httpProtocolIpv6: true };
const NITRO = { InstanceType: 'm5.large' };

const spec = (name = 'Template') => ({ LaunchTemplateId: { Ref: name }, Version: '$Latest' });
const instance = (more: Json): Written => ({ Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...more } });
const template = (data: Json): Written => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1', ...data } } });
const group = (more: Json): Written => ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', ...more } });
const mixed = (...Overrides: Json[]) => group({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: spec(), Overrides } } });
const fleet = (...LaunchTemplateConfigs: Json[]): Written => ({
  Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs, TargetCapacitySpecification: { TotalTargetCapacity: 1 } },
});
const spotFleet = (...LaunchTemplateConfigs: Json[]): Written => ({
  Type: 'AWS::EC2::SpotFleet', Properties: { SpotFleetRequestConfigData: { IamFleetRole: 'role', TargetCapacity: 1, LaunchTemplateConfigs } },
});
const nodes = (more: Json): Written =>
  ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'web', NodeRole: 'role', Subnets: ['subnet-1'], LaunchTemplate: { Id: { Ref: 'Template' } }, ...more } });
const batch = (...InstanceTypes: unknown[]): Written => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ComputeResources: { Type: 'EC2', MaxvCpus: 1, Subnets: ['subnet-1'], InstanceTypes, LaunchTemplate: spec() } },
});
const subnet = (more: Json = {}): Written => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...more } });
const REQUIREMENTS = { InstanceRequirements: { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 1 } } };

const PARAMETERS = {
  Nitro: { Type: 'String', AllowedValues: ['m5.large', 't3.micro'] },
  Either: { Type: 'String', AllowedValues: ['m5.large', 't2.micro'] },
  Defaulted: { Type: 'String', Default: 'm5.large' },
  Open: { Type: 'String' },
};
const Mappings = { Types: { Production: { web: 'm5.large' } } };

type Case = readonly [name: string, resources: WrittenTemplate['Resources']];

/** Cases in which the IPv6 endpoint is enabled in the options of `Host` or `Template`. */
const WRITTEN: readonly Case[] = [
  ['a Nitro type', { Host: instance(NITRO) }],
  ['a bare metal type of a Xen family', { Host: instance({ InstanceType: 'i3.metal' }) }],
  ['a parameter that allows Nitro types only', { Host: instance({ InstanceType: { Ref: 'Nitro' } }) }],
  ['a condition between Nitro types', { Host: instance({ InstanceType: when('IsProduction', 'm5.large', 't4g.nano') }) }],
  ['a type that is put together', { Host: instance({ InstanceType: { 'Fn::Join': ['.', ['m5', 'large']] } }) }],
  ['a template with a Nitro type', { Template: template(NITRO) }],
  ['a template whose launcher has the type', { Template: template({}), Other: instance({ ...NITRO, LaunchTemplate: spec() }) }],
  ['a template whose launcher has another type', { Template: template({ InstanceType: 't2.micro' }), Other: instance({ ...NITRO, LaunchTemplate: spec() }) }],
  ['a mixed group with Nitro types', { Template: template({ InstanceType: 't2.micro' }), Group: mixed({ InstanceType: 'm5.large' }, { InstanceType: 'c5.large' }) }],
  ['a mixed group with another template for a Xen type', {
    Template: template({}), Old: template({}), Group: mixed(NITRO, { InstanceType: 't2.micro', LaunchTemplateSpecification: spec('Old') }),
  }],
  ['a fleet with Nitro types', { Template: template({}), Fleet: fleet({ LaunchTemplateSpecification: spec(), Overrides: [NITRO] }) }],
  ['a fleet with another template for a Xen type', {
    Template: template({}),
    Old: template({}),
    Fleet: fleet({ LaunchTemplateSpecification: spec(), Overrides: [NITRO] }, { LaunchTemplateSpecification: spec('Old'), Overrides: [{ InstanceType: 't2.micro' }] }),
  }],
  ['a Spot fleet with Nitro types', { Template: template({}), Fleet: spotFleet({ LaunchTemplateSpecification: spec(), Overrides: [NITRO] }) }],
  ['a node group with Nitro types', { Template: template({}), Nodes: nodes({ InstanceTypes: ['m5.large', 'c5.large'] }) }],
  ['a node group that leaves the type to its template', { Template: template(NITRO), Nodes: nodes({}) }],
  ['a Batch environment with Nitro types and families', { Template: template({}), Batch: batch('m5', 'c5.large') }],
  ['a subnet with IPv6', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet({ Ipv6CidrBlock: '2001:db8::/64' }) }],
  ['a subnet with IPv6 of a pool', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet({ Ipv6IpamPoolId: 'ipam-pool-1', Ipv6NetmaskLength: 64 }) }],
  ['a subnet with IPv6 only', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet({ Ipv6Native: true }) }],
  ['a subnet that may have IPv6', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet({ Ipv6CidrBlock: when('IsProduction', '2001:db8::/64', NO_VALUE) }) }],
  ['a subnet that gets its block later', {
    Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }),
    Subnet: subnet(),
    Block: { Type: 'AWS::EC2::SubnetCidrBlock', Properties: { SubnetId: { Ref: 'Subnet' }, Ipv6CidrBlock: '2001:db8::/64' } },
  }],
  ['a subnet outside the app', { Host: instance({ ...NITRO, SubnetId: 'subnet-1' }) }],
  ['a subnet by a parameter', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Open' } }) }],
  ['a group in subnets outside the app', { Template: template(NITRO), Group: group({ LaunchTemplate: spec(), VPCZoneIdentifier: ['subnet-1', { 'Fn::ImportValue': 'subnet' }] }) }],
  ['a WorkSpace with a Nitro type', { Host: { Type: 'AWS::WorkspacesInstances::WorkspaceInstance', Properties: { ManagedInstance: { ...NITRO, ImageId: 'ami-1' } } } }],
];

/** Cases in which it is not enabled, with the words for the reason. */
const REFUSED: readonly (readonly [...Case, words: string])[] = [
  ['a Xen type', { Host: instance({ InstanceType: 't2.micro' }) }, "'t2.micro' is not a Nitro instance type"],
  ['an unknown family', { Host: instance({ InstanceType: 'zz9.large' }) }, "'zz9.large' is not a known Nitro instance type"],
  ['no type', { Host: instance({}) }, 'the app sets no instance type'],
  ['a type that is left out', { Host: instance({ InstanceType: NO_VALUE }) }, 'the app sets no instance type'],
  ['a condition with a Xen type', { Host: instance({ InstanceType: when('IsProduction', 'm5.large', 't2.micro') }) }, "'t2.micro' is not a Nitro instance type"],
  ['a condition that may leave it out', { Host: instance({ InstanceType: when('IsProduction', 'm5.large', NO_VALUE) }) }, 'the app sets no instance type'],
  ['a condition that can remove the data of the template', {
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: when('IsProduction', NITRO, { ImageId: 'ami-1' }) } },
  }, 'the app sets no instance type'],
  ['a parameter that allows a Xen type', { Host: instance({ InstanceType: { Ref: 'Either' } }) }, "'t2.micro' is not a Nitro instance type"],
  ['a parameter with a default', { Host: instance({ InstanceType: { Ref: 'Defaulted' } }) }, 'the instance type is only known at deployment (Ref'],
  ['a parameter without one', { Host: instance({ InstanceType: { Ref: 'Open' } }) }, 'the instance type is only known at deployment (Ref'],
  ['a mapping', { Host: instance({ InstanceType: { 'Fn::FindInMap': ['Types', 'Production', 'web'] } }) }, 'the instance type is only known at deployment (Fn::FindInMap)'],
  ['a template with InstanceRequirements', { Template: template(REQUIREMENTS) }, 'InstanceRequirements of'],
  ['a mixed group with InstanceRequirements', { Template: template(NITRO), Group: mixed(REQUIREMENTS) }, 'InstanceRequirements of'],
  ['a mixed group with InstanceRequirements and a Xen type', { Template: template(NITRO), Group: mixed(REQUIREMENTS, { InstanceType: 't2.micro' }) }, "'t2.micro'"],
  ['a mixed group with a Xen type', { Template: template(NITRO), Group: mixed(NITRO, { InstanceType: 't2.micro' }) }, "'t2.micro'"],
  ['a mixed group with an override that leaves it to the template', { Template: template({ InstanceType: 't2.micro' }), Group: mixed(NITRO, { WeightedCapacity: '2' }) }, "'t2.micro'"],
  ['a template of an override that names no type', {
    Main: template(NITRO),
    Template: template({ InstanceType: 't2.micro' }),
    Group: group({
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: spec('Main'), Overrides: [NITRO, { LaunchTemplateSpecification: spec() }],
        },
      },
    }),
  }, "'t2.micro'"],
  ['an override that a condition leaves to the template of all', {
    Template: template({}),
    Old: template({}),
    Group: mixed(NITRO, { InstanceType: 'm4.large', LaunchTemplateSpecification: when('IsProduction', spec('Old'), NO_VALUE) }),
  }, "'m4.large'"],
  ['a template of another part of a fleet', {
    Main: template(NITRO),
    Template: template({ InstanceType: 't2.micro' }),
    Fleet: fleet({ LaunchTemplateSpecification: spec('Main'), Overrides: [NITRO] }, { LaunchTemplateSpecification: spec() }),
  }, "'t2.micro'"],
  ['a fleet with a Xen type', { Template: template(NITRO), Fleet: fleet({ LaunchTemplateSpecification: spec(), Overrides: [{ InstanceType: 'm4.large' }] }) }, "'m4.large'"],
  ['one of two launchers', { Template: template(NITRO), One: instance({ LaunchTemplate: spec() }), Two: instance({ InstanceType: 'm4.large', LaunchTemplate: spec() }) }, "'m4.large'"],
  ['a node group with a Xen type', { Template: template({}), Nodes: nodes({ InstanceTypes: ['m5.large', 't2.large'] }) }, "'t2.large'"],
  ['a node group without types', { Template: template({}), Nodes: nodes({}) }, 'the app sets no instance type'],
  ['a Batch environment with a Xen family', { Template: template({}), Batch: batch('m5', 'm4') }, "'m4.*' is not a Nitro instance type"],
  ['an instance whose type is a family', { Host: instance({ InstanceType: 'm5' }) }, "'m5'"],
  ['a Batch environment that chooses by itself', { Template: template({}), Batch: batch('optimal') }, "'optimal.*'"],
  ['a subnet without IPv6', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet() }, "Subnet' has no IPv6"],
  ['a subnet whose block is left out', { Host: instance({ ...NITRO, SubnetId: { Ref: 'Subnet' } }), Subnet: subnet({ Ipv6CidrBlock: NO_VALUE }) }, "Subnet' has no IPv6"],
  ['a network interface of its own in a subnet without IPv6', {
    Host: instance({ ...NITRO, NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: { Ref: 'Interface' } }] }),
    Interface: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Subnet' } } },
    Subnet: subnet(),
  }, "Subnet' has no IPv6"],
  ['a network interface in a subnet without IPv6', {
    Host: instance({ ...NITRO, NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: { Ref: 'Subnet' } }] }), Subnet: subnet(),
  }, "Subnet' has no IPv6"],
  ['a template with a network interface in one', {
    Template: template({ ...NITRO, NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: { Ref: 'Subnet' } }] }), Subnet: subnet(),
  }, "Subnet' has no IPv6"],
  ['one of two subnets of a group', {
    Template: template(NITRO),
    Group: group({ LaunchTemplate: spec(), VPCZoneIdentifier: [{ Ref: 'Subnet' }, { Ref: 'Other' }] }),
    Subnet: subnet(),
    Other: subnet({ Ipv6CidrBlock: '2001:db8::/64' }),
  }, "Subnet' has no IPv6"],
  ['a node group in a subnet without IPv6', { Template: template(NITRO), Nodes: nodes({ Subnets: [{ Ref: 'Subnet' }] }), Subnet: subnet() }, "Subnet' has no IPv6"],
  ['a WorkSpace with a Xen type', {
    Host: { Type: 'AWS::WorkspacesInstances::WorkspaceInstance', Properties: { ManagedInstance: { InstanceType: 't2.micro', ImageId: 'ami-1' } } },
  }, "'t2.micro'"],
];

describe.each(IN_A_TREE)('%s', (_, build) => {
  const enforced = (Resources: WrittenTemplate['Resources'], props = IPV6) => enforcedTemplate(build, { Parameters: PARAMETERS, Mappings, Resources }, props);
  const ipv6In = (Resources: WrittenTemplate['Resources']) => {
    const { template: { Resources: rendered }, reports } = enforced(Resources);
    const written = /"HttpProtocolIpv6":"(\w+)"/.exec(JSON.stringify(rendered.Host ?? rendered.Template));
    return { written: written?.[1], texts: textsOf(reports, NOT_SUPPORTED) };
  };

  test.each(WRITTEN)('the IPv6 endpoint is enabled for %s', (__, resources) => {
    expect(ipv6In(resources).written).toBe('enabled');
  });

  test.each(REFUSED)('the IPv6 endpoint is not changed for %s', (__, resources, words) => {
    const { written, texts } = ipv6In(resources);
    expect(written).toBeUndefined();
    expect(texts).not.toEqual([]);
    expect(texts).toEqual(texts.map(() => expect.stringContaining('HttpProtocolIpv6 was not set to \'enabled\', because ')));
    expect(texts[0]).toContain(words);
  });

  test('tokens and all other settings are written in any case', () => {
    const { options } = enforcedTemplate(build, { Resources: { Host: instance({ InstanceType: 't2.micro' }) } }, { ...IPV6, httpPutResponseHopLimit: 1, instanceMetadataTags: true });
    expect(options.Host).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1, InstanceMetadataTags: 'enabled' });
  });

  test('disabling it has no preconditions', () => {
    const { options, reports } = enforced({ Host: instance({ InstanceType: 't2.micro' }) }, { httpProtocolIpv6: false });
    expect(options.Host).toEqual({ HttpTokens: 'required', HttpProtocolIpv6: 'disabled' });
    expect(findingsIn(reports)).toEqual([]);
  });

  test('a branch without options gets no IPv6 endpoint if a precondition is not met', () => {
    const MetadataOptions = when('IsProduction', { HttpProtocolIpv6: 'disabled' }, NO_VALUE);
    const { options, reports } = enforced({ Host: instance({ InstanceType: 't2.micro', MetadataOptions }) });
    expect(options.Host).toEqual(when('IsProduction', { HttpProtocolIpv6: 'disabled', HttpTokens: 'required' }, { HttpTokens: 'required' }));
    expect(textsOf(reports, NOT_SUPPORTED)).toHaveLength(1);
  });

  test.each(['enabled', 'disabled'])('a value that the user set stays: %s', HttpProtocolIpv6 => {
    const { options } = enforced({ Host: instance({ InstanceType: 't2.micro', MetadataOptions: { HttpProtocolIpv6 } }) });
    expect(options.Host).toEqual({ HttpProtocolIpv6, HttpTokens: 'required' });
  });

  test.each<readonly [string, Json, boolean]>([
    ['a Xen type', { InstanceType: 't2.micro' }, true],
    ['a Nitro type', NITRO, false],
    ['a type that is only known at deployment', { InstanceType: { Ref: 'Open' } }, false],
    ['an unknown family', { InstanceType: 'zz9.large' }, false],
    ['no type', {}, false],
  ])('an endpoint that the user enabled is reported only if it certainly breaks the launch: %s', (__, own, isReported) => {
    const texts = textsOf(enforced({ Host: instance({ ...own, MetadataOptions: { HttpProtocolIpv6: 'enabled' } }) }, {} as typeof IPV6).reports, NOT_SUPPORTED);
    expect(texts).toEqual(isReported ? [expect.stringContaining("MetadataOptions.HttpProtocolIpv6 must not be 'enabled', because 't2.micro' is not a Nitro instance type")] : []);
  });

  test('a type without the property is not changed and not reported', () => {
    const { options, reports } = enforced({ Host: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', InstanceType: 't2.micro' } } });
    expect(options.Host).toEqual({ HttpTokens: 'required' });
    expect(findingsIn(reports)).toEqual([]);
  });

  test('an instance gets it from its template', () => {
    const { options } = enforced({ Template: template({}), Host: instance({ ...NITRO, LaunchTemplate: spec() }) });
    expect(options).toMatchObject({ Template: { HttpProtocolIpv6: 'enabled' }, Host: { HttpTokens: 'required' } });
  });
});

describe('a subnet of another stack', () => {
  test.each([['with IPv6', '2001:db8::/64', 0], ['without it', undefined, 1]])('%s', (_, ipv6CidrBlock, expected) => {
    for (const isNested of [true, false]) {
      const app = scratchApp();
      const network = scratchStack(app, 'Network');
      const { ref } = new CfnSubnet(network, 'Subnet', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', ipv6CidrBlock });
      const hosts = isNested ? new NestedStack(network, 'Hosts') : scratchStack(app, 'Hosts');
      new CfnInstance(hosts, 'Host', { instanceType: 'm5.large', subnetId: ref });
      Imdsv2.enforce(app, IPV6);
      expect(textsOf(read(app.synth(), isNested ? network : hosts).reports, NOT_SUPPORTED)).toHaveLength(expected);
    }
  });
});

describe.each(NOW_AND_LATER)('by %s', (_, door) => {
  const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
  const findingsOn = (build: (stack: Stack) => void) => {
    const { template: { Resources }, reports } = enforcedStack(build, IPV6, door);
    const texts = textsOf(reports, NOT_SUPPORTED);
    const isOn = JSON.stringify(Resources).includes('"HttpProtocolIpv6":"enabled"');
    expect(isOn).toBe(texts.length === 0);
    return isOn || texts[0].replace(/.*'enabled', because /, '').replace(/; use a Nitro.*/, '');
  };

  test.each<readonly [string, (stack: Stack) => void, unknown]>([
    ['an instance in a dual-stack VPC', stack => new Instance(stack, 'Host', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0, ipProtocol: IpProtocol.DUAL_STACK, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }] }),
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      instanceType: new InstanceType('m5.large'),
      machineImage,
    }), true],
    ['an instance in a VPC with IPv4 only', stack => new Instance(stack, 'Host', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), vpcSubnets: { subnetType: SubnetType.PUBLIC }, instanceType: new InstanceType('m5.large'), machineImage,
    }), "the subnet 'Stack/Vpc/PublicSubnet1/Subnet' has no IPv6"],
    ['an instance in an imported subnet', stack => new Instance(stack, 'Host', {
      vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
      vpcSubnets: { subnets: [Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId: 'subnet-1', availabilityZone: 'a' })] },
      instanceType: new InstanceType('m5.large'),
      machineImage,
    }), true],
    ['a group in a VPC with IPv4 only', stack => new AutoScalingGroup(stack, 'Group', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 }),
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      launchTemplate: new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType('m5.large'), machineImage }),
    }), "the subnet 'Stack/Vpc/PublicSubnet1/Subnet' has no IPv6"],
    ['a mixed group in a dual-stack VPC', stack => new AutoScalingGroup(stack, 'Group', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1, ipProtocol: IpProtocol.DUAL_STACK, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }] }),
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      mixedInstancesPolicy: {
        launchTemplate: new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType('t2.micro'), machineImage }),
        launchTemplateOverrides: [{ instanceType: new InstanceType('m5.large') }, { instanceType: new InstanceType('c6g.large') }],
      },
    }), true],
    ['a template with a type by its L2', stack => new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType('c7g.large') }), true],
    ['a template with a Xen type', stack => new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType('c4.large') }), "'c4.large' is not a Nitro instance type"],
    ['a parameter', stack => new LaunchTemplate(stack, 'Template', { instanceType: new InstanceType(new CfnParameter(stack, 'Type', { default: 'm5.large' }).valueAsString) }),
      expect.stringContaining('the instance type is only known at deployment (Ref')],
    ['a parameter with AllowedValues', stack => new CfnInstance(stack, 'Host', { instanceType: new CfnParameter(stack, 'Type', { allowedValues: ['m5.large'] }).valueAsString }), true],
  ])('%s', (__, build, expected) => {
    expect(findingsOn(build)).toEqual(expected);
  });
});
