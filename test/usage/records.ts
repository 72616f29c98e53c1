import { writeFileSync } from 'fs';
import { join } from 'path';
import { ImdsUsage } from '../../src';
import type { LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { SCRATCH } from '../harness/scratch-app';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** The targets of the stacks in these tests. */
export const ENV = { account: ACCOUNT, region: REGION };

/** A launcher with default values, and the differences. */
export function launcher(name: string, changed: Partial<LauncherUsage> = {}): LauncherUsage {
  return {
    kind: 'Auto Scaling group',
    name,
    state: 'ready',
    because: 'no call for 14 days',
    resources: [],
    launchTemplates: [],
    instances: { required: 0, quiet: 2, calling: 0, unknown: 0 },
    calls: 0,
    rejected: 0,
    firstSeenAt: '2026-10-01T00:00:00Z',
    lastSeenAt: '2026-11-30T02:00:00Z',
    daysSeen: 14,
    callers: [],
    ...changed,
  };
}

/** The differences of a launcher with calls. */
export const CALLING: Partial<LauncherUsage> = {
  state: 'in use',
  because: '3 instances called within 14 days',
  instances: { required: 0, quiet: 1, calling: 3, unknown: 0 },
  calls: 60,
  lastCallAt: '2026-11-29T23:00:00Z',
  callers: ['i-0a1', 'i-0b2', 'i-0c3', 'i-0d4'].map(instanceId => ({ instanceId, lastCallAt: '2026-11-29T23:00:00Z', calls: 15 })),
};

/** The differences of a launcher with refused calls. */
export const BROKEN: Partial<LauncherUsage> = {
  state: 'broken',
  because: '7 calls were refused within 24 hours',
  launchesRequired: true,
  instances: { required: 2, quiet: 0, calling: 0, unknown: 0 },
  rejected: 7,
  lastRejectedAt: '2026-11-30T01:00:00Z',
  callers: [{ instanceId: 'i-0e5', lastCallAt: '2026-11-30T01:00:00Z', calls: 7 }],
};

/** The differences of a launcher with too little data. */
export const UNKNOWN: Partial<LauncherUsage> = { state: 'unknown', because: 'monitored for 3 of 14 days' };

/** The differences of a launcher that requires IMDSv2. */
export const REQUIRED: Partial<LauncherUsage> = {
  state: 'required',
  because: 'all its instances require IMDSv2',
  launchesRequired: true,
  instances: { required: 2, quiet: 0, calling: 0, unknown: 0 },
};

/** A Region that was monitored for two months. */
export function region(launchers: readonly LauncherUsage[] = [], changed: Partial<RegionUsage> = {}): RegionUsage {
  return { region: REGION, watchedSince: '2026-10-01T00:00:00Z', watchedUntil: '2026-11-30T02:00:00Z', launchers, unattributed: [], ...changed };
}

/** A record of one account. */
export function record(regions: readonly RegionUsage[], changed: Partial<UsageRecord> = {}): UsageRecord {
  return { schemaVersion: '1.0', account: ACCOUNT, at: '2026-11-30T03:00:00Z', quietDays: 14, regions, ...changed };
}

let files = 0;

/** Writes a file, and returns its path. */
export function written(content: unknown): string {
  const path = join(SCRATCH, `usage-${files++}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The usage in records. */
export function usageOf(...records: readonly UsageRecord[]): ImdsUsage {
  return ImdsUsage.fromFile(written(records));
}

/** The usage in a record of one Region with these launchers. */
export function usageOfLaunchers(...launchers: readonly LauncherUsage[]): ImdsUsage {
  return usageOf(record([region(launchers)]));
}

/** Links a launcher to resources of a stack. */
export function from(stackName: string, ...logicalIds: readonly string[]): Pick<LauncherUsage, 'resources'> {
  return { resources: logicalIds.map(logicalId => ({ stackName, logicalId })) };
}
