import type { Described } from './instances';
import { keyOf, type Memory } from './memory';

/**
 * Notes whether what launchers launch next requires IMDSv2. The newest instance shows it, with all that run of the same version of its launch template: one that somebody
 * changed by hand beside others shows nothing. What has no running instance goes on as it was.
 */
export function noteNextLaunches(memory: Memory, described: readonly Described[]): void {
  const running = described.filter(({ is }) => is === 'running');
  const newest = new Map<string, Described>();
  for (const each of running) {
    const known = newest.get(keyOf(each.launcher));
    if (!known || isNewer(each, known)) { newest.set(keyOf(each.launcher), each); }
  }
  newest.forEach(({ requires }, key) => { memory.launchers[key].launchesRequired = requires; });
  for (const { launcher, template, requires } of running) {
    const key = keyOf(launcher);
    if (!requires && isSame(template, newest.get(key)!.template)) { memory.launchers[key].launchesRequired = false; }
  }
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
