import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { notifyTopic } from '../functions/alarm-topic';
import type { AccountMetric } from '../usage/published';
import { USAGE_NAME } from '../usage/published';

/** The subjects of the alarms, and their topic. */
export interface UsageAlarmsProps {
  readonly collector: IFunction;
  readonly silentHours: number;
  readonly atOnce: boolean;
  readonly topicArn?: string;
}

/** The alarms of a monitor: software with refused calls or with IMDSv1 again, Regions that cannot be read, and a silent monitor. */
export class UsageAlarms extends Construct {
  public readonly all: Alarm[];

  public constructor(scope: Construct, id: string, { collector, silentHours, atOnce, topicArn }: UsageAlarmsProps) {
    super(scope, id);
    this.all = [
      this.ofLastDay('Refused', 'RejectedCalls', 'Instances require IMDSv2, but software on them still calls IMDSv1 and is refused'),
      ...atOnce ? [this.ofInstances()] : [],
      this.ofLastDay('Returned', 'ReturnedLaunchers', 'A launcher that was ready to require IMDSv2, or required it, uses IMDSv1 again'),
      this.ofLastRun('Unread', 'UnreadRegions', 'The monitor could not read the use of IMDSv1 in some Regions: no launcher becomes ready there'),
      this.ofSilence(collector, silentHours),
    ];
    notifyTopic(topicArn, ...this.all);
  }

  /** It is on if a run of the last day reported it, so an event every few hours is one alarm, and not many. */
  private ofLastDay(id: string, metricName: AccountMetric, alarmDescription: string): Alarm {
    return this.add(id, alarmDescription, this.metricOf(metricName, Duration.hours(1)), TreatMissingData.NOT_BREACHING, DAY_OF_RUNS);
  }

  /** It keeps its state until the next run. */
  private ofLastRun(id: string, metricName: AccountMetric, alarmDescription: string): Alarm {
    return this.add(id, alarmDescription, this.metricOf(metricName, Duration.minutes(5)), TreatMissingData.IGNORE);
  }

  private metricOf(metricName: AccountMetric, period: Duration): Metric {
    const dimensionsMap = { Account: Stack.of(this).account };
    return new Metric({ namespace: USAGE_NAME, metricName, dimensionsMap, statistic: 'Maximum', period });
  }

  /** An instance that requires IMDSv2 publishes its refused calls every five minutes. Without such instances, nothing is refused. */
  private ofInstances(): Alarm {
    const metric = new MathExpression({ expression: REFUSED_NOW, usingMetrics: {}, period: Duration.minutes(5) });
    return this.add('RefusedNow', 'An instance in this Region requires IMDSv2, and refused an IMDSv1 call in the last minutes', metric, TreatMissingData.NOT_BREACHING);
  }

  private add(id: string, alarmDescription: string, metric: IMetric, treatMissingData: TreatMissingData, evaluationPeriods = 1): Alarm {
    return new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData,
    });
  }

  /** A function that does not start publishes nothing, and a failed one does not count as a run. */
  private ofSilence(collector: IFunction, silentHours: number): Alarm {
    const period = Duration.hours(1);
    const [started, failed] = [collector.metricInvocations({ period, statistic: 'Sum' }), collector.metricErrors({ period, statistic: 'Sum' })];
    return new Alarm(this, 'Silent', {
      alarmDescription: `No run of the IMDSv1 monitor succeeded in ${silentHours} hours: its data may be outdated`,
      metric: new MathExpression({ expression: 'started - failed', usingMetrics: { started, failed }, period }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: silentHours,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}

/** The hours of a day, and one more, because a daily run can be late. */
const DAY_OF_RUNS = 25;

/**
 * A query of Metrics Insights over all instances of a Region. An alarm accepts it like an expression, if it returns one line.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
const REFUSED_NOW = 'SELECT SUM("MetadataNoTokenRejected") FROM SCHEMA("AWS/EC2", "InstanceId")';
