import { Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ImageImdsSupport } from 'cdk-imdsv2';
import { Construct } from 'constructs';
import { ApplianceGroup } from './appliance-group';
import { WeeklyImage } from './weekly-image';

/** Images whose instances require IMDSv2 in every account: one is built, one is registered, one already exists. */
export class GoldenImageStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Built every week, and copied to another Region.
    new WeeklyImage(this, 'Weekly');

    // Registered from a snapshot, and launched from.
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
    new ApplianceGroup(this, 'Appliance', { vpc });

    // An existing image, with a parameter as its id.
    new ImageImdsSupport(this, 'Bastion', { parameterName: '/images/bastion', acknowledgeIrreversible: true });
  }
}
