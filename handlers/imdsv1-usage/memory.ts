import type { LauncherKind } from '../../src/model/launcher-kinds';
import type { DeployedResource, LauncherState } from '../../src/usage/usage-record';
import type { Days } from './days';
import type { Hour } from './hours';
import type { Metric } from './metrics';

/** The version of this format. A function that finds another version starts again, with the data of the record. */
export const MEMORY_SCHEMA = 1;

/** The data of a Region that the collector keeps between its runs. */
export interface Memory {
  readonly schema: typeof MEMORY_SCHEMA;
  watchedSince?: Hour;
  watchedUntil?: Hour;
  /** The first hour that the last run read. */
  readFrom?: Hour;
  /** When metrics were last listed, and when those of two weeks were, in milliseconds since 1970. */
  listedAt?: number;
  fullyListedAt?: number;
  /** By {@link keyOf}. */
  readonly launchers: { [key: string]: LauncherMemory };
  /** By instance id: existing instances, those that can still have unread data, and those with calls and an unknown launcher. */
  readonly instances: { [id: string]: InstanceMemory };
  /** Terminated instances whose data was completely read, with the hour of that. Their metrics are listed for two weeks. */
  readonly done: { [id: string]: Hour };
  /** The stack resource of each physical id. If there is none, the hour when CloudFormation was last asked. */
  readonly resources: { [key: string]: DeployedResource | Hour };
}

export interface Launcher {
  readonly kind: LauncherKind;
  readonly name: string;
  readonly cluster?: string;
}

export interface LauncherMemory extends Launcher {
  first: Hour;
  last: Hour;
  call?: Hour;
  refusal?: Hour;
  readonly days: Days;
  /** In the hours that the last run read. */
  calls: number;
  refusals: number;
  /** The launch templates of its instances, with the version. */
  templates: [string, string][];
  resources: DeployedResource[];
  /** Whether all its instances required IMDSv2 when some were last running. */
  requires?: boolean;
  /** Whether the next instance that it launches requires IMDSv2. */
  launchesRequired?: boolean;
  /** The last published state. */
  state?: LauncherState;
  /** By instance id. */
  callers: { [id: string]: CallerMemory };
}

export interface CallerMemory {
  at: Hour;
  calls: number;
}

export interface InstanceMemory {
  /** The keys of its launchers: the current one last. Tags can change, so there can be several. */
  readonly launchers: string[];
  is: 'running' | 'stopped' | 'gone';
  requires?: boolean;
  launched?: Hour;
  /** The metrics that it publishes. */
  metrics?: readonly Metric[];
  /** The first and the last hour with data. */
  first?: Hour;
  published?: Hour;
  call?: Hour;
  refusal?: Hour;
  /** In the hours that the last run read. */
  calls?: number;
  refusals?: number;
  /** How often its launcher was looked up, and the hour of the next look-up. */
  tries?: number;
  next?: Hour;
}

export function newMemory(): Memory {
  return { schema: MEMORY_SCHEMA, launchers: {}, instances: {}, done: {}, resources: {} };
}

/** The key of a launcher in a Region. */
export function keyOf({ kind, name }: Launcher): string {
  return `${kind} ${name}`;
}

/** The memory of a launcher. A new one was first seen in this hour. */
export function launcherIn(memory: Memory, launcher: Launcher, hour: Hour): LauncherMemory {
  return memory.launchers[keyOf(launcher)] ??= {
    ...launcher, first: hour, last: hour, days: [], calls: 0, refusals: 0, templates: [], resources: [], callers: {},
  };
}

export function launchersOf(memory: Memory, instance: InstanceMemory): LauncherMemory[] {
  return instance.launchers.flatMap(key => memory.launchers[key] ?? []);
}

/** Notes that an instance of a launcher called. */
export function noteCaller(launcher: LauncherMemory, id: string, hour: Hour, calls: number): void {
  const caller = launcher.callers[id] ??= { at: hour, calls: 0 };
  caller.at = Math.max(caller.at, hour);
  caller.calls += calls;
}
