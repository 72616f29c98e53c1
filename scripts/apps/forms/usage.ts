import { App, CfnParameter, Duration, Stack, Stage } from 'aws-cdk-lib';
import { EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  CloudTrailAthenaTable, ImdsRegions, Imdsv1CredentialAthenaQueries, Imdsv1CredentialMonitor, Imdsv1CredentialRule,
  Imdsv1UsageDashboard, Imdsv1UsageMonitor, Imdsv1UsageMonitorStackSet,
} from '../../../src';

const app = new App();

const plain = new Stack(app, 'Plain');
new Imdsv1UsageDashboard(plain, 'Dashboard', { monitor: new Imdsv1UsageMonitor(plain, 'Monitor') });

const account = new Stack(app, 'Account', { env: { account: '111122223333', region: 'eu-west-1' } });
const trailLog = LogGroup.fromLogGroupName(account, 'TrailLog', 'aws-cloudtrail-logs-111122223333');
const told = new Imdsv1UsageMonitor(account, 'Told', {
  regions: ImdsRegions.of('eu-west-1', 'us-east-1'),
  schedule: Schedule.rate(Duration.hours(6)),
  quietDays: 32,
  alarmTopicArn: new Topic(account, 'Topic', { enforceSSL: true }).topicArn,
  alarmAtOnce: true,
  silentAfter: Duration.hours(24),
  runtime: Runtime.NODEJS_22_X,
  bucket: Bucket.fromBucketName(account, 'Records', 'records'),
  eventBus: EventBus.fromEventBusName(account, 'Bus', 'usage'),
});
new Imdsv1UsageDashboard(account, 'Dashboard', { monitor: told, dashboardName: 'imdsv1' });
new Imdsv1CredentialMonitor(account, 'Credentials', { trailLogGroup: trailLog, usageLogGroup: told.logGroup });
new Imdsv1CredentialRule(account, 'Rule', { targets: [new SqsQueue(new Queue(account, 'Calls', { enforceSSL: true }))], writeOnly: true, ruleName: 'imdsv1' });
new Imdsv1CredentialAthenaQueries(account, 'Queries', {
  trailTable: CloudTrailAthenaTable.withDayPartitions('logs', 'trail'), usageBucket: told.bucket, usageAccounts: ['111122223333', '444455556666'], days: 30,
});

// A topic that is only known at deployment, in a stage.
const staged = new Stack(new Stage(app, 'Stage'), 'Watch');
const topic = new CfnParameter(staged, 'TopicArn');
new Imdsv1UsageMonitor(staged, 'Monitor', { regions: ImdsRegions.allEnabled(), alarmTopicArn: topic.valueAsString });

new Imdsv1UsageMonitorStackSet(new Stack(app, 'Organization'), 'Usage', { organizationId: 'o-a1b2c3d4e5', organizationalUnitIds: ['ou-ab12-cd34ef56'] });
new Imdsv1UsageMonitorStackSet(new Stack(app, 'Shared', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Usage', {
  organizationId: 'o-a1b2c3d4e5',
  organizationalUnitIds: ['r-ab12'],
  sinkArn: 'arn:aws:oam:eu-west-1:111122223333:sink/a1b2c3d4',
  linkAccounts: false,
  quietDays: 30,
  stackSetName: 'usage',
});
