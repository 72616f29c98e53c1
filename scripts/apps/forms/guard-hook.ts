import { App, Aws, Fn, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ImdsGuardHookProps } from '../../../src';
import { GuardHookMode, GuardHookOperation, GuardSeverity, ImdsGuardHook, ImdsGuardHookStackSet } from '../../../src';

const stack = new Stack(new App(), 'Hooks');
const bucket = new Bucket(stack, 'Rules', { versioned: true, encryptionKey: new Key(stack, 'RulesKey') });
const rulesKey = 'rules/imdsv2.guard';

/** Each property alone, with the properties that it needs. */
const hooks: { readonly [name: string]: ImdsGuardHookProps } = {
  Plain: {},
  Mode: { mode: GuardHookMode.FAIL },
  Off: { enabled: false },
  Warnings: { severity: GuardSeverity.ALL, maxHopLimit: 3 },
  Operations: { operations: Object.values(GuardHookOperation) },
  Types: { resourceTypes: ['AWS::EC2::Instance'] },
  Stacks: { stackFilters: { includeNames: ['Team*'], excludeRoles: [`arn:${Aws.PARTITION}:iam::*:role/legacy/*`], matchAny: true } },
  OwnBucket: { rulesBucket: bucket, rulesKey, rulesVersion: 'v1' },
  NamedBucket: { rulesBucket: Bucket.fromBucketName(stack, 'Named', 'org-rules'), rulesKey },
  ImportedBucket: { rulesBucket: Bucket.fromBucketName(stack, 'Imported', Fn.importValue('RulesBucket')), rulesKey: Fn.importValue('RulesKey') },
  Log: { logBucket: new Bucket(stack, 'LogBucket') },
  EncryptedLog: { logBucket: new Bucket(stack, 'EncryptedLogBucket', { encryptionKey: new Key(stack, 'LogKey') }) },
  OwnRole: { executionRole: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('hooks.cloudformation.amazonaws.com') }) },
  NamedRole: { executionRole: Role.fromRoleArn(stack, 'ReaderRole', 'arn:aws:iam::444455556666:role/hooks/reader') },
};
for (const [name, props] of Object.entries(hooks)) { new ImdsGuardHook(stack, name, { alias: `Imdsv2::Guard::${name}`, ...props }); }

const everywhere = { organizationalUnitIds: ['ou-ab12-cd34ef56'], stackRegions: ['us-east-1', 'eu-west-1'] };
new ImdsGuardHookStackSet(stack, 'Everywhere', { ...everywhere, alias: 'Imdsv2::Guard::Everywhere', mode: GuardHookMode.FAIL });
new ImdsGuardHookStackSet(stack, 'EverywhereFromBucket', {
  ...everywhere,
  alias: 'Imdsv2::Guard::FromBucket',
  rulesBucket: Bucket.fromBucketName(stack, 'Central', 'org-rules'),
  rulesKey,
  rulesVersion: 'v1',
  organizationId: 'o-ab12cd34ef',
});
