import { Schedule } from 'aws-cdk-lib/aws-events';
import { SCHEDULE } from '../../functions/checked-options';
import { LATER } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { checkTopicArn } from '../../model/topic-arn';

/** When account defaults are checked, and who is notified. */
export interface ImdsDriftDetectionOptions {
  /**
   * When the defaults are checked.
   *
   * @default - once a day
   */
  readonly schedule?: Schedule;

  /**
   * The ARN of the SNS topic that is notified if a default has another value, or a Region cannot be checked. It must be in the Region of the
   * stack.
   *
   * @default - no topic and no alarm; you can use the metrics and the events for your own alarms and rules
   */
  readonly alarmTopicArn?: string;
}

/**
 * Whether account defaults are checked later, and what happens if they were changed.
 *
 * A check reads every Region of the resource, also Regions that were enabled later. It reports two CloudWatch metrics, `DriftedDefaults` and
 * `UnreadRegions` (namespace `cdk-imdsv2`, dimension `FunctionName`), and sends an event to the default event bus for each default with another
 * value: source `cdk-imdsv2`, detail with `region`, `field`, `found`, `wanted`, `stronger` and `repaired`.
 *
 * @example
 * import { App, Duration, Stack } from 'aws-cdk-lib';
 * import { Schedule } from 'aws-cdk-lib/aws-events';
 * import { ImdsAccountDefaults, ImdsDriftDetection } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Account');
 * new ImdsAccountDefaults(stack, 'Defaults', {
 *   driftDetection: ImdsDriftDetection.repair({ schedule: Schedule.rate(Duration.hours(1)) }),
 * });
 */
export class ImdsDriftDetection {
  /** The defaults are not checked again. */
  public static off(): ImdsDriftDetection {
    return new ImdsDriftDetection(undefined, false);
  }

  /**
   * Reports defaults with other values.
   *
   * @param options when to check, and whom to notify
   * @throws Error if the topic is not the ARN of an SNS topic
   */
  public static report(options: ImdsDriftDetectionOptions = {}): ImdsDriftDetection {
    return new ImdsDriftDetection(options, false);
  }

  /**
   * Sets weaker defaults again, and reports them. Stronger defaults are reported and stay. Nothing is set during a deployment of the stack.
   *
   * If a repair sets a value that the resource had set, the deletion of the resource undoes it. In a Region that only a repair reached, such as a
   * Region that was enabled later, the defaults are kept.
   *
   * @param options when to check, and whom to notify
   * @throws Error if the topic is not the ARN of an SNS topic
   */
  public static repair(options: ImdsDriftDetectionOptions = {}): ImdsDriftDetection {
    return new ImdsDriftDetection(options, true);
  }

  /** @internal */
  public readonly _repairs: boolean;

  /** @internal */
  public readonly _schedule: Schedule | undefined;

  /** @internal */
  public readonly _alarmTopicArn: string | undefined;

  private constructor(options: ImdsDriftDetectionOptions | undefined, repairs: boolean) {
    if (options !== undefined) { checked(options, DRIFT_DETECTION, 'options'); }
    checkTopicArn(options?.alarmTopicArn);
    this._repairs = repairs;
    this._schedule = options && (options.schedule ?? Schedule.expression('rate(1 day)'));
    this._alarmTopicArn = options?.alarmTopicArn;
  }
}

const DRIFT_DETECTION: Shape<ImdsDriftDetectionOptions> = {
  schedule: SCHEDULE,
  alarmTopicArn: LATER,
};
