import {
  BastionHostLinux, CfnInstance, CfnLaunchTemplate, Instance, InstanceClass, InstanceSize, InstanceType, IVpc, LaunchTemplate, MachineImage,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import { ContainerHost } from 'cdk-imdsv2';
import { Construct } from 'constructs';

export interface SingleInstancesProps {
  readonly vpc: IVpc;
}

/** Single instances, with and without a launch template. */
export class SingleInstances extends Construct {
  constructor(scope: Construct, id: string, props: SingleInstancesProps) {
    super(scope, id);
    const machineImage = MachineImage.latestAmazonLinux2023();
    const instanceType = InstanceType.of(InstanceClass.T3, InstanceSize.SMALL);
    const [subnetId] = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds;

    new BastionHostLinux(this, 'Bastion', { vpc: props.vpc, machineImage });

    // An old image with a fixed id.
    new Instance(this, 'Reports', {
      vpc: props.vpc,
      instanceType,
      machineImage: MachineImage.genericLinux({
        'eu-west-1': 'ami-0a1b2c3d4e5f60718',
        'us-east-1': 'ami-0f1e2d3c4b5a69788',
      }),
    });

    // Follows the template: a new version of the template replaces this instance.
    const current = new LaunchTemplate(this, 'Current', { machineImage, instanceType });
    new CfnInstance(this, 'Follower', {
      launchTemplate: { launchTemplateId: current.launchTemplateId, version: current.latestVersionNumber },
      subnetId,
    });

    // Keeps the first version, even if the template changes.
    const settled = new CfnLaunchTemplate(this, 'Settled', {
      launchTemplateName: 'settled',
      launchTemplateData: {
        imageId: machineImage.getImage(this).imageId,
        instanceType: instanceType.toString(),
        metadataOptions: { httpTokens: 'optional', instanceMetadataTags: 'enabled' },
      },
    });
    const pinned = new CfnInstance(this, 'Pinned', {
      launchTemplate: { launchTemplateName: 'settled', version: '1' },
      subnetId,
    });
    pinned.node.addDependency(settled);

    // Builds images in nested containers, which the template does not show.
    const builder = new Instance(this, 'Builder', { vpc: props.vpc, instanceType, machineImage });
    builder.with(new ContainerHost({ hopLimit: 3 }));
  }
}
