import { attribute } from './attribute';
import { addDay, dayOf } from './days';
import type { Hour } from './hours';
import type { Described } from './instances';
import { launchersOf, type Memory } from './memory';

/** Takes the instances as they are now into the memory. */
export function takeInDescribed(memory: Memory, described: readonly Described[], hour: Hour): void {
  Object.values(memory.instances).forEach(instance => { instance.is = 'gone'; });
  const requires = new Map<string, boolean>();
  for (const each of described) {
    if (each.is === 'gone') { takeInTerminated(memory, each, hour); continue; }
    const { id, is, requires: doesRequire, launched } = each;
    delete memory.done[id];
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

/** The tags of a terminated instance go one by one: what is left of them may say less, but nothing else than all of them. */
function takeInTerminated(memory: Memory, each: Described, hour: Hour): void {
  if (['instance', 'launch template', 'EC2 Fleet'].includes(each.launcher.kind)) { return; }
  memory.instances[each.id] ??= { launchers: [], is: 'gone', launched: each.launched ?? hour };
  attribute(memory, each.id, each, hour);
}
