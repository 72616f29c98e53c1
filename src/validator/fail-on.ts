import type { Severity } from '../policy/rule';

/** Which findings fail a synthesis. */
export enum FailOn {
  /** Errors: IMDSv1 is allowed, or a deployment or a launch fails. */
  ERROR = 'error',
  /** Errors and warnings. A warning means that the result is only known at deployment, or that something else may stop working. */
  WARNING = 'warning',
  /** None: findings are reported, and the synthesis succeeds. */
  NEVER = 'never',
}

/** The lowest severity that fails the synthesis; `undefined` if nothing fails it. */
export function leastFailing(failOn: FailOn = FailOn.ERROR): Severity | undefined {
  return failOn === FailOn.NEVER ? undefined : failOn;
}
