import { mkdtempSync, readFileSync } from 'fs';
import { join } from 'path';
import type { StackProps } from 'aws-cdk-lib';
import { App, CfnParameter, CfnResource, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { AccountStack } from '../../../examples/guardrails/account-stack';
import type { ImdsGuardHookProps } from '../../../src';
import { GuardrailStage, ImdsGuardHook, ImdsGuardHookStackSet, ImdsGuardrails } from '../../../src';
import { SCRATCH, scratchStack } from '../../harness/scratch-app';

/** The context of `cdk init`, with the additions of the CLI. */
const CONTEXT = {
  ...JSON.parse(readFileSync(join(require.resolve('aws-cdk-lib/package.json'), '../recommended-feature-flags.json'), 'utf8')) as object,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
};

/** The first validation in a process is slow. */
const MINUTES = 120_000;

const ENV = { env: { account: '111111111111', region: 'eu-west-1' } };
const TARGETS = { organizationalUnitIds: ['r-ab12'], stackRegions: ['eu-west-1'] };
const ROLE_ARN = 'arn:aws:iam::111111111111:role/hooks/reader';

const before = process.env.CDK_VALIDATION;
beforeAll(() => { delete process.env.CDK_VALIDATION; });
afterAll(() => { process.env.CDK_VALIDATION = before; });

type Build = (stack: Stack, alias: string) => void;

/** The findings of CDK's own validation for an app of `cdk init`, by construct path. */
function refusedIn(build: (app: App) => void): string {
  const { exitCode } = process;
  const said = jest.spyOn(console, 'error').mockImplementation();
  try {
    const app = new App({ context: CONTEXT, outdir: mkdtempSync(join(SCRATCH, 'cdk.out-')) });
    build(app);
    app.synth();
    return process.exitCode === exitCode ? '' : said.mock.calls.flat().join('\n');
  } catch (error) {
    return [error, ...said.mock.calls.flat()].join('\n');
  } finally {
    said.mockRestore();
    process.exitCode = exitCode; // CDK sets it if it finds something
  }
}

const hook = (propsIn: (stack: Stack) => ImdsGuardHookProps = () => ({})): Build =>
  (stack, alias) => { new ImdsGuardHook(stack, 'Hook', { alias, ...propsIn(stack) }); };

const roleThatIsThere = (mutable: boolean) => (stack: Stack) => ({ executionRole: Role.fromRoleArn(stack, 'Own', ROLE_ARN, { mutable }) });

const encryptedBuckets = (stack: Stack) => ({
  rulesBucket: new Bucket(stack, 'Rules', { encryption: BucketEncryption.KMS }),
  rulesKey: 'imdsv2.guard',
  logBucket: new Bucket(stack, 'Logs', { encryptionKey: new Key(stack, 'Key') }),
});

const SHAPES: readonly [string, Build, StackProps?][] = [
  ['Alone', hook()],
  ['RulesInABucket', hook(stack => ({ rulesBucket: Bucket.fromBucketName(stack, 'Rules', 'org-rules'), rulesKey: 'imdsv2.guard' }))],
  ['RulesInABucketOfTheStack', hook(stack => ({ rulesBucket: new Bucket(stack, 'Rules'), rulesKey: 'imdsv2.guard', rulesVersion: 'v7' }))],
  ['EncryptedBuckets', hook(encryptedBuckets)],
  ['EncryptedBucketsElsewhere', (stack, alias) => {
    const { account, region } = stack;
    hook(() => encryptedBuckets(new Stack(stack, 'Buckets', Token.isUnresolved(region) ? {} : { env: { account, region } })))(stack, alias);
  }],
  ['OwnRole', hook(stack => ({ executionRole: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('hooks.cloudformation.amazonaws.com') }) }))],
  ['RoleThatIsThere', hook(roleThatIsThere(true))],
  ['RoleThatNobodyMayChange', hook(roleThatIsThere(false))],
  ['InANestedStack', (stack, alias) => hook()(new NestedStack(stack, 'Nested'), alias)],
  ['QualifierAndPrefix', hook(), { synthesizer: new DefaultStackSynthesizer({ qualifier: 'platform', bucketPrefix: 'assets/' }) }],
  ['CredentialsOfTheCli', hook(), { synthesizer: new CliCredentialsStackSynthesizer() }],
  ['FirstBootstrap', hook(), { synthesizer: new LegacyStackSynthesizer() }],
  ['StackSet', (stack, alias) => { new ImdsGuardHookStackSet(stack, 'Hook', { ...TARGETS, alias }); }],
  ['StackSetWithABucket', (stack, alias) => {
    const shared = { rulesBucket: new Bucket(stack, 'Rules'), rulesKey: 'imdsv2.guard', rulesVersion: 'v7', organizationId: 'o-a1b2c3d4e5' };
    new ImdsGuardHookStackSet(stack, 'Hook', { ...TARGETS, ...shared, alias });
  }],
  ['Guardrails', (stack, alias) => { new ImdsGuardrails(stack, 'Imds', { stage: GuardrailStage.ENFORCE, targetIds: ['r-ab12'], guardHookProps: { alias } }); }],
];

interface AccountTemplate {
  readonly Parameters?: { readonly [id: string]: object };
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties: { readonly [name: string]: unknown } } };
}

/** Adds the resources of a template to a stack of the app. */
function deploy({ Parameters = {}, Resources }: AccountTemplate, stack: Stack): void {
  Object.keys(Parameters).forEach(id => new CfnParameter(stack, id));
  Object.entries(Resources).forEach(([id, { Type: type, Properties: properties }]) => new CfnResource(stack, id, { type, properties }));
}

test.each<[string, StackProps]>([['an environment', ENV], ['no environment', {}]])("CDK's validation accepts a hook in each form, in stacks with %s", (_, env) => {
  expect(refusedIn(app => SHAPES.forEach(([id, build, props]) => build(new Stack(app, id, { ...env, ...props }), `Imdsv2::Guard::${id}`)))).toBe('');
}, MINUTES);

test("CDK's validation accepts the guardrails of an account", () => {
  expect(refusedIn(app => { new AccountStack(app, 'Account'); })).toBe('');
}, MINUTES);

test("CDK's validation accepts the templates of stack sets as separate stacks", () => {
  expect(refusedIn(app => {
    SHAPES.filter(([id]) => id.startsWith('StackSet')).forEach(([id, build]) => {
      const stack = scratchStack();
      build(stack, 'Imdsv2::Guard::Hook');
      const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'));
      deploy(JSON.parse(Properties.TemplateBody as string) as AccountTemplate, new Stack(app, id));
    });
  })).toBe('');
}, MINUTES);

test("CDK's validation reports an invalid template", () => {
  expect(refusedIn(app => { new ImdsGuardHook(new Stack(app, 'Stack'), 'Hook of ${AWS::Region}'); })).toMatch(/::[EF]1029/);
}, MINUTES);
