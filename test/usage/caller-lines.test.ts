import { callerLines } from '../../src/usage/caller-lines';
import type { CallingInstance, LauncherUsage, UsageRecord } from '../../src/usage/usage-record';

const [EARLY, LATE] = ['2026-11-29T09:00:00Z', '2026-11-29T11:00:00Z'];

function launcher(name: string, callers: CallingInstance[]): LauncherUsage {
  return {
    kind: 'Auto Scaling group',
    name,
    state: 'in use',
    because: 'IMDSv1 was used on 2026-11-29',
    resources: [],
    launchTemplates: [],
    instances: { required: 0, quiet: 0, calling: 1, unknown: 0 },
    calls: 7,
    rejected: 0,
    firstSeenAt: EARLY,
    lastSeenAt: LATE,
    daysSeen: 1,
    callers,
  };
}

const RECORD: UsageRecord = {
  schemaVersion: '1.0',
  account: '111122223333',
  at: LATE,
  quietDays: 14,
  regions: [
    {
      region: 'eu-west-1',
      launchers: [
        launcher('web', [{ instanceId: 'i-0aaaaaaaaaaaaaaa1', lastCallAt: LATE, calls: 4 }, { instanceId: 'i-0aaaaaaaaaaaaaaa2', lastCallAt: EARLY, calls: 3 }]),
        launcher('quiet', []),
      ],
      unattributed: [{ instanceId: 'i-0aaaaaaaaaaaaaaa9', lastCallAt: LATE, calls: 1 }],
    },
    { region: 'us-east-1', launchers: [launcher('batch', [{ instanceId: 'i-0bbbbbbbbbbbbbbb1', lastCallAt: LATE, calls: 1 }])], unattributed: [] },
  ],
};

test('each calling instance has a line with its launcher, under a name that no CloudTrail record has', () => {
  const common = { account: '111122223333', launcherKind: 'Auto Scaling group' };
  expect(callerLines(RECORD)).toEqual([
    { caller: { ...common, region: 'eu-west-1', launcherName: 'web', instanceId: 'i-0aaaaaaaaaaaaaaa1', lastCallAt: LATE, calls: 4 } },
    { caller: { ...common, region: 'eu-west-1', launcherName: 'web', instanceId: 'i-0aaaaaaaaaaaaaaa2', lastCallAt: EARLY, calls: 3 } },
    { caller: { ...common, region: 'us-east-1', launcherName: 'batch', instanceId: 'i-0bbbbbbbbbbbbbbb1', lastCallAt: LATE, calls: 1 } },
  ]);
});

test('a record without callers has no line', () => {
  expect(callerLines({ ...RECORD, regions: [] })).toEqual([]);
});
