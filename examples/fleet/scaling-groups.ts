import { AutoScalingGroup, CfnAutoScalingGroup, CfnLaunchConfiguration, OnDemandAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType, InstanceClass, InstanceSize, InstanceType, IVpc, LaunchTemplate, MachineImage, SecurityGroup, SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface ScalingGroupsProps {
  readonly vpc: IVpc;
}

/** Auto Scaling groups: one template, several templates, and a launch configuration. */
export class ScalingGroups extends Construct {
  constructor(scope: Construct, id: string, props: ScalingGroupsProps) {
    super(scope, id);
    const { vpc } = props;
    const machineImage = MachineImage.latestAmazonLinux2023();
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc });

    // The group creates its own launch template.
    new AutoScalingGroup(this, 'Web', {
      vpc,
      instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MEDIUM),
      machineImage,
      maxCapacity: 4,
    });

    // Two processor architectures, so two templates: the override has its own.
    const intel = new LaunchTemplate(this, 'Intel', { machineImage, securityGroup });
    const graviton = new LaunchTemplate(this, 'Graviton', {
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      securityGroup,
    });
    new AutoScalingGroup(this, 'Workers', {
      vpc,
      maxCapacity: 10,
      mixedInstancesPolicy: {
        instancesDistribution: { onDemandAllocationStrategy: OnDemandAllocationStrategy.PRIORITIZED, onDemandPercentageAboveBaseCapacity: 50 },
        launchTemplate: intel,
        launchTemplateOverrides: [
          { instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE), launchTemplate: graviton },
          { instanceType: InstanceType.of(InstanceClass.M7I, InstanceSize.LARGE) },
        ],
      },
    });

    // A launch configuration cannot be changed: any change replaces it.
    const configuration = new CfnLaunchConfiguration(this, 'NightConfiguration', {
      imageId: machineImage.getImage(this).imageId,
      instanceType: 'm5.large',
      securityGroups: [securityGroup.securityGroupId],
    });
    new CfnAutoScalingGroup(this, 'NightGroup', {
      launchConfigurationName: configuration.ref,
      minSize: '0',
      maxSize: '2',
      vpcZoneIdentifier: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
    });
  }
}
