import { addDay, dayOf } from './days';
import { type Hour, later } from './hours';
import { type InstanceMemory, type LauncherMemory, launchersOf, type Memory, noteCaller } from './memory';
import type { Metric, Query, TakeIn } from './metrics';

/** The metrics to read in a Region: of known instances, and of new ones. */
export interface Queries {
  readonly known: Query[];
  readonly others: Query[];
}

/**
 * Selects the metrics to read: all listed ones, and those of existing instances.
 *
 * @param isComplete whether the list covers two weeks; if so, it also contains instances whose data was completely read, which are not read again; an
 * instance in a list of the last hours has new data
 */
export function queriesFor(memory: Memory, listed: ReadonlyMap<string, readonly Metric[]>, isComplete: boolean): Queries {
  const queries: Queries = { known: [], others: [] };
  const metricsOf = new Map<string, readonly Metric[]>(listed);
  for (const [id, { is, metrics = [] }] of Object.entries(memory.instances)) {
    if (is === 'running' && !metricsOf.has(id)) { metricsOf.set(id, metrics); }
  }
  for (const [id, metrics] of metricsOf) {
    const instance = memory.instances[id];
    if (!instance && id in memory.done && isComplete) { continue; }
    const list = instance?.published === undefined ? queries.others : queries.known;
    list.push(...metrics.map(metric => ({ id, metric })));
    if (instance) { instance.metrics = metrics; }
  }
  return queries;
}

/** Each run counts calls from zero. */
export function startCounting({ launchers, instances }: Memory): void {
  for (const launcher of Object.values(launchers)) {
    Object.assign(launcher, { calls: 0, refusals: 0 });
    Object.values(launcher.callers).forEach(caller => { caller.calls = 0; });
  }
  for (const instance of Object.values(instances)) {
    delete instance.calls;
    delete instance.refusals;
  }
}

/** Stores datapoints in the memory. Late data, for hours before `from`, was counted before, and only updates the hour of the last call. */
export function taker(memory: Memory, from: Hour): TakeIn {
  return (id, metric, hour, calls) => {
    const instance = memory.instances[id] ??= { launchers: [], is: 'gone' };
    instance.first = Math.min(instance.first ?? hour, hour);
    instance.published = later(instance.published, hour);
    const launchers = launchersOf(memory, instance);
    launchers.forEach(launcher => seen(launcher, hour));
    if (calls > 0) { called(id, instance, launchers, metric, hour, hour < from ? 0 : calls); }
  };
}

function seen(launcher: LauncherMemory, hour: Hour): void {
  launcher.first = Math.min(launcher.first, hour);
  launcher.last = Math.max(launcher.last, hour);
  addDay(launcher.days, dayOf(hour));
}

function called(id: string, instance: InstanceMemory, launchers: readonly LauncherMemory[], metric: Metric, hour: Hour, calls: number): void {
  const [when, count] = metric === 'MetadataNoTokenRejected' ? ['refusal', 'refusals'] as const : ['call', 'calls'] as const;
  instance[when] = later(instance[when], hour);
  instance[count] = (instance[count] ?? 0) + calls;
  for (const launcher of launchers) {
    launcher[when] = later(launcher[when], hour);
    launcher[count] += calls;
    noteCaller(launcher, id, hour, calls);
  }
}
