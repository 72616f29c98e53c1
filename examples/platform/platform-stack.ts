import { Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { BeanstalkApp } from './beanstalk-app';
import { DataPlatform } from './data-platform';
import { Desktops } from './desktops';
import { DeveloperHosts } from './developer-hosts';
import { ImageFactory } from './image-factory';

/**
 * Managed services that launch EC2 instances.
 *
 * Each of them has its own option to require IMDSv2, and some have no option.
 */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });

    new ImageFactory(this, 'Images');
    new BeanstalkApp(this, 'Shop');
    new DataPlatform(this, 'Data', { vpc });
    new Desktops(this, 'Desktops', { vpc });
    new DeveloperHosts(this, 'Developers', { vpc });
  }
}
