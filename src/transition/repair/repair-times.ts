import { Duration, Token } from 'aws-cdk-lib';

/** The number of checks after a wave, and the seconds before each of them. */
export interface Looks {
  readonly looks: number;
  readonly lookAfter: number;
}

const [SHORTEST, LONGEST] = [Duration.minutes(15), Duration.days(7)];
const MOST_LOOKS = 4;

/** @throws Error if the time is too short for CloudWatch to have data, or too long */
export function looksWithin(waitBetweenWaves = Duration.hours(1)): Looks {
  const seconds = Token.isUnresolved(waitBetweenWaves) || waitBetweenWaves.isUnresolved() ? NaN : waitBetweenWaves.toSeconds({ integral: false });
  if (!(seconds >= SHORTEST.toSeconds() && seconds <= LONGEST.toSeconds())) {
    throw new Error(`waitBetweenWaves must be 15 minutes to 7 days, got ${textOf(waitBetweenWaves)}`);
  }
  const looks = Math.min(MOST_LOOKS, Math.floor(seconds / SHORTEST.toSeconds()));
  return { looks, lookAfter: Math.ceil(seconds / looks) };
}

/**
 * The number of quiet days that an instance needs.
 *
 * @param watchedDays the quiet days of the monitor, if there is one: it cannot answer for more
 * @throws Error if CloudWatch or the monitor has no data for this number of days
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
