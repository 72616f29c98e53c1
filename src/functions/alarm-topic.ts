import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';

/** Has alarms tell a topic, of which the ARN alone is known; nobody where none is given. */
export function tellTopic(alarmActionArn: string | undefined, ...alarms: readonly Alarm[]): void {
  if (alarmActionArn === undefined) { return; }
  alarms.forEach(alarm => alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) }));
}
