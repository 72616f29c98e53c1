import { Construct } from 'constructs';
import { checkRuntime } from '../../functions/checked-options';
import { checkPlace, instance, required, TEXTS } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { checkTopicArn } from '../../model/topic-arn';
import { checkRegions } from '../../org/account-defaults/region-names';
import { warnOfUnknownRegions } from '../../org/account-defaults/unknown-regions';
import { OrganizationStackSet } from '../../org/stack-sets/organization-stack-set';
import type { ImdsStackSetOptions } from '../../org/stack-sets/stack-set-options';
import { STACK_SET } from '../../org/stack-sets/stack-set-options';
import { Imdsv1UsageMonitorStackSet } from '../imdsv1-usage-monitor-stack-set';
import type { ImdsRepairOptions } from './repair-options';
import { REPAIR_OPTIONS } from './repair-options';
import { repairTemplate } from './repair-stack-set-template';

/** Which instances are repaired in the accounts of an organization. It must be known at synthesis; ids, names and ARNs need not. */
export interface ImdsRepairStackSetProps extends ImdsRepairOptions, ImdsStackSetOptions {
  /** The Regions that get a repair in each account, in the order of deployment: a repair is for one Region. Each must be enabled in the accounts. */
  readonly stackRegions: string[];

  /**
   * The monitors whose records show which instances are ready.
   *
   * @default - the metrics of each instance show this
   */
  readonly usage?: Imdsv1UsageMonitorStackSet;
}

/** The accepted values of the properties. */
const REPAIR_STACK_SET: Shape<ImdsRepairStackSetProps> = {
  ...REPAIR_OPTIONS,
  ...STACK_SET,
  stackRegions: required(TEXTS),
  usage: instance('an Imdsv1UsageMonitorStackSet', value => value instanceof Imdsv1UsageMonitorStackSet),
};

/**
 * Requires IMDSv2 on running instances in the accounts of an organization: a stack set with service-managed permissions deploys `ImdsRepair` to each
 * account and Region.
 *
 * Each account and Region plans, repairs and rolls back on its own: on its schedule, or when you start its state machines there. Plans, records and
 * reports stay in the account. The template is an asset of the app, because it is too long for CloudFormation to accept it inline. Such a stack set
 * does not deploy to the management account: add an `ImdsRepair` there.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { Schedule } from 'aws-cdk-lib/aws-events';
 * import { ImdsRepairStackSet, RepairSelection } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Organization');
 * new ImdsRepairStackSet(stack, 'Repair', {
 *   organizationalUnitIds: ['ou-ab12-cd34ef56'],
 *   stackRegions: ['eu-west-1', 'us-east-1'],
 *   selection: RepairSelection.all(),
 *   schedule: Schedule.cron({ weekDay: 'MON', hour: '6', minute: '0' }), // a plan in each account and Region
 * });
 */
export class ImdsRepairStackSet extends Construct {
  /** The id of the stack set. */
  public readonly stackSetId: string;

  /** The name of the stack set. */
  public readonly stackSetName: string;

  /** A pattern with `*` that the names of its stacks match in every account, for policies that protect them. */
  public readonly stackNamePattern: string;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props which instances are repaired, and in which accounts
   * @throws Error if a property is not valid, CloudFormation does not accept one, or the template gets too long
   */
  public constructor(scope: Construct, id: string, props: ImdsRepairStackSetProps) {
    super(checkPlace(scope, id), id);
    checked(props, REPAIR_STACK_SET);
    checkRuntime(props.runtime);
    checkRegions('stackRegions', props.stackRegions);
    if (props.alarmTopicArn !== undefined && props.stackRegions.length > 1) {
      throw new Error(`alarmTopicArn must not be given for more than one of stackRegions, since a topic is for one, got ${describeValue(props.alarmTopicArn)}`);
    }
    checkTopicArn(props.alarmTopicArn, props.stackRegions[0]);
    const stackSet = new OrganizationStackSet(this, 'Resource', { ...props, regions: props.stackRegions, ...repairTemplate(this, props) });
    this.stackSetId = stackSet.attrStackSetId;
    this.stackSetName = stackSet.stackSetName;
    this.stackNamePattern = stackSet.stackNamePattern;
    warnOfUnknownRegions(this, 'stackRegions', props.stackRegions);
  }
}
