import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { notifyTopic } from '../../functions/alarm-topic';

/** The state machines to monitor, and the topic. */
export interface RepairAlarmProps {
  readonly repair: IStateMachine;
  readonly rollback: IStateMachine;
  readonly topicArn?: string;
}

/** An alarm for failed executions of either state machine. */
export function repairAlarm(scope: Construct, id: string, { repair, rollback, topicArn }: RepairAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmDescription: 'A repair that requires IMDSv2 on instances failed, or stopped since calls of IMDSv1 were refused, or its rollback failed: its execution says why',
    metric: new MathExpression({
      label: 'Failed executions',
      expression: 'FILL(repair, 0) + FILL(rollback, 0)',
      usingMetrics: { repair: repair.metricFailed(), rollback: rollback.metricFailed() },
      period: Duration.minutes(5),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  notifyTopic(topicArn, alarm);
  return alarm;
}
