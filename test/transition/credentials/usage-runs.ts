import type { CallingInstance, LauncherUsage, UsageRecord } from '../../../src/usage/usage-record';
import { daysAgo } from './records';

function caller(instanceId: string, lastCallAt: string): CallingInstance {
  return { instanceId, lastCallAt, calls: 12 };
}

function launcher(usage: Pick<LauncherUsage, 'kind' | 'name' | 'state' | 'resources' | 'callers'>): LauncherUsage {
  return {
    because: 'as it is',
    launchTemplates: [{ id: 'lt-0123456789abcdef0', version: '3' }],
    instances: { required: 0, quiet: 1, calling: 2, unknown: 0 },
    calls: 24,
    rejected: 0,
    firstSeenAt: daysAgo(9),
    lastSeenAt: daysAgo(0),
    daysSeen: 9,
    ...usage,
  };
}

const WEB = { kind: 'Auto Scaling group', name: 'web', resources: [{ stackName: 'Web', logicalId: 'GroupASG' }, { stackName: 'Web', logicalId: 'Template' }] } as const;
const NIGHTLY = { kind: 'Batch compute environment', name: 'nightly', resources: [] } as const;

function run(at: string, launchers: readonly LauncherUsage[]): UsageRecord {
  const region = { region: 'eu-west-1', watchedSince: daysAgo(9), watchedUntil: at, launchers, unattributed: [caller('i-0dddddddddddddddd', at)] };
  return { schemaVersion: '1.0', account: '111122223333', at, quietDays: 14, regions: [region, { region: 'us-east-1', launchers: [], unattributed: [] }] };
}

/** Two runs of a usage monitor. An instance is terminated in the second one, which also has newer data about a launcher. */
export const RUNS: readonly UsageRecord[] = [
  run(daysAgo(3), [
    launcher({ ...WEB, state: 'unknown', callers: [caller('i-0aaaaaaaaaaaaaaa1', daysAgo(3))] }),
    launcher({ ...NIGHTLY, state: 'in use', callers: [caller('i-0cccccccccccccccc', daysAgo(3))] }),
  ]),
  run(daysAgo(0), [
    launcher({ ...WEB, state: 'in use', callers: [caller('i-0aaaaaaaaaaaaaaa1', daysAgo(0)), caller('i-0aaaaaaaaaaaaaaa2', daysAgo(0))] }), // the second run has no callers
    launcher({ ...NIGHTLY, state: 'in use', callers: [caller('i-0bbbbbbbbbbbbbbb1', daysAgo(0))] }),
    launcher({ kind: 'EKS node group', name: 'blue/workers', state: 'required', resources: [], callers: [] }),
  ]),
];
