import { readFileSync } from 'fs';
import { join } from 'path';
import type { App, Stack } from 'aws-cdk-lib';
import { BootstraplessSynthesizer } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GuardRules, GuardSeverity } from '../../../src/guard/guard-rules';
import { GuardHookMode, GuardHookOperation } from '../../../src/org/guard-hook/guard-hook-options';
import type { ImdsGuardHookProps } from '../../../src/org/guard-hook/guard-hook-props';
import { ImdsGuardHook } from '../../../src/org/guard-hook/imds-guard-hook';
import { RECORDS } from '../../../src/resources/all-records';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const CARRIER_TYPES = RECORDS.filter(({ carriers }) => carriers.length > 0).map(({ type }) => type);
const GAP_TYPES = RECORDS.filter(({ gaps }) => gaps.length > 0).map(({ type }) => type);
const HOP_LIMIT_TYPES = RECORDS.filter(({ carriers }) => carriers.some(({ dialect }) => dialect.fields.hopLimit)).map(({ type }) => type);

type PropsIn = (stack: Stack) => ImdsGuardHookProps;

function templateWith(propsIn: PropsIn = () => ({})): Template {
  const stack = scratchStack();
  new ImdsGuardHook(stack, 'Hook', propsIn(stack));
  return Template.fromStack(stack);
}

function hookWith(props: ImdsGuardHookProps | PropsIn = {}): { readonly [property: string]: any } {
  const [{ Properties }] = Object.values(templateWith(typeof props === 'function' ? props : () => props).findResources('AWS::CloudFormation::GuardHook'));
  return Properties;
}

function statementsWith(propsIn: PropsIn): readonly unknown[] {
  return Object.values(templateWith(propsIn).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function sharedBucket(stack: Stack): Pick<ImdsGuardHookProps, 'rulesBucket' | 'rulesKey'> {
  return { rulesBucket: Bucket.fromBucketName(stack, 'Shared', 'org-rules'), rulesKey: 'guard/imdsv2.guard' };
}

/** The file that an asset of an app uploads, and its key. */
function assetsOf(app: App): { readonly text: string; readonly key: string }[] {
  const { directory } = app.synth();
  const { files } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8'));
  return Object.values<any>(files)
    .filter(({ source }) => source.path.endsWith('.guard'))
    .map(({ source, destinations }) => ({
      text: readFileSync(join(directory, source.path), 'utf8'),
      key: Object.values<any>(destinations)[0].objectKey,
    }));
}

test('by default, a hook warns about errors before each type with rules is created or updated', () => {
  const { ExecutionRole, RuleLocation, TargetFilters, ...others } = hookWith();
  expect(others).toEqual({
    Alias: 'Imdsv2::Guard::Hook',
    FailureMode: 'WARN',
    HookStatus: 'ENABLED',
    TargetOperations: ['RESOURCE', 'CLOUD_CONTROL'],
  });
  expect(TargetFilters).toEqual({ Actions: ['CREATE', 'UPDATE'], InvocationPoints: ['PRE_PROVISION'], TargetNames: CARRIER_TYPES });
  expect(ExecutionRole).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Role'), 'Arn'] });
  expect(RuleLocation.Uri['Fn::Join'][1].join('')).toMatch(/^s3:\/\/.*\.guard$/);
});

test.each([
  [{ mode: GuardHookMode.FAIL }, { FailureMode: 'FAIL' }],
  [{ enabled: false }, { HookStatus: 'DISABLED' }],
  [{ alias: 'Acme::Security::Imds' }, { Alias: 'Acme::Security::Imds' }],
  [{ operations: [GuardHookOperation.RESOURCE] }, { TargetOperations: ['RESOURCE'] }],
])('%j is %j', (props, expected) => {
  expect(hookWith(props)).toMatchObject(expected);
});

test.each([
  [GuardSeverity.ERROR, CARRIER_TYPES],
  [GuardSeverity.WARNING, [...HOP_LIMIT_TYPES, ...GAP_TYPES]],
  [GuardSeverity.ALL, [...CARRIER_TYPES, ...GAP_TYPES]],
])('rules of the severity %s are evaluated for the types that have them, within the limit of 50', (severity, types) => {
  const { TargetNames } = hookWith({ severity }).TargetFilters;
  expect([...TargetNames].sort()).toEqual([...types].sort());
  expect(TargetNames.length).toBeLessThanOrEqual(50);
});

test('only the named types are evaluated', () => {
  expect(hookWith({ resourceTypes: ['AWS::EC2::Instance'] }).TargetFilters.TargetNames).toEqual(['AWS::EC2::Instance']);
});

test.each([GuardHookOperation.STACK, GuardHookOperation.CHANGE_SET])('%s has no type filter, and deletions are not evaluated', operation => {
  expect(hookWith({ operations: [GuardHookOperation.RESOURCE, operation] }).TargetFilters)
    .toEqual({ Actions: ['CREATE', 'UPDATE'], InvocationPoints: ['PRE_PROVISION'] });
});

describe('stack filters', () => {
  const legacyOut = { excludeNames: ['legacy-*'] };

  test('exclude Cloud Control API, because it could make CloudFormation ignore them', () => {
    expect(hookWith({ stackFilters: legacyOut }).TargetOperations).toEqual(['RESOURCE']);
  });

  test('accept the named operations, including Cloud Control API', () => {
    const operations = [GuardHookOperation.RESOURCE, GuardHookOperation.CLOUD_CONTROL];
    expect(hookWith({ stackFilters: legacyOut, operations }).TargetOperations).toEqual(operations);
  });

  test.each([
    [{ includeNames: ['shop-*'] }, { FilteringCriteria: 'ALL', StackNames: { Include: ['shop-*'] } }],
    [{ excludeNames: ['legacy', 'old-?'] }, { FilteringCriteria: 'ALL', StackNames: { Exclude: ['legacy', 'old-?'] } }],
    [
      { includeRoles: ['arn:aws:iam::123456789012:role/deployer'], excludeNames: ['legacy'], matchAny: true },
      { FilteringCriteria: 'ANY', StackNames: { Exclude: ['legacy'] }, StackRoles: { Include: ['arn:aws:iam::123456789012:role/deployer'] } },
    ],
    [{ excludeRoles: ['arn:*:iam::*:role/break-glass*'] }, { FilteringCriteria: 'ALL', StackRoles: { Exclude: ['arn:*:iam::*:role/break-glass*'] } }],
  ])('%j', (stackFilters, expected) => {
    expect(hookWith({ stackFilters }).StackFilters).toEqual(expected);
  });
});

describe('the rules', () => {
  test.each<ImdsGuardHookProps>([
    {}, { severity: GuardSeverity.ALL, maxHopLimit: 3 },
  ])('are an asset with the output of GuardRules for %j', props => {
    const stack = scratchStack();
    new ImdsGuardHook(stack, 'Hook', props);
    const [{ text, key }, ...more] = assetsOf(stack.node.root as App);
    expect(text).toEqual(GuardRules.render(props));
    expect(key).toMatch(/^[0-9a-f]{64}\.guard$/);
    expect(more).toEqual([]);
  });

  test('have a key that depends only on their contents', () => {
    const keys = [{}, {}, { severity: GuardSeverity.ALL }].map(props => {
      const stack = scratchStack();
      new ImdsGuardHook(stack, 'Hook', props);
      return assetsOf(stack.node.root as App)[0].key;
    });
    expect(keys[0]).toEqual(keys[1]);
    expect(keys[0]).not.toEqual(keys[2]);
  });

  test('come from a bucket if there is one, and then there is no asset', () => {
    const stack = scratchStack();
    const hook = new ImdsGuardHook(stack, 'Hook', sharedBucket(stack));
    expect(hook.rulesUrl).toEqual('s3://org-rules/guard/imdsv2.guard');
    expect(assetsOf(stack.node.root as App)).toEqual([]);
  });

  test.each<[GuardSeverity | undefined, readonly string[]]>([
    [undefined, [...CARRIER_TYPES, ...GAP_TYPES]],
    [GuardSeverity.ERROR, CARRIER_TYPES],
  ])('in a bucket can have any severity, so with the severity %s they are evaluated for the types that can have rules', (severity, types) => {
    const { TargetNames } = hookWith(stack => ({ ...sharedBucket(stack), severity })).TargetFilters;
    expect([...TargetNames].sort()).toEqual([...types].sort());
  });

  test('in a bucket can be evaluated for a type with warnings only', () => {
    const resourceTypes = ['AWS::Lightsail::Instance'];
    expect(hookWith(stack => ({ ...sharedBucket(stack), resourceTypes })).TargetFilters.TargetNames).toEqual(resourceTypes);
  });

  test('can have a fixed version', () => {
    expect(hookWith(stack => ({ ...sharedBucket(stack), rulesVersion: 'v7' })).RuleLocation)
      .toEqual({ Uri: 's3://org-rules/guard/imdsv2.guard', VersionId: 'v7' });
  });
});

describe('the execution role', () => {
  const arn = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });
  const LIST = { Action: 's3:ListBucket', Effect: 'Allow', Resource: arn('org-rules') };
  const GET = { Action: 's3:GetObject', Effect: 'Allow', Resource: arn('org-rules/guard/imdsv2.guard') };

  test('trusts only the hooks of CloudFormation', () => {
    const [{ Properties }] = Object.values(templateWith().findResources('AWS::IAM::Role'));
    expect(Properties.AssumeRolePolicyDocument.Statement)
      .toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'hooks.cloudformation.amazonaws.com' } }]);
    expect(Properties.ManagedPolicyArns).toBeUndefined();
  });

  test('can only read the rules', () => {
    expect(statementsWith(sharedBucket)).toEqual([LIST, GET]);
  });

  test('can read versions if one is given', () => {
    expect(statementsWith(stack => ({ ...sharedBucket(stack), rulesVersion: 'v7' })))
      .toEqual([LIST, { ...GET, Action: ['s3:GetObject', 's3:GetObjectVersion'] }]);
  });

  test('can write reports if there is a bucket for them', () => {
    const propsIn = (stack: Stack) => ({ ...sharedBucket(stack), logBucket: Bucket.fromBucketName(stack, 'Logs', 'hook-logs') });
    expect(statementsWith(propsIn)).toEqual([LIST, GET, { Action: 's3:PutObject', Effect: 'Allow', Resource: arn('hook-logs/*') }]);
    expect(hookWith(propsIn).LogBucket).toEqual('hook-logs');
  });

  test('can use the keys of the buckets', () => {
    const actions = statementsWith(stack => ({
      rulesBucket: new Bucket(stack, 'Shared', { encryptionKey: new Key(stack, 'RulesKey') }),
      rulesKey: 'imdsv2.guard',
      logBucket: new Bucket(stack, 'Logs', { encryptionKey: new Key(stack, 'LogKey') }),
    })).flatMap(statement => (statement as { Action: string | string[] }).Action);
    expect([...new Set(actions)].sort())
      .toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 's3:GetObject', 's3:ListBucket', 's3:PutObject']);
  });

  test('has its permissions before the hook exists', () => {
    const template = templateWith();
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::CloudFormation::GuardHook', { DependsOn: Match.arrayWith([policy]) });
  });

  test('can be an existing role, which gets the permissions', () => {
    const template = templateWith(stack => ({
      ...sharedBucket(stack), executionRole: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('hooks.cloudformation.amazonaws.com') }),
    }));
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [LIST, GET] }, Roles: [{ Ref: Match.stringLikeRegexp('^Own') }] });
  });

  test('can be an immutable role', () => {
    const ARN = 'arn:aws:iam::123456789012:role/hook';
    const template = templateWith(stack => ({ executionRole: Role.fromRoleArn(stack, 'Own', ARN, { mutable: false }) }));
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.hasResourceProperties('AWS::CloudFormation::GuardHook', { ExecutionRole: ARN });
  });
});

test('a stack without assets has the advice to set a bucket', () => {
  const stack = scratchStack(scratchApp(), 'Stack', { synthesizer: new BootstraplessSynthesizer() });
  expect(() => new ImdsGuardHook(stack, 'Hook')).toThrow('rulesBucket and rulesKey must be given where the stack can hold no asset with the rules: Cannot add assets');
  expect(() => new ImdsGuardHook(stack, 'Other', sharedBucket(stack))).not.toThrow();
});

test('the ARN of the hook and its role are available', () => {
  const stack = scratchStack();
  const hook = new ImdsGuardHook(stack, 'Hook');
  expect(stack.resolve(hook.hookArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Hook/), 'HookArn'] });
  expect(stack.resolve(hook.executionRole.roleArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^HookRole/), 'Arn'] });
});
