import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImdsRegions, Imdsv1UsageDashboard, Imdsv1UsageMonitor } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** Monitors which instances still use IMDSv1, in every Region of an account. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const monitor = new Imdsv1UsageMonitor(this, 'Monitor', {
      regions: ImdsRegions.allEnabled(),
      quietDays: 32, // there are monthly jobs
      alarmTopicArn: new Topic(this, 'Alarms').topicArn,
    });
    new Imdsv1UsageDashboard(this, 'Dashboard', { monitor, dashboardName: 'imdsv1-usage' });

    // The pipeline of an app copies this object before the synthesis: aws s3 cp <this> imdsv1-usage.json
    new CfnOutput(this, 'Record', { value: monitor.recordUri });
  }
}
