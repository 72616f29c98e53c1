import { parsePath } from '../resources/paths';

/** Where a type says, besides the metadata options, what its instances are like. */
export interface Surroundings {
  readonly instanceTypes: Paths;
  /** Whether a family may stand for all its sizes. */
  readonly takesFamilies: boolean;
  /** Attributes that instance types are chosen by. */
  readonly instanceRequirements: Paths;
  /** Subnets, and network interfaces that are in one. */
  readonly subnets: Paths;
  /** Lists of tags that reach the instances: with `PropagateAtLaunch`, only those that say so. */
  readonly tags: Paths;
  /** Maps from tag keys to values. */
  readonly tagMaps: Paths;
  /** Lists of tag specifications, of which those for instances count. */
  readonly tagSpecifications: Paths;
  /** Whether the tags of the stack reach the instances. */
  readonly hasStackTags: boolean;
  readonly userData: Paths;
  readonly images: Paths;
  /** What reaches an instance through the metadata service: key pairs, instance profiles and roles. */
  readonly access: Paths;
}

type Paths = readonly (readonly string[])[];

const NOTHING: Surroundings = {
  instanceTypes: [],
  takesFamilies: false,
  instanceRequirements: [],
  subnets: [],
  tags: [],
  tagMaps: [],
  tagSpecifications: [],
  hasStackTags: false,
  userData: [],
  images: [],
  access: [],
};

const OVERRIDES = 'MixedInstancesPolicy.LaunchTemplate.Overrides[]';
const EC2_FLEET = 'LaunchTemplateConfigs[].Overrides[]';
const SPOT_FLEET = 'SpotFleetRequestConfigData.LaunchTemplateConfigs[].Overrides[]';

/** The types that say something about their instances. */
const SURROUNDINGS: ReadonlyMap<string, Surroundings> = new Map([
  surroundings('AWS::EC2::Instance', {
    instanceTypes: ['InstanceType'],
    subnets: ['SubnetId', 'NetworkInterfaces[].SubnetId', 'NetworkInterfaces[].NetworkInterfaceId'],
    tags: ['Tags'],
    userData: ['UserData'],
    images: ['ImageId'],
    access: ['KeyName', 'IamInstanceProfile'],
  }, { hasStackTags: true }),
  surroundings('AWS::EC2::LaunchTemplate', {
    instanceTypes: ['LaunchTemplateData.InstanceType'],
    instanceRequirements: ['LaunchTemplateData.InstanceRequirements'],
    subnets: ['LaunchTemplateData.NetworkInterfaces[].SubnetId', 'LaunchTemplateData.NetworkInterfaces[].NetworkInterfaceId'],
    tagSpecifications: ['LaunchTemplateData.TagSpecifications'],
    userData: ['LaunchTemplateData.UserData'],
    images: ['LaunchTemplateData.ImageId'],
    access: ['LaunchTemplateData.KeyName', 'LaunchTemplateData.IamInstanceProfile'],
  }),
  surroundings('AWS::AutoScaling::LaunchConfiguration', {
    instanceTypes: ['InstanceType'],
    userData: ['UserData'],
    images: ['ImageId'],
    access: ['KeyName', 'IamInstanceProfile'],
  }),
  surroundings('AWS::AutoScaling::AutoScalingGroup', {
    instanceTypes: [`${OVERRIDES}.InstanceType`],
    instanceRequirements: [`${OVERRIDES}.InstanceRequirements`],
    subnets: ['VPCZoneIdentifier[]'],
    tags: ['Tags'],
    images: [`${OVERRIDES}.ImageId`],
  }, { hasStackTags: true }),
  surroundings('AWS::EC2::EC2Fleet', {
    instanceTypes: [`${EC2_FLEET}.InstanceType`],
    instanceRequirements: [`${EC2_FLEET}.InstanceRequirements`],
    subnets: [`${EC2_FLEET}.SubnetId`, `${EC2_FLEET}.NetworkInterfaces[].SubnetId`],
    tagSpecifications: ['TagSpecifications'],
    userData: ['LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateSpecificationUserData'],
    access: [`${EC2_FLEET}.KeyName`, `${EC2_FLEET}.IamInstanceProfile`],
  }),
  surroundings('AWS::EC2::SpotFleet', {
    instanceTypes: [`${SPOT_FLEET}.InstanceType`],
    instanceRequirements: [`${SPOT_FLEET}.InstanceRequirements`],
    subnets: [`${SPOT_FLEET}.SubnetId`],
    tagSpecifications: ['SpotFleetRequestConfigData.TagSpecifications'],
  }),
  surroundings('AWS::EKS::Nodegroup', {
    instanceTypes: ['InstanceTypes[]'],
    subnets: ['Subnets[]'],
    access: ['NodeRole'],
  }),
  surroundings('AWS::Batch::ComputeEnvironment', {
    instanceTypes: ['ComputeResources.InstanceTypes[]'],
    subnets: ['ComputeResources.Subnets[]'],
    tagMaps: ['ComputeResources.Tags'],
    images: ['ComputeResources.ImageId', 'ComputeResources.Ec2Configuration[].ImageIdOverride'],
    access: ['ComputeResources.Ec2KeyPair', 'ComputeResources.InstanceRole'],
  }, { takesFamilies: true }),
  surroundings('AWS::PCS::ComputeNodeGroup', {
    instanceTypes: ['InstanceConfigs[].InstanceType'],
    subnets: ['SubnetIds[]'],
    images: ['AmiId'],
    access: ['IamInstanceProfileArn'],
  }),
  surroundings('AWS::GameLift::GameServerGroup', {
    instanceTypes: ['InstanceDefinitions[].InstanceType'],
    subnets: ['VpcSubnets[]'],
  }),
  surroundings('AWS::WorkspacesInstances::WorkspaceInstance', {
    instanceTypes: ['ManagedInstance.InstanceType'],
    subnets: ['ManagedInstance.SubnetId', 'ManagedInstance.NetworkInterfaces[].SubnetId'],
    tagSpecifications: ['ManagedInstance.TagSpecifications'],
    userData: ['ManagedInstance.UserData'],
    images: ['ManagedInstance.ImageId'],
    access: ['ManagedInstance.KeyName', 'ManagedInstance.IamInstanceProfile'],
  }),
]);

/** What a type says about its instances. */
export function surroundingsOf(type: string): Surroundings {
  return SURROUNDINGS.get(type) ?? NOTHING;
}

/** Every type that says something about its instances. */
export function typesWithSurroundings(): readonly string[] {
  return [...SURROUNDINGS.keys()];
}

function surroundings(
  type: string,
  paths: { readonly [name in keyof Surroundings]?: readonly string[] },
  more: Partial<Pick<Surroundings, 'hasStackTags' | 'takesFamilies'>> = {},
): [string, Surroundings] {
  const parsed = Object.entries(paths).map(([name, written]) => [name, written.map(parsePath)]);
  return [type, { ...NOTHING, ...Object.fromEntries(parsed) as Partial<Surroundings>, ...more }];
}
