import type { RegionUsage } from '../../src/usage/usage-record';
import { hourIn } from './hours';
import { launcherIn, type Memory, newMemory, noteCaller } from './memory';

/** Creates a memory from the record, if the memory is lost. The reported data is kept, but the monitoring starts again. */
export function memoryFrom(usage: RegionUsage | undefined): Memory {
  const memory = newMemory();
  for (const { kind, name, cluster, ...usageOf } of usage?.launchers ?? []) {
    const first = hourIn(usageOf.firstSeenAt);
    if (first === undefined) { continue; }
    const launcher = launcherIn(memory, { kind, name, cluster }, first);
    launcher.last = hourIn(usageOf.lastSeenAt) ?? first;
    launcher.call = hourIn(usageOf.lastCallAt);
    launcher.refusal = hourIn(usageOf.lastRejectedAt);
    launcher.state = usageOf.state;
    launcher.launchesRequired = usageOf.launchesRequired;
    launcher.resources = [...usageOf.resources ?? []];
    launcher.templates = (usageOf.launchTemplates ?? []).map(({ id, version }) => [id, version]);
    for (const { instanceId, lastCallAt } of usageOf.callers ?? []) { noteCaller(launcher, instanceId, hourIn(lastCallAt) ?? first, 0); }
  }
  for (const { instanceId, lastCallAt } of usage?.unattributed ?? []) {
    memory.instances[instanceId] = { launchers: [], is: 'gone', call: hourIn(lastCallAt) };
  }
  return memory;
}
