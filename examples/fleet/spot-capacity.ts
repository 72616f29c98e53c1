import { CfnEC2Fleet, CfnSpotFleet, IVpc, LaunchTemplate, MachineImage, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface SpotCapacityProps {
  readonly vpc: IVpc;
}

/** Spot capacity without an Auto Scaling group: an EC2 Fleet and a Spot Fleet. */
export class SpotCapacity extends Construct {
  constructor(scope: Construct, id: string, props: SpotCapacityProps) {
    super(scope, id);
    const machineImage = MachineImage.latestAmazonLinux2023();
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc: props.vpc });
    const { subnetIds } = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS });

    // The first override replaces the options of the template, the second one uses them.
    const template = new LaunchTemplate(this, 'Template', { machineImage, securityGroup });
    new CfnEC2Fleet(this, 'Encoders', {
      type: 'instant',
      launchTemplateConfigs: [{
        launchTemplateSpecification: { launchTemplateId: template.launchTemplateId, version: '$Latest' },
        overrides: [
          { instanceType: 'c6i.large', subnetId: subnetIds[0], metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 2 } },
          { instanceType: 'c6a.large', subnetId: subnetIds[1] },
        ],
      }],
      targetCapacitySpecification: { totalTargetCapacity: 4, defaultTargetCapacityType: 'spot' },
    });

    // An inline specification has no property for metadata options.
    const fleetRole = new Role(this, 'FleetRole', {
      assumedBy: new ServicePrincipal('spotfleet.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEC2SpotFleetTaggingRole')],
    });
    new CfnSpotFleet(this, 'Crawlers', {
      spotFleetRequestConfigData: {
        iamFleetRole: fleetRole.roleArn,
        targetCapacity: 2,
        allocationStrategy: 'priceCapacityOptimized',
        launchSpecifications: [{
          imageId: machineImage.getImage(this).imageId,
          instanceType: 'c6i.large',
          subnetId: subnetIds[0],
          securityGroups: [{ groupId: securityGroup.securityGroupId }],
        }],
      },
    });
  }
}
