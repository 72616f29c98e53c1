import { Annotations, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { describeValue } from '../../model/setting';

/** The partitions whose Regions do not have `AWS::CloudFormation::GuardHook`. */
const WITHOUT_HOOKS = ['aws-cn', 'aws-us-gov'];

/**
 * Warns about a hook in Regions that do not support it, where a deployment would fail.
 *
 * @param regions the known Regions of the hook
 * @see https://aws.amazon.com/about-aws/whats-new/2024/11/author-aws-cloudformation-hooks-cloudformation-guard-domain-specific-language/
 */
export function warnOfPartition(scope: Construct, regions: readonly string[]): void {
  if (Token.isUnresolved(regions)) { return; }
  const without = regions.filter(region => !Token.isUnresolved(region) && WITHOUT_HOOKS.includes(String(RegionInfo.get(region).partition)));
  if (without.length === 0) { return; }
  Annotations.of(scope).addWarningV2('Imdsv2::HookNotInPartition', `the Regions of China and AWS GovCloud (US) do not support Guard hooks, so a deployment to ${without.map(describeValue).join(', ')} fails: `
    + 'remove the hook (in ImdsGuardrails: guardHook: GuardHookScope.NONE)');
}
