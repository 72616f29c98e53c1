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
   * How long the instances are watched after each wave, the last one among them, before the next one begins or the run ends: 15 minutes to 7 days. It is
   * looked for rejected calls up to four times meanwhile, and 15 minutes apart at least, as CloudWatch has them some minutes late.
   *
   * @default Duration.hours(1)
   */
  readonly waitBetweenWaves?: Duration;

  /**
   * How many calls of IMDSv1 the instances of a run may refuse, in all, before it stops.
   *
   * @default 0
   */
  readonly maxRejectedCalls?: number;

  /**
   * What happens beyond that, besides that no further wave begins.
   *
   * @default RepairReaction.STOP
   */
  readonly onRejectedCalls?: RepairReaction;

  /**
   * For how long no run starts automatically, on the schedule or as a remediation of AWS Config, after a run
   * had too many refused calls, could not be watched to the end, was rolled back or was stopped. Automatic runs start after the pause. Runs that you start are not delayed,
   * and one with `{"mode": "resume"}` ends the pause. 90 days at most; 0 is none.
   *
   * @default Duration.days(7)
   */
  readonly pauseAfterStop?: Duration;

  /**
   * How many calls of EC2 are made within a second, at most: 1 to 20. Instances are changed in turns of so many.
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
   * The ARN of the SNS topic for the alarm about failed and stopped runs. It has to be in the Region of the stack, and to let CloudWatch publish.
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

/** What the properties may be. */
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
