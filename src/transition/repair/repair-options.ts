import { Duration } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SCHEDULE } from '../../functions/checked-options';
import { BOOLEAN, instance, LATER, oneOf, required, wholeNumber } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { RepairReaction } from './repair-reaction';
import type { RepairSelection } from './repair-selection';
import { SELECTION } from './repair-selection';
import type { RepairWaves } from './repair-waves';
import { WAVES } from './repair-waves';

/** Which instances to repair, and how. */
export interface ImdsRepairOptions {
  /** The instances that the repair covers. It changes only those that are ready. */
  readonly selection: RepairSelection;

  /**
   * How long an instance must not have used IMDSv1: whole days, 1 to 60.
   *
   * Choose more days than the interval of your rarest job: 32 days for a monthly job. With a monitor it is at most the `quietDays` of that, which
   * has no answer for more.
   *
   * @default - the `quietDays` of the monitor, and 14 days without one
   */
  readonly quietFor?: Duration;

  /**
   * In how many steps those that are ready are repaired.
   *
   * @default RepairWaves.canary(5, [10, 50])
   */
  readonly waves?: RepairWaves;

  /**
   * How long the instances are watched after each wave, also after the last one, before the next wave starts or the run ends: 15 minutes to 7 days.
   * In this time, refused calls are read up to four times, at least 15 minutes apart, because CloudWatch has them some minutes later.
   *
   * @default Duration.hours(1)
   */
  readonly waitBetweenWaves?: Duration;

  /**
   * The total number of IMDSv1 calls that the instances of a run can refuse before it stops.
   *
   * @default 0
   */
  readonly maxRejectedCalls?: number;

  /**
   * What happens if more calls are refused. In any case, no further wave starts.
   *
   * @default RepairReaction.STOP
   */
  readonly onRejectedCalls?: RepairReaction;

  /**
   * The time in which no run starts automatically, on the schedule or as a remediation of AWS Config, after a run had too many refused calls, could
   * not be watched to the end, was rolled back or was stopped. Automatic runs start after the pause. Runs that you start are not delayed, and an
   * execution with `{"mode": "resume"}` ends the pause. 90 days at most; 0 means no pause.
   *
   * @default Duration.days(7)
   */
  readonly pauseAfterStop?: Duration;

  /**
   * The maximum number of EC2 calls in a second: 1 to 20. It is also the number of instances that are changed at once.
   *
   * @default 5
   */
  readonly callsPerSecond?: number;

  /**
   * When it runs automatically. Without `repairOnSchedule`, this is a dry run, which only writes a plan.
   *
   * @default - it runs when an execution of the state machine is started
   */
  readonly schedule?: Schedule;

  /**
   * Whether a scheduled run repairs the instances that are ready.
   *
   * @default false
   */
  readonly repairOnSchedule?: boolean;

  /**
   * The ARN of the SNS topic for the alarm about failed and stopped runs. It must be in the Region of the stack, and let CloudWatch publish.
   *
   * @default - no topic; the alarm exists, but notifies nobody
   */
  readonly alarmTopicArn?: string;

  /**
   * The runtime of the function that reads the record of a monitor: Node.js 22 or later. Without a monitor there is no function.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}

const DURATION = instance('a Duration', value => value instanceof Duration || 'toHours' in value);

/** The accepted values of the properties. */
export const REPAIR_OPTIONS: Shape<ImdsRepairOptions> = {
  selection: required(SELECTION),
  quietFor: DURATION,
  waves: WAVES,
  waitBetweenWaves: DURATION,
  maxRejectedCalls: { ...wholeNumber(0), mayBeUnresolved: false },
  onRejectedCalls: oneOf(RepairReaction),
  pauseAfterStop: DURATION,
  callsPerSecond: { ...wholeNumber(1, 20), mayBeUnresolved: false },
  schedule: SCHEDULE,
  repairOnSchedule: BOOLEAN,
  alarmTopicArn: LATER,
  runtime: LATER,
};
