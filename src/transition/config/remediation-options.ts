import type { Duration } from 'aws-cdk-lib';
import { Duration as DurationClass } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BOOLEAN, instance, known, wholeNumber } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { HopLimits } from '../../policy/hop-limits';

/** Whether AWS Config remediates instances automatically, how often it tries, and for how many instances at a time. */
export interface ImdsRemediationOptions {
  /**
   * Whether AWS Config remediates noncompliant resources automatically, and not only when you start the remediation.
   *
   * A runbook does not know which software still uses IMDSv1, and breaks it. AWS Config can also start it for an instance that is already compliant.
   *
   * @default false
   */
  readonly automatic?: boolean;

  /**
   * How often AWS Config tries it for an instance within `retryAttemptPeriod` before it stops trying: 1-25. Only for `automatic`.
   *
   * @default 5
   */
  readonly maximumAutomaticAttempts?: number;

  /**
   * The time within which these attempts are made: whole seconds, 31 days at most. Only for `automatic`.
   *
   * @default Duration.minutes(5)
   */
  readonly retryAttemptPeriod?: Duration;

  /**
   * How many of the noncompliant instances are remediated at the same time, in percent: 1-100.
   *
   * @default 10
   */
  readonly concurrentExecutionRatePercentage?: number;

  /**
   * The percentage of failed automations at which Systems Manager stops: 1-100. It does not count software that fails.
   *
   * @default 10
   */
  readonly errorPercentage?: number;
}

/** Options of a remediation by a runbook of AWS. */
export interface ImdsRunbookOptions extends ImdsRemediationOptions {
  /**
   * The role that the automation assumes. It must trust `ssm.amazonaws.com`. It gets the permissions that the automation needs.
   *
   * @default - a new role, which can require IMDSv2 on instances of the account, and cannot weaken them
   */
  readonly role?: IRole;
}

/** Options of a remediation by the runbook `AWSSupport-ConfigureEC2Metadata`. */
export interface ImdsSupportRunbookOptions extends ImdsRunbookOptions {
  /**
   * The hop limit of remediated instances, 2-64. Containers need 2. The default role can increase a hop limit, but not decrease it. So the remediation
   * of an instance with a higher hop limit fails.
   *
   * @default - each instance keeps its own
   */
  readonly httpPutResponseHopLimit?: number;
}

const PERCENTAGE = known(wholeNumber(1, 100));

/** 31 days, the limit of AWS Config. */
const MOST_SECONDS = 2_678_000;

/** The accepted values of the options. */
export const REMEDIATION: Shape<ImdsRemediationOptions> = {
  automatic: BOOLEAN,
  maximumAutomaticAttempts: known(wholeNumber(1, 25)),
  retryAttemptPeriod: instance('a Duration', value => value instanceof DurationClass || 'toSeconds' in value),
  concurrentExecutionRatePercentage: PERCENTAGE,
  errorPercentage: PERCENTAGE,
};

export const RUNBOOK: Shape<ImdsRunbookOptions> = {
  ...REMEDIATION,
  role: instance('an IRole', value => Construct.isConstruct(value) && 'roleArn' in value),
};

export const SUPPORT_RUNBOOK: Shape<ImdsSupportRunbookOptions> = {
  ...RUNBOOK, httpPutResponseHopLimit: known(wholeNumber(HopLimits.OF_CONTAINERS, 64)),
};

/** @throws Error if one of them is not valid, or has no effect */
export function checkedRemediation<Options extends ImdsRemediationOptions>(options: Options, shape: Shape<Options>): Options {
  const { automatic, maximumAutomaticAttempts, retryAttemptPeriod } = checked(options, shape, 'options');
  const stray = Object.entries({ maximumAutomaticAttempts, retryAttemptPeriod }).find(([, value]) => value !== undefined);
  if (stray && automatic !== true) { throw new Error(`${stray[0]} is for automatic: true, got automatic: ${describeValue(automatic)}`); }
  const seconds = retryAttemptPeriod?.toSeconds({ integral: false });
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST_SECONDS)) {
    throw new Error(`retryAttemptPeriod must be whole seconds from 1 to ${MOST_SECONDS}, got ${seconds} seconds`);
  }
  return options;
}
