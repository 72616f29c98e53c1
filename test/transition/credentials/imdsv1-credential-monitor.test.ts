import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CloudTrailAthenaTable } from '../../../src/transition/credentials/cloudtrail-athena-table';
import { Imdsv1CredentialAthenaQueries } from '../../../src/transition/credentials/imdsv1-credential-athena-queries';
import type { Imdsv1CredentialMonitorProps } from '../../../src/transition/credentials/imdsv1-credential-monitor';
import { Imdsv1CredentialMonitor } from '../../../src/transition/credentials/imdsv1-credential-monitor';
import { Imdsv1UsageMonitor } from '../../../src/transition/imdsv1-usage-monitor';
import { callerLines } from '../../../src/usage/caller-lines';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchStack } from '../../harness/scratch-app';
import { filterMatches } from './log-filters';
import { runQuery } from './logs-insights';
import { RECORDS } from './records';
import { RUNS } from './usage-runs';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:imds';
const QUERY = 'AWS::Logs::QueryDefinition';

function monitorWith(props: Partial<Imdsv1CredentialMonitorProps> = {}, stack = scratchStack()) {
  const monitor = new Imdsv1CredentialMonitor(stack, 'Monitor', { trailLogGroup: LogGroup.fromLogGroupName(stack, 'Trail', 'trail-log'), ...props });
  return { stack, monitor };
}

/** A monitor with the usage monitor's log. */
function joinedMonitor() {
  const stack = scratchStack();
  return monitorWith({ usageLogGroup: LogGroup.fromLogGroupName(stack, 'Usage', 'usage-log') }, stack).stack;
}

function queriesOf(stack: Stack): { readonly [name: string]: Json & { QueryString: string } } {
  const queries = Object.values(Template.fromStack(stack).findResources(QUERY)) as { Properties: Json & { Name: string; QueryString: string } }[];
  return Object.fromEntries(queries.map(({ Properties }) => [Properties.Name, Properties]));
}

const TRAIL = RECORDS.map(({ record }) => record).sort((one, other) => String(one.eventTime).localeCompare(String(other.eventTime)));
const LINES = RUNS.flatMap(callerLines) as unknown as Json[];

function rowsOf(name: string, events: readonly Json[] = TRAIL) {
  return runQuery(queriesOf(joinedMonitor())[`cdk-imdsv2/IMDSv1 credentials/${name}`].QueryString, events);
}

test.each(RECORDS)('the metric filter recognizes $title ($byImdsv1)', ({ record, byImdsv1 }) => {
  const pattern = resourceOf(monitorWith().stack, 'AWS::Logs::MetricFilter').Properties.FilterPattern as string;
  expect(filterMatches(pattern, record)).toBe(byImdsv1);
});

test('each call counts as one, in a metric without dimensions', () => {
  expect(resourceOf(monitorWith().stack, 'AWS::Logs::MetricFilter').Properties).toEqual({
    LogGroupName: 'trail-log',
    FilterPattern: '{ $.userIdentity.sessionContext.ec2RoleDelivery = "1.0" }',
    MetricTransformations: [{ MetricNamespace: 'cdk-imdsv2', MetricName: 'Imdsv1CredentialCalls', MetricValue: '1', DefaultValue: 0, Unit: 'Count' }],
  });
});

test('the alarm is on if there was a call within an hour', () => {
  expect(resourceOf(monitorWith().stack, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({
    Namespace: 'cdk-imdsv2',
    MetricName: 'Imdsv1CredentialCalls',
    Statistic: 'Sum',
    Period: 3600,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('the alarm notifies a topic, if there is one', () => {
  const actionsOf = (alarmTopicArn?: string) => resourceOf(monitorWith({ alarmTopicArn }).stack, 'AWS::CloudWatch::Alarm').Properties.AlarmActions;
  expect(actionsOf(TOPIC)).toEqual([TOPIC]);
  expect(actionsOf(Token.asString({ Ref: 'Topic' }))).toEqual([{ Ref: 'Topic' }]);
  expect(actionsOf()).toBeUndefined();
});

test('the metric is available for other alarms and dashboards', () => {
  const { stack, monitor } = monitorWith();
  monitor.metricCalls({ period: Duration.minutes(5) }).createAlarm(stack, 'Own', { threshold: 100, evaluationPeriods: 1 });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Imdsv1CredentialCalls', Period: 300, Statistic: 'Sum', Threshold: 100 });
});

test.each([null, 'Sum', 300])('%j is not an option of the metric', options => {
  expect(() => monitorWith().monitor.metricCalls(options as unknown as MetricOptions)).toThrow('options must be a MetricOptions, got ');
});

test('queries are saved for the log group of the trail, and one for that of the usage monitor, too', () => {
  const names = (stack: Stack) => Object.entries(queriesOf(stack)).map(([name, { LogGroupNames }]) => [name.split('/').pop(), LogGroupNames]);
  expect(names(monitorWith().stack)).toEqual([['Calls', ['trail-log']], ['Software', ['trail-log']]]);
  expect(names(joinedMonitor())).toEqual([['Calls', ['trail-log']], ['Software', ['trail-log']], ['Launchers', ['trail-log', 'usage-log']]]);
});

test('a usage monitor has the data for the queries by launcher', () => {
  const stack = scratchStack();
  const { logGroup, bucket } = new Imdsv1UsageMonitor(stack, 'Usage');
  monitorWith({ usageLogGroup: logGroup }, stack);
  new Imdsv1CredentialAthenaQueries(stack, 'Athena', { trailTable: CloudTrailAthenaTable.withoutPartitions('default', 'logs'), usageBucket: bucket });
  expect(queriesOf(stack)['cdk-imdsv2/IMDSv1 credentials/Launchers'].LogGroupNames).toEqual(['trail-log', { Ref: resourceOf(stack, 'AWS::Logs::LogGroup').logicalId }]);
  Template.fromStack(stack).hasResourceProperties('AWS::Athena::NamedQuery', {
    Name: 'IMDSv1 credentials: table of usage records',
    QueryString: { 'Fn::Join': ['', Match.arrayWith([{ Ref: resourceOf(stack, 'AWS::S3::Bucket').logicalId }, Match.stringLikeRegexp('^/usage/\'')])] },
  });
});

test('the query for calls finds exactly those with IMDSv1, with the caller', () => {
  const rows = rowsOf('Calls');
  expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(RECORDS.filter(({ byImdsv1 }) => byImdsv1).length);
  const [read] = RECORDS;
  expect(rows).toContainEqual({
    account: '111122223333',
    region: 'eu-west-1',
    role: 'arn:aws:iam::111122223333:role/web',
    instance: 'i-0aaaaaaaaaaaaaaa1',
    principal: 'arn:aws:sts::111122223333:assumed-role/web/i-0aaaaaaaaaaaaaaa1',
    service: 'ec2.amazonaws.com',
    event: 'DescribeInstances',
    sourceIp: '10.0.1.17',
    software: read.record.userAgent,
    calls: 2,
    lastCall: read.record.eventTime,
  });
  expect(rows.map(({ calls }) => calls)).toEqual([...rows.map(({ calls }) => calls)].sort((one, other) => Number(other) - Number(one)));
});

test('a session without an instance id is found without one', () => {
  expect(rowsOf('Calls').filter(({ instance }) => instance === undefined)).toEqual([
    expect.objectContaining({ principal: 'arn:aws:sts::111122223333:assumed-role/files', event: 'NewClientConnection' }),
  ]);
});

test('the query for software finds what to update', () => {
  expect(rowsOf('Software')).toContainEqual(expect.objectContaining({
    software: 'aws-sdk-java/1.11.500',
    role: 'arn:aws:iam::111122223333:role/batch',
    calls: 1,
    lastPrincipal: 'arn:aws:sts::111122223333:assumed-role/batch/i-0bbbbbbbbbbbbbbb1',
  }));
});

test('the query for launchers counts each call once, with any number of runs, and shows if no run saw the instance', () => {
  const rows = rowsOf('Launchers', [...TRAIL, ...LINES]);
  const found = rows.map(({ instance, launcherKind, launcher, calls }) => ({ instance, launcherKind, launcher, calls }));
  expect(LINES.filter(({ caller }) => (caller as Json).instanceId === 'i-0aaaaaaaaaaaaaaa1')).toHaveLength(2);
  expect(new Set(found)).toEqual(new Set([
    { instance: 'i-0aaaaaaaaaaaaaaa1', launcherKind: 'Auto Scaling group', launcher: 'web', calls: 6 },
    { instance: 'i-0bbbbbbbbbbbbbbb1', launcherKind: 'Batch compute environment', launcher: 'nightly', calls: 4 },
    { instance: 'i-0cccccccccccccccc', launcherKind: 'Batch compute environment', launcher: 'nightly', calls: 1 },
    { instance: 'i-0dddddddddddddddd', calls: 1 },
    { instance: 'i-0eeeeeeeeeeeeeeee', calls: 1 },
    { instance: 'arn:aws:sts::111122223333:assumed-role/files', calls: 1 },
  ]));
  expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(RECORDS.filter(({ byImdsv1 }) => byImdsv1).length);
});

test.each([
  [{ trailLogGroup: undefined }, 'trailLogGroup must be an ILogGroup, got undefined'],
  [{ trailLogGroup: 'trail-log' }, "trailLogGroup must be an ILogGroup, got 'trail-log'"],
  [{ usageLogGroup: {} }, 'usageLogGroup must be an ILogGroup, got {}'],
  [{ alarmTopicArn: 'imds' }, "alarmTopicArn must be the ARN of an SNS topic such as 'arn:aws:sns:eu-west-1:111122223333:imds', got 'imds'"],
  [{ topic: TOPIC }, "props must not have 'topic'"],
])('%j, which JavaScript can pass, is rejected', (props, message) => {
  expect(() => monitorWith(props as unknown as Imdsv1CredentialMonitorProps)).toThrow(message);
});
