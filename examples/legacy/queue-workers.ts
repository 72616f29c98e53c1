import { NestedStack, NestedStackProps } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceClass, InstanceSize, InstanceType, IVpc, LaunchTemplate, MachineImage, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface QueueWorkersProps extends NestedStackProps {
  readonly vpc: IVpc;
}

/** Workers of the web tier, as a nested stack with its own template file. */
export class QueueWorkers extends NestedStack {
  constructor(scope: Construct, id: string, props: QueueWorkersProps) {
    super(scope, id, props);
    const { vpc } = props;

    const launchTemplate = new LaunchTemplate(this, 'Template', {
      machineImage: MachineImage.latestAmazonLinux2023(),
      instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.SMALL),
      securityGroup: new SecurityGroup(this, 'SecurityGroup', { vpc }),
    });
    new AutoScalingGroup(this, 'Group', { vpc, launchTemplate, maxCapacity: 4 });
  }
}
