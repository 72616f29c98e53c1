import { Duration } from 'aws-cdk-lib';

/** How long CloudFormation waits for the function of a custom resource: as long as Lambda tries, which is three times, with pauses in between. */
export function serviceTimeoutFor(timeout: Duration): Duration {
  return Duration.minutes(3 * timeout.toMinutes() + 5);
}
