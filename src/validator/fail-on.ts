import type { Severity } from '../policy/rule';

/** Which findings fail a synthesis. */
export enum FailOn {
  /** Errors: IMDSv1 may get in, or what is written cannot be deployed. */
  ERROR = 'error',
  /** Warnings too: what nobody can tell before deployment, or where something else may suffer. */
  WARNING = 'warning',
  /** None: they are reported, and the synthesis goes on. */
  NEVER = 'never',
}

/** The least severity that fails the synthesis, if any does. */
export function leastFailing(failOn: FailOn = FailOn.ERROR): Severity | undefined {
  return failOn === FailOn.NEVER ? undefined : failOn;
}
