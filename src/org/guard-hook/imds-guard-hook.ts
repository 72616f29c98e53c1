import { CfnGuardHook, Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import { checkGuardHook } from './checks';
import { grantAccess, hookRole } from './execution-role';
import { GuardHookMode } from './guard-hook-options';
import { GUARD_HOOK } from './guard-hook-props';
import type { ImdsGuardHookProps } from './guard-hook-props';
import { warnOfPartition } from './hook-partition';
import { operationsOf, stackFilters, targetFilters } from './hook-targets';
import { ruleFile } from './rule-file';
import { sharedAlias } from './same-alias';

/**
 * A Guard hook that refuses resources that do not require IMDSv2, in all templates. CloudFormation runs it before it creates or updates a
 * resource.
 *
 * It evaluates the rules of `GuardRules`, the same as `guard/imdsv2.guard`, on the types that have any. A deletion is never refused.
 *
 * It reaches CloudFormation and Cloud Control API in this account and Region, and nothing else: neither calls of EC2 such as `RunInstances`, nor launches
 * by Auto Scaling or a service, nor resources without an update. Use service control policies and account defaults for them. A principal that can write the
 * object with the rules, or change the configuration of the hook, can also bypass it. `ImdsStatements.denyUndoingGuardrails()` denies the latter.
 *
 * A rule sees one resource at a time. An instance can get its tokens from a launch template, which the hook checks when that template is deployed.
 * An `ImdsExemption` has no effect on a hook. Exclude stacks with `stackFilters`, as below. By default this also excludes Cloud Control API.
 * The mode `FAIL` also refuses operations when the hook cannot read the rules. The Regions of China and AWS GovCloud (US) have no Guard hooks.
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { GuardHookMode, ImdsGuardHook } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Guardrails');
 * new ImdsGuardHook(stack, 'Imdsv2Hook', { mode: GuardHookMode.FAIL, stackFilters: { excludeNames: ['legacy-*'] } });
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html
 */
export class ImdsGuardHook extends Construct {
  /** The ARN of the hook. */
  public readonly hookArn: string;

  /** The role with which the hook reads rules and writes reports. */
  public readonly executionRole: IRole;

  /** Where the rules are, as `s3://bucket/key`. */
  public readonly rulesUrl: string;

  /** @internal */
  public readonly _alias: string;

  /**
   * @param scope the stack, or a construct in it
   * @param id its id in there
   * @param props the rules of the hook, its resources, and its mode
   * @throws Error if CloudFormation does not accept a property, a type has no rules, or two properties contradict each other
   */
  public constructor(scope: Construct, id: string, props: ImdsGuardHookProps = {}) {
    super(checkPlace(scope, id), id);
    checkGuardHook(checked(props, GUARD_HOOK));
    const rules = ruleFile(this, props);
    this.rulesUrl = rules.bucket.s3UrlForObject(rules.key);
    this.executionRole = props.executionRole ?? hookRole(this);
    this._alias = props.alias ?? DEFAULT_ALIAS;
    const hook = new CfnGuardHook(this, 'Resource', {
      alias: this._alias,
      executionRole: this.executionRole.roleArn,
      failureMode: props.mode ?? GuardHookMode.WARN,
      hookStatus: props.enabled ?? true ? 'ENABLED' : 'DISABLED',
      ruleLocation: { uri: this.rulesUrl, versionId: rules.version },
      targetOperations: [...operationsOf(props)],
      logBucket: props.logBucket?.bucketName,
      stackFilters: props.stackFilters && stackFilters(props.stackFilters),
    });
    hook.addPropertyOverride('TargetFilters', targetFilters(props));
    hook.node.addDependency(grantAccess(this, this.executionRole, rules, props.logBucket));
    this.hookArn = hook.attrHookArn;
    warnOfPartition(this, [Stack.of(this).region]);
    this.node.addValidation({ validate: () => sharedAlias(this, isGuardHook) });
  }
}

function isGuardHook(construct: IConstruct): construct is ImdsGuardHook {
  return construct instanceof ImdsGuardHook;
}

/** The default name of a hook. */
const DEFAULT_ALIAS = 'Imdsv2::Guard::Hook';
