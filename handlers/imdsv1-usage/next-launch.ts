import type { Described } from './instances';
import { keyOf, type Memory } from './memory';

/**
 * Stores whether the next instances of launchers will require IMDSv2. They will if the newest instance of each launch template does, together with
 * all running instances of its version. So one instance that was changed by hand has no effect. A launcher without running instances keeps its value.
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

/** The launcher and the launch template of an instance. A group can have several templates. */
function originOf({ launcher, template }: Described): string {
  return `${template?.[0]} ${keyOf(launcher)}`;
}

/** Whether an instance is newer. In the same hour, a higher version is newer. */
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
