import { CfnEnvironmentEC2 } from 'aws-cdk-lib/aws-cloud9';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnInstance } from 'aws-cdk-lib/aws-lightsail';
import { Construct } from 'constructs';

export interface DeveloperHostsProps {
  readonly vpc: IVpc;
}

/** Services that launch instances and have no property for the metadata service at all. */
export class DeveloperHosts extends Construct {
  constructor(scope: Construct, id: string, props: DeveloperHostsProps) {
    super(scope, id);

    new CfnInstance(this, 'Wiki', {
      instanceName: 'wiki',
      blueprintId: 'amazon_linux_2023',
      bundleId: 'micro_3_0',
    });

    new CfnEnvironmentEC2(this, 'Editor', {
      imageId: 'amazonlinux-2023-x86_64',
      instanceType: 't3.small',
      automaticStopTimeMinutes: 30,
      subnetId: props.vpc.publicSubnets[0].subnetId,
    });
  }
}
