import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ImdsDriftDetection } from '../../../src/org/account-defaults/drift-detection';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchStack } from '../../harness/scratch-app';

const [RULE, ALARM, LAMBDA] = ['AWS::Events::Rule', 'AWS::CloudWatch::Alarm', 'AWS::Lambda::Function'];
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:imds';

function stackWith(driftDetection?: ImdsDriftDetection) {
  const stack = scratchStack();
  new ImdsAccountDefaults(stack, 'Defaults', { driftDetection });
  return stack;
}

/** The permissions of the role. */
function statementsIn(stack: ReturnType<typeof stackWith>): readonly Json[] {
  const [{ PolicyDocument }] = resourceOf(stack, 'AWS::IAM::Role').Properties.Policies as { PolicyDocument: { Statement: Json[] } }[];
  return PolicyDocument.Statement;
}

test.each([[undefined], [ImdsDriftDetection.off()]])('there is no schedule, no alarm and no right to report, unless it is asked for (%#)', driftDetection => {
  const stack = stackWith(driftDetection);
  for (const type of [RULE, ALARM, 'AWS::Lambda::Permission']) { Template.fromStack(stack).resourceCountIs(type, 0); }
  expect(JSON.stringify(statementsIn(stack))).not.toContain('events:');
});

test.each([
  [ImdsDriftDetection.report(), 'rate(1 day)'],
  [ImdsDriftDetection.repair(), 'rate(1 day)'],
  [ImdsDriftDetection.report({ schedule: Schedule.rate(Duration.hours(6)) }), 'rate(6 hours)'],
])('a schedule invokes the function, by default once a day (%#)', (driftDetection, expression) => {
  const stack = stackWith(driftDetection);
  const arn = { 'Fn::GetAtt': [resourceOf(stack, LAMBDA).logicalId, 'Arn'] };
  expect(resourceOf(stack, RULE).Properties).toMatchObject({ ScheduleExpression: expression, State: 'ENABLED', Targets: [{ Arn: arn }] });
  expect(resourceOf(stack, 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: arn,
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [resourceOf(stack, RULE).logicalId, 'Arn'] },
  });
});

test('policies can name the rule, as they name the function', () => {
  const { Properties: { Name } } = resourceOf(stackWith(ImdsDriftDetection.report()), RULE);
  expect(Name).toEqual({
    'Fn::Join': ['-', [expect.stringMatching(/^cdk-imdsv2-[0-9a-f]{8}$/), { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]],
  });
});

test('the schedule is deleted before the defaults are reset', () => {
  const stack = stackWith(ImdsDriftDetection.repair());
  expect(resourceOf(stack, RULE).DependsOn).toContain(resourceOf(stack, 'Custom::ImdsAccountDefaults').logicalId);
});

test('the function can send its own events to the default bus, and metrics need no permission', () => {
  const statements = statementsIn(stackWith(ImdsDriftDetection.report()));
  expect(statements).toContainEqual({
    Action: 'events:PutEvents',
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':event-bus/default']] },
    Condition: { StringEquals: { 'events:source': 'cdk-imdsv2' } },
  });
  expect(JSON.stringify(statements)).not.toContain('cloudwatch:');
});

test('there is no alarm without a topic', () => {
  Template.fromStack(stackWith(ImdsDriftDetection.repair())).resourceCountIs(ALARM, 0);
});

test('an alarm notifies a topic about drifted and unread defaults, from the metrics of the function', () => {
  const stack = stackWith(ImdsDriftDetection.report({ alarmTopicArn: TOPIC }));
  const metric = (MetricName: string) => ({
    Namespace: 'cdk-imdsv2', MetricName, Dimensions: [{ Name: 'FunctionName', Value: { Ref: resourceOf(stack, LAMBDA).logicalId } }],
  });
  const { Metrics, ...properties } = resourceOf(stack, ALARM).Properties as { Metrics: Json[] };
  expect(properties).toMatchObject({
    AlarmActions: [TOPIC], ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, EvaluationPeriods: 1, TreatMissingData: 'ignore',
  });
  expect(Metrics).toEqual([
    expect.objectContaining({ Expression: 'drifted + unread' }),
    expect.objectContaining({ Id: 'drifted', MetricStat: { Metric: metric('DriftedDefaults'), Period: 3600, Stat: 'Maximum' } }),
    expect.objectContaining({ Id: 'unread', MetricStat: { Metric: metric('UnreadRegions'), Period: 3600, Stat: 'Maximum' } }),
  ]);
});

test.each(['imds', 'arn:aws:sqs:eu-west-1:111122223333:imds', 7])('%j is not accepted as a topic', topic => {
  expect(() => ImdsDriftDetection.report({ alarmTopicArn: topic as string })).toThrow(/^alarmTopicArn must be the ARN of an SNS topic such as '.*', got /);
});

test('a schedule of aws-scheduler is rejected with its name', () => {
  const schedule = ScheduleExpression.rate(Duration.hours(1)) as unknown as Schedule;
  expect(() => ImdsDriftDetection.report({ schedule })).toThrow('schedule must be a Schedule of aws-events, got {"expressionString":"rate(1 hour)"');
});

test.each([[null, 'null'], ['repair', "'repair'"], [{}, '{}']])('a drift detection of %j, which JavaScript can pass, is rejected', (value, got) => {
  expect(() => stackWith(value as unknown as ImdsDriftDetection)).toThrow(`driftDetection must be an ImdsDriftDetection, such as ImdsDriftDetection.report(), got ${got}`);
});
