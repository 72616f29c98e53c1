import { BootstraplessSynthesizer, CfnParameter, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { ImdsRegions } from '../../src/org/account-defaults/imds-regions';
import { Imdsv1UsageMonitorStackSet } from '../../src/transition/imdsv1-usage-monitor-stack-set';
import type { Imdsv1UsageMonitorStackSetProps } from '../../src/transition/usage-stack-set-props';
import type { Json } from '../harness/json';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { bodyOf, expressionsIn, queriesIn } from './dashboard-body';
import { complaintsAboutExpression, complaintsAboutLayout, complaintsAboutQuery } from './dashboard-rules';
import { complaintsAboutRole, deployed } from './deployed';

type Props = Partial<Imdsv1UsageMonitorStackSetProps>;

const [STACK_SET, SINK, LINK] = ['AWS::CloudFormation::StackSet', 'AWS::Oam::Sink', 'AWS::Oam::Link'];
const ENV = { account: '111122223333', region: 'eu-west-1' };
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:imds';
const SINK_ARN = 'arn:aws:oam:eu-west-1:111122223333:sink/a1b2c3d4';
const ORGANIZATION = 'o-a1b2c3d4e5';
const OF_MONITORS = { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/cdk-imdsv2/*' } };

function stackWith(props: Props = {}, env: object = ENV): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env });
  new Imdsv1UsageMonitorStackSet(stack, 'Usage', { organizationId: ORGANIZATION, organizationalUnitIds: ['r-ab12'], ...props });
  return stack;
}

/** The template of the stack that each account gets. */
function accountTemplate(props: Props = {}): Json {
  return JSON.parse(resourceOf(stackWith(props), STACK_SET).Properties.TemplateBody as string) as Json;
}

const stack = stackWith();

describe('the stack set', () => {
  test('deploys a stack to each account, in its own Region, and passes on the destination of the results', () => {
    expect(resourceOf(stack, STACK_SET).Properties).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      Capabilities: ['CAPABILITY_IAM'],
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] }, Regions: ['eu-west-1'] }],
      Parameters: [
        { ParameterKey: 'Bucket', ParameterValue: { Ref: expect.stringContaining('Records') } },
        { ParameterKey: 'EventBus', ParameterValue: { 'Fn::GetAtt': [expect.stringContaining('Events'), 'Arn'] } },
        { ParameterKey: 'Sink', ParameterValue: { 'Fn::GetAtt': [expect.stringContaining('Sink'), 'Arn'] } },
        { ParameterKey: 'SinkAccount', ParameterValue: '111122223333' },
      ],
    });
  });

  test('depends on everything that its stacks write to', () => {
    const types = ['AWS::S3::BucketPolicy', 'AWS::Events::EventBusPolicy', SINK];
    expect(resourceOf(stack, STACK_SET).DependsOn).toEqual(expect.arrayContaining(types.map(type => resourceOf(stack, type).logicalId)));
  });

  test('has exactly the parameters of the template', () => {
    for (const props of [{}, { alarmTopicArn: TOPIC }, { linkAccounts: false }]) {
      const given = resourceOf(stackWith(props), STACK_SET).Properties.Parameters as { ParameterKey: string }[];
      expect(given.map(({ ParameterKey }) => ParameterKey)).toEqual(Object.keys(accountTemplate(props).Parameters as object));
    }
  });

  test('can be in a stack of any account and Region', () => {
    const { Parameters, StackInstancesGroup } = resourceOf(stackWith({}, {}), STACK_SET).Properties;
    expect(StackInstancesGroup).toMatchObject([{ Regions: [{ Ref: 'AWS::Region' }] }]);
    expect(Parameters).toContainEqual({ ParameterKey: 'SinkAccount', ParameterValue: { Ref: 'AWS::AccountId' } });
  });

  test('accepts unresolved ids', () => {
    const other = scratchStack(scratchApp(), 'Stack', { synthesizer: new BootstraplessSynthesizer() });
    const parameter = (id: string) => new CfnParameter(other, id).valueAsString;
    new Imdsv1UsageMonitorStackSet(other, 'Usage', {
      organizationId: parameter('Organization'), organizationalUnitIds: [Fn.importValue('Unit')], alarmTopicArn: parameter('Topic'), sinkArn: parameter('Sink'),
    });
    expect(resourceOf(other, STACK_SET).Properties.Parameters).toEqual(expect.arrayContaining([
      { ParameterKey: 'AlarmTopic', ParameterValue: { Ref: 'Topic' } }, { ParameterKey: 'Sink', ParameterValue: { Ref: 'Sink' } },
    ]));
  });
});

describe('the stack of an account', () => {
  test('monitors every enabled Region, and writes to the center', () => {
    const { Environment } = resourceOf(accountTemplate(), 'AWS::Lambda::Function').Properties;
    expect(Environment).toEqual({ Variables: { REGIONS: '*', QUIET_DAYS: '14', BUCKET: { Ref: 'Bucket' }, EVENT_BUS: { Ref: 'EventBus' } } });
    Template.fromJSON(accountTemplate()).resourceCountIs('AWS::S3::Bucket', 0);
  });

  test('has the given settings', () => {
    const template = accountTemplate({
      regions: ImdsRegions.of('us-east-1'), quietDays: 32, schedule: Schedule.rate(Duration.hours(6)), runtime: Runtime.NODEJS_22_X, alarmTopicArn: TOPIC,
    });
    expect(resourceOf(template, 'AWS::Lambda::Function').Properties).toMatchObject({ Runtime: 'nodejs22.x', Environment: { Variables: { REGIONS: 'us-east-1', QUIET_DAYS: '32' } } });
    expect(resourceOf(template, 'AWS::Events::Rule').Properties.ScheduleExpression).toBe('rate(6 hours)');
    for (const { Properties } of Object.values(Template.fromJSON(template).findResources('AWS::CloudWatch::Alarm'))) {
      expect((Properties as Json).AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
    }
  });

  test('shares the metrics of the monitor with the sink, unless it is the account of the sink', () => {
    const template = accountTemplate();
    expect(resourceOf(template, LINK)).toMatchObject({
      Condition: 'IsElsewhere',
      Properties: {
        ResourceTypes: ['AWS::CloudWatch::Metric'],
        LinkConfiguration: { MetricConfiguration: { Filter: "Namespace = 'cdk-imdsv2'" } },
        SinkIdentifier: { Ref: 'Sink' },
      },
    });
    expect(template.Conditions).toEqual({ IsElsewhere: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, { Ref: 'SinkAccount' }] }] } });
  });

  test('shares nothing if the accounts are already linked', () => {
    const template = accountTemplate({ linkAccounts: false });
    Template.fromJSON(template).resourceCountIs(LINK, 0);
    expect(template.Conditions).toBeUndefined();
  });

  test('has a role that can write its own objects in the bucket, and events to the bus of the center', async () => {
    const [{ PolicyDocument }] = resourceOf(accountTemplate(), 'AWS::IAM::Role').Properties.Policies as { PolicyDocument: { Statement: Json[] } }[];
    const statements = deployed(PolicyDocument.Statement) as Json[];
    expect(statements).toContainEqual(expect.objectContaining({
      Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::bucket/usage/111122223333/*', 'arn:aws:s3:::bucket/state/111122223333/*'],
    }));
    expect(statements).toContainEqual(expect.objectContaining({ Action: 'events:PutEvents', Resource: 'arn:aws:events:eu-west-1:444455556666:event-bus/usage' }));
    expect(await complaintsAboutRole(statements)).toEqual([]);
  });
});

describe('the center', () => {
  test("lets monitors of the organization write and read only their own account's data", () => {
    const { PolicyDocument } = resourceOf(stack, 'AWS::S3::BucketPolicy').Properties as { PolicyDocument: { Statement: Json[] } };
    const allowed = (deployed(PolicyDocument.Statement) as Json[]).filter(({ Effect }) => Effect === 'Allow');
    const conditions = { ...OF_MONITORS, StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: ['arn:aws:s3:::records/usage/${aws:PrincipalAccount}/*', 'arn:aws:s3:::records/state/${aws:PrincipalAccount}/*'],
        Condition: conditions,
      },
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::records', Condition: conditions },
    ]);
  });

  test('lets them send events of the monitor to the bus', () => {
    expect(deployed(resourceOf(stack, 'AWS::Events::EventBusPolicy').Properties.Statement)).toEqual({
      Sid: 'cdk-AllowMonitors',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/usage',
      Condition: { ...OF_MONITORS, StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'events:source': 'cdk-imdsv2' } },
    });
  });

  test('keeps the events in a log that EventBridge can write to', () => {
    const logGroup = resourceOf(stack, 'AWS::Logs::LogGroup');
    expect(logGroup.Properties).toMatchObject({ LogGroupName: expect.stringMatching(/^\/aws\/events\/Stack-Usage/), RetentionInDays: 365 });
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties).toMatchObject({
      EventBusName: { Ref: resourceOf(stack, 'AWS::Events::EventBus').logicalId },
      EventPattern: { source: ['cdk-imdsv2'] },
      Targets: [{ Arn: { 'Fn::Join': ['', [expect.anything(), { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:', { Ref: logGroup.logicalId }]] } }],
    });
    const { PolicyDocument } = resourceOf(stack, 'AWS::Logs::ResourcePolicy').Properties;
    expect(JSON.parse(deployed(PolicyDocument) as string)).toMatchObject({
      Statement: [{ Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] }, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }],
    });
  });

  test('has a sink that accepts metrics from the organization', () => {
    expect(resourceOf(stack, SINK).Properties).toMatchObject({
      Name: expect.stringMatching(/^[a-zA-Z0-9_.-]{1,255}$/),
      Policy: {
        Statement: [{
          Effect: 'Allow',
          Principal: '*',
          Action: ['oam:CreateLink', 'oam:UpdateLink'],
          Resource: '*',
          Condition: {
            'StringEquals': { 'aws:PrincipalOrgID': ORGANIZATION },
            'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric'] },
          },
        }],
      },
    });
  });

  test('can use an existing sink', () => {
    const with_ = stackWith({ sinkArn: SINK_ARN });
    Template.fromStack(with_).resourceCountIs(SINK, 0);
    expect(resourceOf(with_, STACK_SET).Properties.Parameters).toContainEqual({ ParameterKey: 'Sink', ParameterValue: SINK_ARN });
  });
});

describe('the dashboard', () => {
  const body = bodyOf(stack);

  test('has valid places for its widgets', () => {
    expect(complaintsAboutLayout(body)).toEqual([]);
  });

  test('shows all accounts', () => {
    const expressions = expressionsIn(body);
    expect(expressions.flatMap(complaintsAboutExpression)).toEqual([]);
    expect(expressions.filter(expression => expression.includes('Account='))).toEqual([]);
    expect(JSON.stringify(body)).toContain("${PROP('AccountId')} ${PROP('Dim.Region')}");
    expect(JSON.stringify(body)).not.toContain('Dim.Account');
  });

  test('shows changes, from the log of events', () => {
    const queries = queriesIn(body);
    expect(queries).toHaveLength(1);
    expect(queries[0]).toContain(`SOURCE '<${resourceOf(stack, 'AWS::Logs::LogGroup').logicalId}>'`);
    expect(queries.flatMap(complaintsAboutQuery)).toEqual([]);
  });
});

test('has the names of its parts', () => {
  const other = scratchStack();
  const usage = new Imdsv1UsageMonitorStackSet(other, 'Usage', { organizationId: ORGANIZATION, organizationalUnitIds: ['r-ab12'], stackSetName: 'imdsv1-usage' });
  expect([usage.stackSetName, usage.stackNamePattern]).toEqual(['imdsv1-usage', 'StackSet-imdsv1-usage-*']);
  expect(other.resolve([usage.stackSetId, usage.sinkArn, usage.dashboardName])).toEqual([
    { 'Fn::GetAtt': [resourceOf(other, STACK_SET).logicalId, 'StackSetId'] },
    { 'Fn::GetAtt': [resourceOf(other, SINK).logicalId, 'Arn'] },
    { Ref: resourceOf(other, 'AWS::CloudWatch::Dashboard').logicalId },
  ]);
});

describe('a property is rejected, with its value:', () => {
  test.each<[object, string]>([
    [{ organizationId: undefined }, "organizationId must be the id of an organization, such as 'o-a1b2c3d4e5', got undefined"],
    [{ organizationId: 'r-ab12' }, "organizationId must be the id of an organization, such as 'o-a1b2c3d4e5', got 'r-ab12'"],
    [{ organizationalUnitIds: [] }, 'organizationalUnitIds must name one organizational unit at least, got none'],
    [{ sinkArn: 'sink' }, "sinkArn must be the ARN of a sink such as 'arn:aws:oam:eu-west-1:111122223333:sink/a1b2c3d4', got 'sink'"],
    [{ sinkArn: SINK_ARN.replace('eu-', 'us-') }, "sinkArn must be of the account and the Region of the stack, got 'arn:aws:oam:us-west-1:111122223333:sink/a1b2c3d4'"],
    [{ sinkArn: SINK_ARN.replace('1111', '4444') }, "sinkArn must be of the account and the Region of the stack, got 'arn:aws:oam:eu-west-1:444422223333:sink/a1b2c3d4'"],
    [{ regions: ImdsRegions.of(Token.asString({ Ref: 'Region' })) }, 'regions must be known at synthesis, got an unresolved value'],
    [{ schedule: Schedule.expression(Token.asString({ Ref: 'Schedule' })) }, 'schedule must be known at synthesis, got an unresolved value'],
    [{ schedule: Schedule.rate(Duration.days(3)) }, "schedule must run once a day at least, as rate(1 day) does, got 'rate(3 days)'"],
    [{ runtime: Runtime.PYTHON_3_13 }, "runtime must be Node.js 22 or later, got 'python3.13'"],
    [{ linkAccounts: 'no' }, "linkAccounts must be true or false, got 'no'"],
    [{ bucket: 'records' }, "props must not have 'bucket', got 'records'"],
  ])('%j', (props, message) => {
    expect(() => stackWith(props as Props)).toThrow(new Error(message));
  });
});

describe('another one in the same account and Region', () => {
  const props = { organizationId: ORGANIZATION, organizationalUnitIds: ['r-ab12'] };

  test.each([['in the same stack', ''], ['in another stack', 'Other']])('%s cannot have its own sink', (_, other) => {
    const app = scratchApp();
    const first = scratchStack(app, 'Stack', { env: ENV });
    const usage = new Imdsv1UsageMonitorStackSet(first, 'Usage', props);
    const second = other === '' ? first : scratchStack(app, other, { env: ENV });
    expect(() => new Imdsv1UsageMonitorStackSet(second, 'More', props))
      .toThrow(new Error("sinkArn must be given where 'Stack/Usage' has the sink of the account in this Region, such as sinkArn: usage.sinkArn, got undefined"));
    expect(() => new Imdsv1UsageMonitorStackSet(second, 'Sharing', { ...props, sinkArn: usage.sinkArn })).not.toThrow();
  });

  test('has its own sink in another Region', () => {
    const app = scratchApp();
    new Imdsv1UsageMonitorStackSet(scratchStack(app, 'Stack', { env: ENV }), 'Usage', props);
    expect(() => new Imdsv1UsageMonitorStackSet(scratchStack(app, 'Other', { env: { ...ENV, region: 'eu-central-1' } }), 'Usage', props)).not.toThrow();
  });
});
