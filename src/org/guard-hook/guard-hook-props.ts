import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { TEXT, instance } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { HOOK_OPTIONS } from './guard-hook-options';
import type { ImdsGuardHookOptions } from './guard-hook-options';

/** Properties of a hook in one account and Region. */
export interface ImdsGuardHookProps extends ImdsGuardHookOptions {
  /**
   * A bucket that contains the rules, in the Region of the hook. Nothing else may overwrite them. The policy of a bucket in another account has to
   * allow the execution role.
   *
   * @default - the rules are an asset of the stack
   */
  readonly rulesBucket?: IBucket;

  /**
   * The key of the rules in that bucket: a file with the extension `.guard`, `.zip` or `.tar.gz`, such as `guard/imdsv2.guard` of this package.
   *
   * @default - needed with `rulesBucket`
   */
  readonly rulesKey?: string;

  /**
   * The version of the rules in that bucket. Without it, a principal that can write the object decides what is refused.
   *
   * @default - the current version
   */
  readonly rulesVersion?: string;

  /**
   * A bucket for reports that show which rule failed and why. The events of a stack contain only the names of rules. The policy of a bucket in
   * another account has to allow the execution role.
   *
   * @default - no reports
   */
  readonly logBucket?: IBucket;

  /**
   * The role with which the hook reads rules and writes reports. It has to trust `hooks.cloudformation.amazonaws.com`, which the library does not
   * check. Another role replaces the hook, so also change the alias.
   *
   * These permissions are added to it: `s3:ListBucket` on the bucket of the rules, `s3:GetObject` on the rules, with `rulesVersion`
   * `s3:GetObjectVersion`, with `logBucket` `s3:PutObject` on its objects, and the use of the KMS keys of both. A role of another account, or one
   * that is imported with `mutable: false`, gets no permissions: it must already have them, and there is a warning.
   *
   * @default - a new role
   */
  readonly executionRole?: IRole;
}

/** The accepted kinds of buckets. */
export const BUCKET = instance('an IBucket', value => 'bucketName' in value);

/** The accepted values of the properties. */
export const GUARD_HOOK: Shape<ImdsGuardHookProps> = {
  ...HOOK_OPTIONS,
  rulesBucket: BUCKET,
  rulesKey: TEXT,
  rulesVersion: TEXT,
  logBucket: BUCKET,
  executionRole: instance('an IRole', value => 'roleArn' in value),
};
