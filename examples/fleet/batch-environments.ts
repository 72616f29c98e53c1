import { EcsMachineImageType, JobQueue, ManagedEc2EcsComputeEnvironment } from 'aws-cdk-lib/aws-batch';
import { BlockDeviceVolume, IVpc, LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface BatchEnvironmentsProps {
  readonly vpc: IVpc;
}

/** Batch compute environments on EC2: one with a launch template, one without. */
export class BatchEnvironments extends Construct {
  constructor(scope: Construct, id: string, props: BatchEnvironmentsProps) {
    super(scope, id);
    const images = [{ imageType: EcsMachineImageType.ECS_AL2023 }];

    // Jobs that need a large scratch disk.
    const render = new ManagedEc2EcsComputeEnvironment(this, 'Render', {
      vpc: props.vpc,
      images,
      launchTemplate: new LaunchTemplate(this, 'ScratchDisk', {
        blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(500, { encrypted: true }) }],
      }),
    });

    const small = new ManagedEc2EcsComputeEnvironment(this, 'Small', { vpc: props.vpc, images, maxvCpus: 16 });

    new JobQueue(this, 'Queue', {
      computeEnvironments: [{ computeEnvironment: render, order: 1 }, { computeEnvironment: small, order: 2 }],
    });
  }
}
