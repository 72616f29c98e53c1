import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkRuntime } from '../../functions/checked-options';
import { checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { checkRegions } from '../account-defaults/region-names';
import { warnOfUnknownRegions } from '../account-defaults/unknown-regions';
import { OrganizationStackSet } from '../stack-sets/organization-stack-set';
import { checkGuardHook } from './checks';
import { HOOK_STACK_SET } from './guard-hook-stack-set-props';
import type { ImdsGuardHookStackSetProps } from './guard-hook-stack-set-props';
import { warnOfPartition } from './hook-partition';
import { checkSharedRules, shareRules, warnOfOtherRegions } from './shared-rules';
import { hookTemplate, parametersOf } from './stack-set-template';

/**
 * The hook of an organization: a stack set with service-managed permissions deploys `ImdsGuardHook` to each account and Region.
 *
 * The rules are in its template. In each account and Region, a function of the stack writes them into a bucket of the stack, and the hook uses the
 * written version. So the hook reads nothing from another account or Region, and no account needs a bootstrap. Use `rulesBucket` for your own rules.
 *
 * Begin with the mode `WARN`: the mode `FAIL` also refuses operations when the hook cannot read the rules.
 *
 * Such a stack set does not deploy to the management account, even if that account is in a unit: use an `ImdsGuardHook` there. It needs trusted access for stack
 * sets in the organization. Stack sets with service-managed permissions are not supported in the China Regions. An account that has a hook with the alias
 * already fails: give this one another alias. The hook has the same limits as `ImdsGuardHook`. A principal that can change the bucket of an account
 * can also remove the rules. Then the hook gives no warnings, or refuses operations in the mode `FAIL`.
 *
 * When the stack set is removed, or an account leaves, the bucket is deleted with the stack. If the function is not allowed to delete it, the bucket
 * stays: the events of the stack name it.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { GuardHookMode, ImdsGuardHookStackSet } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Organization');
 * new ImdsGuardHookStackSet(stack, 'Hook', {
 *   organizationalUnitIds: ['ou-ab12-cd34ef56'],
 *   stackRegions: ['us-east-1', 'eu-west-1'],
 *   mode: GuardHookMode.WARN,
 *   operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 10, parallelRegions: true },
 * });
 */
export class ImdsGuardHookStackSet extends Construct {
  /** The ARNs of the roles of its stacks, in every account: that of the hook, and that of the function which writes the rules. */
  public static readonly ROLE_ARN_PATTERN = 'arn:*:iam::*:role/cdk-imdsv2/*';

  /** The ARN of the function that writes the rules, in every account. */
  public static readonly FUNCTION_ARN_PATTERN = 'arn:*:lambda:*:*:function:cdk-imdsv2-*';

  /** The id of the stack set. */
  public readonly stackSetId: string;

  /** The name of the stack set. */
  public readonly stackSetName: string;

  /**
   * A pattern with `*` that the names of its stacks match in every account, for policies that protect them.
   *
   * CloudFormation calls them `StackSet-<name of the stack set>-<id>`, and shortens this to 128 characters.
   */
  public readonly stackNamePattern: string;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the settings of the hook, and its accounts and Regions
   * @throws Error if CloudFormation does not accept a property, a type has no rules, two properties exclude each other, or the template gets too long
   */
  public constructor(scope: Construct, id: string, props: ImdsGuardHookStackSetProps) {
    super(checkPlace(scope, id), id);
    checkGuardHook(checked(props, HOOK_STACK_SET));
    checkRuntime(props.runtime);
    checkSharedRules(props);
    checkHookRegions(props.stackRegions);
    const stackSet = new OrganizationStackSet(this, 'Resource', {
      ...props, regions: props.stackRegions, templateBody: hookTemplate(props), parameters: parametersOf(props),
    });
    if (props.rulesBucket) {
      stackSet.node.addDependency(...shareRules(this, props));
      warnOfOtherRegions(this, props.rulesBucket, props.stackRegions);
    }
    warnOfPartition(this, props.stackRegions);
    warnOfUnknownRegions(this, 'stackRegions', props.stackRegions);
    this.stackSetId = stackSet.attrStackSetId;
    this.stackSetName = stackSet.stackSetName;
    this.stackNamePattern = stackSet.stackNamePattern;
  }
}

function checkHookRegions(regions: unknown): void {
  if (!Token.isUnresolved(regions) && !Array.isArray(regions)) {
    throw new Error(`stackRegions must be a list of Regions, got ${describeValue(regions)}: a hook is for one Region`);
  }
  checkRegions('stackRegions', regions as string[]);
}
