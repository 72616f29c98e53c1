import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { LATER, TEXT } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { STACK_SET } from '../stack-sets/stack-set-options';
import type { ImdsStackSetOptions } from '../stack-sets/stack-set-options';
import { HOOK_OPTIONS } from './guard-hook-options';
import type { ImdsGuardHookOptions } from './guard-hook-options';
import { BUCKET } from './guard-hook-props';

/**
 * The hook in the accounts of an organization, and the location of its rules.
 *
 * The requirements of the hook must be known at synthesis. Ids, names, Regions and the location of the rules can be unresolved.
 */
export interface ImdsGuardHookStackSetProps extends ImdsGuardHookOptions, ImdsStackSetOptions {
  /**
   * The Regions that get the hook in each account, in the order of deployment: a hook is for one Region. Each must be enabled in the accounts and in the
   * management account.
   */
  readonly stackRegions: string[];

  /**
   * A bucket that contains the rules, for all accounts. It must be encrypted with S3's own keys. AWS does not say whether a Guard hook reads from a
   * bucket in another Region, so there is a warning in that case.
   *
   * Its policy allows the execution roles of the organization. For an imported bucket, a warning shows the policy that it needs.
   *
   * @default - the rules are in the template of the stack set, which writes them into a separate bucket in each account and Region
   */
  readonly rulesBucket?: IBucket;

  /**
   * The key of the rules in that bucket: a file with the extension `.guard`, `.zip` or `.tar.gz`.
   *
   * @default - needed with `rulesBucket`
   */
  readonly rulesKey?: string;

  /**
   * The version of the rules in that bucket. With a fixed version, writing the object does not change what the organization refuses.
   *
   * @default - needed with `rulesBucket`
   */
  readonly rulesVersion?: string;

  /**
   * The id of the organization whose accounts may read the rules in that bucket, such as `o-a1b2c3d4e5`.
   *
   * @default - needed with `rulesBucket`
   */
  readonly organizationId?: string;

  /**
   * The runtime of the function that writes the rules: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}

/** The accepted values of the properties. */
export const HOOK_STACK_SET: Shape<ImdsGuardHookStackSetProps> = {
  ...HOOK_OPTIONS, ...STACK_SET, stackRegions: LATER, rulesBucket: BUCKET, rulesKey: TEXT, rulesVersion: TEXT, organizationId: LATER, runtime: LATER,
};
