import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkRuntime } from '../functions/checked-options';
import { checkPlace } from '../model/kinds';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import { checkTopicArn } from '../model/topic-arn';
import { warnOfUnknownRegions } from '../org/account-defaults/unknown-regions';
import { isIdOf } from '../org/organization-ids';
import { OrganizationStackSet } from '../org/stack-sets/organization-stack-set';
import { checkName } from './imdsv1-usage-dashboard';
import { OrganizationCenter } from './organization-center';
import { changesQuery } from './usage-queries';
import type { Imdsv1UsageMonitorStackSetProps } from './usage-stack-set-props';
import { MONITOR_STACK_SET } from './usage-stack-set-props';
import type { UsageCenter } from './usage-stack-set-template';
import { monitorTemplate, parametersOf } from './usage-stack-set-template';
import { answeredCalls, counts, daysAtZero, howToRead, instancesByState, refusedCalls, table, whereLaunchersAre } from './usage-widgets';

/**
 * Monitors what still uses IMDSv1 in the accounts of an organization: a stack set with service-managed permissions deploys `Imdsv1UsageMonitor`
 * to each of them.
 *
 * All records go to one bucket, all events to one event bus, and all metrics to one dashboard, with CloudWatch cross-account observability. These are
 * in the account and Region of this stack. Each account gets one stack, in that Region, which monitors every enabled Region unless you set `regions`.
 *
 * An account can write and read only its own results. It can see which accounts have written. An administrator of an account can make it report
 * any data about itself.
 *
 * Such a stack set does not deploy to the management account, even if that is in a unit: add an `Imdsv1UsageMonitor` there. It needs trusted
 * access for stack sets in the organization. Stack sets with service-managed permissions are not supported in the China Regions.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { Imdsv1UsageMonitorStackSet } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Organization');
 * new Imdsv1UsageMonitorStackSet(stack, 'Usage', {
 *   organizationId: 'o-a1b2c3d4e5',
 *   organizationalUnitIds: ['ou-ab12-cd34ef56'],
 *   operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 10 },
 * });
 */
export class Imdsv1UsageMonitorStackSet extends Construct {
  /** The bucket with the records of all accounts: the last of each is `usage/<account>/latest.json`. */
  public readonly bucket: IBucket;

  /** The event bus that gets an event for each launcher whose state changed, in every account. */
  public readonly eventBus: IEventBus;

  /** The ARN of the sink that the accounts link to. */
  public readonly sinkArn: string;

  /** The name of the dashboard. */
  public readonly dashboardName: string;

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
   * The number of quiet days of its monitors.
   *
   * @internal
   */
  public readonly _quietDays: number;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the watched instances, and the accounts
   * @throws Error if a property is not valid, CloudFormation does not accept one, the template gets too long, or another one has the sink already
   */
  public constructor(scope: Construct, id: string, props: Imdsv1UsageMonitorStackSetProps) {
    super(checkPlace(scope, id), id);
    checkProps(checked(props, MONITOR_STACK_SET));
    checkTopicArn(props.alarmTopicArn, Stack.of(this).region);
    checkSink(props.sinkArn, Stack.of(this));
    if (props.sinkArn === undefined) { checkOnlySink(this); }
    this._quietDays = props.quietDays ?? 14;
    const center = new OrganizationCenter(this, 'Center', props.organizationId);
    this.bucket = center.bucket;
    this.eventBus = center.eventBus;
    this.sinkArn = props.sinkArn ?? center.addSink().attrArn;
    const values = this.valuesFor(props);
    const stackSet = new OrganizationStackSet(this, 'Resource', {
      ...props, regions: [Stack.of(this).region], templateBody: monitorTemplate(props, values), parameters: parametersOf(values),
    });
    stackSet.node.addDependency(center);
    this.stackSetId = stackSet.attrStackSetId;
    this.stackSetName = stackSet.stackSetName;
    this.stackNamePattern = stackSet.stackNamePattern;
    this.dashboardName = this.addDashboard(props, center.logGroup.logGroupName);
    warnOfUnknownRegions(this, 'regions', props.regions?._from(this));
  }

  private valuesFor({ alarmTopicArn, linkAccounts = true }: Imdsv1UsageMonitorStackSetProps): UsageCenter {
    const values = { Bucket: this.bucket.bucketName, EventBus: this.eventBus.eventBusArn, AlarmTopic: alarmTopicArn };
    return linkAccounts ? { ...values, Sink: this.sinkArn, SinkAccount: Stack.of(this).account } : values;
  }

  private addDashboard({ dashboardName, quietDays = 14 }: Imdsv1UsageMonitorStackSetProps, log: string): string {
    return new Dashboard(this, 'Dashboard', {
      dashboardName,
      defaultInterval: Duration.days(quietDays),
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [howToRead(quietDays)],
        [counts('all')],
        [whereLaunchersAre('Launchers that are ready', 'LaunchersReady', 'all'), whereLaunchersAre('Launchers that still use IMDSv1', 'LaunchersInUse', 'all')],
        [table('What changed, the latest first', log, changesQuery(), 'high')],
        [instancesByState('all'), answeredCalls('all')],
        [daysAtZero('all'), refusedCalls('all')],
      ],
    }).dashboardName;
  }
}

function checkProps({ organizationId, runtime, dashboardName }: Imdsv1UsageMonitorStackSetProps): void {
  checkRuntime(runtime);
  checkName(dashboardName);
  if (!Token.isUnresolved(organizationId) && !isIdOf(organizationId, 'organization')) {
    throw new Error(`organizationId must be the id of an organization, such as 'o-a1b2c3d4e5', got ${describeValue(organizationId)}`);
  }
}

/** Shared metrics are visible in the Region of the sink. */
function checkSink(sinkArn: string | undefined, { account, region }: Stack): void {
  if (sinkArn === undefined || Token.isUnresolved(sinkArn)) { return; }
  const [, ofRegion, ofAccount] = (typeof sinkArn === 'string' && SINK.exec(sinkArn)) || [];
  if (ofRegion === undefined) {
    throw new Error(`sinkArn must be the ARN of a sink such as 'arn:aws:oam:eu-west-1:111122223333:sink/a1b2c3d4', got ${describeValue(sinkArn)}`);
  }
  if ((!Token.isUnresolved(region) && region !== ofRegion) || (!Token.isUnresolved(account) && account !== ofAccount)) {
    throw new Error(`sinkArn must be of the account and the Region of the stack, got ${describeValue(sinkArn)}`);
  }
}

/** An account can have only one sink in a Region. */
function checkOnlySink(construct: Imdsv1UsageMonitorStackSet): void {
  const other = construct.node.root.node.findAll().find((each): each is Imdsv1UsageMonitorStackSet =>
    each !== construct && each instanceof Imdsv1UsageMonitorStackSet && isSamePlace(Stack.of(each), Stack.of(construct)));
  if (!other) { return; }
  throw new Error(`sinkArn must be given where '${other.node.path}' has the sink of the account in this Region, such as sinkArn: usage.sinkArn, got undefined`);
}

/** Stacks without a known account and Region are only in the same place if they are the same stack. */
function isSamePlace(one: Stack, other: Stack): boolean {
  const isKnown = !Token.isUnresolved(one.account) && !Token.isUnresolved(one.region);
  return one === other || (isKnown && one.account === other.account && one.region === other.region);
}

const SINK = /^arn:[^:]+:oam:([^:]+):(\d{12}):sink[/:].+$/;
