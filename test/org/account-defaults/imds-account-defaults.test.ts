import { readdirSync } from 'fs';
import type { Environment } from 'aws-cdk-lib';
import { BootstraplessSynthesizer, CfnOutput, CfnParameter, NestedStack, RemovalPolicy, Stage, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ACCOUNT_DEFAULTS_HANDLER } from '../../../src/org/account-defaults/handler-code.generated';
import type { ImdsAccountDefaultsProps } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import { DefaultHttpTokens } from '../../../src/org/default-http-tokens';
import type { Resource } from '../../harness/resources';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const DEFAULTS = 'Custom::ImdsAccountDefaults';

// CDK keeps every created runtime, and test files share it. cdk-nag requires the newest one for others.
const runtimes = [...Runtime.ALL];
afterAll(() => { Runtime.ALL.splice(0, Runtime.ALL.length, ...runtimes); });

function stackWith(props?: ImdsAccountDefaultsProps) {
  const stack = scratchStack();
  new ImdsAccountDefaults(stack, 'Defaults', props);
  return stack;
}

describe('the defaults', () => {
  test.each<[ImdsAccountDefaultsProps | undefined, object]>([
    [undefined, { HttpTokens: 'required' }],
    [{}, { HttpTokens: 'required' }],
    [{ httpTokens: DefaultHttpTokens.OPTIONAL }, { HttpTokens: 'optional' }],
    [{ httpTokens: DefaultHttpTokens.NO_PREFERENCE }, { HttpTokens: 'no-preference' }],
    [{ httpTokensEnforced: true }, { HttpTokens: 'required', HttpTokensEnforced: 'enabled' }],
    [{ httpTokensEnforced: false }, { HttpTokens: 'required', HttpTokensEnforced: 'disabled' }],
    [{ httpTokens: DefaultHttpTokens.OPTIONAL, httpTokensEnforced: false }, { HttpTokens: 'optional', HttpTokensEnforced: 'disabled' }],
    [{ httpPutResponseHopLimit: 1 }, { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }],
    [{ httpPutResponseHopLimit: 64 }, { HttpTokens: 'required', HttpPutResponseHopLimit: 64 }],
    [{ httpEndpoint: true }, { HttpTokens: 'required', HttpEndpoint: 'enabled' }],
    [{ httpEndpoint: false }, { HttpTokens: 'required', HttpEndpoint: 'disabled' }],
    [{ instanceMetadataTags: true }, { HttpTokens: 'required', InstanceMetadataTags: 'enabled' }],
    [{ instanceMetadataTags: false }, { HttpTokens: 'required', InstanceMetadataTags: 'disabled' }],
  ])('of %j are parameters of EC2, and unset ones are not managed', (props, defaults) => {
    expect(resourceOf(stackWith(props), DEFAULTS).Properties.Defaults).toEqual(defaults);
  });

  test('can come from parameters', () => {
    const stack = scratchStack();
    const hops = new CfnParameter(stack, 'Hops', { type: 'Number' });
    const tokens = new CfnParameter(stack, 'Tokens');
    new ImdsAccountDefaults(stack, 'Defaults', {
      httpTokens: tokens.valueAsString as DefaultHttpTokens, httpTokensEnforced: true, httpPutResponseHopLimit: hops.valueAsNumber,
    });
    expect(resourceOf(stack, DEFAULTS).Properties.Defaults)
      .toEqual({ HttpTokens: { Ref: 'Tokens' }, HttpTokensEnforced: 'enabled', HttpPutResponseHopLimit: { Ref: 'Hops' } });
  });
});

describe('a property is rejected, with its value:', () => {
  test.each<[unknown, string]>([
    [{ httpTokens: 'sometimes' }, "httpTokens must be one of 'required', 'optional', 'no-preference', got 'sometimes'"],
    [{ httpTokens: 'no_preference' }, "httpTokens must be one of 'required', 'optional', 'no-preference', got 'no_preference'"],
    [{ httpTokens: 'optional', httpTokensEnforced: true }, "httpTokens must be 'required' where httpTokensEnforced is true, got 'optional'"],
    [{ httpTokens: 'no-preference', httpTokensEnforced: true }, "httpTokens must be 'required' where httpTokensEnforced is true, got 'no-preference'"],
    [{ httpTokensEnforced: 'enabled' }, "httpTokensEnforced must be true or false, got 'enabled'"],
    [{ httpPutResponseHopLimit: 0 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 0'],
    [{ httpPutResponseHopLimit: -1 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got -1'],
    [{ httpPutResponseHopLimit: 65 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 65'],
    [{ httpPutResponseHopLimit: 1.5 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 1.5'],
    [{ httpEndpoint: 'disabled' }, "httpEndpoint must be true or false, got 'disabled'"],
    [{ instanceMetadataTags: 1 }, 'instanceMetadataTags must be true or false, got 1'],
    [{ removalPolicy: 'snapshot' }, "removalPolicy must be one of 'destroy', 'retain', 'retain-on-update-or-delete', got 'snapshot'"],
    [{ runtime: Runtime.PYTHON_3_13 }, "runtime must be Node.js 22 or later, got 'python3.13'"],
    [{ runtime: Runtime.NODEJS_20_X }, "runtime must be Node.js 22 or later, got 'nodejs20.x'"],
    [{ runtime: new Runtime('nodejs', RuntimeFamily.NODEJS) }, "runtime must be Node.js 22 or later, got 'nodejs'"],
  ])('%j', (props, message) => {
    expect(() => stackWith(props as ImdsAccountDefaultsProps)).toThrow(new Error(message));
  });
});

describe('the removal of the defaults', () => {
  test.each<[RemovalPolicy | undefined, string]>([
    [undefined, 'Delete'],
    [RemovalPolicy.DESTROY, 'Delete'],
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
  ])('with the removal policy %s is the deletion policy %s', (removalPolicy, deletionPolicy) => {
    expect(resourceOf(stackWith({ removalPolicy }), DEFAULTS)).toMatchObject({ DeletionPolicy: deletionPolicy });
  });
});

describe('the function', () => {
  const LAMBDA = 'AWS::Lambda::Function';

  test('has its code in the template, and CloudFormation waits for it', () => {
    const stack = stackWith();
    const lambda = resourceOf(stack, LAMBDA);
    expect(lambda.Properties).toMatchObject({ Code: { ZipFile: ACCOUNT_DEFAULTS_HANDLER }, Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 300 });
    expect(resourceOf(stack, DEFAULTS).Properties).toMatchObject({ ServiceToken: { 'Fn::GetAtt': [lambda.logicalId, 'Arn'] }, ServiceTimeout: '1200' });
  });

  const later = new Runtime('nodejs26.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });

  test.each([Runtime.NODEJS_22_X, later])('runs on %s if that is set', runtime => {
    expect(resourceOf(stackWith({ runtime }), LAMBDA).Properties.Runtime).toBe(runtime.name);
  });

  test('has the permissions for its Regions and its own log group, and no others', () => {
    const stack = stackWith({ regions: ImdsRegions.of('eu-west-1') });
    const logGroup = { 'Fn::GetAtt': [resourceOf(stack, 'AWS::Logs::LogGroup').logicalId, 'Arn'] };
    const role = resourceOf(stack, 'AWS::IAM::Role');
    expect(role.Properties).toEqual({
      Path: '/cdk-imdsv2/',
      AssumeRolePolicyDocument: document({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }),
      Policies: [{
        PolicyName: 'Run',
        PolicyDocument: document(
          { Action: 'ec2:DescribeRegions', Effect: 'Allow', Resource: '*' },
          {
            Action: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
            Effect: 'Allow',
            Resource: { Ref: 'AWS::StackId' },
          },
          { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: logGroup },
        ),
      }],
    });
    expect(resourceOf(stack, 'AWS::IAM::Policy').Properties).toMatchObject({
      Roles: [{ Ref: role.logicalId }],
      PolicyDocument: document({
        Action: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'],
        Effect: 'Allow',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      }),
    });
    expect(resourceOf(stack, LAMBDA).Properties.Role).toEqual({ 'Fn::GetAtt': [role.logicalId, 'Arn'] });
  });

  test('has a name that is unique in its stack, and contains the id of its stack', () => {
    const stack = scratchStack();
    for (const [id, region] of [['One', 'eu-west-1'], ['Two', 'eu-west-2']]) { new ImdsAccountDefaults(stack, id, { regions: ImdsRegions.of(region) }); }
    const names = Object.values(Template.fromStack(stack).findResources(LAMBDA)).map(({ Properties }) => Properties.FunctionName);
    const unique = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    const prefixes = names.map(name => name['Fn::Join'][1][0]);
    expect(names).toEqual(prefixes.map(prefix => ({ 'Fn::Join': ['-', [prefix, unique]] })));
    expect(prefixes).toEqual(prefixes.map(() => expect.stringMatching(/^cdk-imdsv2-[0-9a-f]{8}$/)));
    expect(new Set(prefixes).size).toBe(2);
  });

  test('keeps its name with its logical id, whatever the names of the stack and the stage are, because a resource cannot get another function', () => {
    const nameIn = (scope: Construct, id: string) => {
      const stack = scratchStack(scope, id);
      new ImdsAccountDefaults(new Construct(stack, 'Default'), 'Defaults');
      return resourceOf(stack, LAMBDA).Properties.FunctionName;
    };
    const expected = resourceOf(stackWith(), LAMBDA).Properties.FunctionName;
    expect([nameIn(scratchApp(), 'Other'), nameIn(new Stage(scratchApp(), 'Stage'), 'Stack')]).toEqual([expected, expected]);
  });

  test('is not invoked before it has its permissions', () => {
    const stack = stackWith();
    expect(resourceOf(stack, DEFAULTS).DependsOn).toEqual([resourceOf(stack, 'AWS::IAM::Policy').logicalId]);
  });

  test('writes to a log group that is deleted with the stack', () => {
    const stack = stackWith({ removalPolicy: RemovalPolicy.RETAIN });
    const logGroup: Resource = resourceOf(stack, 'AWS::Logs::LogGroup');
    expect(logGroup).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
    expect(resourceOf(stack, LAMBDA).Properties.LoggingConfig).toEqual({ LogGroup: { Ref: logGroup.logicalId } });
  });

  function document(...statements: object[]) {
    return { Version: '2012-10-17', Statement: statements };
  }
});

test('a policy can identify the role by its path', () => {
  const [, path] = /^arn:\*:iam::\*:role(\/.*)\*$/.exec(ImdsAccountDefaults.ROLE_ARN_PATTERN)!;
  expect(resourceOf(stackWith(), 'AWS::IAM::Role').Properties.Path).toBe(path);
});

test('a policy can identify the function by its name', () => {
  const [, prefix] = /^arn:\*:lambda:\*:\*:function:(.*)\*$/.exec(ImdsAccountDefaults.FUNCTION_ARN_PATTERN)!;
  const name = resourceOf(stackWith(), 'AWS::Lambda::Function').Properties.FunctionName as { 'Fn::Join': [string, string[]] };
  expect(prefix).toBe('cdk-imdsv2-');
  expect(name['Fn::Join'][1][0].startsWith(prefix)).toBe(true);
});

test('the set and skipped Regions and the role can be referenced', () => {
  const stack = scratchStack();
  const { appliedRegions, skippedRegions, role } = new ImdsAccountDefaults(stack, 'Defaults');
  const values = { Applied: appliedRegions, Skipped: skippedRegions, Role: role.roleArn };
  for (const [id, value] of Object.entries(values)) { new CfnOutput(stack, id, { value }); }
  const defaults = resourceOf(stack, DEFAULTS).logicalId;
  Template.fromStack(stack).templateMatches({
    Outputs: {
      Applied: { Value: { 'Fn::GetAtt': [defaults, 'Regions'] } },
      Skipped: { Value: { 'Fn::GetAtt': [defaults, 'SkippedRegions'] } },
      Role: { Value: { 'Fn::GetAtt': [resourceOf(stack, 'AWS::IAM::Role').logicalId, 'Arn'] } },
    },
  });
});

test('the stack needs no assets, no bootstrapped environment and no parameters', () => {
  const app = scratchApp();
  const stack = scratchStack(app, 'Stack', { synthesizer: new BootstraplessSynthesizer() });
  new ImdsAccountDefaults(stack, 'Defaults', { regions: ImdsRegions.allEnabled() });
  const assembly = app.synth();
  const artifact = assembly.getStackArtifact(stack.artifactId);
  expect(artifact.assets).toEqual([]);
  expect(artifact.requiresBootstrapStackVersion).toBeUndefined();
  expect(Object.keys(artifact.template)).toEqual(['Resources']);
  expect(readdirSync(assembly.directory).filter(file => /asset/.test(file))).toEqual([]);
});

describe('two in one stack', () => {
  function messageOf(first: ImdsRegions | undefined, second: ImdsRegions | undefined, env?: { region: string }): string {
    const app = scratchApp();
    const stack = scratchStack(app, 'Stack', { env });
    new ImdsAccountDefaults(stack, 'First', { regions: first });
    new ImdsAccountDefaults(stack, 'Second', { regions: second });
    return synthesisOf(app);
  }

  const said = (regions: string) => `[Stack/Second] sets the account defaults of ${regions}, and 'Stack/First' does too: each overwrites what the other sets`;

  test.each<[string, ImdsRegions | undefined, ImdsRegions | undefined, string]>([
    ['name the same', ImdsRegions.of('eu-west-1', 'eu-west-2', 'eu-west-3'), ImdsRegions.of('eu-west-3', 'eu-west-2', 'eu-north-1'), 'eu-west-2, eu-west-3'],
    ['name one and every', ImdsRegions.of('eu-west-1'), ImdsRegions.allEnabled(), 'eu-west-1'],
    ['name every and one', ImdsRegions.allEnabled(), ImdsRegions.of('eu-west-1'), 'eu-west-1'],
    ['name every', ImdsRegions.allEnabled(), ImdsRegions.allEnabled(), 'every enabled Region'],
    ['name none, which is the Region of the stack', undefined, undefined, '{"Ref":"AWS::Region"}'],
  ])('with %s Region are an error', (_, first, second, regions) => {
    expect(messageOf(first, second)).toContain(said(regions));
  });

  test('are one error, not two', () => {
    expect(messageOf(undefined, undefined).match(/each overwrites/g)).toHaveLength(1);
  });

  test('are an error if one names the Region of the stack, and the other uses it by default', () => {
    expect(messageOf(ImdsRegions.own(), ImdsRegions.of('eu-west-1'), { region: 'eu-west-1' })).toContain(said('eu-west-1'));
  });

  test('with different Regions are accepted', () => {
    expect(messageOf(ImdsRegions.of('eu-west-1'), ImdsRegions.of('eu-west-2'))).toBe('');
  });

  test('are an error if one is in a nested stack', () => {
    const app = scratchApp();
    const stack = scratchStack(app, 'Stack');
    new ImdsAccountDefaults(new NestedStack(stack, 'Nested'), 'First', { regions: ImdsRegions.of('eu-west-1') });
    new ImdsAccountDefaults(stack, 'Second', { regions: ImdsRegions.of('eu-west-1') });
    expect(synthesisOf(app)).toContain("[Stack/Second] sets the account defaults of eu-west-1, and 'Stack/Nested/First' does too");
  });

  test('are accepted in two stacks, which can be for two accounts', () => {
    const app = scratchApp();
    for (const id of ['One', 'Other']) { new ImdsAccountDefaults(scratchStack(app, id), 'Defaults'); }
    expect(synthesisOf(app)).toBe('');
  });

  describe('of the same account', () => {
    const reportsOf = (regions: string) => `sets the account defaults of ${regions}, and 'One/Defaults' does too`;
    const [IRELAND, LONDON] = ['eu-west-1', 'eu-west-2'].map(region => ({ account: '111111111111', region }));

    /** The error of the synthesis of two stacks with defaults. */
    function messageOfStacks(one: [Environment, ImdsRegions?], other: [Environment, ImdsRegions?], inStages = false): string {
      const app = scratchApp();
      [one, other].forEach(([env, regions], index) => {
        const id = ['One', 'Other'][index];
        const scope = inStages && index === 1 ? new Stage(app, 'Stage') : app;
        new ImdsAccountDefaults(scratchStack(scope, id, { env }), 'Defaults', { regions });
      });
      return synthesisOf(app);
    }

    test.each<[string, [Environment, ImdsRegions?], [Environment, ImdsRegions?], string]>([
      ['the Region', [IRELAND], [IRELAND], 'eu-west-1'],
      ['a Region that both name', [IRELAND, ImdsRegions.of('eu-west-3')], [LONDON, ImdsRegions.of('eu-west-3')], 'eu-west-3'],
      ['the Region of one that the other names', [IRELAND], [LONDON, ImdsRegions.of('eu-west-1')], 'eu-west-1'],
      ['the Region of one and every', [IRELAND], [LONDON, ImdsRegions.allEnabled()], 'eu-west-1'],
    ])('are an error in two stacks with %s in common', (_, one, other, regions) => {
      expect(messageOfStacks(one, other)).toContain(reportsOf(regions));
    });

    test('are an error across stages', () => {
      expect(messageOfStacks([IRELAND], [IRELAND], true)).toContain(`[Stage/Other/Defaults] ${reportsOf('eu-west-1')}`);
    });

    test.each<[string, [Environment, ImdsRegions?], [Environment, ImdsRegions?]]>([
      ['set their own Regions', [IRELAND], [LONDON]],
      ['have no Region, so that each may have another', [{ account: '111111111111' }], [{ account: '111111111111' }]],
      ['are of two accounts', [IRELAND], [{ ...IRELAND, account: '222222222222' }]],
      ['have no account, so that each may have another', [{ region: 'eu-west-1' }], [{ region: 'eu-west-1' }]],
    ])('are accepted in two stacks that %s', (_, one, other) => {
      expect(messageOfStacks(one, other)).toBe('');
    });
  });

  test('are an error with the same unresolved list', () => {
    const list = { 'Fn::Split': [',', { Ref: 'Regions' }] };
    expect(messageOf(ImdsRegions.of(...Token.asList(list)), ImdsRegions.of(...Token.asList(list)))).toContain(said(JSON.stringify(list)));
  });

  test('are different if Regions are unresolved', () => {
    expect(messageOf(ImdsRegions.of(Token.asString({ Ref: 'One' })), ImdsRegions.of(Token.asString({ Ref: 'Other' })))).toBe('');
  });

  function synthesisOf(app: ReturnType<typeof scratchApp>): string {
    try {
      app.synth();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }
});
