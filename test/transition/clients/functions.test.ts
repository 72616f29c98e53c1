import { App, Aspects, CfnParameter, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ImdsClientSettings } from '../../../src';
import { read, reportedIds } from '../../harness/synthesized';

const OFF = 'AWS_EC2_METADATA_DISABLED';
const FUNCTION = 'AWS::Lambda::Function';
const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const SAM_FUNCTION = 'AWS::Serverless::Function';

/** The stack `Stack` of an app after its synthesis, with the metadata service disabled in places without an instance role. */
function synthesized(build: (stack: Stack, app: App) => void, region?: string) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { region } });
  Aspects.of(app).add(new ImdsClientSettings({ disableWhereNoInstanceRole: true }));
  build(stack, app);
  const { template, reports } = read(app.synth(), stack);
  const variablesOf = (id: string) => (template.Resources[id].Properties?.Environment as any)?.Variables as object | undefined;
  return { variablesOf, reports, texts: reports.map(({ text }) => text) };
}

const generic = (stack: Stack, id: string, type: string, properties: object) => new CfnResource(stack, id, { type, properties: { ...properties } });
const functionWith = (stack: Stack, properties: object = {}, id = 'Function') =>
  generic(stack, id, FUNCTION, { Runtime: 'nodejs22.x', Role: 'arn:aws:iam::111122223333:role/imported', ...properties });
const inlineFunction = (stack: Stack, more = {}) => new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), ...more });

const distributionOf = (arn: unknown) => ({ DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: arn }] } } });
const ownRole = (stack: Stack, service = 'lambda.amazonaws.com') =>
  generic(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] } });

const AT_EDGE = expect.stringMatching(/^the resource does not get AWS_EC2_METADATA_DISABLED, because Lambda@Edge functions cannot have variables/) as unknown;
const PERHAPS = expect.stringMatching(/because it may be a Lambda@Edge function, which cannot have variables: its role is unknown/) as unknown;

describe('a function of a distribution', () => {
  test.each<[string, unknown]>([
    ['by its version', { Ref: 'Version' }],
    ['by its ARN and a number', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Function', 'Arn'] }, ':', '3']] }],
    ['by its ARN and a number, substituted', { 'Fn::Sub': '${Function.Arn}:3' }],
    ['in a branch of a condition', { 'Fn::If': ['C', { Ref: 'Version' }, { Ref: 'AWS::NoValue' }] }],
    ['by its name', 'arn:aws:lambda:us-east-1:111122223333:function:viewer:7'],
    ['by its name and a parameter', { 'Fn::Sub': 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:viewer:${Number}' }],
  ])('%s is not changed', (_, arn) => {
    const { variablesOf, texts } = synthesized(stack => {
      new CfnParameter(stack, 'Number');
      functionWith(stack, { FunctionName: 'viewer', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } });
      ownRole(stack);
      generic(stack, 'Version', 'AWS::Lambda::Version', { FunctionName: { Ref: 'Function' } });
      generic(stack, 'Site', DISTRIBUTION, distributionOf(arn));
    });
    expect(variablesOf('Function')).toBeUndefined();
    expect(texts).toEqual([AT_EDGE]);
  });

  test("with CDK's constructs is not changed, in an additional behavior and with an imported role", () => {
    const { variablesOf, texts } = synthesized(stack => {
      const viewer = inlineFunction(stack, { role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/imported') });
      (viewer.node.defaultChild as CfnFunction).overrideLogicalId('Function');
      const origin = new HttpOrigin('example.com');
      const edgeLambdas = [{ eventType: 'viewer-request' as never, functionVersion: viewer.currentVersion }];
      new Distribution(stack, 'Site', { defaultBehavior: { origin }, additionalBehaviors: { '/a': { origin, edgeLambdas } } });
    }, 'us-east-1');
    expect(variablesOf('Function')).toBeUndefined();
    expect(texts.filter(text => text.includes(OFF))).toEqual([AT_EDGE]);
  });

  test('in another stack is not changed', () => {
    const app = new App();
    const env = { region: 'us-east-1', account: '111122223333' };
    const stack = new Stack(app, 'Stack', { env });
    const edge = inlineFunction(stack);
    const site = new Stack(app, 'Site', { env: { ...env, region: 'eu-west-1' }, crossRegionReferences: true });
    new CfnResource(site, 'Site', { type: DISTRIBUTION, properties: distributionOf(edge.currentVersion.functionArn) });
    Aspects.of(app).add(new ImdsClientSettings({ disableWhereNoInstanceRole: true }));
    const { template } = read(app.synth(), stack);
    expect(Object.values(template.Resources).find(({ Type, Properties }) => Type === FUNCTION && Properties?.Runtime === 'nodejs22.x' && !String(Properties.Handler).startsWith('__'))?.Properties)
      .not.toHaveProperty('Environment');
  });

  test('of SAM is not changed', () => {
    const { variablesOf, texts } = synthesized(stack => {
      generic(stack, 'Function', SAM_FUNCTION, { AutoPublishAlias: 'live' });
      generic(stack, 'Site', DISTRIBUTION, distributionOf({ Ref: 'Function.Version' }));
    });
    expect(variablesOf('Function')).toBeUndefined();
    expect(texts).toEqual([AT_EDGE]);
  });

  test('does not affect other functions', () => {
    const { variablesOf } = synthesized(stack => {
      ownRole(stack);
      functionWith(stack, { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }, 'Other');
      generic(stack, 'Site', DISTRIBUTION, distributionOf('arn:aws:lambda:us-east-1:111122223333:function:viewer:7'));
    });
    expect(variablesOf('Other')).toEqual({ [OFF]: 'true' });
  });
});

describe('a function whose role cannot be read', () => {
  test.each<[string, object]>([
    ['an ARN', {}],
    ['a parameter', { Role: { Ref: 'Role' } }],
    ['an import', { Role: { 'Fn::ImportValue': 'role' } }],
  ])('is not changed, with a warning: %s', (_, properties) => {
    const { variablesOf, texts } = synthesized(stack => {
      new CfnParameter(stack, 'Role');
      functionWith(stack, properties);
    });
    expect(variablesOf('Function')).toBeUndefined();
    expect(texts).toEqual([PERHAPS]);
  });

  test.each<[string, object, string | undefined]>([
    ['another Region', {}, 'eu-west-1'],
    ['a runtime', { Runtime: 'java21' }, undefined],
    ['a VPC', { VpcConfig: { SubnetIds: ['subnet-1'] } }, undefined],
    ['layers', { Layers: ['arn'] }, 'us-east-1'],
    ['an image', { PackageType: 'Image', Runtime: undefined }, undefined],
    ['variables', { Environment: { Variables: { A: '1' } } }, undefined],
  ])('gets variables if CloudFront does not accept the function: with %s', (_, properties, region) => {
    const { variablesOf, texts } = synthesized(stack => { functionWith(stack, properties); }, region);
    expect(variablesOf('Function')).toMatchObject({ [OFF]: 'true' });
    expect(texts).toEqual([]);
  });

  test('is not changed if the trust policy of its role is unknown', () => {
    const { texts } = synthesized(stack => {
      new CfnParameter(stack, 'Service');
      generic(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: { Ref: 'Service' } } }] } });
      functionWith(stack, { Role: { 'Fn::GetAtt': 'Role.Arn' } });
    });
    expect(texts).toEqual([PERHAPS]);
  });

  test('with SAM has its own role, unless it names one', () => {
    const { variablesOf, texts } = synthesized(stack => {
      generic(stack, 'Plain', SAM_FUNCTION, {});
      generic(stack, 'Edge', SAM_FUNCTION, { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } }] } });
      generic(stack, 'Named', SAM_FUNCTION, { Role: Fn.importValue('role') });
    });
    expect(variablesOf('Plain')).toEqual({ [OFF]: 'true' });
    expect([variablesOf('Edge'), variablesOf('Named')]).toEqual([undefined, undefined]);
    expect(texts).toEqual([AT_EDGE, PERHAPS]);
  });
});

describe('a new version', () => {
  const ALIASES = /^its variables change, so a deployment publishes a new version: its aliases move/;

  test('of a function with currentVersion is reported once', () => {
    const { reports } = synthesized(stack => {
      new Alias(stack, 'Alias', { aliasName: 'live', version: inlineFunction(stack, { timeout: Duration.seconds(3) }).currentVersion });
    });
    expect(reports).toEqual([expect.objectContaining({ level: 'info', at: 'Stack/Function/Resource', text: expect.stringMatching(ALIASES) as unknown })]);
  });

  test('of a function of SAM with an alias is reported', () => {
    const { texts } = synthesized(stack => { generic(stack, 'Function', SAM_FUNCTION, { AutoPublishAlias: 'live' }); });
    expect(texts).toEqual([expect.stringMatching(ALIASES)]);
  });

  test('does not exist for a function without versions', () => {
    expect(synthesized(stack => { inlineFunction(stack); }).reports).toEqual([]);
    expect(synthesized(stack => { generic(stack, 'Function', SAM_FUNCTION, {}); }).reports).toEqual([]);
  });

  test('is not reported if nothing changes', () => {
    const { reports } = synthesized(stack => { void inlineFunction(stack, { environment: { [OFF]: 'true' } }).currentVersion; });
    expect(reports).toEqual([]);
  });
});

describe('4 KB of variables', () => {
  // {"A":"xx","AWS_EC2_METADATA_DISABLED":"true"}
  const around = JSON.stringify({ A: '', [OFF]: 'true' }).length;

  test.each([[4096 - around, true], [4097 - around, false]])('with %i bytes of a variable, there is space for more: %s', (length, isWritten) => {
    const { variablesOf, reports } = synthesized(stack => { functionWith(stack, { Environment: { Variables: { A: 'x'.repeat(length) } } }); });
    expect(OFF in variablesOf('Function')!).toBe(isWritten);
    expect(reportedIds(reports)).toEqual(isWritten ? [] : ['Imdsv2::ClientSettingsLeft']);
  });

  test('are reported as full', () => {
    const { texts } = synthesized(stack => { functionWith(stack, { Environment: { Variables: { A: 'x'.repeat(5000) } } }); });
    expect(texts).toEqual([expect.stringContaining('because its variables would be longer than 4 KB')]);
  });
});
