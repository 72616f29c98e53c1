import { CfnGuardHook } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GuardSeverity, ruledTypes } from '../../guard/guard-rules';
import { checkGuardHook, isAboutTemplates } from './checks';
import { grantAccess, hookRole } from './execution-role';
import type { GuardHookStackFilters, ImdsGuardHookProps } from './guard-hook-props';
import { GuardHookMode, GuardHookOperation } from './guard-hook-props';
import { ruleFile } from './rule-file';

/**
 * A Guard hook that refuses what does not require IMDSv2, whoever wrote the template: CloudFormation asks it before it creates or updates a resource.
 *
 * It evaluates the rules of `GuardRules`, the same as `guard/imdsv2.guard`, on the types that have any. A deletion is never refused.
 *
 * It reaches CloudFormation and Cloud Control API in this account and Region, and nothing else: neither calls of EC2 such as `RunInstances`, nor launches
 * by Auto Scaling or a service, nor resources that nobody updates. For them there are service control policies and account defaults.
 *
 * A rule sees one resource at a time. An instance may leave its tokens to a launch template, whose own rule asks for them when that one is deployed.
 * No `ImdsExemption` reaches a hook: leave stacks out by `stackFilters`. In the mode `FAIL` an operation is also refused where the rules cannot be read.
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

  /** The role that the hook reads rules and writes reports with. */
  public readonly executionRole: IRole;

  /** Where the rules are, as `s3://bucket/key`. */
  public readonly rulesUrl: string;

  /**
   * @param scope the stack, or what is in it
   * @param id its id in there
   * @param props what it asks for, of what, and what it does about it
   * @throws Error where a property is none that CloudFormation takes, a type has no rules, or two properties contradict each other
   */
  public constructor(scope: Construct, id: string, props: ImdsGuardHookProps = {}) {
    super(scope, id);
    checkGuardHook(props);
    const rules = ruleFile(this, props);
    this.rulesUrl = rules.bucket.s3UrlForObject(rules.key);
    this.executionRole = props.executionRole ?? hookRole(this);
    const rights = grantAccess(this.executionRole, rules, props.logBucket);
    const hook = new CfnGuardHook(this, 'Resource', {
      alias: props.alias ?? DEFAULT_ALIAS,
      executionRole: this.executionRole.roleArn,
      failureMode: props.mode ?? GuardHookMode.WARN,
      hookStatus: props.enabled ?? true ? 'ENABLED' : 'DISABLED',
      ruleLocation: { uri: this.rulesUrl, versionId: rules.version },
      targetOperations: operationsOf(props),
      logBucket: props.logBucket?.bucketName,
      stackFilters: props.stackFilters && stackFilters(props.stackFilters),
    });
    hook.addPropertyOverride('TargetFilters', targetFilters(props));
    hook.node.addDependency(...rights);
    this.hookArn = hook.attrHookArn;
  }
}

const DEFAULT_ALIAS = 'Imdsv2::Guard::Hook';

function operationsOf({ operations }: ImdsGuardHookProps): GuardHookOperation[] {
  return operations ?? [GuardHookOperation.RESOURCE, GuardHookOperation.CLOUD_CONTROL];
}

/**
 * The L1 insists on `targets`, which excludes these lists (aws/aws-cdk#34591), and as `targets` all types would be more than the 50 that CloudFormation takes.
 *
 * Stacks and change sets have no type: with them among the operations no types are named, and the rules alone tell them apart.
 */
function targetFilters(props: ImdsGuardHookProps): object {
  const types = props.resourceTypes ?? ruledTypes(props.severity ?? GuardSeverity.ERROR);
  return {
    Actions: ['CREATE', 'UPDATE'],
    InvocationPoints: ['PRE_PROVISION'],
    ...operationsOf(props).some(isAboutTemplates) ? {} : { TargetNames: types },
  };
}

function stackFilters(filters: GuardHookStackFilters): CfnGuardHook.StackFiltersProperty {
  const { includeNames, excludeNames, includeRoles, excludeRoles, matchAny } = filters;
  return {
    filteringCriteria: matchAny ? 'ANY' : 'ALL',
    stackNames: includeNames ?? excludeNames ? { include: includeNames, exclude: excludeNames } : undefined,
    stackRoles: includeRoles ?? excludeRoles ? { include: includeRoles, exclude: excludeRoles } : undefined,
  };
}
