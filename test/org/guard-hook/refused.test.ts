import { Lazy } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GuardSeverity } from '../../../src/guard/guard-rules';
import { GuardHookOperation } from '../../../src/org/guard-hook/guard-hook-options';
import type { ImdsGuardHookProps } from '../../../src/org/guard-hook/guard-hook-props';
import { ImdsGuardHook } from '../../../src/org/guard-hook/imds-guard-hook';
import { scratchStack } from '../../harness/scratch-app';

const TOKEN = Lazy.string({ produce: () => 'later' });
const TOKENS = Lazy.list({ produce: () => ['later'] });
const MANY = Array.from({ length: 51 }, (_, index) => `stack-${index}`);

function hookWith(props: object): () => ImdsGuardHook {
  return () => new ImdsGuardHook(scratchStack(), 'Hook', props as ImdsGuardHookProps);
}

function hookFrom(props: ImdsGuardHookProps): () => ImdsGuardHook {
  const stack = scratchStack();
  return () => new ImdsGuardHook(stack, 'Hook', { rulesBucket: Bucket.fromBucketName(stack, 'Shared', 'org-rules'), ...props });
}

test.each([
  'Imdsv2', 'Imdsv2::Hook', 'Imdsv2::Guard::Hook::More', 'I::Guard::Hook', 'Imds-v2::Guard::Hook', `Imdsv2::Guard::${'H'.repeat(65)}`, 'AWS::Guard::Hook', 'aws2::Guard::Hook', '',
])('the alias %p is rejected', alias => {
  expect(hookWith({ alias })).toThrow("alias must be three names of 2 to 64 letters and digits, and not begin with AWS, as in 'Imdsv2::Guard::Hook', got '");
});

test.each<[object, string]>([
  [{ alias: 7 }, 'alias must be three names of 2 to 64 letters and digits, and not begin with AWS, as in \'Imdsv2::Guard::Hook\', got 7'],
  [{ mode: 'fail' }, "mode must be one of 'WARN', 'FAIL', got 'fail'"],
  [{ severity: 'fatal' }, "severity must be one of 'error', 'warning', 'all', got 'fatal'"],
  [{ maxHopLimit: 65 }, 'maxHopLimit must be a whole number from 1 to 64, got 65'],
  [{ maxHopLimit: 3 }, "maxHopLimit needs the severity 'warning' or 'all', got 'error': high hop limits are among the warnings"],
  [{ maxHopLimit: 3, severity: 'error' }, "maxHopLimit needs the severity 'warning' or 'all', got 'error'"],
  [{ operations: [] }, 'operations must have 1 to 50 items, got 0'],
  [{ operations: ['RUN'] }, "operations must be one of 'RESOURCE', 'CLOUD_CONTROL', 'STACK', 'CHANGE_SET', got 'RUN'"],
  [{ operations: ['STACK', 'STACK'] }, 'operations must not repeat an item, got ["STACK","STACK"]'],
  [{ resourceTypes: [] }, 'resourceTypes must have 1 to 50 items, got 0'],
  [{ resourceTypes: ['AWS::SNS::Topic'] }, "resourceTypes must be types that have rules of severity 'error', such as 'AWS::EC2::Instance', got 'AWS::SNS::Topic'"],
  [{ resourceTypes: ['AWS::Lightsail::Instance'] }, "resourceTypes must be types that have rules of severity 'error', such as"],
  [
    { resourceTypes: ['AWS::EC2::Instance'], operations: ['RESOURCE', 'CHANGE_SET'] },
    "resourceTypes must not be given with the operation 'CHANGE_SET', which evaluates templates with all types in them",
  ],
  [{ stackFilters: {} }, 'stackFilters must name stacks or roles, got neither'],
  [{ stackFilters: { matchAny: true } }, 'stackFilters must name stacks or roles, got neither'],
  [{ stackFilters: { includeNames: [] } }, 'stackFilters.includeNames must have 1 to 50 items, got 0'],
  [{ stackFilters: { excludeNames: MANY } }, 'stackFilters.excludeNames must have 1 to 50 items, got 51'],
  [{ stackFilters: { excludeNames: ['a', 'a'] } }, 'stackFilters.excludeNames must not repeat an item, got ["a","a"]'],
  [{ stackFilters: { includeNames: ['7shops'] } }, "stackFilters.includeNames must be names of stacks, with or without wildcards, got '7shops'"],
  [{ stackFilters: { excludeNames: ['my_stack'] } }, "stackFilters.excludeNames must be names of stacks, with or without wildcards, got 'my_stack'"],
  [{ stackFilters: { includeRoles: ['deployer'] } }, "stackFilters.includeRoles must be ARNs of roles, with or without wildcards, got 'deployer'"],
  [
    { stackFilters: { excludeRoles: ['arn:aws:sts::123456789012:assumed-role/deployer/me'] } },
    "stackFilters.excludeRoles must be ARNs of roles, with or without wildcards, got 'arn:aws:sts::123456789012:assumed-role/deployer/me'",
  ],
  [{ rulesKey: 'imdsv2.guard' }, "rulesKey must come with rulesBucket, got 'imdsv2.guard' without it"],
  [{ rulesVersion: 'v7' }, "rulesVersion must come with rulesBucket, got 'v7' without it"],
])('%j is rejected', (props, message) => {
  expect(hookWith(props)).toThrow(message);
});

test.each<[ImdsGuardHookProps, string]>([
  [{}, 'rulesKey must be the key of a .guard, .zip or .tar.gz file in rulesBucket, got undefined'],
  [{ rulesKey: 'imdsv2.txt' }, "rulesKey must be the key of a .guard, .zip or .tar.gz file in rulesBucket, got 'imdsv2.txt'"],
  [{ rulesKey: 'rules/.guard' }, "rulesKey must be the key of a .guard, .zip or .tar.gz file in rulesBucket, got 'rules/.guard'"],
  [{ rulesKey: 'imdsv2.guard', rulesVersion: '' }, "rulesVersion must be the id of a version of the object, got ''"],
  [{ rulesKey: 'imdsv2.guard', maxHopLimit: 3 }, 'maxHopLimit must not be given with rulesBucket, whose rules have a limit of their own, got 3'],
])('with rules in a bucket, %j is rejected', (props, message) => {
  expect(hookFrom(props)).toThrow(message);
});

test.each(['imdsv2.guard', 'a/b.zip', 'rules.tar.gz', TOKEN])('rules may be in %p', rulesKey => {
  expect(hookFrom({ rulesKey })).not.toThrow();
});

test.each([GuardSeverity.WARNING, GuardSeverity.ALL])('a hop limit can be the highest one with the severity %s', severity => {
  expect(hookWith({ maxHopLimit: 3, severity })).not.toThrow();
});

test('the version of rules can be unresolved', () => {
  expect(hookFrom({ rulesKey: 'imdsv2.guard', rulesVersion: TOKEN })).not.toThrow();
});

test.each<[string, ImdsGuardHookProps]>([
  ['an alias', { alias: TOKEN }],
  ['a type', { resourceTypes: [TOKEN] }],
  ['a list of types', { resourceTypes: TOKENS }],
  ['the name of a stack', { stackFilters: { includeNames: [TOKEN], excludeNames: TOKENS } }],
  ['the ARN of a role', { stackFilters: { includeRoles: [TOKEN], excludeRoles: TOKENS } }],
])('%s can be unresolved', (_, props) => {
  expect(hookWith(props)).not.toThrow();
});

test.each(['a'.repeat(128), '*', 'shop-*', 'Shop7-?'])('%p is a valid name filter', name => {
  expect(hookWith({ stackFilters: { includeNames: [name] } })).not.toThrow();
});

test.each([
  'arn:aws:iam::123456789012:role/deployer', 'arn:aws-us-gov:iam::123456789012:role/path/to/deployer', 'arn:*:iam::*:role/*', 'arn:aws:iam::12345678901?:role/a',
])('%p is a valid role filter', role => {
  expect(hookWith({ stackFilters: { excludeRoles: [role] } })).not.toThrow();
});

test('every operation can be evaluated', () => {
  expect(hookWith({ operations: Object.values(GuardHookOperation) })).not.toThrow();
});
