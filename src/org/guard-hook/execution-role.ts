import type { IRole } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import type { RuleFile } from './rule-file';

/** A role that the hooks of CloudFormation may assume. */
export function hookRole(scope: Construct): Role {
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('hooks.cloudformation.amazonaws.com'),
    description: 'Reads the rules of a Guard hook that requires IMDSv2, and writes its reports',
  });
}

/**
 * Lets a role read the rules and write reports.
 *
 * @returns what has to be there before the hook is
 */
export function grantAccess(role: IRole, rules: RuleFile, logBucket?: IBucket): IDependable[] {
  const statements = [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [rules.bucket.bucketArn] }),
    new PolicyStatement({
      actions: ['s3:GetObject', ...rules.version === undefined ? [] : ['s3:GetObjectVersion']],
      resources: [rules.bucket.arnForObjects(rules.key)],
    }),
    ...logBucket ? [new PolicyStatement({ actions: ['s3:PutObject'], resources: [logBucket.arnForObjects('*')] })] : [],
  ];
  const added = statements.map(statement => role.addToPrincipalPolicy(statement).policyDependable);
  const grants = [rules.bucket.encryptionKey?.grantDecrypt(role), logBucket?.encryptionKey?.grantEncrypt(role)];
  return [...added, ...grants].filter((dependable): dependable is IDependable => dependable !== undefined);
}
