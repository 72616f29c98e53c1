import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BlockDeviceVolume, EbsDeviceVolumeType, Instance, InstanceType, LaunchTemplate, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBridgeDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ImageArchitecture, ImageBootMode, ImageBuilderImdsSupport, ImageImdsSupport, ImageVirtualizationType, RegisteredImage } from '../../../src';

const app = new App();
const stack = new Stack(app, 'Images');
const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
const instanceType = new InstanceType('m7i.large');

const machineImage = new RegisteredImage(stack, 'Plain', {
  architecture: ImageArchitecture.X86_64,
  blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0') }],
});
new Instance(stack, 'Instance', { vpc, instanceType, machineImage });
new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage });

const told = new RegisteredImage(stack, 'Told', {
  architecture: ImageArchitecture.X86_64,
  blockDevices: [
    { deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot(new CfnParameter(stack, 'Snapshot').valueAsString, { volumeType: EbsDeviceVolumeType.GP3, iops: 4000 }) },
    { deviceName: '/dev/xvdb', volume: BlockDeviceVolume.ephemeral(0) },
  ],
  rootDeviceName: '/dev/xvda',
  imageName: 'golden',
  description: 'a golden image',
  bootMode: ImageBootMode.UEFI,
  tpmSupport: true,
  enaSupport: true,
  sriovNetSupport: true,
  virtualizationType: ImageVirtualizationType.HVM,
  tags: { Team: 'platform' },
  userData: UserData.forLinux(),
  removalPolicy: RemovalPolicy.RETAIN,
});

// With a weak reference, which is the default of `cdk init`.
new LaunchTemplate(new Stack(app, 'Launchers'), 'Template', { instanceType, machineImage: told });

new ImageImdsSupport(stack, 'ById', { imageId: 'ami-1234567890abcdef0', acknowledgeIrreversible: true });
new ImageImdsSupport(stack, 'ByParameter', { parameterName: '/images/bastion', acknowledgeIrreversible: true });

new ImageBuilderImdsSupport(stack, 'Everything');
new ImageBuilderImdsSupport(stack, 'ToQueue', { crossAccountRoleName: 'images/Receiver', onFailure: new SqsDestination(new Queue(stack, 'Failures')) });
new ImageBuilderImdsSupport(stack, 'ToBus', {
  pipelineArns: [stack.formatArn({ service: 'imagebuilder', resource: 'image-pipeline', resourceName: 'weekly' })],
  onFailure: new EventBridgeDestination(),
});
