import { Fn, Stack, StackProps } from 'aws-cdk-lib';
import { CfnLaunchTemplate, UserData } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, Ec2TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** Hosts and a task whose SDKs must not fall back to IMDSv1. */
export class WorkersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const userData = UserData.forLinux();
    userData.addCommands('systemctl start worker');
    new CfnLaunchTemplate(this, 'Hosts', {
      launchTemplateData: { metadataOptions: { httpTokens: 'required' }, userData: Fn.base64(userData.render()) },
    });

    new Ec2TaskDefinition(this, 'Task').addContainer('Worker', {
      image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable'),
      memoryLimitMiB: 128,
      environment: { QUEUE: 'orders' },
    });
  }
}
