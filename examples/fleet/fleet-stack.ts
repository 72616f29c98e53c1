import { Stack, StackProps } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType, NatProvider, NatTrafficDirection, Peer, Port, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AUTOSCALING_GENERATE_LAUNCH_TEMPLATE } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { BatchEnvironments } from './batch-environments';
import { EcsHosts } from './ecs-hosts';
import { EksNodes } from './eks-nodes';
import { ScalingGroups } from './scaling-groups';
import { SingleInstances } from './single-instances';
import { SpotCapacity } from './spot-capacity';

/**
 * One VPC with every common way to launch EC2 instances.
 *
 * The VPC launches instances, too: its private subnets use NAT instances.
 */
export class FleetStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // On in every app of `cdk init`: groups create a launch template instead of a launch configuration.
    this.node.setContext(AUTOSCALING_GENERATE_LAUNCH_TEMPLATE, true);

    const nat = NatProvider.instanceV2({
      instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MICRO),
      defaultAllowedTraffic: NatTrafficDirection.OUTBOUND_ONLY,
    });
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      natGatewayProvider: nat,
      restrictDefaultSecurityGroup: false,
    });
    nat.connections.allowFrom(Peer.ipv4(vpc.vpcCidrBlock), Port.allTraffic());

    new SingleInstances(this, 'Instances', { vpc });
    new ScalingGroups(this, 'Groups', { vpc });
    new SpotCapacity(this, 'Spot', { vpc });
    new EcsHosts(this, 'Ecs', { vpc });
    new EksNodes(this, 'Eks', { vpc });
    new BatchEnvironments(this, 'Batch', { vpc });
  }
}
