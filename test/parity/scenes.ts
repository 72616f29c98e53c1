import { when } from '../harness/condition-forms';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import type { Json } from '../harness/json';

/** Resources of a template that belong together, with a name for the test. */
export type Scene = readonly [name: string, resources: WrittenTemplate['Resources']];

const NO_VALUE = { Ref: 'AWS::NoValue' };
const NITRO = { InstanceType: 'm5.large' };
const SPEC = { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' };
const NEWEST = { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
const AGENT = { 'Fn::Base64': { 'Fn::Sub': 'echo ECS_CLUSTER=${AWS::StackName} >> /etc/ecs/ecs.config' } };
const INIT = { 'AWS::CloudFormation::Init': { config: { files: { '/etc/ecs/ecs.config': { content: 'ECS_CLUSTER=web' } } } } };

const instance = (options: unknown, more: Json = {}, Metadata?: Json): Written =>
  ({ Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', MetadataOptions: options, ...more }, Metadata });
const template = (options: unknown, more: Json = {}): Written =>
  ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1', MetadataOptions: options, ...more } } });
const group = (more: Json, Metadata?: Json): Written =>
  ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: SPEC, ...more }, Metadata });
const fleet = (override: Json, more: Json = {}): Written => ({
  Type: 'AWS::EC2::EC2Fleet',
  Properties: {
    TargetCapacitySpecification: { TotalTargetCapacity: 1 },
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: SPEC, Overrides: [override] }],
    ...more,
  },
});
const nodes = (more: Json = {}): Written => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: { ClusterName: 'web', NodeRole: 'role', Subnets: ['subnet-1'], LaunchTemplate: { Id: { Ref: 'Template' } }, ...more },
});
const batch = (resources: Json): Written => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ComputeResources: { MaxvCpus: 1, Subnets: ['subnet-1'], Type: 'EC2', InstanceTypes: ['m5'], ...resources } },
});
const subnet = (more: Json = {}): Written => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...more } });
const provider = (AutoScalingGroupArn: unknown): Written =>
  ({ Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn } } });
const builds = (recipe: Json): WrittenTemplate['Resources'] => ({
  Infrastructure: { Type: 'AWS::ImageBuilder::InfrastructureConfiguration', Properties: { Name: 'builds', InstanceProfileName: 'profile' } },
  Build: { Type: 'AWS::ImageBuilder::ImagePipeline', Properties: { Name: 'images', InfrastructureConfigurationArn: { Ref: 'Infrastructure' }, ...recipe } },
});

/** The declarations of the scenes. */
export const PARAMETERS = {
  OneOrTwo: { Type: 'Number', AllowedValues: ['1', '2'] },
  TwoOrThree: { Type: 'Number', AllowedValues: ['2', '3'] },
  Open: { Type: 'String' },
  Nitro: { Type: 'String', AllowedValues: ['m5.large', 't3.micro'] },
  Either: { Type: 'String', AllowedValues: ['m5.large', 't2.micro'] },
  Script: { Type: 'String', Default: 'kubelet --help; nodeadm init' },
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/eks/optimized-ami/1.33/amazon-linux-2/recommended/image_id' },
};
export const MAPPINGS = { Values: { Production: { hops: '2', type: 'm5.large', image: 'ami-2' } } };

const inMap = (key: string) => ({ 'Fn::FindInMap': ['Values', 'Production', key] });

/** Hop limits: literals, and values that are only known at deployment. */
const HOP_LIMITS: readonly unknown[] = [
  undefined, NO_VALUE, 1, '1', 2, '2', 3, 64, 70, 0, { Ref: 'OneOrTwo' }, { Ref: 'TwoOrThree' }, { Ref: 'Open' }, inMap('hops'),
  when('IsProduction', 1, 2), when('IsProduction', 2, 3), when('IsProduction', 1, NO_VALUE),
];
const HOP_LIMIT_SCENES = HOP_LIMITS.flatMap((HttpPutResponseHopLimit): Scene[] => {
  const options = { HttpTokens: 'required', HttpPutResponseHopLimit };
  const words = `the hop limit ${JSON.stringify(HttpPutResponseHopLimit)}`;
  return [
    [`${words} of a host`, { Host: instance(options) }],
    [`${words} of a container host`, { Host: instance(options, { UserData: AGENT }) }],
    [`${words} of a template for container hosts`, { Template: template(options), Nodes: nodes() }],
    [`${words} of a fleet`, { Template: template({}, { UserData: AGENT }), Fleet: fleet({ MetadataOptions: options }) }],
    [`${words} of an instance with a template`, { Template: template(options, { UserData: AGENT }), Host: instance({}, { LaunchTemplate: NEWEST }) }],
  ];
});

/** Signs of containers in user data, images and launchers. */
const CONTAINER_SCENES: readonly Scene[] = [
  ...[
    AGENT, { 'Fn::Base64': { 'Fn::Join': ['', ['echo ECS_CLU', 'STER=', { Ref: 'AWS::StackName' }]] } }, { Ref: 'Script' }, { Ref: 'Open' },
    when('IsProduction', AGENT, NO_VALUE), 'RUNTX0NMVVNURVI9d2ViCg==', { 'Fn::Base64': '# no ECS_CLUSTER' },
    { 'Fn::Base64': { 'Fn::Sub': ['${Script} web', { Script: '/etc/eks/bootstrap.sh' }] } },
  ].flatMap((UserData): Scene[] => [
    [`an instance with user data ${JSON.stringify(UserData)}`, { Host: instance({}, { UserData }) }],
    [`a template with user data ${JSON.stringify(UserData)}`, { Template: template({}, { UserData }), Group: group({}) }],
  ]),
  ...[
    'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id', { Ref: 'Image' }, when('IsProduction', { Ref: 'Image' }, 'ami-1'),
    { 'Fn::Join': ['/', ['resolve:ssm:/aws/service/ecs', 'optimized-ami', 'amazon-linux-2023']] }, inMap('image'),
  ].map((ImageId): Scene => [`an image ${JSON.stringify(ImageId)}`, { Template: template({}, { ImageId }), Host: instance({}, { ImageId }) }]),
  ['a capacity provider', { Template: template({}), Group: group({}), Provider: provider({ Ref: 'Group' }) }],
  ['a capacity provider under a condition', { Template: template({}), Group: group({}), Provider: provider(when('IsProduction', { Ref: 'Group' }, 'other')) }],
  ['a capacity provider of another group', { Template: template({}), Group: group({}), Provider: provider({ Ref: 'Open' }) }],
  ['a node group', { Template: template({}), Nodes: nodes() }],
  ['a node group without a template', { Nodes: nodes({ LaunchTemplate: NO_VALUE }) }],
  ['a Batch environment', { Template: template({}), Batch: batch({ LaunchTemplate: SPEC }) }],
  ['a Batch environment on Fargate', { Template: template({}), Batch: batch({ Type: 'FARGATE', LaunchTemplate: SPEC }) }],
  ['a Batch environment that may be on Fargate', { Template: template({}), Batch: batch({ Type: when('IsProduction', 'EC2', 'FARGATE'), LaunchTemplate: SPEC }) }],
  ['a Batch environment without a template', { Batch: batch({}) }],
  ['a pipeline of container images', builds({ ContainerRecipeArn: 'arn:recipe' })],
  ['a pipeline of machine images', builds({ ImageRecipeArn: 'arn:recipe', ContainerRecipeArn: NO_VALUE })],
  ['AWS::CloudFormation::Init', { Host: instance({}, {}, INIT), Template: template({}), Group: group({}, INIT) }],
  ['an image of an override', {
    Template: template({}),
    Group: group({
      LaunchTemplate: NO_VALUE,
      MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: SPEC, Overrides: [{ ...NITRO, ImageId: { Ref: 'Image' } }] } },
    }),
  }],
];

const IPV6 = { HttpTokens: 'required', HttpProtocolIpv6: 'enabled' };
const IN_SUBNET = { ...NITRO, SubnetId: { Ref: 'Subnet' } };

/** The IPv6 endpoint, enabled by the user. */
const IPV6_SCENES: readonly Scene[] = [
  ...['m5.large', 't2.micro', 'zz9.large', undefined, { Ref: 'Nitro' }, { Ref: 'Either' }, { Ref: 'Open' }, inMap('type'), when('IsProduction', 'm5.large', 't2.micro')]
    .flatMap((InstanceType): Scene[] => [
      [`IPv6 on an instance of type ${JSON.stringify(InstanceType)}`, { Host: instance(IPV6, { InstanceType }) }],
      [`IPv6 in a template of type ${JSON.stringify(InstanceType)}`, { Template: template(IPV6, { InstanceType }), Group: group({}) }],
      [`IPv6 in a template that a fleet uses with type ${JSON.stringify(InstanceType)}`, { Template: template(IPV6), Fleet: fleet({ InstanceType }) }],
    ]),
  ...[{}, { Ipv6CidrBlock: '2001:db8::/64' }, { Ipv6CidrBlock: NO_VALUE }, { Ipv6Native: true }].flatMap((more): Scene[] => [
    [`IPv6 in a subnet with ${JSON.stringify(more)}`, { Host: instance(IPV6, IN_SUBNET), Subnet: subnet(more) }],
    [`IPv6 in a group of a subnet with ${JSON.stringify(more)}`, {
      Template: template(IPV6, NITRO), Group: group({ VPCZoneIdentifier: [{ Ref: 'Subnet' }] }), Subnet: subnet(more),
    }],
    [`IPv6 in a network interface of a subnet with ${JSON.stringify(more)}`, {
      Host: instance(IPV6, { ...NITRO, NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: { Ref: 'Interface' } }] }),
      Interface: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Subnet' } } },
      Subnet: subnet(more),
    }],
  ]),
  ['IPv6 in a subnet that gets its block later', {
    Host: instance(IPV6, IN_SUBNET),
    Subnet: subnet(),
    Block: { Type: 'AWS::EC2::SubnetCidrBlock', Properties: { SubnetId: { Ref: 'Subnet' }, Ipv6CidrBlock: '2001:db8::/64' } },
  }],
  ['IPv6 in a node group of another type', { Template: template(IPV6), Nodes: nodes({ InstanceTypes: ['m5.large', 't2.large'] }) }],
  ['IPv6 in a Batch environment of another family', { Template: template(IPV6), Batch: batch({ LaunchTemplate: SPEC, InstanceTypes: ['m4'] }) }],
];

const TAGS = { HttpTokens: 'required', InstanceMetadataTags: 'enabled' };
const tag = (Key: unknown, more: Json = {}) => ({ Key, Value: 'web', ...more });

/** Tags in the metadata, enabled by the user. */
const TAG_SCENES: readonly Scene[] = [
  ...['Name', 'cost center', 'a/b', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::StackName' }]] }, { Ref: 'Open' }, when('IsProduction', 'a b', 'Name')].flatMap((Key): Scene[] => [
    [`an instance with the tag ${JSON.stringify(Key)}`, { Host: instance(TAGS, { Tags: [tag(Key)] }) }],
    [`a template with the tag ${JSON.stringify(Key)}`, { Template: template(TAGS, { TagSpecifications: [{ ResourceType: 'instance', Tags: [tag(Key)] }] }) }],
    [`a template with volumes of the tag ${JSON.stringify(Key)}`, { Template: template(TAGS, { TagSpecifications: [{ ResourceType: 'volume', Tags: [tag(Key)] }] }) }],
    [`a group with the tag ${JSON.stringify(Key)}`, { Template: template(TAGS), Group: group({ Tags: [tag(Key, { PropagateAtLaunch: true })] }) }],
    [`a group with the tag ${JSON.stringify(Key)} for itself`, { Template: template(TAGS), Group: group({ Tags: [tag(Key, { PropagateAtLaunch: false })] }) }],
    [`a fleet with the tag ${JSON.stringify(Key)}`, {
      Template: template(TAGS), Fleet: fleet(NITRO, { TagSpecifications: [{ ResourceType: 'instance', Tags: [tag(Key)] }] }),
    }],
  ]),
  ['a Batch environment with another key', { Template: template(TAGS), Batch: batch({ LaunchTemplate: SPEC, Tags: { 'cost center': 'web' } }) }],
  ['a node group, for EKS tags its instances', { Template: template(TAGS), Nodes: nodes() }],
];

const MUTE_SCENES: readonly Scene[] = [
  ['a Spot fleet with specifications', {
    Fleet: { Type: 'AWS::EC2::SpotFleet', Properties: { SpotFleetRequestConfigData: { IamFleetRole: 'role', TargetCapacity: 1, LaunchSpecifications: [{ ImageId: 'ami-1' }] } } },
  }],
  ['an EMR cluster without a security configuration', {
    Cluster: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'c', Instances: {}, JobFlowRole: 'role', ServiceRole: 'role' } },
  }],
  ['a Cloud9 environment', { Environment: { Type: 'AWS::Cloud9::EnvironmentEC2', Properties: { ImageId: 'ubuntu', InstanceType: 't3.micro' } } }],
  ['options that are only known at deployment', { Host: instance({ 'Fn::GetAtt': ['Settings', 'Options'] }), Settings: { Type: 'Custom::Settings', Properties: { ServiceToken: 'arn' } } }],
  ['imported options', { Host: instance({ HttpTokens: { 'Fn::ImportValue': 'tokens' } }), Template: template({ 'Fn::ImportValue': 'options' }) }],
];

/** An instance that is not replaced if its template gets a new version. */
export const STAYING: WrittenTemplate['Resources'] = { Template: template({}, { UserData: AGENT }), Host: instance({}, { LaunchTemplate: SPEC }) };

const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
const within = (data: unknown): Written => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } });
/** Templates that require tokens in one branch of a condition, and their launchers. */
const BRANCH_SCENES: readonly Scene[] = [REQUIRED, {}, NO_VALUE].flatMap((other): Scene[] => {
  const Template = within(when('IsProduction', REQUIRED, other));
  return [
    [`a template with ${JSON.stringify(other)} in the other branch`, { Template, Group: group({}) }],
    [`a service that is on over a template with ${JSON.stringify(other)} in the other branch`, { Template, Host: instance({ HttpEndpoint: 'enabled' }, { LaunchTemplate: SPEC }) }],
  ];
});

/** Every scene. */
export const SCENES: readonly Scene[] = [
  ...HOP_LIMIT_SCENES, ...CONTAINER_SCENES, ...IPV6_SCENES, ...TAG_SCENES, ...MUTE_SCENES, ...BRANCH_SCENES,
];

/** The resources of a scene with other logical ids, so that one stack can contain many scenes. */
export function renamed([, resources]: Scene, prefix: string): WrittenTemplate['Resources'] {
  const texts = Object.keys(resources).reduce((text, id) => text
    .replaceAll(`"Ref":"${id}"`, `"Ref":"${prefix}${id}"`).replaceAll(`"Fn::GetAtt":["${id}"`, `"Fn::GetAtt":["${prefix}${id}"`), JSON.stringify(resources));
  return Object.fromEntries(Object.entries(JSON.parse(texts) as WrittenTemplate['Resources']).map(([id, resource]) => [prefix + id, resource]));
}
