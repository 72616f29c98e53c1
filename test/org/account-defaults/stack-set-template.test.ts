import * as fs from 'fs';
import type { Stack } from 'aws-cdk-lib';
import { Aspects, BootstraplessSynthesizer, CfnParameter, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ImdsAccountDefaultsStackSetProps } from '../../../src/org/account-defaults/account-defaults-stack-set-props';
import { ImdsDriftDetection } from '../../../src/org/account-defaults/drift-detection';
import { ACCOUNT_DEFAULTS_HANDLER } from '../../../src/org/account-defaults/handler-code.generated';
import type { ImdsAccountDefaultsProps } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsAccountDefaultsStackSet } from '../../../src/org/account-defaults/imds-account-defaults-stack-set';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import type { DefaultHttpTokens } from '../../../src/org/default-http-tokens';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

type Props = Partial<ImdsAccountDefaultsStackSetProps>;

function bodyOf(props: Props = {}, stack: Stack = scratchStack()): string {
  new ImdsAccountDefaultsStackSet(stack, 'Org', { organizationalUnitIds: ['r-ab12'], ...props });
  return resourceOf(stack, 'AWS::CloudFormation::StackSet').Properties.TemplateBody as string;
}

const templateOf = (props: Props = {}): Json => JSON.parse(bodyOf(props));

/** The template of a stack with only the defaults. */
function plainTemplate(props: ImdsAccountDefaultsProps): Json {
  const stack = scratchStack(scratchApp(), 'Stack', { synthesizer: new BootstraplessSynthesizer() });
  new ImdsAccountDefaults(stack, 'Defaults', props);
  return Template.fromStack(stack).toJSON();
}

describe('the template of the stack set', () => {
  const EVERYTHING: ImdsAccountDefaultsProps = {
    httpTokensEnforced: true,
    httpPutResponseHopLimit: 2,
    httpEndpoint: true,
    instanceMetadataTags: false,
    removalPolicy: RemovalPolicy.RETAIN,
    runtime: Runtime.NODEJS_22_X,
    regions: ImdsRegions.of('eu-west-1', 'eu-central-1'),
  };

  test.each<[string, ImdsAccountDefaultsProps]>([
    ['one Region', { regions: ImdsRegions.own() }],
    ['every Region', { regions: ImdsRegions.allEnabled() }],
    ['everything that can be said', EVERYTHING],
  ])('is the template of a stack with only the defaults, for %s', (_, props) => {
    expect(templateOf(props)).toEqual(plainTemplate(props));
  });

  test('contains the code of the function, and nothing but resources', () => {
    const template = templateOf();
    expect(Object.keys(template)).toEqual(['Resources']);
    expect(resourceOf(template, 'AWS::Lambda::Function').Properties.Code).toEqual({ ZipFile: ACCOUNT_DEFAULTS_HANDLER });
  });

  test('sets every enabled Region if each account gets one stack', () => {
    expect(templateOf()).toEqual(plainTemplate({ regions: ImdsRegions.allEnabled() }));
  });

  test.each([[['eu-west-1']], [['eu-west-1', 'eu-west-2']]])('sets its own Region, where each account gets stacks in %j', stackRegions => {
    expect(templateOf({ stackRegions })).toEqual(plainTemplate({ regions: ImdsRegions.own() }));
  });

  test('sets the given Regions if each account gets one stack in another Region', () => {
    const regions = ImdsRegions.allEnabled();
    expect(templateOf({ stackRegions: ['eu-west-1'], regions })).toEqual(plainTemplate({ regions }));
  });
});

describe('the template of the stack set is the same', () => {
  const expected = bodyOf();

  test('each time', () => {
    expect(bodyOf()).toBe(expected);
  });

  test.each(['context of the app', 'context of the CLI'])('whatever the %s contains', from => {
    const context = {
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:version-reporting': true,
      '@aws-cdk/core:enablePartitionLiterals': true,
      '@aws-cdk/aws-iam:minimizePolicies': true,
      '@aws-cdk/aws-iam:standardizedServicePrincipals': true,
      '@aws-cdk/core:permissionsBoundary': { name: 'boundary' },
    };
    const given = process.env.CDK_CONTEXT_JSON;
    try {
      if (from === 'context of the CLI') { process.env.CDK_CONTEXT_JSON = JSON.stringify(context); }
      const stack = scratchStack(scratchApp(from === 'context of the app' ? context : {}));
      expect(stack.node.tryGetContext('aws:cdk:enable-path-metadata')).toBe(true);
      expect(bodyOf({}, stack)).toBe(expected);
    } finally {
      if (given === undefined) { delete process.env.CDK_CONTEXT_JSON; } else { process.env.CDK_CONTEXT_JSON = given; }
    }
  });

  test('whatever aspects visit the stack', () => {
    const stack = scratchStack();
    const visited: string[] = [];
    Aspects.of(stack).add({ visit: node => visited.push(node.node.path) });
    expect(bodyOf({}, stack)).toBe(expected);
    expect(visited).toEqual(['Stack', 'Stack/Org', 'Stack/Org/Resource']);
  });
});

test('creating the template leaves no files and prints nothing', () => {
  const stack = scratchStack();
  const made = jest.spyOn(jest.requireActual<typeof fs>('fs'), 'mkdtempSync');
  const printed = (['log', 'info', 'warn', 'error'] as const).map(level => jest.spyOn(console, level).mockImplementation());
  try {
    new ImdsAccountDefaultsStackSet(stack, 'Org', { organizationalUnitIds: ['r-ab12'] });
    expect(() => new ImdsAccountDefaultsStackSet(stack, 'Refused', { organizationalUnitIds: ['r-ab12'], runtime: Runtime.PYTHON_3_12 })).toThrow();
    const directories = made.mock.results.map(({ value }) => value as string);
    expect(directories).toHaveLength(2);
    expect(directories.filter(directory => fs.existsSync(directory))).toEqual([]);
    for (const spy of printed) { expect(spy).not.toHaveBeenCalled(); }
  } finally {
    for (const spy of [made, ...printed]) { spy.mockRestore(); }
  }
});

describe('the template of the stack set', () => {
  const look = (characters: number) => ImdsDriftDetection.report({ schedule: Schedule.expression(`cron(${'0,'.repeat(characters / 2)}0 0 * * ? *)`) });

  test('can be as long as CloudFormation accepts, and has space for a schedule', () => {
    expect(Buffer.byteLength(bodyOf({ driftDetection: look(2) }))).toBeLessThan(30_000);
    expect(Buffer.byteLength(bodyOf({ driftDetection: look(25_000) }))).toBeGreaterThan(40_000);
  });

  test('is rejected if it gets longer', () => {
    expect(() => bodyOf({ driftDetection: look(100_000) })).toThrow(/^the template of the stack set must have 51200 bytes at most, got \d{6}$/);
  });

  test('has the schedule, and corrects defaults if that is set', () => {
    const template = templateOf({ driftDetection: ImdsDriftDetection.repair() });
    const lambda = resourceOf(template, 'AWS::Lambda::Function');
    expect(lambda.Properties.Environment).toMatchObject({ Variables: { IMDS_REPAIRS: 'true' } });
    expect(resourceOf(template, 'AWS::Events::Rule').Properties.Targets).toMatchObject([{ Arn: { 'Fn::GetAtt': [lambda.logicalId, 'Arn'] } }]);
    expect(resourceOf(template, 'AWS::Events::Rule').Properties.ScheduleExpression).toBe('rate(1 day)');
  });

  test('cannot have a topic that is a token of the app', () => {
    const stack = scratchStack();
    const driftDetection = ImdsDriftDetection.report({ alarmTopicArn: new CfnParameter(stack, 'Topic').valueAsString });
    expect(() => bodyOf({ driftDetection }, stack)).toThrow(new Error('alarmTopicArn must be known at synthesis, got an unresolved value'));
  });

  test.each<[string, (stack: Stack) => Props]>([
    ['httpTokens', stack => ({ httpTokens: new CfnParameter(stack, 'Parameter').valueAsString as DefaultHttpTokens })],
    ['httpPutResponseHopLimit', stack => ({ httpPutResponseHopLimit: new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber })],
    ['regions', () => ({ regions: ImdsRegions.of('eu-west-1', Fn.importValue('Region')) })],
    ['regions', () => ({ regions: ImdsRegions.of(...Fn.split(',', Fn.importValue('Regions'))) })],
  ])('cannot have tokens of the app: %s is rejected', (name, props) => {
    const stack = scratchStack();
    expect(() => bodyOf(props(stack), stack)).toThrow(new Error(`${name} must be known at synthesis, got an unresolved value`));
  });
});
