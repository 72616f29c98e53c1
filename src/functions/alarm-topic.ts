import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';

/** Lets alarms notify a topic, from its ARN. Without an ARN, they notify nobody. */
export function notifyTopic(alarmActionArn: string | undefined, ...alarms: readonly Alarm[]): void {
  if (alarmActionArn === undefined) { return; }
  alarms.forEach(alarm => alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) }));
}
