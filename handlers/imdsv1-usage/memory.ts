import type { DeployedResource, LauncherKind, LauncherState } from '../../src/usage/usage-record';
import type { Days } from './days';
import type { Hour } from './hours';
import type { Metric } from './metrics';

/** The version of this shape. A function that finds another one begins anew, from the record. */
export const MEMORY_SCHEMA = 1;

/** What the collector knows of a Region between its runs. */
export interface Memory {
  readonly schema: typeof MEMORY_SCHEMA;
  watchedSince?: Hour;
  watchedUntil?: Hour;
  /** The first hour that the last run read. */
  readFrom?: Hour;
  /** When metrics were listed last, and when those of the last two weeks were, in milliseconds since 1970. */
  listedAt?: number;
  fullyListedAt?: number;
  /** By {@link keyOf}. */
  readonly launchers: { [key: string]: LauncherMemory };
  /** By instance id: those that are there, or may still have data to read, or called and are unattributed. */
  readonly instances: { [id: string]: InstanceMemory };
  /** Instances that are gone and whose data was read to its end, with the hour in which that was found: their metrics are listed for two weeks. */
  readonly done: { [id: string]: Hour };
  /** Which resource of a stack has a physical id, by the key of that; where none has, when CloudFormation was asked. */
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
  /** Whether all its instances required IMDSv2 when some were running last. */
  requires?: boolean;
  /** Whether what it launches next requires IMDSv2. */
  launchesRequired?: boolean;
  /** The state that the last run published. */
  state?: LauncherState;
  /** By instance id. */
  callers: { [id: string]: CallerMemory };
}

export interface CallerMemory {
  at: Hour;
  calls: number;
}

export interface InstanceMemory {
  /** The keys of its launchers: what launched it last, and what seemed to launch it before, since tags can be changed. */
  readonly launchers: string[];
  is: 'running' | 'stopped' | 'gone';
  requires?: boolean;
  launched?: Hour;
  /** Which metrics it publishes. */
  metrics?: readonly Metric[];
  /** The first and the last hour that it published. */
  first?: Hour;
  published?: Hour;
  call?: Hour;
  refusal?: Hour;
  /** In the hours that the last run read. */
  calls?: number;
  refusals?: number;
  /** How often its launcher was looked up, and when that is to be done again. */
  tries?: number;
  next?: Hour;
}

export function newMemory(): Memory {
  return { schema: MEMORY_SCHEMA, launchers: {}, instances: {}, done: {}, resources: {} };
}

/** What tells launchers apart in a Region. */
export function keyOf({ kind, name }: Launcher): string {
  return `${kind} ${name}`;
}

/** What is remembered of a launcher; it is seen in this hour, if it is for the first time. */
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
