import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueryDefinition, FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { notifyTopic } from '../../functions/alarm-topic';
import { LATER, checkPlace, checkValue, instance, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { checkTopicArn } from '../../model/topic-arn';
import { USAGE_NAME } from '../../usage/published';
import { BY_IMDSV1, ROLE_DELIVERY } from './imdsv1-credentials';
import type { LogQuery } from './log-queries';
import { CALLS_QUERY, LAUNCHERS_QUERY, SOFTWARE_QUERY } from './log-queries';

/** The log group to monitor, and whom to notify. */
export interface Imdsv1CredentialMonitorProps {
  /**
   * The log group that a trail writes to, of the class `STANDARD`. It has to be in the account and the Region of the stack.
   */
  readonly trailLogGroup: ILogGroup;

  /**
   * The log group of an `Imdsv1UsageMonitor`, in the same account and Region. The saved queries then show what launched the calling instances.
   *
   * @default - no query by launcher
   */
  readonly usageLogGroup?: ILogGroup;

  /**
   * The ARN of the SNS topic that is notified about calls with credentials from IMDSv1. It must be in the Region of the stack.
   *
   * @default - the alarm notifies nobody
   */
  readonly alarmTopicArn?: string;
}

/**
 * Finds AWS API calls with credentials from IMDSv1, in the log group of a CloudTrail trail.
 *
 * It creates a metric (`Imdsv1CredentialCalls` in the namespace `cdk-imdsv2`), an alarm for such calls within the last hour, and saved queries of
 * CloudWatch Logs Insights in the folder `cdk-imdsv2/IMDSv1 credentials`. They show the callers, their software and their launchers.
 *
 * A trail does not contain calls that only read metadata, without credentials. `Imdsv1UsageMonitor` also counts these.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { LogGroup } from 'aws-cdk-lib/aws-logs';
 * import { Imdsv1CredentialMonitor } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Trail');
 * new Imdsv1CredentialMonitor(stack, 'Imdsv1Credentials', {
 *   trailLogGroup: LogGroup.fromLogGroupName(stack, 'TrailLog', 'aws-cloudtrail-logs-111122223333'),
 *   alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:security',
 * });
 */
export class Imdsv1CredentialMonitor extends Construct {
  /** The alarm that is on while there are calls with credentials from IMDSv1. */
  public readonly alarm: Alarm;

  private readonly filter: MetricFilter;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the log group that is watched
   * @throws Error if a property is not valid, or the topic is not the ARN of one
   */
  public constructor(scope: Construct, id: string, props: Imdsv1CredentialMonitorProps) {
    super(checkPlace(scope, id), id);
    const { trailLogGroup, usageLogGroup, alarmTopicArn } = checked(props, MONITOR);
    checkTopicArn(alarmTopicArn, Stack.of(this).region);
    this.filter = new MetricFilter(this, 'Filter', {
      logGroup: trailLogGroup,
      filterPattern: FilterPattern.stringValue(`$.${ROLE_DELIVERY}`, '=', BY_IMDSV1),
      metricNamespace: USAGE_NAME,
      metricName: 'Imdsv1CredentialCalls',
      defaultValue: 0,
      unit: Unit.COUNT,
    });
    this.alarm = this.alarmOn();
    notifyTopic(alarmTopicArn, this.alarm);
    this.save('Calls', CALLS_QUERY, [trailLogGroup]);
    this.save('Software', SOFTWARE_QUERY, [trailLogGroup]);
    if (usageLogGroup) { this.save('Launchers', LAUNCHERS_QUERY, [trailLogGroup, usageLogGroup]); }
  }

  /**
   * The number of calls with credentials from IMDSv1.
   *
   * @param options changes to the default, which is the sum over an hour
   * @throws Error if the options are not valid
   */
  public metricCalls(options?: MetricOptions): Metric {
    checkValue('options', options, instance('a MetricOptions'));
    return this.filter.metric({ statistic: 'Sum', period: Duration.hours(1), ...options });
  }

  private alarmOn(): Alarm {
    return new Alarm(this, 'Alarm', {
      alarmDescription: 'Somebody calls AWS with credentials that IMDSv1 delivered: run the saved queries in cdk-imdsv2/IMDSv1 credentials',
      metric: this.metricCalls(),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private save(id: string, { name, text }: LogQuery, logGroups: readonly ILogGroup[]): void {
    new CfnQueryDefinition(this, id, { name, queryString: text, logGroupNames: logGroups.map(({ logGroupName }) => logGroupName) });
  }
}

const LOG_GROUP = instance('an ILogGroup', value => 'logGroupName' in value);

const MONITOR: Shape<Imdsv1CredentialMonitorProps> = {
  trailLogGroup: required(LOG_GROUP),
  usageLogGroup: LOG_GROUP,
  alarmTopicArn: LATER,
};
