import { attribute } from './attribute';
import { addDay, dayOf } from './days';
import type { Hour } from './hours';
import type { Described } from './instances';
import { launchersOf, type Memory } from './memory';

/**
 * Stores the current instances in the memory. The tags of a terminated instance disappear one after the other, and the remaining tags could name
 * another launcher. So they are not read any more.
 */
export function takeInDescribed(memory: Memory, described: readonly Described[], hour: Hour): void {
  Object.values(memory.instances).forEach(instance => { instance.is = 'gone'; });
  const requires = new Map<string, boolean>();
  for (const each of described) {
    if (each.is === 'gone') { continue; }
    const { id, is, requires: doesRequire, launched } = each;
    const instance = memory.instances[id] ??= { launchers: [], is };
    Object.assign(instance, { is, requires: doesRequire, launched });
    attribute(memory, id, each, hour);
    if (is !== 'running') { continue; }
    const key = instance.launchers.at(-1)!;
    requires.set(key, doesRequire && requires.get(key) !== false);
    launchersOf(memory, instance).forEach(launcher => {
      launcher.last = Math.max(launcher.last, hour);
      addDay(launcher.days, dayOf(hour));
    });
  }
  requires.forEach((doesRequire, key) => { memory.launchers[key].requires = doesRequire; });
}
