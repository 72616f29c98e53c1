import { verdictsOn } from '../../../handlers/imdsv1-record/verdicts';
import type { LauncherUsage, RegionUsage, UsageRecord } from '../../../src/usage/usage-record';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const GROUP = { id: 'i-1', tags: { 'aws:autoscaling:groupName': 'web' } };

const LAUNCHER: LauncherUsage = {
  kind: 'Auto Scaling group',
  name: 'web',
  state: 'ready',
  because: 'no IMDSv1 call within 14 days',
  resources: [],
  launchTemplates: [],
  instances: { required: 0, quiet: 3, calling: 0, unknown: 0 },
  calls: 0,
  rejected: 0,
  firstSeenAt: '2026-10-01T00:00:00Z',
  lastSeenAt: '2026-11-30T06:00:00Z',
  daysSeen: 14,
  callers: [],
};

function recordWith(launcher: Partial<LauncherUsage> = {}, region: Partial<RegionUsage> = {}): UsageRecord {
  const usage = {
    region: 'eu-west-1', watchedSince: '2026-10-01T00:00:00Z', watchedUntil: '2026-11-30T07:00:00Z', launchers: [{ ...LAUNCHER, ...launcher }], unattributed: [],
  };
  return { schemaVersion: '1.0', account: '111122223333', at: '2026-11-30T07:25:00Z', quietDays: 14, regions: [{ ...usage, ...region }] };
}

const verdictBy = (record: UsageRecord | undefined, quietDays = 14, instance: { id: string; tags?: { [key: string]: string } } = GROUP) =>
  verdictsOn({ account: '111122223333', quietDays, instances: [instance] }, record, 'eu-west-1', NOW)['i-1'];

test.each<[string, UsageRecord | undefined, string, RegExp]>([
  ['a launcher that is ready', recordWith(), 'ready', /^Auto Scaling group web: no IMDSv1 call within 14 days$/],
  ['one that is in use', recordWith({ state: 'in use', because: 'it calls' }), 'in use', /: it calls$/],
  ['one that is broken', recordWith({ state: 'broken', because: 'it is refused' }), 'in use', /: it is refused$/],
  ['one of which too little is known', recordWith({ state: 'unknown', because: 'monitored for 3 of 14 days' }), 'unknown', /: monitored for 3 of 14 days$/],
  ['one that was ready without this instance', recordWith({ state: 'required' }), 'unknown', /required IMDSv2 when the record was written/],
  ['one that is not there', recordWith({ name: 'other' }), 'unknown', /^the record does not contain Auto Scaling group web$/],
  ['no record', undefined, 'unknown', /^the monitor has not written a record yet$/],
  ['an old record', recordWith({}, { watchedUntil: '2026-11-28T07:00:00Z' }), 'unknown', /^the record has no data for the Region since 2026-11-28T07:00:00Z$/],
  ['a record of another Region', recordWith({}, { region: 'us-east-1' }), 'unknown', /^the record has no data for the Region$/],
  ['a record that is young', recordWith({}, { watchedSince: '2026-11-20T07:00:00Z' }), 'unknown', /^the Region was monitored for 10 of 14 days$/],
  ['a record of another account', { ...recordWith(), account: '000000000000' }, 'unknown', /^the record is for account 000000000000$/],
  ['a record that ends at no time', recordWith({}, { watchedUntil: 'x' }), 'unknown', /^the record has an invalid period for the Region: .* to x$/],
  ['a record that begins at no time', recordWith({}, { watchedSince: 'x' }), 'unknown', /^the record has an invalid period for the Region: x to .*$/],
  ['a record that ends in the future', recordWith({}, { watchedUntil: '2027-11-30T07:00:00Z' }), 'unknown', /^the record has an invalid period for the Region: /],
  ['a record without an end', recordWith({}, { watchedUntil: null } as never), 'unknown', /^the record has an invalid period for the Region: /],
  ['a launcher that was first seen at no time', recordWith({ firstSeenAt: 'x' }), 'unknown', /^the record has invalid times for Auto Scaling group web$/],
  ['a launcher that last called at no time', recordWith({ lastCallAt: 'yesterday' }), 'unknown', /^the record has invalid times for Auto Scaling group web$/],
  ['a record whose Regions are no list', { ...recordWith(), regions: {} } as never, 'unknown', /^the record has no data for the Region$/],
  ['a record of another version', { ...recordWith(), schemaVersion: '2.0' } as unknown as UsageRecord, 'unknown', /^the record has the unsupported version 2.0$/],
])('by %s', (_, record, is, because) => {
  expect(verdictBy(record)).toEqual({ is, because: expect.stringMatching(because) });
});

test('accepts more days than the monitor if it is configured to', () => {
  expect(verdictBy(recordWith({ lastCallAt: '2026-11-10T00:00:00Z' }), 14)).toMatchObject({ is: 'ready' });
  expect(verdictBy(recordWith({ lastCallAt: '2026-11-10T00:00:00Z' }), 32)).toMatchObject({ is: 'in use' });
  expect(verdictBy(recordWith({ firstSeenAt: '2026-11-10T00:00:00Z' }), 32)).toMatchObject({ is: 'too young' });
  expect(verdictBy(recordWith({}), 32)).toEqual({ is: 'unknown', because: 'the record judges 14 quiet days, but 32 are required' });
});

test('identifies an instance without a launcher by its own id', () => {
  expect(verdictBy(recordWith({ kind: 'instance', name: 'i-1' }), 14, { id: 'i-1' })).toMatchObject({ is: 'ready' });
});
