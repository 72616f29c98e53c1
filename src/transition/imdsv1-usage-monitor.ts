import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkRuntime } from '../functions/checked-options';
import { checkPlace, instance } from '../model/kinds';
import { checked } from '../model/props';
import { checkTopicArn } from '../model/topic-arn';
import { ImdsRegions } from '../org/account-defaults/imds-regions';
import { warnOfUnknownRegions } from '../org/account-defaults/unknown-regions';
import { BUCKET } from '../org/guard-hook/guard-hook-props';
import { nameAsGuardrail } from '../org/guardrail-names';
import { UsageAlarms } from './usage-alarms';
import { UsageBucket, recordKeyOf } from './usage-bucket';
import { UsageCollector } from './usage-collector';
import type { Imdsv1UsageMonitorOptions } from './usage-monitor-options';
import { MONITOR_OPTIONS } from './usage-monitor-options';
import { usageSchedule } from './usage-schedule';

/** The monitoring of one account, and the destination of its records. */
export interface Imdsv1UsageMonitorProps extends Imdsv1UsageMonitorOptions {
  /**
   * The bucket for the records. The function writes below `usage/<account>/` and `state/<account>/`. The policy of a bucket in another account has to
   * allow the function.
   *
   * @default - a new bucket, which is kept when the stack is deleted; its objects expire after a year
   */
  readonly bucket?: IBucket;

  /**
   * The event bus that gets an event for each launcher whose state changed: source `cdk-imdsv2`, detail types `IMDSv1 In Use`, `IMDSv1 Ready` and
   * `IMDSv1 Broken`.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: IEventBus;
}

/**
 * Monitors what still uses IMDSv1, and shows for each Auto Scaling group, node group, fleet or single instance whether it can require IMDSv2.
 *
 * Every hour, a function reads the metrics `MetadataNoToken` and `MetadataNoTokenRejected` of all instances, also of instances that no longer
 * exist, and finds out what launched them. A launcher is *in use* if software used IMDSv1 within `quietDays`, *ready* if no software did,
 * *required* if IMDSv2 is required, *broken* if IMDSv2 is required and software is refused, and *unknown* if there is not enough data.
 *
 * It changes no instance and no account. It writes a record into a bucket, metrics (namespace `cdk-imdsv2`), a line for each launcher into its log, and
 * events. `Imdsv1UsageDashboard` shows them, and `ImdsUsage` reads the record.
 *
 * If two monitors cover the same Region of an account, everything is counted twice.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsRegions, Imdsv1UsageDashboard, Imdsv1UsageMonitor } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Watch');
 * const monitor = new Imdsv1UsageMonitor(stack, 'Monitor', {
 *   regions: ImdsRegions.allEnabled(),
 *   alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:imds',
 * });
 * new Imdsv1UsageDashboard(stack, 'Dashboard', { monitor });
 */
export class Imdsv1UsageMonitor extends Construct {
  /** The bucket with the records. */
  public readonly bucket: IBucket;

  /** Where the last record is: `s3://<bucket>/usage/<account>/latest.json`. */
  public readonly recordUri: string;

  /** The role of the function. Its ARN matches `ImdsAccountDefaults.ROLE_ARN_PATTERN`, so policies can protect it. */
  public readonly role: IRole;

  /** The log of the function, with a line for each launcher and run. */
  public readonly logGroup: ILogGroup;

  /** The alarms, for actions of your own. */
  public readonly alarms: Alarm[];

  /** @internal */
  public readonly _quietDays: number;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the bucket of the record, and the other settings
   * @throws Error if a property is not valid, the schedule is too rare, the topic is in another Region, or the runtime does not fit
   */
  public constructor(scope: Construct, id: string, props: Imdsv1UsageMonitorProps = {}) {
    super(checkPlace(scope, id), id);
    checked(props, { ...MONITOR_OPTIONS, bucket: BUCKET, eventBus: EVENT_BUS });
    checkRuntime(props.runtime);
    checkTopicArn(props.alarmTopicArn, Stack.of(this).region);
    const { schedule, silentHours } = usageSchedule(props);
    this._quietDays = props.quietDays ?? 14;
    const regions = (props.regions ?? ImdsRegions.own())._from(this);
    this.bucket = props.bucket ?? new UsageBucket(this, 'Records');
    this.recordUri = this.bucket.s3UrlForObject(recordKeyOf(Stack.of(this).account));
    const collector = new UsageCollector(this, 'Collector', {
      regions, quietDays: this._quietDays, bucket: this.bucket, eventBus: props.eventBus, runtime: props.runtime,
    });
    this.role = collector.role;
    this.logGroup = collector.logGroup;
    const rule = new Rule(this, 'Schedule', {
      description: 'Finds out who still uses IMDSv1', schedule, targets: [new LambdaFunction(collector.function)],
    });
    nameAsGuardrail(rule);
    this.alarms = new UsageAlarms(this, 'Alarms', {
      collector: collector.function, silentHours, atOnce: props.alarmAtOnce ?? false, topicArn: props.alarmTopicArn,
    }).all;
    warnOfUnknownRegions(this, 'regions', regions);
  }
}

const EVENT_BUS = instance('an IEventBus', value => 'eventBusArn' in value);
