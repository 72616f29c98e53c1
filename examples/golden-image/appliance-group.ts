import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BlockDeviceVolume, EbsDeviceVolumeType, InstanceClass, InstanceSize, InstanceType, IVpc, LaunchTemplate, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ImageArchitecture, ImageBootMode, RegisteredImage } from 'cdk-imdsv2';
import { Construct } from 'constructs';

export interface ApplianceGroupProps {
  readonly vpc: IVpc;
}

/** Instances of an appliance whose vendor provides a snapshot. */
export class ApplianceGroup extends Construct {
  constructor(scope: Construct, id: string, props: ApplianceGroupProps) {
    super(scope, id);
    const { vpc } = props;

    const image = new RegisteredImage(this, 'Image', {
      imageName: 'appliance',
      description: 'release 7',
      architecture: ImageArchitecture.X86_64,
      bootMode: ImageBootMode.UEFI_PREFERRED,
      blockDevices: [
        { deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0', { volumeType: EbsDeviceVolumeType.GP3 }) },
        { deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebs(20, { volumeType: EbsDeviceVolumeType.GP3, encrypted: true }) },
      ],
      tags: { vendor: 'example' },
    });

    const launchTemplate = new LaunchTemplate(this, 'Template', {
      machineImage: image,
      instanceType: InstanceType.of(InstanceClass.M7I, InstanceSize.LARGE),
      securityGroup: new SecurityGroup(this, 'SecurityGroup', { vpc }),
    });
    new AutoScalingGroup(this, 'Group', { vpc, launchTemplate, maxCapacity: 3 });
  }
}
