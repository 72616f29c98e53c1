import type { Described } from './instances';
import { keyOf, type Memory } from './memory';

/**
 * Notes whether what launchers launch next requires IMDSv2: whether the newest instance of each of their launch templates does, with all that run of the
 * same version. One that somebody changed by hand beside others shows nothing. What has no running instance goes on as it was.
 */
export function noteNextLaunches(memory: Memory, described: readonly Described[]): void {
  const running = described.filter(({ is }) => is === 'running');
  const newest = new Map<string, Described>();
  for (const each of running) {
    const known = newest.get(originOf(each));
    if (!known || isNewer(each, known)) { newest.set(originOf(each), each); }
  }
  const requires = new Map<string, boolean>();
  for (const each of running) {
    const key = keyOf(each.launcher);
    if (isSame(each.template, newest.get(originOf(each))!.template)) { requires.set(key, each.requires && requires.get(key) !== false); }
  }
  requires.forEach((does, key) => { memory.launchers[key].launchesRequired = does; });
}

/** What launched an instance, and from which launch template: a group may have several at once. */
function originOf({ launcher, template }: Described): string {
  return `${template?.[0]} ${keyOf(launcher)}`;
}

/** Of the instances of an hour, those of the higher version are the newer ones. */
function isNewer(one: Described, other: Described): boolean {
  const [launched, before] = [one.launched ?? 0, other.launched ?? 0];
  return launched > before || (launched === before && versionOf(one) > versionOf(other));
}

function versionOf({ template }: Described): number {
  return Number(template?.[1] ?? 0);
}

function isSame(one: Described['template'], other: Described['template']): boolean {
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}
