import { hourOf } from '../../../handlers/imdsv1-usage/hours';
import type { KnownAccount } from './account';
import { requiresIn, runsIn, HOUR, type Simulated } from './world';

/** A try to call IMDSv1 that is in the metrics. */
interface Attempt {
  readonly id: string;
  readonly hour: number;
  readonly refused: boolean;
  readonly calls: number;
  /** When CloudWatch has it. */
  readonly comes: number;
}

const HOURS_OF_DAY = 24;

/** Knows everything about an account from the actions of its instances. It shares no code with the collector. */
export class Oracle {
  private readonly attempts = new Map<string, Attempt[]>();
  private readonly instances = new Map<string, Simulated[]>();

  public constructor({ world, launcherOf, beginning }: KnownAccount, end: number) {
    for (const [id, each] of world.instances) {
      const key = launcherOf.get(id)!;
      this.instances.set(key, [...this.instances.get(key) ?? [], each]);
      const all = this.attempts.get(key) ?? [];
      this.attempts.set(key, all);
      const first = hourOf(Math.max(each.launchedAt, beginning - 4 * HOURS_OF_DAY * HOUR));
      for (let hour = first; hour <= hourOf(Math.min(each.endedAt ?? end, end)); hour += 1) {
        const calls = each.isSilent || !runsIn(each, hour) ? 0 : each.attempts(hour);
        const comes = (hour + 1) * HOUR + 4 * 60_000 + (each.lateness?.(hour) ?? 0);
        if (calls > 0) { all.push({ id, hour, refused: requiresIn(each, hour), calls, comes }); }
      }
    }
  }

  public knows(key: string): boolean {
    return this.instances.has(key);
  }

  public get launchers(): readonly string[] {
    return [...this.instances.keys()];
  }

  /** The tries of a launcher in some hours, as far as the metrics have them at a time. */
  public attemptsOf(key: string, from: number, until: number, now: number): readonly Attempt[] {
    return this.attempts.get(key)!.filter(({ hour, comes }) => hour >= from && hour < until && comes <= now);
  }

  /** Whether a launcher may require tokens at a time, as far as the data shows it and is sufficient. */
  public isReady(key: string, until: number, now: number, quietDays: number): boolean {
    const since = until - quietDays * HOURS_OF_DAY;
    const instances = this.instances.get(key)!;
    const running = instances.filter(({ launchedAt, endedAt = Infinity }) => launchedAt <= now && endedAt > now);
    const isOld = instances.some(each =>
      hourOf(each.launchedAt) < since - 2 && hourOf(each.endedAt ?? now) > since - HOURS_OF_DAY && livesLong(each));
    const isSilent = running.some(each => each.isSilent);
    const requires = running.every(each => requiresIn(each, hourOf(now)));
    return isOld && running.length > 0 && !isSilent && !requires && this.daysSeen(instances, since, until) >= 3
      && this.attemptsOf(key, since, until, now).length === 0;
  }

  private daysSeen(instances: readonly Simulated[], since: number, until: number): number {
    const days = new Set<number>();
    for (const each of instances.filter(livesLong)) {
      for (let hour = Math.max(since, hourOf(each.launchedAt)); hour < Math.min(until, hourOf(each.endedAt ?? Infinity)); hour += 1) {
        if (runsIn(each, hour)) { days.add(Math.floor(hour / HOURS_OF_DAY)); }
      }
    }
    return days.size;
  }
}

/** Whether it runs in every schedule. */
function livesLong({ launchedAt, endedAt = Infinity, isSilent }: Simulated): boolean {
  return !isSilent && endedAt - launchedAt > 8 * HOUR;
}
