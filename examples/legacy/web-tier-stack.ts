import { join } from 'path';
import { Fn, Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { QueueWorkers } from './queue-workers';

/** A web tier with an old hand-written template, and its first part in CDK: a nested stack in the same VPC. */
export class WebTierStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const template = new CfnInclude(this, 'Template', {
      templateFile: join(__dirname, 'web-tier.template.json'),
    });

    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: template.getParameter('VpcId').valueAsString,
      availabilityZones: [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())],
      privateSubnetIds: ['SubnetA', 'SubnetB'].map((name) => template.getParameter(name).valueAsString),
    });
    new QueueWorkers(this, 'QueueWorkers', { vpc });
  }
}
