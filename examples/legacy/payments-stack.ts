import { CfnResource, Lazy, Stack, StackProps } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ImdsExemption } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** Instances whose metadata options are set with escape hatches, not with properties of the construct. */
export class PaymentsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const imageId = MachineImage.latestAmazonLinux2023().getImage(this).imageId;
    const instanceType = 't3.small';

    // One key, overridden.
    const vendor = new CfnInstance(this, 'Vendor', { imageId, instanceType, metadataOptions: { httpTokens: 'required' } });
    vendor.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');

    // The whole block, overridden.
    const agents = new CfnLaunchTemplate(this, 'Agents', { launchTemplateData: { imageId, instanceType } });
    agents.addPropertyOverride('LaunchTemplateData.MetadataOptions', { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 });
    new CfnInstance(this, 'Agent', {
      launchTemplate: { launchTemplateId: agents.ref, version: agents.attrLatestVersionNumber },
    });

    // The whole block, deleted.
    const ledger = new CfnInstance(this, 'Ledger', { imageId, instanceType, metadataOptions: { httpTokens: 'required' } });
    ledger.addPropertyDeletionOverride('MetadataOptions');

    // Only generic properties.
    new CfnResource(this, 'Terminal', {
      type: 'AWS::EC2::Instance',
      properties: {
        ImageId: imageId,
        InstanceType: instanceType,
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'optional' },
      },
    });

    // A block that is unknown before synthesis.
    new CfnInstance(this, 'Settlement', {
      imageId,
      instanceType,
      metadataOptions: Lazy.any({ produce: () => ({ httpTokens: 'optional', httpPutResponseHopLimit: 2 }) }),
    });

    // Software that supports only IMDSv1. Enforcement does not change it until the exemption expires.
    const licences = new CfnInstance(this, 'Licences', { imageId, instanceType, metadataOptions: { httpTokens: 'optional' } });
    ImdsExemption.of(licences).add({
      rule: 'Imdsv2::TokensRequired',
      reason: 'the licence daemon supports only IMDSv1',
      owner: 'payments',
      ticket: 'PAY-1234',
      expires: '2099-12-31',
    });
  }
}
