import { Annotations, Token } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { describeValue } from '../../model/setting';
import { isIdOf } from '../organization-ids';
import type { ImdsGuardHookStackSetProps } from './guard-hook-stack-set-props';
import { plainText } from './plain-text';

/** The roles of the hooks in any account. */
const HOOK_ROLES = 'arn:*:iam::*:role/cdk-imdsv2/*';

/** @throws Error if others could overwrite the rules of another account, or the hook could not read them */
export function checkSharedRules({ rulesBucket, rulesVersion, organizationId }: ImdsGuardHookStackSetProps): void {
  if (!rulesBucket) {
    if (organizationId !== undefined) { throw new Error(`organizationId must come with rulesBucket, got ${describeValue(organizationId)} without it`); }
    return;
  }
  if (rulesVersion === undefined) { throw new Error('rulesVersion must be given with rulesBucket: without it, whoever can write the object decides on the rules'); }
  if (organizationId === undefined || (!Token.isUnresolved(organizationId) && !isIdOf(organizationId, 'organization'))) {
    throw new Error(`organizationId must be the id of an organization, such as 'o-a1b2c3d4e5', where rulesBucket is given, got ${describeValue(organizationId)}`);
  }
  if (rulesBucket.encryptionKey) {
    throw new Error(`rulesBucket must be encrypted with S3's own keys, got ${describeValue(rulesBucket.node.path)} with a KMS key, which other accounts may not use`);
  }
}

/**
 * Lets the hooks of the organization read only the rules, and warns if the bucket policy cannot be changed.
 *
 * @returns the resources that have to exist before the hooks
 */
export function shareRules(scope: Construct, { rulesBucket, rulesKey, organizationId }: ImdsGuardHookStackSetProps): IDependable[] {
  const bucket = rulesBucket!;
  const grants = [
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects(rulesKey!)] },
    { actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
  ];
  const conditions = { StringEquals: { 'aws:PrincipalOrgID': organizationId }, ArnLike: { 'aws:PrincipalArn': HOOK_ROLES } };
  const results = grants.map(grant => bucket.addToResourcePolicy(new PolicyStatement({ ...grant, principals: [new AnyPrincipal()], conditions })));
  if (results.some(({ statementAdded }) => !statementAdded)) {
    const rights = grants.map(({ actions, resources }) => `${actions.join(', ')} on ${plainText(scope, resources[0])}`).join(' and ');
    Annotations.of(scope).addWarningV2('Imdsv2::RulesBucketUnknown', `rulesBucket is imported, so its policy is not changed here: it must allow ${rights} `
      + `to the roles ${HOOK_ROLES} of the organization ${plainText(scope, organizationId!)}`);
  }
  return results.flatMap(({ policyDependable }) => policyDependable ?? []);
}

/** Warns about hooks in other Regions than that of the rules. */
export function warnOfOtherRegions(scope: Construct, { env: { region } }: IBucket, stackRegions: string[]): void {
  if (Token.isUnresolved(stackRegions) || stackRegions.every(each => each === region)) { return; }
  if (Token.isUnresolved(region) && stackRegions.length === 1) { return; }
  Annotations.of(scope).addWarningV2('Imdsv2::RulesInOtherRegion', `the rules are in one bucket, and the hooks in ${stackRegions.map(each => plainText(scope, each)).join(', ')}: AWS does not say `
    + 'whether a hook reads rules of another Region, so make sure in the mode WARN that it does, or leave out rulesBucket');
}
