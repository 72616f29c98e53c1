import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceClass, InstanceSize, InstanceType, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

export interface EcsHostsProps {
  readonly vpc: IVpc;
}

/** An ECS cluster on EC2: hosts added to the cluster, and hosts behind a capacity provider. */
export class EcsHosts extends Construct {
  constructor(scope: Construct, id: string, props: EcsHostsProps) {
    super(scope, id);
    const { vpc } = props;
    const machineImage = EcsOptimizedImage.amazonLinux2023();

    const cluster = new Cluster(this, 'Cluster', { vpc });
    cluster.addCapacity('Base', {
      instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.LARGE),
      machineImage,
    });

    const group = new AutoScalingGroup(this, 'Burst', {
      vpc,
      instanceType: InstanceType.of(InstanceClass.C6I, InstanceSize.LARGE),
      machineImage,
      minCapacity: 0,
      maxCapacity: 8,
    });
    cluster.addAsgCapacityProvider(new AsgCapacityProvider(this, 'BurstProvider', { autoScalingGroup: group }));
  }
}
