import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { notifyTopic } from '../../functions/alarm-topic';
import { nameAsGuardrail } from '../guardrail-names';
import type { ImdsDriftDetection } from './drift-detection';

/** The namespace of the metrics of a check, and the source of its events. */
export const LOOK_NAME = 'cdk-imdsv2';

/** The schedule on which the function checks the defaults, and an alarm if there is a topic. */
export class DriftLook extends Construct {
  public constructor(scope: Construct, id: string, looker: IFunction, { _schedule: schedule, _alarmTopicArn: topicArn }: ImdsDriftDetection) {
    super(scope, id);
    if (!schedule) { return; }
    const rule = new Rule(this, 'Schedule', {
      description: 'Looks whether the account defaults for instance metadata are as they were set',
      schedule,
      targets: [new LambdaFunction(looker)],
    });
    nameAsGuardrail(rule);
    if (topicArn !== undefined) { notifyTopic(topicArn, alarmOf(this, looker)); }
  }
}

/** It keeps its state until the next check. */
function alarmOf(scope: Construct, { functionName: FunctionName }: IFunction): Alarm {
  const metric = (metricName: string) => new Metric({ namespace: LOOK_NAME, metricName, dimensionsMap: { FunctionName }, statistic: 'Maximum' });
  return new Alarm(scope, 'Alarm', {
    alarmDescription: 'Account defaults for instance metadata are not as they were set, or cannot be looked at',
    metric: new MathExpression({
      expression: 'drifted + unread',
      usingMetrics: { drifted: metric('DriftedDefaults'), unread: metric('UnreadRegions') },
      period: Duration.hours(1),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  });
}
