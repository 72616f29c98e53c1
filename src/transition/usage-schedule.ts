import { Duration, Token } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { describeValue } from '../model/setting';
import type { Imdsv1UsageMonitorOptions } from './usage-monitor-options';

/** When a monitor runs, and after how many hours without a run it is silent. */
export interface UsageSchedule {
  readonly schedule: Schedule;
  readonly silentHours: number;
}

/** A run reads the hours that ended 20 minutes ago or earlier. */
const EVERY_HOUR = Schedule.cron({ minute: '25' });

/** The longest period of an alarm, and so the lowest frequency of a monitor. */
const [LONGEST_HOURS, RAREST_HOURS] = [168, 24];

/** @throws Error if it would run less than once a day, or less often than an alarm can look back */
export function usageSchedule({ schedule, silentAfter }: Imdsv1UsageMonitorOptions): UsageSchedule {
  const rate = schedule && hoursOfRate(schedule.expressionString);
  if (schedule && !runsDaily(schedule.expressionString, rate)) {
    throw new Error(`schedule must run once a day at least, as rate(1 day) does, got ${describeValue(schedule.expressionString)}`);
  }
  const silentHours = silentAfter ? hoursOf(silentAfter) : schedule ? defaultHours(rate) : 3;
  return { schedule: schedule ?? EVERY_HOUR, silentHours };
}

function defaultHours(rate: number | undefined): number {
  return rate === undefined ? RAREST_HOURS + 1 : Math.max(3, Math.ceil(3 * rate));
}

function hoursOf(silentAfter: Duration): number {
  const hours = Token.isUnresolved(silentAfter) ? NaN : silentAfter.toHours({ integral: false });
  if (!Number.isInteger(hours) || hours < 1 || hours > LONGEST_HOURS) {
    throw new Error(`silentAfter must be 1 to ${LONGEST_HOURS} whole hours, got ${silentAfter.isUnresolved() ? 'an unresolved value' : silentAfter.toHumanString()}`);
  }
  return hours;
}

/** A value that is only known at deployment is accepted. */
function runsDaily(expression: string, rate: number | undefined): boolean {
  return Token.isUnresolved(expression) || DAILY.test(expression) || (rate !== undefined && rate <= RAREST_HOURS);
}

/** A cron expression for all days of the month and of the week, all months and all years. */
const DAILY = /^cron\(\S+ \S+ (?:\*|\?|1\/1) \* (?:\*|\?) \*\)$/;

/** The hours of a rate: 0.5 for `rate(30 minutes)`. `undefined` for a cron expression. */
function hoursOfRate(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return unit === undefined ? undefined : Number(count) * HOURS[unit];
}

const HOURS: { readonly [unit: string]: number } = { minute: 1 / 60, hour: 1, day: 24 };
