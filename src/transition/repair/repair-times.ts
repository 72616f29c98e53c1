import { Duration, Token } from 'aws-cdk-lib';

/** How often is looked after a wave, and after how many seconds each time. */
export interface Looks {
  readonly looks: number;
  readonly lookAfter: number;
}

const [SHORTEST, LONGEST] = [Duration.minutes(15), Duration.days(7)];
const MOST_LOOKS = 4;

/** @throws Error if CloudWatch would have nothing yet, or it is too long */
export function looksWithin(waitBetweenWaves = Duration.hours(1)): Looks {
  const seconds = Token.isUnresolved(waitBetweenWaves) || waitBetweenWaves.isUnresolved() ? NaN : waitBetweenWaves.toSeconds({ integral: false });
  if (!(seconds >= SHORTEST.toSeconds() && seconds <= LONGEST.toSeconds())) {
    throw new Error(`waitBetweenWaves must be 15 minutes to 7 days, got ${textOf(waitBetweenWaves)}`);
  }
  const looks = Math.min(MOST_LOOKS, Math.floor(seconds / SHORTEST.toSeconds()));
  return { looks, lookAfter: Math.ceil(seconds / looks) };
}

/**
 * For how many days an instance has to be quiet.
 *
 * @param watchedDays for how many days the monitor asks, if there is one: it has no answer for more
 * @throws Error if it is not a number of days that CloudWatch looks back, or the monitor does
 */
export function quietDaysWithin(quietFor: Duration | undefined, watchedDays: number | undefined): number {
  if (quietFor === undefined) { return watchedDays ?? 14; }
  const days = quietFor.isUnresolved() ? NaN : quietFor.toDays({ integral: false });
  if (!(Number.isInteger(days) && days >= 1 && days <= 60)) { throw new Error(`quietFor must be 1 to 60 whole days, got ${textOf(quietFor)}`); }
  if (watchedDays !== undefined && days > watchedDays) {
    throw new Error(`quietFor must not be longer than the quietDays of the monitor, ${watchedDays}, got ${textOf(quietFor)}`);
  }
  return days;
}

/** @throws Error if it is too long */
export function pauseOf(pauseAfterStop = Duration.days(7)): number {
  const seconds = Token.isUnresolved(pauseAfterStop) || pauseAfterStop.isUnresolved() ? NaN : pauseAfterStop.toSeconds({ integral: false });
  if (!(seconds <= Duration.days(90).toSeconds())) { throw new Error(`pauseAfterStop must be 90 days at most, got ${textOf(pauseAfterStop)}`); }
  return Math.ceil(seconds);
}

function textOf(duration: Duration): string {
  return duration.isUnresolved() ? 'an unresolved value' : duration.toHumanString();
}
