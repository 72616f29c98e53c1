import { CfnParameter, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { GuardSeverity } from '../../../src/guard/guard-rules';
import type { ImdsGuardHookProps } from '../../../src/org/guard-hook/guard-hook-props';
import { ImdsGuardHook } from '../../../src/org/guard-hook/imds-guard-hook';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const POLICY = 'AWS::IAM::Policy';
const HOOK = 'AWS::CloudFormation::GuardHook';
const ROLE_ARN = 'arn:aws:iam::111111111111:role/hooks/reader';
const ENV = { account: '111111111111', region: 'eu-west-1' };

type PropsIn = (stack: Stack) => ImdsGuardHookProps;

function stackWith(propsIn: PropsIn, region = ENV.region): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { ...ENV, region } });
  new ImdsGuardHook(stack, 'Hook', propsIn(stack));
  return stack;
}

/** The policy that the hook depends on, and the hook, in the template. */
function rightsWith(propsIn: PropsIn, region?: string) {
  const template = Template.fromStack(stackWith(propsIn, region));
  const [[logicalId, { Properties }], ...more] = Object.entries(template.findResources(POLICY)).filter(([id]) => id.includes('Rights'));
  const [{ DependsOn }] = Object.values(template.findResources(HOOK));
  expect(more).toEqual([]);
  return { logicalId, name: Properties.PolicyName as string, DependsOn };
}

const bucket = (stack: Stack, name: string) => Bucket.fromBucketName(stack, name, name);
const shared = (props: Partial<ImdsGuardHookProps> = {}): PropsIn =>
  stack => ({ rulesBucket: bucket(stack, 'org-rules'), rulesKey: 'a.guard', ...props });
const encryptedBy = (id: string): PropsIn => stack => {
  const encryptionKey = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:111111111111:key/${id}`);
  return { rulesBucket: Bucket.fromBucketAttributes(stack, 'Shared', { bucketName: 'org-rules', encryptionKey }), rulesKey: 'a.guard' };
};
const ofParameter = (id: string): PropsIn =>
  stack => ({ rulesBucket: Bucket.fromBucketName(stack, 'Shared', new CfnParameter(stack, id).valueAsString), rulesKey: 'a.guard' });

describe('the permission to read the rules of the hook', () => {
  test.each<[string, PropsIn, PropsIn]>([
    ['a key', shared(), shared({ rulesKey: 'b.guard' })],
    ['a first version', shared(), shared({ rulesVersion: 'v7' })],
    ['a bucket', shared(), stack => ({ rulesBucket: bucket(stack, 'other-rules'), rulesKey: 'a.guard' })],
    ['the key of the same bucket', encryptedBy('one'), encryptedBy('two')],
    ['a bucket that a parameter names', ofParameter('One'), ofParameter('Two')],
    ['a bucket for reports', shared(), stack => ({ ...shared()(stack), logBucket: bucket(stack, 'hook-logs') })],
  ])('is another resource after a change of %s, so that the old one is there until the hook is updated', (_, before, after) => {
    const [old, next] = [rightsWith(before), rightsWith(after)];
    expect(next.logicalId).not.toBe(old.logicalId);
    expect(next.name).not.toBe(old.name);
    expect(next.DependsOn).toEqual([next.logicalId]);
  });

  test.each<[string, PropsIn, PropsIn]>([
    ['where nothing changes', () => ({}), () => ({})],
    ['where the hook alone changes', shared(), shared({ enabled: false })],
    ['for another version, where every version of the object may be read', shared({ rulesVersion: 'v7' }), shared({ rulesVersion: 'v8' })],
    ['for other rules, which are another file in the bucket for assets', () => ({}), () => ({ severity: GuardSeverity.ALL })],
  ])('is the same resource %s', (_, before, after) => {
    expect(rightsWith(after)).toEqual(rightsWith(before));
  });

  test('is the same resource for other rules in a stack of the first bootstrap, whose parameters contain the hash of the asset', () => {
    const idWith = (props: ImdsGuardHookProps) => {
      const stack = scratchStack(scratchApp(), 'Stack', { synthesizer: new LegacyStackSynthesizer() });
      new ImdsGuardHook(stack, 'Hook', props);
      return Object.keys(Template.fromStack(stack).findResources(POLICY));
    };
    expect(idWith({ severity: GuardSeverity.ALL })).toEqual(idWith({}));
  });

  test('includes the old and the new rules in the bucket for assets, and no other objects', () => {
    const [before, after] = [{}, { severity: GuardSeverity.ALL }].map(props => {
      const template = Template.fromStack(stackWith(() => props));
      const [{ Properties: { PolicyDocument: { Statement } } }] = Object.values(template.findResources(POLICY));
      const [{ Properties: { RuleLocation: { Uri } } }] = Object.values(template.findResources(HOOK));
      return { Statement, uri: Uri as string };
    });
    const bucketName = 'cdk-hnb659fds-assets-111111111111-eu-west-1';
    const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${bucketName}/*.guard`]] };
    expect(before.Statement[1]).toEqual({ Action: 's3:GetObject', Effect: 'Allow', Resource: arn });
    expect(after.Statement).toEqual(before.Statement);
    expect(after.uri).not.toBe(before.uri);
    for (const { uri } of [before, after]) { expect(uri).toMatch(new RegExp(`^s3://${bucketName}/[0-9a-f]{64}\\.guard$`)); }
  });

  test('has a valid name for IAM', () => {
    expect(rightsWith(shared({ rulesKey: `${'long/'.repeat(60)}a.guard`, rulesVersion: 'a.b_C-'.repeat(10) })).name).toMatch(/^[\w+=,.@-]{1,128}$/);
  });

  test('has a separate name for each Region, because one role can serve the hooks of many', () => {
    const existing: PropsIn = stack => ({ ...shared()(stack), executionRole: Role.fromRoleArn(stack, 'Own', ROLE_ARN) });
    expect(rightsWith(existing, 'eu-west-2').name).not.toBe(rightsWith(existing, 'eu-west-1').name);
  });

  test.each<[string, Partial<typeof ENV>, 'rulesBucket' | 'logBucket']>([
    ['rules', ENV, 'rulesBucket'],
    ['rules', {}, 'rulesBucket'],
    ['reports', ENV, 'logBucket'],
    ['reports', {}, 'logBucket'],
  ])('works with encrypted %s in another stack of the environment %j', (_, env, name) => {
    const app = scratchApp();
    const encrypted = new Bucket(scratchStack(app, 'Buckets', { env }), 'Bucket', { encryption: BucketEncryption.KMS });
    const stack = scratchStack(app, 'Stack', { env });
    new ImdsGuardHook(stack, 'Hook', { [name]: encrypted, ...name === 'rulesBucket' ? { rulesKey: 'a.guard' } : {} });
    expect(() => app.synth()).not.toThrow();
  });

  test('has an id without tokens of CloudFormation, which are invalid in its metadata', () => {
    const stack = scratchStack();
    new ImdsGuardHook(stack, 'Hook');
    const ids = stack.node.findAll().map(({ node }) => node.id).filter(id => id.startsWith('Rights'));
    expect(ids).toEqual(['Rights s3:----cdk-hnb659fds-assets-{AWS::AccountId}-{AWS::Region}--*.guard']);
  });

  test('includes a key whose policy does not rely on IAM alone', () => {
    const stack = stackWith(scope => {
      const cfnKey = new CfnKey(scope, 'Key', { keyPolicy: { Version: '2012-10-17', Statement: [] } });
      return { rulesBucket: Bucket.fromBucketAttributes(scope, 'Shared', { bucketName: 'rules', encryptionKey: Key.fromCfnKey(cfnKey) }), rulesKey: 'a.guard' };
    });
    const statement = { Action: 'kms:Decrypt', Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HookRole'), 'Arn'] } } };
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: [Match.objectLike(statement)] } });
  });
});

describe('an execution role that cannot be changed', () => {
  const ROLES: [string, (stack: Stack) => IRole][] = [
    ['is not to be changed', stack => Role.fromRoleArn(stack, 'Own', ROLE_ARN, { mutable: false })],
    ['is of another account', stack => Role.fromRoleArn(stack, 'Own', ROLE_ARN.replaceAll('1', '2'))],
    ['is of another account than the stack of the hook', stack => {
      const home = new Stack(stack.node.scope!, 'Home', { env: { account: '222222222222', region: ENV.region } });
      return Role.fromRoleName(home, 'Own', 'reader');
    }],
  ];

  test.each(ROLES)('causes a warning and no policy if it %s', (_, executionRole) => {
    const stack = stackWith(scope => ({ executionRole: executionRole(scope) }));
    Template.fromStack(stack).resourceCountIs(POLICY, 0);
    expect(Annotations.fromStack(stack).findWarning('/Stack/Hook', Match.stringLikeRegexp('Imdsv2::HookRoleUnknown'))).toHaveLength(1);
  });

  test('needs the trust of hooks and the permissions, which the warning lists', () => {
    const stack = stackWith(scope => ({
      rulesBucket: Bucket.fromBucketAttributes(scope, 'Rules', {
        bucketName: 'rules', encryptionKey: Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/k'),
      }),
      rulesKey: 'a.guard',
      rulesVersion: 'v7',
      logBucket: new Bucket(scope, 'Logs'),
      executionRole: Role.fromRoleArn(scope, 'Own', ROLE_ARN, { mutable: false }),
    }));
    const [{ entry }] = Annotations.fromStack(stack).findWarning('/Stack/Hook', Match.anyValue());
    expect(entry.data).toEqual(expect.stringMatching(/^the execution role .* is immutable: it must trust hooks\.cloudformation\.amazonaws\.com and allow /));
    expect(entry.data).toContain([
      'allow s3:ListBucket on arn:${AWS::Partition}:s3:::rules',
      's3:GetObject, s3:GetObjectVersion on arn:${AWS::Partition}:s3:::rules/a.guard',
      'kms:Decrypt on arn:aws:kms:eu-west-1:111111111111:key/k',
      's3:PutObject on ${Logs6819BB44.Arn}/*',
    ].join('; '));
  });

  test.each<[string, PropsIn]>([
    ['its own role', () => ({})],
    ['a role that takes them', stack => ({ executionRole: Role.fromRoleArn(stack, 'Own', ROLE_ARN) })],
  ])('is not %s', (_, propsIn) => {
    expect(Annotations.fromStack(stackWith(propsIn)).findWarning('*', Match.anyValue())).toEqual([]);
  });
});
