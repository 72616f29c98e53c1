import { Stack } from 'aws-cdk-lib';
import { IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';

export interface DataPlatformProps {
  readonly vpc: IVpc;
}

/** Notebooks and clusters: SageMaker has a property for the minimum version, EMR has it in a JSON document. */
export class DataPlatform extends Construct {
  constructor(scope: Construct, id: string, props: DataPlatformProps) {
    super(scope, id);

    const notebookRole = new Role(this, 'NotebookRole', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new CfnNotebookInstance(this, 'Notebook', {
      instanceType: 'ml.t3.medium',
      roleArn: notebookRole.roleArn,
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: '1' },
    });

    const key = new Key(this, 'Key', { enableKeyRotation: true });
    const diskEncryption = {
      EnableInTransitEncryption: false,
      EnableAtRestEncryption: true,
      AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms', AwsKmsKey: key.keyArn } },
    };

    // The document as an object.
    const reviewed = new CfnSecurityConfiguration(this, 'Reviewed', {
      securityConfiguration: { EncryptionConfiguration: diskEncryption },
    });

    // The document as one string, with the ARN of the key added at deployment.
    const exported = new CfnSecurityConfiguration(this, 'Exported', {
      securityConfiguration: Stack.of(this).toJsonString({
        EncryptionConfiguration: diskEncryption,
        InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 1, HttpPutResponseHopLimit: 1 },
      }),
    });

    new EmrClusters(this, 'Emr', { vpc: props.vpc, securityConfigurations: { Etl: reviewed.ref, Adhoc: exported.ref, Sandbox: undefined } });
  }
}

interface EmrClustersProps {
  readonly vpc: IVpc;
  /** Name of the cluster to the name of its security configuration. */
  readonly securityConfigurations: { [cluster: string]: string | undefined };
}

/** One small EMR cluster for each security configuration, and one without any. */
class EmrClusters extends Construct {
  constructor(scope: Construct, id: string, props: EmrClustersProps) {
    super(scope, id);
    const [ec2SubnetId] = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds;
    const serviceRole = new Role(this, 'ServiceRole', {
      assumedBy: new ServicePrincipal('elasticmapreduce.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEMRServicePolicy_v2')],
    });
    const instanceRole = new Role(this, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [instanceRole.roleName] });

    for (const [name, securityConfiguration] of Object.entries(props.securityConfigurations)) {
      new CfnCluster(this, name, {
        name: name.toLowerCase(),
        releaseLabel: 'emr-7.5.0',
        applications: [{ name: 'Spark' }],
        serviceRole: serviceRole.roleArn,
        jobFlowRole: profile.ref,
        securityConfiguration,
        instances: {
          ec2SubnetId,
          masterInstanceGroup: { instanceCount: 1, instanceType: 'm6i.xlarge' },
          coreInstanceGroup: { instanceCount: 2, instanceType: 'm6i.xlarge' },
        },
      });
    }
  }
}
