import { Stack, StackProps } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Instances that do not require IMDSv2. The record in this folder shows which of them are ready. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const options = { imageId: 'ami-0abcdef1234567890', instanceType: 't3.micro', subnetId: 'subnet-0abcdef1234567890' };
    new CfnInstance(this, 'Api', options); // ready
    new CfnInstance(this, 'Licences', options); // its licence server still uses IMDSv1
    new CfnInstance(this, 'Backup', { ...options, metadataOptions: { httpTokens: 'required' } }); // IMDSv2 was required too early
    new CfnInstance(this, 'Search', { ...options, metadataOptions: { httpTokens: 'required' } }); // older instances still used IMDSv1 three days ago
  }
}
