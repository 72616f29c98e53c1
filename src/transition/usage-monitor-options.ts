import type { Duration } from 'aws-cdk-lib';
import { Duration as DurationClass } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SCHEDULE } from '../functions/checked-options';
import { BOOLEAN, LATER, instance, wholeNumber } from '../model/kinds';
import type { Shape } from '../model/props';
import { REGIONS } from '../org/account-defaults/imds-regions';
import type { ImdsRegions } from '../org/account-defaults/imds-regions';

/** Options for the monitoring of IMDSv1, in one account or in many. */
export interface Imdsv1UsageMonitorOptions {
  /**
   * When the function runs: at least once a day. A run reads the full hours since the previous run, so nothing is lost if a run is missed.
   *
   * @default - every hour, 25 minutes past it, when the hour before is complete
   */
  readonly schedule?: Schedule;

  /**
   * The number of days without an IMDSv1 call after which a launcher is ready to require IMDSv2: 1 to 60.
   *
   * Choose more days than the interval of your rarest job: 32 for a monthly job.
   *
   * @default 14
   */
  readonly quietDays?: number;

  /**
   * The ARN of the SNS topic for the alarms. It must be in the Region of the stack, and let CloudWatch publish.
   *
   * @default - no topic; the alarms exist, but notify nobody
   */
  readonly alarmTopicArn?: string;

  /**
   * Whether to add an alarm that starts within minutes, and not after the next run, if an instance in the Region of the stack refuses an IMDSv1
   * call.
   *
   * CloudWatch charges $0.10 a month for each metric that its query matches: one for each instance that requires IMDSv2. It reads at most 10,000.
   * Enable it for the days after a change.
   *
   * @default false
   */
  readonly alarmAtOnce?: boolean;

  /**
   * After how long without a run that went through the monitor counts as silent, which is an alarm: whole hours, 168 at most. Before the first run it is
   * silent, too.
   *
   * @default - three times the rate of the schedule, and 3 hours at least; 25 hours for a cron expression
   */
  readonly silentAfter?: Duration;

  /**
   * The runtime of the function: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;

  /**
   * The Regions whose instances are monitored. Metrics, events and the log are always in the Region of the stack. If you name a Region that is
   * not enabled, or that a policy denies, it cannot be read, and an alarm starts.
   *
   * @default ImdsRegions.own()
   */
  readonly regions?: ImdsRegions;
}

/** The accepted values of the properties. */
export const MONITOR_OPTIONS: Shape<Imdsv1UsageMonitorOptions> = {
  schedule: SCHEDULE,
  quietDays: { ...wholeNumber(1, 60), mayBeUnresolved: false },
  alarmTopicArn: LATER,
  alarmAtOnce: BOOLEAN,
  silentAfter: instance('a Duration', value => value instanceof DurationClass || 'toHours' in value),
  runtime: LATER,
  regions: REGIONS,
};
