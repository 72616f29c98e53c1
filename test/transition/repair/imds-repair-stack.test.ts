import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Imdsv1UsageMonitor } from '../../../src/transition/imdsv1-usage-monitor';
import { Imdsv1UsageMonitorStackSet } from '../../../src/transition/imdsv1-usage-monitor-stack-set';
import { IMDSV1_RECORD_HANDLER } from '../../../src/transition/repair/handler-code.generated';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import type { ImdsRepairStackSetProps } from '../../../src/transition/repair/imds-repair-stack-set';
import { ImdsRepairStackSet } from '../../../src/transition/repair/imds-repair-stack-set';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import { complaintsAboutRole } from '../deployed';

type PropsIn = (stack: Stack) => Partial<ImdsRepairProps>;

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:imds';
const MODIFY = 'ec2:ModifyInstanceMetadataOptions';

function stackWith(props: Partial<ImdsRepairProps> | PropsIn = {}, then: (repair: ImdsRepair) => void = () => undefined): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const given = typeof props === 'function' ? props(stack) : props;
  then(new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all(), ...given }));
  return stack;
}

/** The permissions of the state machine for repairs, or of the one for rollbacks. */
function statementsWith(props?: Partial<ImdsRepairProps> | PropsIn, kind: 'Runs' | 'Rollback' = 'Runs'): Json[] {
  return statementsIn(stackWith(props), `Repair${kind}Rights`);
}

function statementsIn(stack: Stack, id: string): Json[] {
  const [, rights] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find(([each]) => each.startsWith(id))!;
  return (rights.Properties as { PolicyDocument: { Statement: Json[] } }).PolicyDocument.Statement;
}

/** The logical ids of the state machines that a role can start. Its own one is included by name. */
function startedBy(statements: readonly Json[]): string[] {
  return statements.filter(({ Action }) => Action === 'states:StartExecution')
    .map(({ Resource }) => /"(?:Fn::GetAtt":\["|Ref":")(Repair\w+)"/.exec(JSON.stringify(Resource))?.[1] ?? 'itself');
}

const SELECTIONS: [string, RepairSelection][] = [
  ['everything', RepairSelection.all()], ['tags', RepairSelection.tags({ Env: ['prod'] })], ['findings', RepairSelection.configFindings('imdsv2')],
];

describe('the state machine for repairs can', () => {
  test('require tokens and set the hop limit of containers, but neither make tokens optional nor disable the service', () => {
    expect(statementsWith().filter(({ Action }) => Action === MODIFY)).toEqual([{
      Effect: 'Allow',
      Action: MODIFY,
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-west-1:111122223333:instance/*']] },
      Condition: {
        StringEquals: { 'ec2:Attribute/HttpTokens': 'required' },
        Null: { 'ec2:Attribute/HttpEndpoint': 'true' },
        NumericEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': '2' },
      },
    }]);
  });

  test.each<[string, RepairSelection, object]>([
    ['tags', RepairSelection.tags({ Env: ['prod'], Team: [] }), { StringEquals: { 'aws:ResourceTag/Env': ['prod'] }, Null: { 'aws:ResourceTag/Team': 'false' } }],
    ['groups', RepairSelection.autoScalingGroups(['web']), { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': ['web'] } }],
    ['stacks', RepairSelection.stacks(['shop']), { StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-name': ['shop'] } }],
  ])('only change instances that are selected by %s', (_, selection, condition) => {
    expect(statementsWith({ selection }).find(({ Action }) => Action === MODIFY)).toMatchObject({ Condition: condition });
  });

  test.each<[RepairReaction | undefined, string[]]>([
    [undefined, ['itself']],
    [RepairReaction.STOP, ['itself']],
    [RepairReaction.ROLL_BACK_REFUSING, ['itself', expect.stringMatching(/^RepairRollback/) as string]],
    [RepairReaction.ROLL_BACK_ALL, ['itself', expect.stringMatching(/^RepairRollback/) as string]],
  ])('with the reaction %s, only start the state machine that it needs', (onRejectedCalls, expected) => {
    expect(startedBy(statementsWith({ onRejectedCalls }))).toEqual(expected);
  });
});

describe('the state machine for rollbacks can', () => {
  test('only make tokens optional, on instances with any tags', () => {
    expect(statementsWith({ selection: RepairSelection.tags({ Env: ['prod'] }) }, 'Rollback').filter(({ Action }) => Action === MODIFY)).toEqual([{
      Effect: 'Allow',
      Action: MODIFY,
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-west-1:111122223333:instance/*']] },
      Condition: {
        StringEquals: { 'ec2:Attribute/HttpTokens': 'optional' },
        Null: { 'ec2:Attribute/HttpEndpoint': 'true' },
        NumericEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': '1' },
      },
    }]);
  });

  test('only start its own child executions', () => {
    expect(startedBy(statementsWith({ onRejectedCalls: RepairReaction.ROLL_BACK_ALL }, 'Rollback'))).toEqual(['itself']);
  });
});

describe.each(['Runs', 'Rollback'] as const)('the role of the %s', kind => {
  test.each(SELECTIONS)('has permissions that match the Service Authorization Reference, by %s', async (_, selection) => {
    expect(await complaintsAboutRole(statementsWith({ selection }, kind))).toEqual([]);
  });

  test('can only access its own objects and items', () => {
    const others = statementsWith({}, kind).filter(({ Action }) => /s3:|dynamodb:|states:/.test(JSON.stringify(Action)));
    expect(others).toHaveLength(kind === 'Runs' ? 7 : 6);
    expect(others.filter(({ Resource }) => Resource === '*')).toEqual([]);
  });

  test('can only be assumed by the state machine with its name', () => {
    const roles = Object.entries(Template.fromStack(stackWith()).findResources('AWS::IAM::Role'));
    const [, { Properties }] = roles.find(([id]) => id.startsWith(`Repair${kind}Role`))!;
    const [{ Condition, ...others }] = (Properties as { AssumeRolePolicyDocument: { Statement: Json[] } }).AssumeRolePolicyDocument.Statement;
    expect(others).toEqual({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' } });
    expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
    expect(JSON.stringify((Condition as Json).ArnLike)).toMatch(/:states:eu-west-1:111122223333:stateMachine:.*cdk-imdsv2-[0-9a-f]{8}/);
  });
});

describe('a schedule', () => {
  test.each<[string, Partial<ImdsRepairProps>, string]>([
    ['plans', {}, '{"mode":"plan"}'],
    ['repairs where that is asked for', { repairOnSchedule: true }, '{"mode":"repair","unattended":true}'],
  ])('%s', (_, props, Input) => {
    const stack = stackWith({ schedule: Schedule.rate(Duration.days(1)), ...props });
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties).toMatchObject({ ScheduleExpression: 'rate(1 day)', Targets: [{ Input }] });
  });

  test('does not exist by default', () => {
    Template.fromStack(stackWith()).resourceCountIs('AWS::Events::Rule', 0);
  });
});

test('the alarm turns on if a run or a rollback fails, and notifies a topic', () => {
  const alarm = resourceOf(stackWith({ alarmTopicArn: TOPIC }), 'AWS::CloudWatch::Alarm').Properties;
  expect(alarm).toMatchObject({ Threshold: 0, AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
  const metrics = alarm.Metrics as { MetricStat?: { Metric: { MetricName: string } } }[];
  const failed = metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);
  expect(failed).toEqual(['ExecutionsFailed', 'ExecutionsFailed']);
});

test('plans are kept when the stack is deleted', () => {
  expect(resourceOf(stackWith(), 'AWS::S3::Bucket')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { VersioningConfiguration: { Status: 'Enabled' } } });
});

test('without a monitor there is no function, and with a monitor it reads the record', () => {
  Template.fromStack(stackWith()).resourceCountIs('AWS::Lambda::Function', 0);
  const template = Template.fromStack(stackWith(stack => ({ usage: new Imdsv1UsageMonitor(stack, 'Monitor', { quietDays: 32 }) })));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Code: { ZipFile: IMDSV1_RECORD_HANDLER }, Environment: { Variables: { KEY: 'usage/111122223333/latest.json' } },
  });
  expect(JSON.stringify(template.findResources('AWS::StepFunctions::StateMachine'))).toContain('\\"quietDays\\":32');
});

describe('a principal that can', () => {
  const granted = (grant: (repair: ImdsRepair, role: Role) => void) => statementsIn(stackWith({}, repair => {
    grant(repair, new Role(repair, 'Starter', { assumedBy: new ServicePrincipal('ssm.amazonaws.com') }));
  }), 'RepairStarter');

  test('start runs cannot roll back', () => {
    const statements = granted((repair, role) => { repair.grantStart(role); });
    expect(statements).toEqual([expect.objectContaining({ Action: 'states:StartExecution' })]);
    expect(startedBy(statements)).toEqual([expect.stringMatching(/^RepairRuns/)]);
  });

  test('roll back cannot start runs', () => {
    const statements = granted((repair, role) => { repair.grantRollback(role); });
    expect(statements).toEqual([expect.objectContaining({ Action: 'states:StartExecution' })]);
    expect(startedBy(statements)).toEqual([expect.stringMatching(/^RepairRollback/)]);
  });

  test('assume the role of the remediation can start runs, but not roll back', () => {
    const statements = statementsIn(stackWith({ onRejectedCalls: RepairReaction.ROLL_BACK_ALL }, repair => { repair.asRemediation(); }), 'RepairRemediation');
    expect(startedBy(statements)).toEqual([expect.stringMatching(/^RepairRuns/)]);
  });
});

test('as a remediation, it passes on the instance that AWS Config found', () => {
  const stack = stackWith({}, repair => { expect(repair.asRemediation()).toBe(repair.asRemediation()); });
  const { DocumentType, Content } = resourceOf(stack, 'AWS::SSM::Document').Properties as { DocumentType: string; Content: { mainSteps: { inputs: Json }[]; parameters: Json } };
  expect(DocumentType).toBe('Automation');
  expect(Object.keys(Content.parameters)).toEqual(['InstanceId', 'AutomationAssumeRole']);
  expect(Content.mainSteps[0].inputs).toMatchObject({ Service: 'stepfunctions', Api: 'StartExecution', input: '{"mode":"repair","found":["{{ InstanceId }}"]}' });
});

describe('a stack set', () => {
  const PROPS = { organizationalUnitIds: ['ou-ab12-cd34ef56'], stackRegions: ['eu-west-1', 'us-east-1'], selection: RepairSelection.all() };
  type StackSet = { readonly template: string; readonly TemplateURL: unknown; readonly Parameters?: Json[] };

  function stackSetWith(props: (stack: Stack) => Partial<ImdsRepairStackSetProps>): StackSet {
    const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    new ImdsRepairStackSet(stack, 'Repair', { ...PROPS, ...props(stack) });
    const all = Object.entries(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'));
    const { outdir } = App.of(stack) as App;
    const [asset] = readdirSync(outdir).filter(name => /^asset\..*\.json$/.test(name));
    return { ...all.find(([id]) => id.startsWith('Repair'))![1].Properties as StackSet, template: readFileSync(join(outdir, asset), 'utf8') };
  }

  test('deploys the state machine to each account, with an asset', () => {
    const { template, TemplateURL } = stackSetWith(() => ({ schedule: Schedule.rate(Duration.days(7)) }));
    const { Resources } = JSON.parse(template) as { Resources: { [id: string]: { Type: string } } };
    expect(Object.values(Resources).map(({ Type }) => Type)).toEqual(expect.arrayContaining(['AWS::StepFunctions::StateMachine', 'AWS::Events::Rule', 'AWS::S3::Bucket']));
    expect(JSON.stringify(TemplateURL)).toMatch(/https:.*cdk-hnb659fds-assets-111122223333-eu-west-1.*\.json/);
  });

  test("reads the records of the organization's monitors", () => {
    const { template, Parameters } = stackSetWith(stack => ({
      usage: new Imdsv1UsageMonitorStackSet(stack, 'Usage', { organizationId: 'o-a1b2c3d4e5', organizationalUnitIds: ['ou-ab12-cd34ef56'] }),
    }));
    expect(Parameters).toEqual([{ ParameterKey: 'Records', ParameterValue: expect.anything() }]);
    expect(template).toContain('AWS::Lambda::Function');
  });

  test('uses its template where it is, if the app does not stage assets', () => {
    const app = scratchApp({ 'aws:cdk:disable-asset-staging': true });
    const stack = scratchStack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    new ImdsRepairStackSet(stack, 'Repair', PROPS);
    type Manifest = { readonly files: { readonly [id: string]: { readonly source: { readonly path: string } } } };
    const manifest = JSON.parse(readFileSync(join(app.synth().directory, 'Stack.assets.json'), 'utf8')) as Manifest;
    const paths = Object.values(manifest.files).map(({ source }) => source.path).filter(path => path.endsWith('repair.template.json'));
    expect(paths.map(path => existsSync(path))).toEqual([true]);
  });

  test.each<[string, Partial<ImdsRepairStackSetProps>, RegExp]>([
    ['a topic for two Regions', { alarmTopicArn: TOPIC }, /^alarmTopicArn must not be given for more than one of stackRegions/],
    ['a topic of another Region', { alarmTopicArn: TOPIC, stackRegions: ['us-east-1'] }, /^alarmTopicArn must be in the Region of the stack, 'us-east-1', got/],
    ['no Region', { stackRegions: [] }, /stackRegions/],
  ])('rejects %s', (_, props, message) => {
    expect(() => stackSetWith(() => props)).toThrow(message);
  });
});

describe('rejects', () => {
  test('a topic of another Region', () => {
    const alarmTopicArn = TOPIC.replace('eu-west-1', 'us-east-1');
    expect(() => stackWith({ alarmTopicArn })).toThrow(`alarmTopicArn must be in the Region of the stack, 'eu-west-1', got '${alarmTopicArn}'`);
  });

  test.each<[string, { account?: string; region?: string }, RegExp]>([
    ['Region', { region: 'us-east-1' }, /^bucket must be of the region of the stack, eu-west-1, got 'Stack\/Kept' of us-east-1$/],
    ['account', { account: '999999999999' }, /^bucket must be of the account of the stack, 111122223333, got 'Stack\/Kept' of 999999999999$/],
  ])('a bucket of another %s', (_, place, message) => {
    expect(() => stackWith(stack => ({ bucket: Bucket.fromBucketAttributes(stack, 'Kept', { bucketName: 'kept', ...place }) }))).toThrow(message);
  });

  test.each<[string, Partial<ImdsRepairProps>, RegExp]>([
    ['a wait that is too short for CloudWatch', { waitBetweenWaves: Duration.minutes(5) }, /^waitBetweenWaves must be 15 minutes to 7 days, got 5 minutes$/],
    ['a wait of parts of seconds that is too long', { waitBetweenWaves: Duration.millis(7 * 86_400_000 + 1) }, /^waitBetweenWaves must be 15 minutes to 7 days, got /],
    ['an invalid monitor', { usage: { _quietDays: 1, bucket: {} } as never }, /^usage must be an Imdsv1UsageMonitor, got /],
    ['a pause that never ends', { pauseAfterStop: Duration.days(91) }, /^pauseAfterStop must be 90 days at most, got 91 days$/],
    ['parts of days', { quietFor: Duration.hours(30) }, /^quietFor must be 1 to 60 whole days, got/],
    ['too many calls', { callsPerSecond: 50 }, /^callsPerSecond must be a whole number from 1 to 20, got 50$/],
    ['fewer calls than none', { maxRejectedCalls: -1 }, /^maxRejectedCalls must be a whole number of 0 or more, got -1$/],
  ])('%s', (_, props, message) => {
    expect(() => stackWith(props)).toThrow(message);
  });

  test('more days than the monitor covers', () => {
    const quietFor = Duration.days(32);
    expect(() => stackWith(stack => ({ usage: new Imdsv1UsageMonitor(stack, 'Monitor'), quietFor })))
      .toThrow('quietFor must not be longer than the quietDays of the monitor, 14, got 32 days');
    expect(() => stackWith(stack => ({ usage: new Imdsv1UsageMonitor(stack, 'Monitor', { quietDays: 32 }), quietFor }))).not.toThrow();
  });

  test('waves that do not grow', () => {
    expect(() => RepairWaves.percentages([50, 10])).toThrow(/^percentages must be growing numbers up to 100, and 20 at most, got \[50, 10\]$/);
    expect(() => RepairWaves.percentages([NaN])).toThrow(/got \[NaN\]$/);
    expect(() => RepairWaves.canary(0)).toThrow(/^instances must be a whole number of 1 or more, got 0$/);
  });

  test('empty selections', () => {
    expect(() => RepairSelection.tags({})).toThrow(/^tags must have a key or more, got/);
    expect(() => RepairSelection.stacks([])).toThrow(/^names must have a name or more, got/);
    expect(() => RepairSelection.tags({ Env: ['{% $states %}'] })).toThrow(/^tags.Env must be an array of 200 strings at most, got/);
  });
});

test('a bucket is for one repair of an account and Region', () => {
  const here = new Stack(scratchApp(), 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = Bucket.fromBucketName(here, 'Bucket', 'plans');
  const selection = RepairSelection.all();
  new ImdsRepair(here, 'One', { selection, bucket });
  expect(() => new ImdsRepair(here, 'Two', { selection, bucket })).toThrow("bucket must be for one ImdsRepair of an account and Region, got 'Here/Bucket', which another one has");
  const again = Bucket.fromBucketName(here, 'Again', 'plans');
  expect(() => new ImdsRepair(here, 'Three', { selection, bucket: again })).toThrow("bucket must be for one ImdsRepair of an account and Region, got 'Here/Again', which another one has");
  new ImdsRepair(here, 'Four', { selection, bucket: Bucket.fromBucketName(here, 'Other', 'others') });
});
