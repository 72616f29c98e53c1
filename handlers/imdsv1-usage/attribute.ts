import { addDay, dayOf } from './days';
import { type Hour, later } from './hours';
import type { Described } from './instances';
import { type InstanceMemory, keyOf, type Launcher, type LauncherMemory, launcherIn, type Memory, noteCaller } from './memory';

/** The data about an instance from EC2, or from the event of its launch. */
export type LaunchedBy = Pick<Described, 'launcher' | 'template' | 'resource'>;

const MOST_TEMPLATES = 10;
const MOST_RESOURCES = 10;

/**
 * Stores what launched an instance. The earlier calls of the instance count for this launcher, too.
 *
 * If the tags of an instance change, it counts for both launchers, so nobody can make a launcher ready by changing tags. If its tags named no
 * launcher before, it moves to the new one.
 */
export function attribute(memory: Memory, id: string, { launcher: of, template, resource }: LaunchedBy, hour: Hour): void {
  const instance = memory.instances[id];
  const launcher = launcherIn(memory, of, hour);
  if (template) { addTo(launcher.templates, template, MOST_TEMPLATES); }
  if (resource) { addTo(launcher.resources, resource, MOST_RESOURCES); }
  const key = keyOf(of);
  const { launchers } = instance;
  if (launchers.at(-1) === key) { return; }
  const at = launchers.indexOf(key);
  if (at >= 0) {
    launchers.push(...launchers.splice(at, 1));
  } else {
    inherit(launcher, id, instance);
    if (of.kind !== 'instance') { forgetItself(memory, id, launchers); }
    launchers.push(key);
  }
  delete instance.tries;
  delete instance.next;
}

function inherit(launcher: LauncherMemory, id: string, instance: InstanceMemory): void {
  const { first = launcher.first, published = launcher.last, call, refusal, calls = 0, refusals = 0 } = instance;
  launcher.first = Math.min(launcher.first, first);
  launcher.last = Math.max(launcher.last, published);
  if (instance.published !== undefined) { [first, published].forEach(hour => addDay(launcher.days, dayOf(hour))); }
  launcher.call = later(launcher.call, call);
  launcher.refusal = later(launcher.refusal, refusal);
  launcher.calls += calls;
  launcher.refusals += refusals;
  const last = later(call, refusal);
  if (last !== undefined) { noteCaller(launcher, id, last, calls + refusals); }
}

function forgetItself(memory: Memory, id: string, launchers: string[]): void {
  const itself = keyOf({ kind: 'instance', name: id } satisfies Launcher);
  const at = launchers.indexOf(itself);
  if (at >= 0) {
    launchers.splice(at, 1);
    delete memory.launchers[itself];
  }
}

/** Adds an item at the start of a list. The items that were not seen for the longest time are removed. */
function addTo<Item>(list: Item[], item: Item, most: number): void {
  const text = JSON.stringify(item);
  const at = list.findIndex(each => JSON.stringify(each) === text);
  if (at === 0) { return; }
  if (at > 0) { list.splice(at, 1); }
  list.unshift(item);
  list.splice(most);
}
