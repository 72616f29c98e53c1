import { brotliDecompressSync } from 'zlib';
import type { Stack } from 'aws-cdk-lib';
import { Aws, CfnOutput, CfnParameter, Lazy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GuardRules, GuardSeverity } from '../../../src/guard/guard-rules';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { GuardHookMode, GuardHookOperation } from '../../../src/org/guard-hook/guard-hook-options';
import type { ImdsGuardHookStackSetProps } from '../../../src/org/guard-hook/guard-hook-stack-set-props';
import { GUARD_RULES_HANDLER } from '../../../src/org/guard-hook/handler-code.generated';
import { ImdsGuardHook } from '../../../src/org/guard-hook/imds-guard-hook';
import { ImdsGuardHookStackSet } from '../../../src/org/guard-hook/imds-guard-hook-stack-set';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

type Props = Partial<ImdsGuardHookStackSetProps>;

const STACK_SET = 'AWS::CloudFormation::StackSet';
const HOOK = 'AWS::CloudFormation::GuardHook';
const UNIT = 'ou-ab12-cd34ef56';
const EU = { env: { account: '111111111111', region: 'eu-west-1' } };

function hookIn(stack: Stack, props: Props = {}): ImdsGuardHookStackSet {
  return new ImdsGuardHookStackSet(stack, 'Hook', { organizationalUnitIds: [UNIT], stackRegions: ['eu-west-1'], ...props });
}

function propertiesOf(props: Props = {}, stack = scratchStack()): Json {
  hookIn(stack, props);
  return resourceOf(stack, STACK_SET).Properties;
}

function templateOf(props: Props = {}, stack = scratchStack()): Template {
  return Template.fromJSON(JSON.parse(propertiesOf(props, stack).TemplateBody as string) as Json);
}

/** The properties of the only resource of a type. */
function only(template: Template, type: string): Json {
  const [{ Properties }, ...more] = Object.values(template.findResources(type));
  expect(more).toEqual([]);
  return Properties as Json;
}

/** The permissions of the role of a service, by statement. */
function rightsOf(template: Template, service: string): [string, unknown][] {
  const [[id, { Properties }]] = Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([, role]) => JSON.stringify(role.Properties.AssumeRolePolicyDocument).includes(service));
  const inline: Json[] = (Properties.Policies ?? []).map((policy: Json) => policy.PolicyDocument);
  const attached = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(policy => JSON.stringify(policy.Properties.Roles).includes(id)).map(policy => policy.Properties.PolicyDocument);
  const statements = [...inline, ...attached].flatMap(({ Statement }) => Statement as { Action: string | string[]; Resource: unknown }[]);
  return statements.flatMap(({ Action, Resource }) => [Action].flat().map((action): [string, unknown] => [action, Resource]));
}

const logicalId = (template: Template, type: string) => Object.keys(template.findResources(type))[0];

/** The rules in the code of the function. */
function rulesIn(template: Template): string {
  const { ZipFile } = only(template, 'AWS::Lambda::Function').Code as { ZipFile: string };
  const [, packed, code] = /^const GUARD_RULES="([A-Za-z0-9+/=]+)";(.*)$/s.exec(ZipFile)!;
  expect(code).toBe(GUARD_RULES_HANDLER);
  return brotliDecompressSync(Buffer.from(packed, 'base64')).toString();
}

describe('the stack set', () => {
  test('deploys a stack to each Region of each account, also to new accounts', () => {
    expect(propertiesOf({ stackRegions: ['us-east-1', 'eu-west-1'] })).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'SELF',
      Capabilities: ['CAPABILITY_IAM'],
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      OperationPreferences: { FailureToleranceCount: 0, MaxConcurrentCount: 1, RegionOrder: ['us-east-1', 'eu-west-1'] },
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: [UNIT] }, Regions: ['us-east-1', 'eu-west-1'] }],
    });
  });

  test.each<[Props, Json]>([
    [{ delegatedAdmin: true }, { CallAs: 'DELEGATED_ADMIN' }],
    [{ autoDeployment: false }, { AutoDeployment: { Enabled: false } }],
    [{ managedExecution: true }, { ManagedExecution: { Active: true } }],
    [{ stackSetName: 'imds-hooks' }, { StackSetName: 'imds-hooks' }],
    [{ operation: { parallelRegions: true } }, { OperationPreferences: expect.objectContaining({ RegionConcurrencyType: 'PARALLEL' }) }],
  ])('with %j has %j', (props, expected) => {
    expect(propertiesOf(props)).toEqual(expect.objectContaining(expected));
  });

  test('can be referenced, with a pattern for its stacks', () => {
    const stack = scratchStack();
    const { stackSetId, stackSetName, stackNamePattern } = hookIn(stack);
    expect(stackSetName).toMatch(/^Stack-Hook-[0-9A-F]{8}$/);
    expect(stackNamePattern).toBe(`StackSet-${stackSetName}-*`);
    new CfnOutput(stack, 'Id', { value: stackSetId });
    Template.fromStack(stack).hasOutput('Id', { Value: { 'Fn::GetAtt': [resourceOf(stack, STACK_SET).logicalId, 'StackSetId'] } });
  });

  test('accepts unresolved Regions', () => {
    const stack = scratchStack();
    const stackRegions = new CfnParameter(stack, 'Regions', { type: 'CommaDelimitedList' }).valueAsList;
    expect(propertiesOf({ stackRegions }, stack).StackInstancesGroup).toMatchObject([{ Regions: { Ref: 'Regions' } }]);
  });
});

describe('the hook in each account', () => {
  const TELLING: Props = {
    alias: 'Acme::Security::Imds',
    mode: GuardHookMode.FAIL,
    enabled: false,
    severity: GuardSeverity.ALL,
    operations: [GuardHookOperation.RESOURCE],
    resourceTypes: ['AWS::EC2::Instance', 'AWS::Lightsail::Instance'],
    stackFilters: { excludeNames: ['legacy-*'] },
  };

  test.each<[string, Props]>([['nothing', {}], ['everything', TELLING]])('is the same as in one account, with %s', (_, props) => {
    const stack = scratchStack();
    new ImdsGuardHook(stack, 'Hook', props);
    const { ExecutionRole, RuleLocation, ...expected } = only(Template.fromStack(stack), HOOK);
    expect(only(templateOf(props), HOOK)).toEqual({ ...expected, ExecutionRole: expect.anything(), RuleLocation: expect.anything() });
  });

  test('uses the version of the rules that the function wrote into the bucket of the stack', () => {
    const template = templateOf();
    expect(only(template, HOOK).RuleLocation).toEqual({
      Uri: { 'Fn::Join': ['', ['s3://', { Ref: logicalId(template, 'AWS::S3::Bucket') }, '/imdsv2.guard']] },
      VersionId: { 'Fn::GetAtt': [logicalId(template, 'Custom::ImdsGuardRules'), 'VersionId'] },
    });
  });

  test.each<[Props]>([[{}], [{ severity: GuardSeverity.ALL, maxHopLimit: 3 }]])('has the rules of %j, which are in the template', props => {
    expect(rulesIn(templateOf(props))).toBe(GuardRules.render(props));
  });

  test('has a template that fits into a stack set with any properties', () => {
    const body = propertiesOf({ ...TELLING, maxHopLimit: 64, resourceTypes: undefined }).TemplateBody as string;
    expect(Buffer.byteLength(body)).toBeLessThan(25_000);
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['Resources']);
  });

  test('has another resource for other rules, so that a rollback returns to the former one; all other ids stay', () => {
    const [before, after] = [{}, { severity: GuardSeverity.ALL }].map(props => templateOf(props));
    const [former, next] = [before, after].map(template => logicalId(template, 'Custom::ImdsGuardRules'));
    expect(only(after, 'Custom::ImdsGuardRules').Rules).not.toEqual(only(before, 'Custom::ImdsGuardRules').Rules);
    expect(next).not.toBe(former);
    const ids = [before, after].map(template => Object.keys(template.toJSON().Resources as object));
    expect(ids[1].filter(id => id !== next)).toEqual(ids[0].filter(id => id !== former));
  });

  test('has the same resource if other settings change', () => {
    const [before, after] = [{}, { mode: GuardHookMode.FAIL }].map(props => templateOf(props));
    expect(logicalId(after, 'Custom::ImdsGuardRules')).toBe(logicalId(before, 'Custom::ImdsGuardRules'));
  });

  test('has a bucket with versions and without access for others', () => {
    const template = templateOf();
    expect(only(template, 'AWS::S3::Bucket')).toEqual({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(only(template, 'AWS::S3::BucketPolicy').PolicyDocument).toMatchObject({ Statement: [{ Effect: 'Deny', Action: 's3:*' }] });
  });

  test('has a bucket that CloudFormation never deletes itself, not even in a rollback; the function deletes it after the hook', () => {
    const template = templateOf();
    const removal = logicalId(template, 'Custom::ImdsGuardRulesBucket');
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::S3::BucketPolicy', { DependsOn: [removal] });
    template.hasResource('Custom::ImdsGuardRules', { DependsOn: [removal] });
    expect(only(template, 'Custom::ImdsGuardRulesBucket')).not.toHaveProperty('Rules');
  });

  test('has a role that can only read the rules', () => {
    const template = templateOf();
    const bucket = { 'Fn::GetAtt': [logicalId(template, 'AWS::S3::Bucket'), 'Arn'] };
    const object = { 'Fn::Join': ['', [bucket, '/imdsv2.guard']] };
    expect(rightsOf(template, 'hooks.cloudformation.amazonaws.com'))
      .toEqual([['s3:ListBucket', bucket], ['s3:GetObject', object], ['s3:GetObjectVersion', object]]);
  });

  test('has a function that can write and delete the rules, and read its own stack', () => {
    const template = templateOf();
    const bucket = { 'Fn::GetAtt': [logicalId(template, 'AWS::S3::Bucket'), 'Arn'] };
    const object = { 'Fn::Join': ['', [bucket, '/imdsv2.guard']] };
    const rights = rightsOf(template, 'lambda.amazonaws.com').filter(([action]) => !action.startsWith('logs:'));
    expect(rights).toEqual([
      ['s3:PutObject', object], ['s3:DeleteObjectVersion', object], ['s3:ListBucketVersions', bucket], ['s3:DeleteBucket', bucket],
      ['cloudformation:DescribeStackResource', { Ref: 'AWS::StackId' }],
    ]);
    expect(only(template, 'AWS::Lambda::Function')).toMatchObject({
      Environment: { Variables: { BUCKET: { Ref: logicalId(template, 'AWS::S3::Bucket') }, KEY: 'imdsv2.guard' } }, Timeout: 300, Runtime: 'nodejs24.x',
    });
  });

  test('has roles and a function whose names policies can protect, as for account defaults', () => {
    const template = templateOf({ runtime: Runtime.NODEJS_22_X });
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) { expect(Properties.Path).toBe('/cdk-imdsv2/'); }
    const { FunctionName, Runtime: runtime } = only(template, 'AWS::Lambda::Function');
    expect(FunctionName).toMatchObject({ 'Fn::Join': ['-', [expect.stringMatching(/^cdk-imdsv2-/), expect.anything()]] });
    expect(runtime).toBe('nodejs22.x');
    expect([ImdsGuardHookStackSet.ROLE_ARN_PATTERN, ImdsGuardHookStackSet.FUNCTION_ARN_PATTERN])
      .toEqual([ImdsAccountDefaults.ROLE_ARN_PATTERN, ImdsAccountDefaults.FUNCTION_ARN_PATTERN]);
  });

  test('is created after its rules and its permissions', () => {
    const template = templateOf();
    template.hasResource(HOOK, { DependsOn: [logicalId(template, 'AWS::IAM::Policy')] });
  });
});

describe('rules in a bucket for all accounts', () => {
  const GIVEN: Props = { rulesKey: 'org/imdsv2.guard', rulesVersion: 'v7', organizationId: 'o-a1b2c3d4e5' };
  const HOME = scratchStack;
  const inBucket = (bucket: (stack: Stack) => Props['rulesBucket'], props: Props = {}, stack = HOME(scratchApp(), 'Stack', EU)) => {
    hookIn(stack, { ...GIVEN, rulesBucket: bucket(stack), ...props });
    return stack;
  };
  const own = (stack: Stack) => new Bucket(stack, 'Rules', { versioned: true });
  const imported = (stack: Stack) => Bucket.fromBucketName(stack, 'Rules', 'org-rules');

  test('are read at the given version, by parameters', () => {
    const { Properties } = resourceOf(inBucket(own), STACK_SET);
    expect(Properties.Parameters).toEqual([
      { ParameterKey: 'RulesBucket', ParameterValue: { Ref: expect.stringMatching(/^Rules/) } },
      { ParameterKey: 'RulesKey', ParameterValue: 'org/imdsv2.guard' },
      { ParameterKey: 'RulesVersion', ParameterValue: 'v7' },
    ]);
    const template = Template.fromJSON(JSON.parse(Properties.TemplateBody as string) as Json);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    expect(only(template, HOOK).RuleLocation).toEqual({
      Uri: { 'Fn::Join': ['', ['s3://', { Ref: 'RulesBucket' }, '/', { Ref: 'RulesKey' }]] }, VersionId: { Ref: 'RulesVersion' },
    });
    expect(rightsOf(template, 'hooks.cloudformation.amazonaws.com').map(([action]) => action)).toEqual(['s3:ListBucket', 's3:GetObject', 's3:GetObjectVersion']);
  });

  test('can be read by the hooks of the organization only, before there are any', () => {
    const stack = inBucket(own);
    const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^Rules/), 'Arn'] };
    const everybody = {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, ArnLike: { 'aws:PrincipalArn': ImdsGuardHookStackSet.ROLE_ARN_PATTERN } },
    };
    const { logicalId: policy, Properties } = resourceOf(stack, 'AWS::S3::BucketPolicy');
    expect(Properties.PolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        { ...everybody, Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: { 'Fn::Join': ['', [bucket, '/org/imdsv2.guard']] } },
        { ...everybody, Action: 's3:ListBucket', Resource: bucket },
      ],
    });
    Template.fromStack(stack).hasResource(STACK_SET, { DependsOn: [policy] });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('in an imported bucket cause a warning with the policy that it needs', () => {
    const [{ entry }] = Annotations.fromStack(inBucket(imported)).findWarning('/Stack/Hook', Match.stringLikeRegexp('Imdsv2::RulesBucketUnknown'));
    expect(entry.data).toContain('it must allow s3:GetObject, s3:GetObjectVersion on arn:${AWS::Partition}:s3:::org-rules/org/imdsv2.guard and s3:ListBucket on '
      + 'arn:${AWS::Partition}:s3:::org-rules to the roles arn:*:iam::*:role/cdk-imdsv2/* of the organization o-a1b2c3d4e5');
  });

  test.each<[string[], object, number]>([
    [['eu-west-1'], EU, 0],
    [['eu-west-1', 'us-east-1'], EU, 1],
    [['us-east-1'], EU, 1],
    [['us-east-1'], {}, 0],
    [['eu-west-1', 'us-east-1'], {}, 1],
  ])('for hooks in %j, with the bucket in %j: %i warnings about another Region', (stackRegions, env, count) => {
    const stack = inBucket(own, { stackRegions }, HOME(scratchApp(), 'Stack', env));
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::RulesInOtherRegion'))).toHaveLength(count);
  });

  test('for hooks in an unresolved Region cause a general warning', () => {
    const stack = inBucket(own, { stackRegions: [Aws.REGION, 'us-east-1'] });
    const [{ entry }] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::RulesInOtherRegion'));
    expect(entry.data).toContain('the hooks in ${AWS::Region}, us-east-1: AWS does not say whether a hook reads rules of another Region');
  });

  test.each<[Props, string]>([
    [{ rulesVersion: undefined }, 'rulesVersion must be given with rulesBucket: without it, whoever can write the object decides on the rules'],
    [{ organizationId: undefined }, "organizationId must be the id of an organization, such as 'o-a1b2c3d4e5', where rulesBucket is given, got undefined"],
    [{ organizationId: 'r-ab12' }, "such as 'o-a1b2c3d4e5', where rulesBucket is given, got 'r-ab12'"],
    [{ rulesKey: undefined }, 'rulesKey must be the key of a .guard, .zip or .tar.gz file in rulesBucket, got undefined'],
    [{ maxHopLimit: 3 }, 'maxHopLimit must not be given with rulesBucket'],
  ])('are rejected with %j', (props, message) => {
    expect(() => inBucket(own, props)).toThrow(message);
  });

  test('are rejected with a KMS key', () => {
    const encrypted = (stack: Stack) => new Bucket(stack, 'Rules', { encryptionKey: new Key(stack, 'Key') });
    expect(() => inBucket(encrypted)).toThrow("rulesBucket must be encrypted with S3's own keys, got 'Stack/Rules' with a KMS key");
  });
});

describe('a property is rejected, with its value:', () => {
  const TOKEN = Lazy.string({ produce: () => 'later' });

  test.each<[unknown, string]>([
    [{ stackRegions: [] }, 'stackRegions must name one Region at least, got none'],
    [{ stackRegions: ['Ireland'] }, "stackRegions must be codes of Regions such as 'eu-west-1', got 'Ireland'"],
    [{ stackRegions: undefined }, 'stackRegions must be a list of Regions, got undefined: a hook is for one Region'],
    [{ organizationalUnitIds: ['111111111111'] }, "organizationalUnitIds must be ids such as 'ou-ab12-cd34ef56', or of a root such as 'r-ab12', got '111111111111'"],
    [{ organizationId: 'o-a1b2c3d4e5' }, "organizationId must come with rulesBucket, got 'o-a1b2c3d4e5' without it"],
    [{ rulesVersion: 'v7' }, "rulesVersion must come with rulesBucket, got 'v7' without it"],
    [{ alias: 'Hook' }, "alias must be three names of 2 to 64 letters and digits, and not begin with AWS, as in 'Imdsv2::Guard::Hook', got 'Hook'"],
    [{ maxHopLimit: 3 }, "maxHopLimit needs the severity 'warning' or 'all', got 'error': high hop limits are among the warnings"],
    [{ runtime: Runtime.PYTHON_3_12 }, "runtime must be Node.js 22 or later, got 'python3.12'"],
    [{ alias: TOKEN }, 'alias must be known at synthesis, got an unresolved value'],
    [{ resourceTypes: [TOKEN] }, 'resourceTypes must be known at synthesis, got an unresolved value'],
    [{ stackFilters: { excludeNames: [TOKEN] } }, 'stackFilters must be known at synthesis, got an unresolved value'],
    [{ autoDeployment: false, retainStacksOnAccountRemoval: true }, 'retainStacksOnAccountRemoval must not be true where autoDeployment is false'],
  ])('%j', (props, message) => {
    expect(() => hookIn(scratchStack(), props as Props)).toThrow(new Error(message));
  });
});
