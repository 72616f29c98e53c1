import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import { warnOfEnforcement } from '../cut-off-warning';
import { OrganizationStackSet } from '../stack-sets/organization-stack-set';
import { DEFAULTS_STACK_SET } from './account-defaults-stack-set-props';
import type { ImdsAccountDefaultsStackSetProps } from './account-defaults-stack-set-props';
import { checkRegions } from './region-names';
import { templateBody } from './stack-set-template';
import { warnOfUnknownRegions } from './unknown-regions';

/**
 * Sets the account defaults of an organization: a stack set with service-managed permissions deploys `ImdsAccountDefaults` to each account.
 *
 * Such a stack set does not deploy to the management account, even if that is in a unit: add an `ImdsAccountDefaults` there. It needs trusted
 * access for stack sets in the organization.
 *
 * If a service control policy of the organization denies Regions, name other Regions in `regions`: a stack fails if it cannot set a Region. Stack
 * sets with service-managed permissions are not supported in the China Regions.
 *
 * If you move or rename the construct, it gets a new stack set. The stacks of the old stack set then restore the old values after the new stacks
 * have set them. To prevent this, set `RemovalPolicy.RETAIN` in one deployment and move it in the next, or let `driftDetection` repair it.
 *
 * Its template is a part of the template of the stack, and is synthesized separately: aspects, property injectors and context of the app do not
 * apply to its resources. Tags of the stack set do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsAccountDefaultsStackSet } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Organization');
 * new ImdsAccountDefaultsStackSet(stack, 'Defaults', {
 *   organizationalUnitIds: ['ou-ab12-cd34ef56'],
 *   httpPutResponseHopLimit: 2,
 *   operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 10 },
 * });
 */
export class ImdsAccountDefaultsStackSet extends Construct {
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
   * @param props the defaults, and the accounts that get them
   * @throws Error if EC2 or CloudFormation does not accept a property, two of them exclude each other, or the template gets too long
   */
  public constructor(scope: Construct, id: string, props: ImdsAccountDefaultsStackSetProps) {
    super(checkPlace(scope, id), id);
    checked(props, DEFAULTS_STACK_SET);
    const regions = props.stackRegions ?? [Stack.of(this).region];
    checkRegions('stackRegions', regions);
    const stackSet = new OrganizationStackSet(this, 'Resource', { ...props, regions, templateBody: templateBody(props) });
    this.stackSetName = stackSet.stackSetName;
    this.stackNamePattern = stackSet.stackNamePattern;
    this.stackSetId = stackSet.attrStackSetId;
    warnOfUnknownRegions(this, 'regions', props.regions?._from(this));
    warnOfUnknownRegions(this, 'stackRegions', props.stackRegions);
    warnOfEnforcement(this, props.httpTokensEnforced, 'these accounts');
  }
}
