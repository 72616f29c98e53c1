import { Chance, HABITS, idOf, launched, type Origin, ORIGINS } from './launches';
import { DAY, HOUR, type Simulated, World } from './world';

/** An account with a known past and future. */
export interface KnownAccount {
  readonly world: World;
  readonly beginning: number;
  /** The real launcher of each instance. */
  readonly launcherOf: ReadonlyMap<string, string>;
}

/** How long instances of a launcher exist: groups replace theirs every few days, batch jobs take minutes, some stay. */
const LIVES: readonly (readonly [least: number, most: number])[] = [
  [20 * 60_000, 50 * 60_000], [2 * HOUR, 20 * HOUR], [DAY, 5 * DAY], [3 * DAY, 12 * DAY], [40 * DAY, 50 * DAY],
];

/** Creates an account with this number of instances and days. */
export function knownAccount(seed: number, instances: number, days: number, beginning: number, region: string): KnownAccount {
  const chance = new Chance(seed);
  const world = new World([region]);
  const launcherOf = new Map<string, string>();
  const made: Simulated[] = [];
  const end = beginning + days * DAY;
  const launch = (origin: Origin, at: number, until: number | undefined) => {
    const id = idOf(made.length);
    made.push(launched(id, origin, region, beginning, at, until !== undefined && until < end + DAY ? until : undefined, chance));
    launcherOf.set(id, origin.key);
  };
  const singles = Math.floor(instances / 20);
  const origins = Array.from({ length: Math.max(2 * ORIGINS.length, Math.floor(instances / 60)) }, (_, index) => {
    const origin: Origin = { ...ORIGINS[index % ORIGINS.length](`n${index}`), habit: chance.of(HABITS) };
    return { origin, life: chance.of(LIVES) };
  });
  for (let index = 0; made.length < instances - singles; index += 1) {
    const { origin, life } = origins[index % origins.length];
    roll(origin, life, launch, chance, beginning, end);
  }
  while (made.length < instances) {
    const id = idOf(made.length);
    const habit = chance.of(HABITS);
    const at = beginning + Math.floor(chance.next() * 5 * DAY);
    launch({ key: `instance ${id}`, habit, tags: {} }, at, chance.next() < 0.2 ? at + chance.between(1, 20) * DAY : undefined);
  }
  world.add(...made);
  return { world, beginning, launcherOf };
}

/** A position of a launcher, in which instances follow each other. Jobs have pauses. */
function roll(
  origin: Origin, [least, most]: readonly [number, number], launch: (origin: Origin, at: number, until: number) => void,
  chance: Chance, beginning: number, end: number,
): void {
  let at = beginning - chance.between(0, 3) * DAY + chance.between(0, DAY);
  for (let count = 0; at < end && count < 60; count += 1) {
    const until = at + chance.between(least, most);
    launch(origin, at, until);
    at = until + (most < HOUR ? chance.between(2, 30) * HOUR : chance.between(1, 30) * 60_000);
  }
}
