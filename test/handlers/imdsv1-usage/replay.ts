import { hourIn, hourOf, hourText } from '../../../handlers/imdsv1-usage/hours';
import type { Memory } from '../../../handlers/imdsv1-usage/memory';
import type { LauncherUsage, RegionUsage } from '../../../src/usage/usage-record';
import type { KnownAccount } from './account';
import type { Chance } from './launches';
import { Oracle } from './oracle';
import { memoryIn, memoryKey, regionIn, runAt } from './runs';
import { DAY, HOUR, named } from './world';

const QUIET_DAYS = 14;

/** The result of a replay. */
export interface Replayed {
  /** The faults, in words. */
  readonly lies: string[];
  readonly runs: number;
  /** How often a launcher was ready, in all runs. */
  readonly ready: number;
  readonly callers: number;
  readonly attempts: number;
  readonly largestMemory: number;
  readonly calls: { readonly [action: string]: number };
  readonly metricsRequested: number;
  readonly instanceHours: number;
  readonly last: RegionUsage;
}

/** Simulates days with runs on an unreliable schedule, and compares each record with the truth. */
export async function replay(account: KnownAccount, days: number, every: number, chance: Chance): Promise<Replayed> {
  const { world, beginning } = account;
  const end = beginning + days * DAY;
  const oracle = new Oracle(account, end);
  const lies: string[] = [];
  let [runs, ready, largestMemory] = [0, 0, 0];
  for (let at = beginning + 17 * 60_000; at <= end; at += every + chance.between(-10, 10) * 60_000) {
    const goesWrong = at > end - 3 * DAY ? 1 : chance.next();
    if (goesWrong < 0.04) { at += chance.between(2, 22) * HOUR; continue; } // nobody starts it for a while
    world.fault = goesWrong < 0.1 ? failingOnce(chance) : () => undefined;
    const concurrent = goesWrong > 0.1 && goesWrong < 0.14;
    await Promise.allSettled(Array.from({ length: concurrent ? 2 : 1 }, async () => runAt(world, at)));
    world.fault = () => undefined;
    if (goesWrong > 0.14 && goesWrong < 0.17) { await runAt(world, at + 60_000); } // it comes twice
    runs += 1;
    if (!world.objects.has('usage/111122223333/latest.json')) { continue; }
    const region = regionIn(world);
    ready += region.launchers.filter(({ state }) => state === 'ready').length;
    largestMemory = Math.max(largestMemory, world.objects.get(memoryKey())?.body.length ?? 0);
    lies.push(...liesIn(region, oracle, at));
  }
  const last = regionIn(world);
  lies.push(...missingIn(withLeftOut(last, memoryIn(world)), oracle, world.now, beginning));
  const { callers, attempts } = counts(oracle, beginning, hourIn(last.watchedUntil)!, world.now);
  const instanceHours = [...world.instances.values()].reduce((sum, { launchedAt, endedAt = end }) =>
    sum + Math.max(0, Math.min(endedAt, end) - Math.max(launchedAt, beginning)) / HOUR, 0);
  const calls = Object.fromEntries(world.calls);
  return { lies, runs, ready, callers, attempts, largestMemory, calls, metricsRequested: world.requested, instanceHours, last };
}

/** Makes a call of a random action fail: it was throttled for too long, or the run ends there. */
function failingOnce(chance: Chance): (action: string) => Error | undefined {
  const fails = chance.of(['listMetrics', 'getMetricData', 'describeInstances', 'lookupEvents', 'putEvents', 'putObject', 'describeStackResources', 'listStackResources']);
  let left = chance.between(0, 3);
  return action => action === fails && left-- === 0 ? named('ThrottlingException') : undefined;
}

/** The false data of a record. */
function liesIn({ launchers, watchedUntil }: RegionUsage, oracle: Oracle, now: number): string[] {
  const until = hourIn(watchedUntil) ?? 0;
  const invented = launchers.map(({ kind, name }) => `${kind} ${name}`).filter(key => !oracle.knows(key)).map(key => `there is no ${key}`);
  if (invented.length > 0) { return invented; }
  return launchers.filter(({ state }) => state === 'ready').flatMap(({ kind, name, because }) => {
    const key = `${kind} ${name}`;
    const [attempt] = oracle.attemptsOf(key, until - QUIET_DAYS * 24, until, now - HOUR);
    return attempt ? [`${new Date(now).toISOString()}: ${key} is ready (${because}), and ${attempt.id} called in hour ${attempt.hour} of ${until}`] : [];
  });
}

/** The launchers of a record, and the known ones that it leaves out, as many as it counts. */
function withLeftOut({ launchers, leftOut, ...region }: RegionUsage, memory: Memory): RegionUsage {
  const keys = new Set(launchers.map(({ kind, name }) => `${kind} ${name}`));
  const others = Object.entries(memory.launchers).filter(([key]) => !keys.has(key));
  expect(others).toHaveLength(leftOut?.instances ?? 0);
  const textOf = (hour: number | undefined) => hour === undefined ? undefined : hourText(hour);
  const usages = others.map(([, { kind, name, state, call, refusal }]) =>
    ({ kind, name, state, lastCallAt: textOf(call), lastRejectedAt: textOf(refusal) }) as LauncherUsage);
  return { ...region, launchers: [...launchers, ...usages] };
}

/** The data that is missing in the last record. */
function missingIn(region: RegionUsage, oracle: Oracle, now: number, beginning: number): string[] {
  const until = hourIn(region.watchedUntil)!;
  const byKey = new Map(region.launchers.map(launcher => [`${launcher.kind} ${launcher.name}`, launcher]));
  return oracle.launchers.flatMap(key => {
    const attempts = oracle.attemptsOf(key, Math.max(until - QUIET_DAYS * 24, hourOf(beginning)), until, now - HOUR);
    const launcher = byKey.get(key);
    const wrong = attempts.length === 0 ? '' : unlike(attempts, launcher);
    const isUnready = oracle.isReady(key, until, now, QUIET_DAYS) && launcher?.state !== 'ready';
    const unready = isUnready ? `is ready, not ${launcher?.state} (${launcher?.because})` : '';
    return [wrong, unready].filter(text => text !== '').map(text => `${key} ${text}`);
  });
}

function unlike(attempts: readonly { readonly hour: number; readonly refused: boolean }[], launcher: LauncherUsage | undefined): string {
  if (launcher === undefined) { return 'called, and is not in the record'; }
  const lastOf = (refused: boolean) => attempts.filter(attempt => attempt.refused === refused).reduce((last, { hour }) => Math.max(last, hour), -1);
  const [call, refusal] = [lastOf(false), lastOf(true)];
  if (call >= 0 && (hourIn(launcher.lastCallAt) ?? -1) < call) { return `called in hour ${call}, not last at ${launcher.lastCallAt}`; }
  return refusal >= 0 && (hourIn(launcher.lastRejectedAt) ?? -1) < refusal ? `was refused in hour ${refusal}, not last at ${launcher.lastRejectedAt}` : '';
}

function counts(oracle: Oracle, beginning: number, until: number, now: number): { callers: number; attempts: number } {
  const all = oracle.launchers.flatMap(key => oracle.attemptsOf(key, hourOf(beginning), until, now));
  return { callers: new Set(all.map(({ id }) => id)).size, attempts: all.reduce((sum, { calls }) => sum + calls, 0) };
}
