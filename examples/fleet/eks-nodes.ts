import { BlockDeviceVolume, IVpc, LaunchTemplate, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface EksNodesProps {
  readonly vpc: IVpc;
}

/** Managed EKS node groups: one with its own launch template, one where EKS creates the template. */
export class EksNodes extends Construct {
  constructor(scope: Construct, id: string, props: EksNodesProps) {
    super(scope, id);
    const { subnetIds } = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS });

    const clusterRole = new Role(this, 'ClusterRole', {
      assumedBy: new ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
    const cluster = new CfnCluster(this, 'Cluster', {
      roleArn: clusterRole.roleArn,
      resourcesVpcConfig: { subnetIds },
    });

    const nodeRole = new Role(this, 'NodeRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']
        .map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });

    const template = new LaunchTemplate(this, 'NodeTemplate', {
      blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(80, { encrypted: true }) }],
    });
    new CfnNodegroup(this, 'Apps', {
      clusterName: cluster.ref,
      nodeRole: nodeRole.roleArn,
      subnets: subnetIds,
      instanceTypes: ['m6i.large'],
      launchTemplate: { id: template.launchTemplateId, version: template.latestVersionNumber },
    });

    // Without a launch template there is no property for metadata options.
    new CfnNodegroup(this, 'System', {
      clusterName: cluster.ref,
      nodeRole: nodeRole.roleArn,
      subnets: subnetIds,
      amiType: 'AL2023_x86_64_STANDARD',
      instanceTypes: ['t3.large'],
    });
  }
}
