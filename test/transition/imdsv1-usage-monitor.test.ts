import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ImdsRegions } from '../../src/org/account-defaults/imds-regions';
import { COLLECTOR_ACTIONS } from '../../src/transition/collector-actions';
import { IMDSV1_USAGE_HANDLER } from '../../src/transition/handler-code.generated';
import type { Imdsv1UsageMonitorProps } from '../../src/transition/imdsv1-usage-monitor';
import { Imdsv1UsageMonitor } from '../../src/transition/imdsv1-usage-monitor';
import type { Json } from '../harness/json';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { complaintsAboutRole } from './deployed';

const [ALARM, BUCKET, LAMBDA, RULE] = ['AWS::CloudWatch::Alarm', 'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::Events::Rule'];
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:imds';
const ENV = { account: '111122223333', region: 'eu-west-1' };

type PropsIn = (stack: Stack) => Imdsv1UsageMonitorProps;

function stackWith(props: Imdsv1UsageMonitorProps | PropsIn = {}): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: ENV });
  new Imdsv1UsageMonitor(stack, 'Monitor', typeof props === 'function' ? props(stack) : props);
  return stack;
}

const environmentWith = (props?: Imdsv1UsageMonitorProps | PropsIn) =>
  (resourceOf(stackWith(props), LAMBDA).Properties.Environment as { Variables: Json }).Variables;

/** The permissions of the role. */
function statementsWith(props?: Imdsv1UsageMonitorProps | PropsIn): readonly Json[] {
  const [{ PolicyDocument }] = resourceOf(stackWith(props), 'AWS::IAM::Role').Properties.Policies as { PolicyDocument: { Statement: Json[] } }[];
  return PolicyDocument.Statement;
}

/** The alarms, by the last word of their logical ids. */
function alarmsWith(props?: Imdsv1UsageMonitorProps): { readonly [name: string]: Json } {
  const found = Object.entries(Template.fromStack(stackWith(props)).findResources(ALARM));
  return Object.fromEntries(found.map(([id, { Properties }]) => [/Alarms([A-Z][A-Za-z]+?)[0-9A-F]{8}$/.exec(id)![1], Properties as Json]));
}

describe('the function', () => {
  test('has the code of the handler, and the timeout, memory and settings for it', () => {
    const { Properties } = resourceOf(stackWith(), LAMBDA);
    expect(Properties).toMatchObject({ Code: { ZipFile: IMDSV1_USAGE_HANDLER }, Timeout: 900, MemorySize: 1024, Runtime: 'nodejs24.x' });
    expect(environmentWith()).toEqual({ REGIONS: 'eu-west-1', QUIET_DAYS: '14', BUCKET: { Ref: expect.stringContaining('Records') } });
  });

  test.each<[string, Imdsv1UsageMonitorProps | PropsIn, Json]>([
    ['every Region', { regions: ImdsRegions.allEnabled() }, { REGIONS: '*' }],
    ['named Regions', { regions: ImdsRegions.of('us-east-1', 'eu-west-1') }, { REGIONS: 'eu-west-1,us-east-1' }],
    ['another number of days', { quietDays: 32 }, { QUIET_DAYS: '32' }],
    ['another bucket', stack => ({ bucket: Bucket.fromBucketName(stack, 'Other', 'other') }), { BUCKET: 'other' }],
    ['another bus', stack => ({ eventBus: EventBus.fromEventBusArn(stack, 'Other', 'arn:aws:events:eu-west-1:444455556666:event-bus/usage') }), {
      EVENT_BUS: 'arn:aws:events:eu-west-1:444455556666:event-bus/usage',
    }],
  ])('gets %s', (_, props, expected) => {
    expect(environmentWith(props)).toMatchObject(expected);
  });

  test('can use another runtime', () => {
    expect(resourceOf(stackWith({ runtime: Runtime.NODEJS_22_X }), LAMBDA).Properties.Runtime).toBe('nodejs22.x');
  });

  test('and its rule have names, and its role a path, so that policies can protect them', () => {
    const stack = stackWith();
    const name = { 'Fn::Join': ['-', [expect.stringMatching(/^cdk-imdsv2-[0-9a-f]{8}$/), expect.anything()]] };
    expect(resourceOf(stack, LAMBDA).Properties.FunctionName).toEqual(name);
    expect(resourceOf(stack, RULE).Properties.Name).toEqual(name);
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties.Path).toBe('/cdk-imdsv2/');
  });
});

describe('the role can', () => {
  const inBucket = (path: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringContaining('Records'), 'Arn'] }, path]] });

  test('read the data of the handler, and write its own objects, events and log, and nothing else', () => {
    const inNamedRegions = COLLECTOR_ACTIONS.filter(action => action !== 'ec2:DescribeRegions');
    expect(statementsWith()).toEqual([
      { Effect: 'Allow', Action: inNamedRegions, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [inBucket('/usage/111122223333/*'), inBucket('/state/111122223333/*')] },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': [expect.stringContaining('Records'), 'Arn'] } },
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:111122223333:event-bus/default']] },
        Condition: { StringEquals: { 'events:source': 'cdk-imdsv2' } },
      },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('Logs'), 'Arn'] } },
    ]);
  });

  test('use existing actions and condition keys', async () => {
    expect(await complaintsAboutRole(statementsWith())).toEqual([]);
  });

  test('change no instance, account or launcher', () => {
    const actions = statementsWith({ regions: ImdsRegions.allEnabled() }).flatMap(({ Action }) => Action as string | string[]);
    expect(actions.filter(action => !/:(Describe|Get|List|Lookup)/.test(action)).sort())
      .toEqual(['events:PutEvents', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:PutObject']);
  });

  test('read all Regions, if every Region is monitored', () => {
    expect(statementsWith({ regions: ImdsRegions.allEnabled() })[0]).toEqual({ Effect: 'Allow', Action: COLLECTOR_ACTIONS, Resource: '*' });
  });

  test('use the key of an encrypted bucket', () => {
    const stack = stackWith(scope => ({ bucket: new Bucket(scope, 'Own', { encryptionKey: new Key(scope, 'Key') }) }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow' }] },
    });
  });

  test('send events to the given bus', () => {
    const statements = statementsWith(stack => ({ eventBus: new EventBus(stack, 'Bus') }));
    expect(statements).toContainEqual(expect.objectContaining({ Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': [expect.stringContaining('Bus'), 'Arn'] } }));
  });
});

describe('the bucket', () => {
  test('is private and encrypted, deletes objects after a year, and is kept when the stack is deleted', () => {
    const stack = stackWith();
    expect(resourceOf(stack, BUCKET)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365, Status: 'Enabled' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
    });
  });

  test('is not created if one is given', () => {
    Template.fromStack(stackWith(stack => ({ bucket: Bucket.fromBucketName(stack, 'Other', 'other') }))).resourceCountIs(BUCKET, 0);
  });

  test('contains the record at `recordUri`', () => {
    const stack = scratchStack(scratchApp(), 'Stack', { env: ENV });
    const monitor = new Imdsv1UsageMonitor(stack, 'Monitor', { bucket: Bucket.fromBucketName(stack, 'Other', 'other') });
    expect(monitor.recordUri).toBe('s3://other/usage/111122223333/latest.json');
  });
});

describe('the schedule', () => {
  test.each<[Imdsv1UsageMonitorProps, string, number]>([
    [{}, 'cron(25 * * * ? *)', 3],
    [{ schedule: Schedule.rate(Duration.minutes(30)) }, 'rate(30 minutes)', 3],
    [{ schedule: Schedule.rate(Duration.hours(1)) }, 'rate(1 hour)', 3],
    [{ schedule: Schedule.rate(Duration.hours(6)) }, 'rate(6 hours)', 18],
    [{ schedule: Schedule.rate(Duration.days(1)) }, 'rate(1 day)', 72],
    [{ schedule: Schedule.cron({ minute: '0', hour: '4' }) }, 'cron(0 4 * * ? *)', 25],
    [{ schedule: Schedule.cron({ minute: '0', hour: '4' }), silentAfter: Duration.days(7) }, 'cron(0 4 * * ? *)', 168],
    [{ silentAfter: Duration.hours(2) }, 'cron(25 * * * ? *)', 2],
  ])('of %j is %s, and the monitor is silent after %i hours', (props, expression, hours) => {
    const stack = stackWith(props);
    expect(resourceOf(stack, RULE).Properties).toMatchObject({ ScheduleExpression: expression, State: 'ENABLED' });
    expect(alarmsWith(props).Silent).toMatchObject({ EvaluationPeriods: hours });
  });

  test('invokes the function', () => {
    const stack = stackWith();
    const arn = { 'Fn::GetAtt': [resourceOf(stack, LAMBDA).logicalId, 'Arn'] };
    expect(resourceOf(stack, RULE).Properties.Targets).toMatchObject([{ Arn: arn }]);
    expect(resourceOf(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({
      FunctionName: arn, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [resourceOf(stack, RULE).logicalId, 'Arn'] },
    });
  });
});

describe('the alarms', () => {
  test.each([
    ['Refused', 'RejectedCalls'],
    ['Returned', 'ReturnedLaunchers'],
  ])('%s is on if a run of the last 25 hours reported %s, so it does not turn off between single events', (name, MetricName) => {
    expect(alarmsWith()[name]).toMatchObject({
      Namespace: 'cdk-imdsv2',
      MetricName,
      Dimensions: [{ Name: 'Account', Value: '111122223333' }],
      Statistic: 'Maximum',
      Period: 3600,
      EvaluationPeriods: 25,
      DatapointsToAlarm: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test.each([
    ['Unread', 'UnreadRegions'],
  ])('%s follows the value of %s in the last run', (name, MetricName) => {
    expect(alarmsWith()[name]).toMatchObject({
      Namespace: 'cdk-imdsv2',
      MetricName,
      Dimensions: [{ Name: 'Account', Value: '111122223333' }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'ignore',
    });
  });

  test('Silent counts successful runs, and turns on if there are none', () => {
    const metric = (MetricName: string) => ({
      MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName' }] }, Period: 3600, Stat: 'Sum' }, ReturnData: false,
    });
    expect(alarmsWith().Silent).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
      Metrics: [
        { Expression: 'started - failed', ReturnData: true },
        { Id: 'started', ...metric('Invocations') },
        { Id: 'failed', ...metric('Errors') },
      ],
    });
  });

  test('do not read each instance, which costs money, unless this is enabled', () => {
    expect(Object.keys(alarmsWith())).toEqual(['Refused', 'Returned', 'Unread', 'Silent']);
    expect(alarmsWith({ alarmAtOnce: true }).RefusedNow).toMatchObject({
      Metrics: [{ Expression: 'SELECT SUM("MetadataNoTokenRejected") FROM SCHEMA("AWS/EC2", "InstanceId")', Period: 300, ReturnData: true }],
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('notify a topic, if there is one', () => {
    for (const alarm of Object.values(alarmsWith())) { expect(alarm).not.toHaveProperty('AlarmActions'); }
    for (const alarm of Object.values(alarmsWith({ alarmTopicArn: TOPIC, alarmAtOnce: true }))) { expect(alarm.AlarmActions).toEqual([TOPIC]); }
  });

  test("are available for the user\'s own actions", () => {
    const stack = scratchStack();
    expect(new Imdsv1UsageMonitor(stack, 'Monitor').alarms).toHaveLength(4);
  });
});

test('a Region that CDK does not know causes a warning', () => {
  const stack = stackWith({ regions: ImdsRegions.of('eu-wets-1') });
  Annotations.fromStack(stack).hasWarning('/Stack/Monitor', Match.stringLikeRegexp("regions names 'eu-wets-1'.*use 'eu-west-1'"));
});

test('it can be in a stack of any account and Region', () => {
  const stack = scratchStack();
  new Imdsv1UsageMonitor(stack, 'Monitor');
  expect(resourceOf(stack, LAMBDA).Properties.Environment).toMatchObject({ Variables: { REGIONS: { Ref: 'AWS::Region' } } });
});

describe('a property is rejected, with its value:', () => {
  test.each<[object, string]>([
    [{ quietDays: 0 }, 'quietDays must be a whole number from 1 to 60, got 0'],
    [{ quietDays: 61 }, 'quietDays must be a whole number from 1 to 60, got 61'],
    [{ quietDays: '14' }, "quietDays must be a whole number from 1 to 60, got '14'"],
    [{ schedule: 'rate(1 hour)' }, "schedule must be a Schedule of aws-events, got 'rate(1 hour)'"],
    [{ schedule: Schedule.rate(Duration.days(2)) }, "schedule must run once a day at least, as rate(1 day) does, got 'rate(2 days)'"],
    [
      { schedule: Schedule.cron({ minute: '0', hour: '4', weekDay: 'MON' }) },
      "schedule must run once a day at least, as rate(1 day) does, got 'cron(0 4 ? * MON *)'",
    ],
    [{ schedule: Schedule.expression('hello') }, "schedule must run once a day at least, as rate(1 day) does, got 'hello'"],
    [{ schedule: ScheduleExpression.rate(Duration.hours(1)) }, 'schedule must be a Schedule of aws-events, got {"expressionString":"rate(1 hour)","timeZone":{"timezoneName":"Etc/UTC"}}'],
    [{ silentAfter: Duration.minutes(90) }, 'silentAfter must be 1 to 168 whole hours, got 1 hour 30 minutes'],
    [{ silentAfter: Duration.days(8) }, 'silentAfter must be 1 to 168 whole hours, got 8 days'],
    [{ silentAfter: 3 }, 'silentAfter must be a Duration, got 3'],
    [{ regions: 'eu-west-1' }, "regions must be an ImdsRegions, such as ImdsRegions.of('eu-west-1'), got 'eu-west-1'"],
    [{ bucket: 'records' }, "bucket must be an IBucket, got 'records'"],
    [{ eventBus: 'default' }, "eventBus must be an IEventBus, got 'default'"],
    [{ alarmTopicArn: 'imds' }, "alarmTopicArn must be the ARN of an SNS topic such as 'arn:aws:sns:eu-west-1:111122223333:imds', got 'imds'"],
    [{ runtime: Runtime.PYTHON_3_13 }, "runtime must be Node.js 22 or later, got 'python3.13'"],
    [{ alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:imds' },
      "alarmTopicArn must be in the Region of the stack, 'eu-west-1', got 'arn:aws:sns:us-east-1:111122223333:imds'"],
    [{ alarmAtOnce: 'yes' }, "alarmAtOnce must be true or false, got 'yes'"],
    [{ quietdays: 7 }, "props must not have 'quietdays', got 7: did you mean 'quietDays'"],
  ])('%j', (props, message) => {
    expect(() => stackWith(props as Imdsv1UsageMonitorProps)).toThrow(new Error(message));
  });

  test('an unresolved number of days', () => {
    expect(() => stackWith(stack => ({ quietDays: new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber })))
      .toThrow('quietDays must be known at synthesis, got an unresolved value');
  });
});
