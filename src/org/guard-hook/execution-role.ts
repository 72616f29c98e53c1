import { Annotations, Lazy, Names, Stack } from 'aws-cdk-lib';
import type { CfnPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { plainText } from './plain-text';
import type { RuleFile } from './rule-file';

/** The principal that assumes the role of a hook. */
const HOOKS = 'hooks.cloudformation.amazonaws.com';

/** The most characters in the name of a policy before the Region. */
const MAX_NAME = 100;

/** A role that CloudFormation hooks can assume. With a path, policies can identify it. */
export function hookRole(scope: Construct, path?: string): Role {
  return new Role(scope, 'Role', {
    path,
    assumedBy: new ServicePrincipal(HOOKS),
    description: 'Reads the rules of a Guard hook that requires IMDSv2, and writes its reports',
  });
}

/**
 * Lets a role read the rules and write reports, and warns if the role cannot be changed.
 *
 * Other permissions are another policy with another logical id. CloudFormation adds it before it updates the hook, and removes the old one after it.
 * So the hook can read its rules in between, and after a rollback. The text of the rules is not part of the id: otherwise each change of a rule would
 * change logical ids. So for an asset, all `.guard` files of its bucket are allowed.
 *
 * @returns the resources that have to exist before the hook
 */
export function grantAccess(scope: Construct, role: IRole, rules: RuleFile, logBucket?: IBucket): IDependable {
  const statements = [...toRead(rules), ...logBucket ? toReport(logBucket) : []];
  const policy: Policy = new Policy(scope, `Rights ${placesOf(scope, rules, logBucket)}`.trim(), {
    policyName: Lazy.string({ produce: () => nameOf(policy) }),
    statements,
  });
  role.attachInlinePolicy(policy);
  if (!isAttached(policy)) { warn(scope, role, statements); }
  // The policies of some keys must name the role, so IAM permissions alone are not enough. The policy above contains the same permissions, because
  // the hook can wait for it.
  rules.bucket.encryptionKey?.grantDecrypt(role);
  logBucket?.encryptionKey?.grantEncrypt(role);
  return policy;
}

function toRead({ bucket, readableKeys, version }: RuleFile): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({
      actions: ['s3:GetObject', ...version === undefined ? [] : ['s3:GetObjectVersion']],
      resources: [bucket.arnForObjects(readableKeys)],
    }),
    ...toUse(bucket.encryptionKey, 'kms:Decrypt'),
  ];
}

function toReport(bucket: IBucket): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }),
    ...toUse(bucket.encryptionKey, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'),
  ];
}

function toUse(key: IKey | undefined, ...actions: string[]): PolicyStatement[] {
  return key ? [new PolicyStatement({ actions, resources: [key.keyArn] })] : [];
}

/**
 * The distinguishing part of the permissions. It does not include a version, because with a version all versions of the object can be read.
 *
 * It is a construct id and appears in metadata, where CloudFormation does not accept `${AWS::Region}`. If a parameter of the asset names the bucket,
 * as in the first bootstrap, that name depends on the rules, so it is left out.
 */
function placesOf(scope: Construct, { bucket, readableKeys, version, assetHash }: RuleFile, logBucket?: IBucket): string {
  const buckets = [bucket, ...logBucket ? [logBucket] : []];
  const keys = buckets.flatMap(({ encryptionKey }) => encryptionKey ? [encryptionKey.keyArn] : []);
  const places = [bucket.s3UrlForObject(readableKeys), ...version === undefined ? [] : ['versions'], ...logBucket ? [logBucket.bucketName] : [], ...keys];
  const texts = places.map(place => plainText(scope, place)).filter(text => assetHash === undefined || !text.includes(assetHash));
  return texts.join(' ').replaceAll('$', '');
}

/** The name of a policy. Hooks in several Regions can share one role, so each needs its own policy. */
function nameOf(policy: Policy): string {
  return `${Names.uniqueResourceName(policy, { maxLength: MAX_NAME })}-${Stack.of(policy).region}`;
}

/** Whether the role has the policy. A role of another account, or an immutable role, does not get it. */
function isAttached(policy: Policy): boolean {
  const { roles } = policy.node.defaultChild as CfnPolicy;
  return Stack.of(policy).resolve(roles) !== undefined;
}

function warn(scope: Construct, role: IRole, statements: readonly PolicyStatement[]): void {
  const rights = statements.map(({ actions, resources }) => `${actions.join(', ')} on ${resources.map(arn => plainText(scope, arn)).join(', ')}`);
  Annotations.of(scope).addWarningV2('Imdsv2::HookRoleUnknown', [
    `the execution role ${plainText(scope, role.roleArn)} gets no permissions from this app, because it belongs to another account or is immutable`,
    `it must trust ${HOOKS} and allow ${rights.join('; ')}`,
  ].join(': '));
}
