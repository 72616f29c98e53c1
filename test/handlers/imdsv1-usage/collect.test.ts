import { gzipSync } from 'zlib';
import { quickClock } from '../harness/quick-clock';
import { largeStack, launcherIn, memoryIn, memoryKey, recordIn, REGION, regionIn, runAt } from './runs';
import { DAY, HOUR, named, type Simulated, World } from './world';

const BEGINNING = Date.parse('2026-10-01T00:00:00Z');
const HALF_PAST = 30 * 60_000;
const OTHER_REGION = 'us-east-1';

let restore: () => void;
let printed: jest.SpyInstance;
beforeEach(() => {
  restore = quickClock(2_000);
  jest.spyOn(console, 'log').mockImplementation();
  printed = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(() => restore());

function group(name: string): Simulated['tags'] {
  return { 'aws:autoscaling:groupName': name };
}

/** An instance of a group, by default without calls and started long ago. */
function instance(id: string, more: Partial<Simulated> = {}): Simulated {
  return { id, region: REGION, tags: group('web'), launchedAt: BEGINNING - 30 * DAY, attempts: () => 0, ...more };
}

/** Calls in these hours since the start. */
function calls(...hours: readonly number[]): Pick<Simulated, 'attempts'> {
  return { attempts: hour => Number(hours.includes(hour - BEGINNING / HOUR)) };
}

function worldOf(...instances: readonly Simulated[]): World {
  const world = new World([REGION]);
  world.add(...instances);
  return world;
}

function launchOf(id: string, tags: Simulated['tags'], more: object = {}): object {
  const tagSet = { items: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  return { eventName: 'RunInstances', responseElements: { instancesSet: { items: [{ instanceId: id, tagSet }] } }, ...more };
}

const at = (hours: number) => BEGINNING + hours * HOUR + HALF_PAST;

/** Some hours after the first run, two weeks are monitored. */
async function watchTwoWeeks(world: World): Promise<void> {
  await runAt(world, at(0));
  await runAt(world, at(8));
}

/** The number of calls in the metrics of the Region, in all runs. */
function countedCalls(): number {
  const metrics = printed.mock.calls.map(([text]) => JSON.parse(String(text)) as { readonly LaunchersReady?: number; readonly V1Calls: number });
  return metrics.filter(({ LaunchersReady }) => LaunchersReady !== undefined).reduce((sum, { V1Calls }) => sum + V1Calls, 0);
}

describe('data from before the first run', () => {
  test('is read: a quiet group is ready when two weeks are monitored', async () => {
    const world = worldOf(instance('i-1'));
    await runAt(world, at(1));
    expect(regionIn(world)).toMatchObject({ watchedSince: '2026-09-17T07:00:00Z', watchedUntil: '2026-10-01T01:00:00Z' });
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: 'monitored for 13 of 14 days; known for 13 of 14 days' });
    await runAt(world, at(8));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'ready', because: 'no IMDSv1 call within 14 days, none was seen since 2026-09-17T07:00:00Z' });
    expect(world.events.map(({ DetailType }) => DetailType)).toEqual(['IMDSv1 Ready']);
  });

  test('counts: a terminated instance that called is found, with its launcher', async () => {
    const tags = group('batch');
    const world = worldOf(instance('i-1', { launchedAt: BEGINNING - 9 * DAY, endedAt: BEGINNING - 8 * DAY, attempts: () => 1, launch: launchOf('i-1', tags) }));
    await runAt(world, at(1));
    expect(launcherIn(world, 'batch')).toMatchObject({ state: 'in use', lastCallAt: '2026-09-22T23:00:00Z', callers: [{ instanceId: 'i-1' }] });
  });

  test('an account without instances has an empty record, and only the metrics of the account', async () => {
    const world = new World([REGION]);
    await runAt(world, at(1));
    expect(regionIn(world)).toMatchObject({ launchers: [], unattributed: [], watchedUntil: '2026-10-01T01:00:00Z' });
    expect(printed.mock.calls).toHaveLength(1);
  });
});

describe('hours', () => {
  test('are read once: a repeated run, and two parallel runs, count nothing twice', async () => {
    const world = worldOf(instance('i-1', calls(1, 2, 3)));
    await runAt(world, at(2));
    await runAt(world, at(2) + 60_000);
    await Promise.all([runAt(world, at(4)), runAt(world, at(4))]);
    expect(countedCalls()).toBe(3);
    expect(launcherIn(world, 'web')).toMatchObject({ calls: 2, lastCallAt: '2026-10-01T03:00:00Z' });
  });

  test('that no run read are read by the next run', async () => {
    const world = worldOf(instance('i-1', calls(30)));
    await runAt(world, at(2));
    await runAt(world, at(100));
    expect(launcherIn(world, 'web')).toMatchObject({ lastCallAt: '2026-10-02T06:00:00Z', calls: 1 });
    expect(regionIn(world).watchedSince).toBe('2026-09-17T08:00:00Z');
  });

  test('that are too old to be read are a gap, after which the monitoring starts again', async () => {
    const world = worldOf(instance('i-1'));
    await watchTwoWeeks(world);
    expect(launcherIn(world, 'web').state).toBe('ready');
    await runAt(world, at(40 * 24));
    expect(regionIn(world).watchedSince).toBe('2026-10-27T06:00:00Z');
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: 'monitored for 13 of 14 days' });
  });

  test('with late data update the last call, and are not counted again', async () => {
    const world = worldOf(instance('i-1', { ...calls(3), lateness: hour => hour === BEGINNING / HOUR + 3 ? HOUR : 0 }));
    await runAt(world, at(4));
    expect(launcherIn(world, 'web').lastCallAt).toBeUndefined();
    await runAt(world, at(5));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', lastCallAt: '2026-10-01T03:00:00Z', calls: 0 });
  });

  test.each([[19, '2026-10-01T04:00:00Z'], [20, '2026-10-01T05:00:00Z']])('end with the last full hour with data: at minute %i', async (minute, until) => {
    const world = worldOf(instance('i-1'));
    await runAt(world, BEGINNING + 5 * HOUR + minute * 60_000);
    expect(regionIn(world).watchedUntil).toBe(until);
  });

  test('are read again by the next run if CloudWatch does not return all of them', async () => {
    const world = worldOf(instance('i-1', calls(5)));
    await runAt(world, at(4));
    world.fault = action => action === 'getMetricData' ? named('InternalServiceFault') : undefined;
    await runAt(world, at(7));
    expect(regionIn(world)).toMatchObject({ watchedUntil: '2026-10-01T04:00:00Z', error: 'InternalServiceFault: InternalServiceFault' });
    world.fault = () => undefined;
    await runAt(world, at(8));
    expect(regionIn(world).error).toBeUndefined();
    expect(launcherIn(world, 'web')).toMatchObject({ lastCallAt: '2026-10-01T05:00:00Z', calls: 1 });
  });

  test.each<[string, object, string]>([
    ['returns Forbidden', { StatusCode: 'Forbidden' }, 'CloudWatch returned Forbidden'],
    ['returns an internal error', { StatusCode: 'InternalError' }, 'CloudWatch returned InternalError'],
    ['returns only a part', { StatusCode: 'PartialData' }, 'CloudWatch omitted 1 of 1 metrics'],
    ['returns another metric', { Id: 'm7' }, 'CloudWatch returned m7'],
  ])('do not count as read if CloudWatch %s', async (_, answer, error) => {
    const world = worldOf(instance('i-1'));
    await runAt(world, at(4));
    jest.spyOn(world, 'getMetricData').mockReturnValue({ MetricDataResults: [{ Id: 'm0', ...answer }] });
    await runAt(world, at(7));
    expect(regionIn(world)).toMatchObject({ error, watchedUntil: '2026-10-01T04:00:00Z' });
  });

  test('come in pages', async () => {
    const world = worldOf(...Array.from({ length: 7 }, (_, index) => instance(`i-${index}`, calls(index - 30, 2))));
    world.datapoints = 50;
    await runAt(world, at(4));
    expect(launcherIn(world, 'web').calls).toBe(14);
  });
});

describe('a run', () => {
  test.each(['putEvents', 'putObject'])('that ends at %s is repeated, and nothing is lost', async action => {
    const world = worldOf(instance('i-1', calls(5)));
    await runAt(world, at(4));
    let left = 2;
    world.fault = asked => asked === action && left-- === (action === 'putObject' ? 1 : 2) ? named('Killed') : undefined;
    await expect(runAt(world, at(7))).rejects.toThrow(/Killed|were refused/);
    world.fault = () => undefined;
    await runAt(world, at(7) + 60_000);
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', lastCallAt: '2026-10-01T05:00:00Z' });
    expect(world.events.map(({ DetailType }) => DetailType)).toEqual(['IMDSv1 In Use']);
  });

  test('that is slower than another one does not overwrite its results', async () => {
    const world = worldOf(instance('i-1', calls(5)));
    await runAt(world, at(2));
    let hasOvertaken = false;
    world.fault = action => {
      if (action === 'describeInstances' && !hasOvertaken) { hasOvertaken = true; overtake(world); }
      return undefined;
    };
    await runAt(world, at(4));
    expect(world.objects.get('usage/111122223333/latest.json')!.tag).toBe('"overtaken"');
    expect(memoryIn(world).watchedUntil).toBe(BEGINNING / HOUR + 2);
  });

  test('without time reports the known data', async () => {
    const world = worldOf(instance('i-1', calls(1)));
    await runAt(world, at(2));
    await runAt(world, at(4), { timeLeft: () => 40_000 });
    expect(regionIn(world)).toMatchObject({ error: 'out of time', watchedUntil: '2026-10-01T02:00:00Z' });
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use' });
  });
});

/** Writes the record, as a faster run does. */
function overtake(world: World): void {
  const key = 'usage/111122223333/latest.json';
  world.objects.set(key, { ...world.objects.get(key)!, tag: '"overtaken"' });
}

describe('known data', () => {
  const damaged: [string, (world: World) => Buffer | undefined][] = [
    ['is lost', () => undefined],
    ['is damaged', () => Buffer.from('not gzip')],
    ['is cut off', world => world.objects.get(memoryKey())!.body.subarray(0, 40)],
    ['is of a newer version', world => gzipSync(JSON.stringify({ ...memoryIn(world), schema: 2 }))],
    ['is from the future', world => gzipSync(JSON.stringify({ ...memoryIn(world), watchedUntil: BEGINNING / HOUR + 900 }))],
    ['misses a part', world => gzipSync(JSON.stringify({ ...memoryIn(world), launchers: undefined }))],
  ];
  test.each(damaged)('and %s comes from the record and from CloudWatch, so nothing is lost', async (_, damage) => {
    const world = worldOf(instance('i-1', { ...calls(5), endedAt: BEGINNING + DAY }), instance('i-2', { tags: group('db') }));
    for (let hours = 4; hours < 20 * 24; hours += 12) { await runAt(world, at(hours), { quietDays: 60 }); }
    const before = launcherIn(world, 'web');
    expect(before).toMatchObject({ state: 'in use', lastCallAt: '2026-10-01T05:00:00Z' });
    const events = world.events.length;
    const body = damage(world);
    if (body) { world.objects.set(memoryKey(), { body, tag: '"damaged"' }); } else { world.objects.delete(memoryKey()); }
    await runAt(world, at(20 * 24), { quietDays: 60 });
    const { firstSeenAt, lastCallAt, state, callers } = launcherIn(world, 'web');
    expect({ firstSeenAt, lastCallAt, state, callers }).toEqual({ firstSeenAt: before.firstSeenAt, lastCallAt: before.lastCallAt, state: 'in use', callers: before.callers });
    expect(regionIn(world).watchedSince).toBe('2026-10-07T06:00:00Z');
    expect(launcherIn(world, 'db').state).toBe('unknown');
    expect(world.events).toHaveLength(events);
  });

  test('stays if the record is damaged, too', async () => {
    const world = worldOf(instance('i-1', calls(1)));
    await runAt(world, at(2));
    world.objects.set('usage/111122223333/latest.json', { body: Buffer.from('{'), tag: '"x"' });
    await runAt(world, at(4));
    expect(launcherIn(world, 'web').lastCallAt).toBe('2026-10-01T01:00:00Z');
  });

  test('is judged again if the quiet days change', async () => {
    const world = worldOf(instance('i-1', calls(1)));
    await runAt(world, at(8 * 24));
    expect(launcherIn(world, 'web').state).toBe('in use');
    await runAt(world, at(8 * 24) + 60_000, { quietDays: 7 });
    expect(recordIn(world).quietDays).toBe(7);
    expect(launcherIn(world, 'web').state).toBe('ready');
    await runAt(world, at(8 * 24) + 120_000, { quietDays: 7 });
    await runAt(world, at(8 * 24) + 180_000, { quietDays: 30 });
    expect(launcherIn(world, 'web').state).toBe('in use');
    expect(world.events.map(({ DetailType }) => DetailType)).toEqual(['IMDSv1 In Use', 'IMDSv1 Ready', 'IMDSv1 In Use']);
  });

  test('does not make a launcher ready that was not read for a day', async () => {
    const world = worldOf(instance('i-1'));
    await watchTwoWeeks(world);
    expect(launcherIn(world, 'web').state).toBe('ready');
    world.fault = action => action === 'listMetrics' ? named('AccessDenied') : undefined;
    await runAt(world, at(20));
    expect(launcherIn(world, 'web').state).toBe('ready');
    await runAt(world, at(40));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: 'the data of the Region ends at 2026-10-01T08:00:00Z' });
  });
});

describe('Regions', () => {
  test('that are added later are read from the start', async () => {
    const world = worldOf(instance('i-1'));
    await watchTwoWeeks(world);
    world.add(instance('i-2', { region: OTHER_REGION }));
    await runAt(world, at(9), { regions: [REGION, OTHER_REGION] });
    expect(launcherIn(world, 'web').state).toBe('ready');
    expect(launcherIn(world, 'web', OTHER_REGION)).toMatchObject({ state: 'unknown' });
  });

  test('are those of the last run if they cannot be listed, and the run fails after its report', async () => {
    const world = worldOf(instance('i-1', calls(1, 3)));
    await runAt(world, at(2));
    world.fault = action => action === 'describeRegions' ? named('UnauthorizedOperation') : undefined;
    await expect(runAt(world, at(4))).rejects.toThrow('Regions: UnauthorizedOperation');
    expect(launcherIn(world, 'web').lastCallAt).toBe('2026-10-01T03:00:00Z');
  });

  test('that are not enabled, or do not exist, are reported as unread', async () => {
    const world = worldOf(instance('i-1'));
    world.fault = (_, region) => region === 'eu-wst-1' ? named('ENOTFOUND', 'getaddrinfo ENOTFOUND') : undefined;
    await runAt(world, at(4), { regions: [REGION, 'eu-wst-1'] });
    expect(regionIn(world, 'eu-wst-1')).toEqual({ region: 'eu-wst-1', error: 'ENOTFOUND: getaddrinfo ENOTFOUND', launchers: [], unattributed: [] });
    expect(launcherIn(world, 'web').instances.quiet).toBe(1);
  });
});

describe('the launcher of an instance', () => {
  test('stays the same for calls after a tag is changed or removed, so both are in use', async () => {
    const world = worldOf(instance('i-1', { tags: { 'karpenter.sh/nodepool': 'blue', 'aws:ec2:fleet-id': 'fleet-1' }, ...calls(9) }));
    await runAt(world, at(8));
    world.add(instance('i-1', { tags: { 'karpenter.sh/nodepool': 'green', 'aws:ec2:fleet-id': 'fleet-1' }, ...calls(9) }));
    await runAt(world, at(10));
    expect(launcherIn(world, 'blue')).toMatchObject({ state: 'in use', instances: { calling: 0 } });
    expect(launcherIn(world, 'green')).toMatchObject({ state: 'in use', instances: { calling: 1 } });
  });

  test('is found with tags that are added after the first run', async () => {
    const world = worldOf(instance('i-1', { tags: {}, ...calls(1) }));
    await runAt(world, at(2));
    world.add(instance('i-1', { tags: { 'aws:batch:compute-environment': 'jobs' }, ...calls(1) }));
    await runAt(world, at(4));
    expect(regionIn(world).launchers).toEqual([expect.objectContaining({ kind: 'Batch compute environment', name: 'jobs', state: 'in use' })]);
  });

  test('is looked up repeatedly in CloudTrail; until then nothing in the Region is ready', async () => {
    const gone = instance('i-2', { launchedAt: BEGINNING + HOUR, endedAt: BEGINNING + 3 * HOUR, attempts: () => 1 });
    const world = worldOf(instance('i-1'), gone);
    await watchTwoWeeks(world);
    expect(regionIn(world).unattributed).toEqual([{ instanceId: 'i-2', lastCallAt: '2026-10-01T02:00:00Z', calls: 2 }]);
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: '1 instance in the Region used IMDSv1, and its launcher is unknown' });
    world.add({ ...gone, launch: launchOf('i-2', group('jobs')) });
    await runAt(world, at(12));
    expect(regionIn(world).unattributed).toEqual([]);
    expect(launcherIn(world, 'web').state).toBe('ready');
    expect(launcherIn(world, 'jobs').state).toBe('in use');
  });

  test('is found for many instances in a few pages', async () => {
    const many = Array.from({ length: 90 }, (_, index) => instance(`i-${index}`, {
      launchedAt: BEGINNING + index * 60_000, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1, launch: launchOf(`i-${index}`, group('jobs')),
    }));
    const world = worldOf(...many);
    await runAt(world, at(4));
    expect(launcherIn(world, 'jobs').calls).toBeGreaterThan(90);
    expect(regionIn(world).unattributed).toEqual([]);
    expect(world.calls.get('lookupEvents')).toBe(2);
  });

  test('is found at some time even if other launches fill all pages that there is time for', async () => {
    const wanted = Array.from({ length: 40 }, (_, index) => instance(`i-${index}`, {
      endedAt: BEGINNING - HOUR, attempts: () => 1, launch: launchOf(`i-${index}`, group('jobs')),
    }));
    const others = Array.from({ length: 3_000 }, (_, index) => instance(`i-o${index}`, {
      launchedAt: BEGINNING - DAY + index, endedAt: BEGINNING - DAY + HOUR, launch: launchOf(`i-o${index}`, group('others')),
    }));
    const world = worldOf(...wanted, ...others);
    let waited = 0;
    world.fault = action => {
      if (action === 'lookupEvents') { waited += 4_000; }
      return undefined;
    };
    jest.spyOn(Date, 'now').mockImplementation(() => BEGINNING + waited);
    for (const hours of [4, 5, 6]) { await runAt(world, at(hours), { timeLeft: () => 900_000 }); }
    expect(regionIn(world).unattributed).toEqual([]);
    expect(launcherIn(world, 'jobs').state).toBe('in use');
  });

  test('is broken, too, if the refused instance no longer exists', async () => {
    const gone = { launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1, launch: launchOf('i-2', group('jobs')) };
    const world = worldOf(instance('i-2', { ...gone, requires: [[0, true]] }));
    await runAt(world, at(4));
    expect(launcherIn(world, 'jobs')).toMatchObject({ state: 'broken', calls: 0, rejected: 2, lastRejectedAt: '2026-10-01T01:00:00Z' });
  });

  test('is kept for late data of a terminated instance that is not in CloudTrail', async () => {
    const late = { ...calls(3), endedAt: BEGINNING + 3.5 * HOUR, lateness: (hour: number) => hour === BEGINNING / HOUR + 3 ? 80 * 60_000 : 0 };
    const short = { ...late, tags: group('jobs'), launchedAt: BEGINNING + 3.4 * HOUR, endedAt: BEGINNING + 3.6 * HOUR };
    const world = worldOf(instance('i-1', late), instance('i-2', short));
    for (const hours of [2, 3, 4, 5]) { await runAt(world, at(hours) - 60_000); }
    expect(regionIn(world).unattributed).toEqual([]);
    expect(regionIn(world).launchers.map(({ name, state, lastCallAt }) => [name, state, lastCallAt])).toEqual([
      ['jobs', 'in use', '2026-10-01T03:00:00Z'], ['web', 'in use', '2026-10-01T03:00:00Z'],
    ]);
  });

  test('is looked up less and less often if it is not in CloudTrail', async () => {
    const world = worldOf(instance('i-2', { launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1 }));
    for (let hours = 3; hours < 14 * 24; hours += 1) { await runAt(world, at(hours)); }
    expect(world.calls.get('lookupEvents')).toBeLessThan(25);
    expect(regionIn(world).unattributed).toHaveLength(1);
  });

  test('is not the instance itself if a service launched it and the event does not name the launcher', async () => {
    const launch = launchOf('i-2', { Name: 'x' }, { userIdentity: { invokedBy: 'autoscaling.amazonaws.com' } });
    const world = worldOf(instance('i-2', { launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1, launch }));
    await runAt(world, at(4));
    expect(regionIn(world)).toMatchObject({ launchers: [], unattributed: [{ instanceId: 'i-2' }] });
  });

  test.each([
    ['is no JSON', { CloudTrailEvent: '{' }], ['is empty', {}], ['has nothing in it', { CloudTrailEvent: 'null' }],
    ['failed', { CloudTrailEvent: JSON.stringify(launchOf('i-2', group('web'), { errorCode: 'Client.UnauthorizedOperation' })) }],
    ['has no instances', { CloudTrailEvent: JSON.stringify({ eventName: 'RunInstances', responseElements: null }) }],
    ['has tags of another form', { CloudTrailEvent: JSON.stringify({ ...launchOf('i-2', {}), requestParameters: { tagSpecificationSet: { items: 'x' } } }) }],
  ])('is unknown if the event %s', async (_, event) => {
    const world = worldOf(instance('i-2', { launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1 }));
    jest.spyOn(world, 'lookupEvents').mockReturnValue({ Events: [event] });
    await runAt(world, at(4));
    expect(regionIn(world).unattributed).toHaveLength(1);
  });

  test.each(['lookupEvents', 'describeStackResources'])('can stay unknown: a refused %s does not prevent the rest of the report', async action => {
    const tags = { ...group('web'), 'aws:ec2launchtemplate:id': 'lt-1' };
    const world = worldOf(instance('i-1', { ...calls(1), tags }), instance('i-2', { launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 1 }));
    world.fault = asked => asked === action ? named('AccessDenied') : undefined;
    await runAt(world, at(4));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', resources: [] });
    expect(regionIn(world).error).toBeUndefined();
  });
});

describe('instances', () => {
  test('that no longer require tokens: earlier refused calls still count', async () => {
    const world = worldOf(instance('i-1', { ...calls(5), requires: [[0, true], [BEGINNING / HOUR + 8, false]] }));
    await runAt(world, at(7));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'broken', because: 'IMDSv1 calls are refused, the last one at 2026-10-01T05:00:00Z', rejected: 1 });
    await runAt(world, at(9));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', calls: 0, rejected: 0, instances: { quiet: 1 } });
    for (let hours = 20; hours < 16 * 24; hours += 20) { await runAt(world, at(hours)); }
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'ready', because: 'no IMDSv1 call within 14 days, the last one was at 2026-10-01T05:00:00Z' });
  });

  test('with both metrics in one window', async () => {
    const world = worldOf(instance('i-1', { ...calls(5, 6, 9), requires: [[0, false], [BEGINNING / HOUR + 8, true]] }));
    await runAt(world, at(4));
    await runAt(world, at(11));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'broken', calls: 2, rejected: 1, instances: { required: 1 } });
  });

  test('that are stopped do not count as running', async () => {
    const world = worldOf(instance('i-1', { tags: {}, stopped: [[BEGINNING - 29 * DAY, BEGINNING + 30 * DAY]] }));
    await runAt(world, at(8));
    expect(launcherIn(world, 'i-1').instances).toEqual({ required: 0, quiet: 0, calling: 0, unknown: 0 });
    expect(launcherIn(world, 'i-1')).toMatchObject({ state: 'unknown', because: expect.stringContaining('seen running on 0 of the last 14 days') as unknown });
  });

  test('that call after a long stop are found', async () => {
    const world = worldOf(instance('i-1', { tags: {}, ...calls(100), stopped: [[BEGINNING - 20 * DAY, BEGINNING + 99 * HOUR]] }));
    for (let hours = 1; hours < 110; hours += 6) { await runAt(world, at(hours)); }
    expect(launcherIn(world, 'i-1')).toMatchObject({ state: 'in use', lastCallAt: '2026-10-05T04:00:00Z' });
  });

  test('that are never described and call after a pause are found', async () => {
    const world = worldOf(instance('i-1', { ...calls(21), stopped: [[BEGINNING + 5 * HOUR, BEGINNING + 20 * HOUR]] }));
    jest.spyOn(world, 'describeInstances').mockReturnValue({});
    for (let hours = 1; hours < 24; hours += 1) { await runAt(world, at(hours)); }
    expect(regionIn(world).unattributed).toEqual([expect.objectContaining({ instanceId: 'i-1', lastCallAt: '2026-10-01T21:00:00Z' })]);
  });

  test('that run are read whether they are listed or not', async () => {
    const world = worldOf(instance('i-1', calls(5)));
    await runAt(world, at(4));
    jest.spyOn(world, 'listMetrics').mockReturnValue({});
    await runAt(world, at(6));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', lastCallAt: '2026-10-01T05:00:00Z' });
  });

  test('that are listed late are read from the start', async () => {
    const world = worldOf(instance('i-1'), instance('i-2', { launchedAt: BEGINNING + 5 * HOUR, endedAt: BEGINNING + 5.4 * HOUR, ...calls(5) }));
    const whole = world.listMetrics.bind(world);
    jest.spyOn(world, 'listMetrics').mockImplementation((...input) => {
      const { Metrics } = whole(...input) as { readonly Metrics: readonly { readonly Dimensions: readonly { readonly Value: string }[] }[] };
      return { Metrics: Metrics.filter(({ Dimensions: [{ Value }] }) => Value !== 'i-2' || world.now > at(9)) };
    });
    for (let hours = 4; hours < 40; hours += 1) { await runAt(world, at(hours)); }
    expect(regionIn(world).unattributed).toEqual([expect.objectContaining({ instanceId: 'i-2', lastCallAt: '2026-10-01T05:00:00Z' })]);
  });

  test('that are single, terminated and without calls are ignored', async () => {
    const world = worldOf(instance('i-1', { tags: {}, endedAt: BEGINNING + 3 * HOUR }));
    await runAt(world, at(2));
    expect(launcherIn(world, 'i-1').instances.quiet).toBe(1);
    await runAt(world, at(9));
    expect(regionIn(world).launchers).toEqual([]);
  });

  test('that a service manages and hides are described', async () => {
    const world = worldOf(instance('i-1', { isHidden: true, tags: { 'aws:ecs:clusterName': 'web', 'aws:ecs:capacityProviderName': 'managed' }, ...calls(1) }));
    await runAt(world, at(4));
    expect(launcherIn(world, 'web/managed')).toMatchObject({ kind: 'ECS capacity provider', cluster: 'web', state: 'in use' });
  });

  test('that exist for minutes, call and end before the next run are found, wherever the hour ends', async () => {
    const short = Array.from({ length: 12 }, (_, index) => instance(`i-${index}`, {
      tags: group(`g${index}`), launchedAt: at(4) + index * 5 * 60_000, endedAt: at(4) + index * 5 * 60_000 + 11 * 60_000, attempts: () => 1, launch: launchOf(`i-${index}`, group(`g${index}`)),
    }));
    const world = worldOf(instance('i-x'), ...short);
    for (let hours = 3; hours < 10; hours += 1) { await runAt(world, at(hours)); }
    expect(regionIn(world).launchers.filter(({ state }) => state === 'in use').map(({ name }) => name).sort()).toEqual(short.map((_, index) => `g${index}`).sort());
  });

  test('without metrics make their launcher unknown after some time', async () => {
    const world = worldOf(instance('i-1'), instance('i-2', { isSilent: true, launchedAt: BEGINNING + 7 * HOUR }));
    await watchTwoWeeks(world);
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'ready', instances: { quiet: 1, unknown: 1 } });
    await runAt(world, at(12));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: '1 running instance published no IMDS metrics' });
  });

  test('without a metadata service count as requiring tokens', async () => {
    const world = worldOf();
    const MetadataOptions = { HttpTokens: 'optional', HttpEndpoint: 'disabled' };
    jest.spyOn(world, 'describeInstances').mockReturnValue({ Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' }, MetadataOptions }] }] });
    await runAt(world, at(4));
    expect(launcherIn(world, 'i-1')).toMatchObject({ state: 'required', instances: { required: 1 } });
  });

  test("without any of EC2\'s fields cause no failure", async () => {
    const world = worldOf(instance('i-1', calls(1)));
    const whole = world.describeInstances.bind(world);
    jest.spyOn(world, 'describeInstances').mockImplementation((...input) => {
      const { Reservations } = whole(...input) as { Reservations: object[] };
      return { Reservations: [{}, { Instances: [{}] }, { Instances: [{ InstanceId: 'i-9', Tags: [{}] }] }, ...Reservations] };
    });
    jest.spyOn(world, 'listMetrics').mockReturnValueOnce({ Metrics: [{}, { Dimensions: [{}] }, { Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }] }] }).mockReturnValueOnce({});
    await runAt(world, at(4));
    expect(launcherIn(world, 'web').state).toBe('in use');
    expect(launcherIn(world, 'i-9')).toMatchObject({ state: 'unknown', instances: { unknown: 1 } });
  });
});

test('a group of a stack that called and has no instances is kept', async () => {
  const tags = (name: string) => ({ ...group(name), 'aws:cloudformation:stack-name': name, 'aws:cloudformation:logical-id': 'Group' });
  const ended = { endedAt: BEGINNING + 10 * HOUR };
  const world = worldOf(
    instance('i-1', { tags: tags('Shop'), ...ended, ...calls(8) }), instance('i-2', { tags: group('plain'), ...ended, ...calls(8) }),
    instance('i-3', { tags: tags('Quiet'), ...ended }),
  );
  for (let day = 0; day <= 50; day += 1) { await runAt(world, at(9 + day * 24)); }
  expect(regionIn(world).launchers.map(({ name, state }) => [name, state])).toEqual([['Shop', 'unknown']]);
});

describe('a Region that a policy denies', () => {
  const DENIED = named('UnauthorizedOperation', 'User: role is not authorized to perform: ec2:DescribeInstances with an explicit deny in a service control policy');
  const NOT_ALLOWED = named('UnauthorizedOperation', 'User: role is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows it');

  /** How many Regions count as unread in the last run. */
  const unread = () => printed.mock.calls.map(([text]) => (JSON.parse(String(text)) as { readonly UnreadRegions?: number }).UnreadRegions)
    .filter(count => count !== undefined).pop();

  const denied = (where: string, error: Error, actionDenied = 'describeInstances') => {
    const world = worldOf(instance('i-1'), instance('i-2', { region: OTHER_REGION }));
    world.regions = [REGION, OTHER_REGION];
    world.fault = (action, region) => action === actionDenied && region === where ? error : undefined;
    return world;
  };

  test('is reported as denied, without an alarm, until it is allowed', async () => {
    const world = denied(OTHER_REGION, DENIED);
    await runAt(world, at(2));
    expect(regionIn(world, OTHER_REGION)).toEqual({ region: OTHER_REGION, error: `denied, not monitored: UnauthorizedOperation: ${DENIED.message}`, launchers: [], unattributed: [] });
    expect(unread()).toBe(0);
    world.fault = () => undefined;
    await runAt(world, at(3));
    expect(launcherIn(world, 'web', OTHER_REGION).instances.quiet).toBe(1);
  });

  test.each<[string, World, readonly string[] | '*']>([
    ['is asked for by name', denied(OTHER_REGION, DENIED), [REGION, OTHER_REGION]],
    ['is that of the monitor', denied(REGION, DENIED), '*'],
    ['is denied since nothing allows it', denied(OTHER_REGION, NOT_ALLOWED), '*'],
    ['denies its metrics alone', denied(OTHER_REGION, named('AccessDenied', 'with an explicit deny'), 'listMetrics'), '*'],
  ])('counts as unread if it %s', async (_, world, regions) => {
    await runAt(world, at(2), { regions });
    expect(unread()).toBe(1);
  });

  test('that was read before counts as unread, for two weeks', async () => {
    const world = denied(OTHER_REGION, DENIED);
    const { fault } = world;
    world.fault = () => undefined;
    await watchTwoWeeks(world);
    world.fault = fault;
    const counts: unknown[] = [];
    for (const days of [1, 13, 15]) {
      await runAt(world, at(8 + days * 24));
      counts.push(unread());
    }
    expect(counts).toEqual([1, 1, 0]);
    expect(launcherIn(world, 'web', OTHER_REGION).state).toBe('unknown');
  });
});

describe('a Region with many single instances', () => {
  const single = (index: number, more: Partial<Simulated> = {}) => instance(`i-${String(index).padStart(3, '0')}`, { tags: {}, ...more });
  const ofTemplate = { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:cloudformation:logical-id': 'X' };
  const ofShop = { 'aws:cloudformation:stack-name': 'Shop', 'aws:cloudformation:logical-id': 'Web' };
  const many = () => Array.from({ length: 550 }, (_, index) => single(index));

  test('names five hundred without a stack, callers first, with the number of the others', async () => {
    const world = worldOf(...many(), single(900, calls(1)), single(901, { tags: ofShop }));
    await runAt(world, at(2));
    const { launchers, leftOut } = regionIn(world);
    expect(leftOut).toEqual({ instances: 51, unattributed: 0 });
    expect(launchers).toHaveLength(501);
    expect([launcherIn(world, 'i-900').state, launcherIn(world, 'i-901').resources]).toEqual(['in use', [{ stackName: 'Shop', logicalId: 'Web' }]]);
  });

  test('counts all of them, and keeps their data', async () => {
    const world = worldOf(...many());
    await watchTwoWeeks(world);
    const metrics = printed.mock.calls.map(([text]) => JSON.parse(String(text)) as { readonly LaunchersReady?: number });
    expect(metrics.filter(({ LaunchersReady }) => LaunchersReady !== undefined).pop()).toMatchObject({ LaunchersReady: 550, InstancesQuiet: 550 });
    expect(Object.keys(memoryIn(world).launchers)).toHaveLength(550);
  });

  test('keeps those with an unknown stack', async () => {
    const world = worldOf(...many().map((each, index) => index < 520 ? { ...each, tags: ofTemplate } : each));
    world.fault = action => action === 'describeStackResources' ? named('AccessDenied') : undefined;
    await runAt(world, at(2));
    expect(regionIn(world)).not.toHaveProperty('leftOut');
    world.fault = () => undefined;
    await runAt(world, at(3));
    expect(regionIn(world).leftOut).toEqual({ instances: 50, unattributed: 0 });
  });

  test('names running ones before terminated ones, and ready ones before required ones', async () => {
    const gone = Array.from({ length: 100 }, (_, index) => single(1000 + index, { ...calls(1), endedAt: BEGINNING + 3 * HOUR }));
    const required = Array.from({ length: 300 }, (_, index) => single(2000 + index, { requires: [[0, true]] }));
    const world = worldOf(...gone, ...required, ...many().slice(0, 300));
    await watchTwoWeeks(world);
    const { launchers, leftOut } = regionIn(world);
    const inState = (state: string) => launchers.filter(each => each.state === state).length;
    expect([inState('ready'), inState('required'), inState('in use'), leftOut?.instances]).toEqual([300, 200, 0, 200]);
  });

  test('names five hundred callers with an unknown launcher', async () => {
    const gone = { ...calls(1), launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR };
    const world = worldOf(...Array.from({ length: 520 }, (_, index) => single(index, gone)));
    world.fault = action => action === 'lookupEvents' ? named('AccessDenied') : undefined;
    await runAt(world, at(12));
    const { unattributed, leftOut } = regionIn(world);
    expect([unattributed.length, leftOut]).toEqual([500, { instances: 0, unattributed: 20 }]);
  });

  test('has no number if none is left out', async () => {
    const world = worldOf(...many().slice(0, 500));
    await runAt(world, at(2));
    expect(regionIn(world)).not.toHaveProperty('leftOut');
  });
});

describe('a Region that no run reads any more', () => {
  test('stays in the record, and makes nothing ready after a day', async () => {
    const world = new World([REGION, OTHER_REGION]);
    world.add(instance('i-1'), instance('i-2', { region: OTHER_REGION }));
    await watchTwoWeeks(world);
    await runAt(world, at(12), { regions: [REGION] });
    expect(launcherIn(world, 'web', OTHER_REGION).state).toBe('ready');
    await runAt(world, at(40), { regions: [REGION] });
    expect(launcherIn(world, 'web', OTHER_REGION)).toMatchObject({ state: 'unknown', because: expect.stringContaining('data of the Region ends at') as unknown });
    await runAt(world, at(20 * 24), { regions: [REGION] });
    expect(regionIn(world, OTHER_REGION)).toBeUndefined();
  });
});

describe('the published data', () => {
  const entries = () => printed.mock.calls.map(([text]) => JSON.parse(String(text)) as { readonly UnreadRegions?: number });

  test('of an unread Region is the lines of its launchers', async () => {
    const world = worldOf(instance('i-1'));
    await watchTwoWeeks(world);
    printed.mockClear();
    world.fault = action => action === 'describeInstances' ? named('AccessDenied') : undefined;
    await runAt(world, at(40));
    const line = { launcher: expect.objectContaining({ name: 'web', state: 'unknown' }) as unknown };
    expect(entries()).toEqual([line, expect.objectContaining({ UnreadRegions: 1 })]);
  });

  test('of a run without new hours does not end an alarm', async () => {
    const world = worldOf(instance('i-1'));
    await runAt(world, at(2));
    printed.mockClear();
    await runAt(world, at(2) + 60_000);
    expect(entries().map(({ UnreadRegions }) => UnreadRegions)).toEqual([0]);
    expect(entries()[0]).not.toHaveProperty('RejectedCalls');
    expect(entries()[0]).not.toHaveProperty('ReturnedLaunchers');
  });
});

describe('CloudFormation resources', () => {
  const fromTemplate = (id: string, template = `lt-${id}`) => instance(id, { tags: { 'aws:ec2launchtemplate:id': template } });

  test('are found in a stack with more than a hundred resources', async () => {
    const world = worldOf(fromTemplate('i-1'));
    world.stacks.push(...largeStack('lt-i-1'));
    await runAt(world, at(2));
    expect(launcherIn(world, 'lt-i-1').resources).toEqual([{ stackName: 'Large', logicalId: 'Template' }]);
  });

  test('that are in no stack yet are looked up again after a day', async () => {
    const world = worldOf(fromTemplate('i-1'));
    await runAt(world, at(2));
    world.stacks.push({ StackName: 'Late', LogicalResourceId: 'Template', PhysicalResourceId: 'lt-i-1' });
    await runAt(world, at(25));
    expect(launcherIn(world, 'lt-i-1').resources).toEqual([]);
    await runAt(world, at(26));
    expect(launcherIn(world, 'lt-i-1').resources).toEqual([{ stackName: 'Late', logicalId: 'Template' }]);
  });

  test('that are in no stack are looked up again, five in each run and about a hundred in a day', async () => {
    const world = worldOf(...Array.from({ length: 100 }, (_, index) => fromTemplate(`i-${index}`)));
    const lookUps: number[] = [];
    for (let hours = 2; hours < 74; hours += 1) {
      world.calls.clear();
      await runAt(world, at(hours));
      lookUps.push(world.calls.get('describeStackResources') ?? 0);
    }
    const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
    expect(lookUps.slice(0, 4)).toEqual([40, 40, 20, 0]);
    expect(Math.max(...lookUps.slice(4))).toBe(5);
    expect([sum(lookUps.slice(24, 48)), sum(lookUps.slice(48))]).toEqual([100, 100]);
  });

  test('count as unresolved until CloudFormation has responded', async () => {
    const world = worldOf(fromTemplate('i-1'), instance('i-2', { tags: group('plain') }));
    world.fault = action => action === 'describeStackResources' ? named('AccessDenied') : undefined;
    await runAt(world, at(2));
    expect([launcherIn(world, 'lt-i-1').unresolved, launcherIn(world, 'plain').unresolved]).toEqual([true, undefined]);
    world.fault = () => undefined;
    await runAt(world, at(3));
    expect(launcherIn(world, 'lt-i-1')).not.toHaveProperty('unresolved');
  });

  test('do not include the stacks that Elastic Beanstalk creates itself', async () => {
    const tags = {
      'elasticbeanstalk:environment-id': 'e-abc',
      'elasticbeanstalk:environment-name': 'shop',
      'aws:autoscaling:groupName': 'awseb-e-abc-stack-AWSEBAutoScalingGroup-1',
      'aws:cloudformation:stack-name': 'awseb-e-abc-stack',
      'aws:cloudformation:logical-id': 'AWSEBAutoScalingGroup',
    };
    const world = worldOf(instance('i-1', { tags }));
    await runAt(world, at(2));
    expect(launcherIn(world, 'shop').resources).toEqual([]);
    world.stacks.push({ StackName: 'Shop', LogicalResourceId: 'Environment', PhysicalResourceId: 'shop' });
    await runAt(world, at(40));
    expect(launcherIn(world, 'shop').resources).toEqual([{ stackName: 'Shop', logicalId: 'Environment' }]);
  });

  test.each(['constructor', 'toString', '__proto__'])('of a launcher with the name %s are looked up like others', async name => {
    const tags = { 'aws:ecs:clusterName': 'main', 'aws:ecs:capacityProviderName': name };
    const world = worldOf(instance('i-1', { tags }));
    world.stacks.push({ StackName: 'Ecs', LogicalResourceId: 'Provider', PhysicalResourceId: name });
    await runAt(world, at(2));
    await runAt(world, at(3));
    expect(launcherIn(world, `main/${name}`).resources).toEqual([{ stackName: 'Ecs', logicalId: 'Provider' }]);
    expect(world.calls.get('describeStackResources')).toBe(1);
  });
});

test('CloudFormation resources are looked up once, some in each run', async () => {
  const world = worldOf(...Array.from({ length: 60 }, (_, index) => instance(`i-${index}`, { tags: { 'aws:ec2launchtemplate:id': `lt-${index}` } })));
  world.stacks.push({ StackName: 'Stack', LogicalResourceId: 'Template', PhysicalResourceId: 'lt-59' });
  const lookUps: number[] = [];
  for (const hours of [2, 3, 4]) {
    await runAt(world, at(hours));
    lookUps.push(world.calls.get('describeStackResources')!);
  }
  expect(lookUps).toEqual([40, 60, 60]);
  expect(launcherIn(world, 'lt-59').resources).toEqual([{ stackName: 'Stack', logicalId: 'Template' }]);
});

describe('a group', () => {
  test('without instances is ready because of its earlier instances, if they were seen long enough', async () => {
    const world = worldOf(instance('i-1', { endedAt: BEGINNING + HOUR }));
    await watchTwoWeeks(world);
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'ready', instances: { required: 0, quiet: 0, calling: 0, unknown: 0 } });
    for (let hours = 20; hours < 15 * 24; hours += 20) { await runAt(world, at(hours)); }
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'unknown', because: 'seen running on 0 of the last 14 days' });
    for (let hours = 15 * 24; hours < 40 * 24; hours += 20) { await runAt(world, at(hours)); }
    expect(regionIn(world).launchers).toEqual([]);
  });

  test('with another name is a new group, which has to be monitored first', async () => {
    const world = worldOf(instance('i-1', { endedAt: BEGINNING + 9 * HOUR }));
    await runAt(world, at(8));
    world.add(instance('i-2', { tags: group('web-2'), launchedAt: BEGINNING + 9 * HOUR }));
    await runAt(world, at(20));
    expect(launcherIn(world, 'web-2')).toMatchObject({ state: 'unknown', because: expect.stringContaining('known for 0 of 14 days') as unknown });
  });

  test('that requires tokens now was in use, and is required after that', async () => {
    const world = worldOf(instance('i-1', { ...calls(2), requires: [[0, false], [BEGINNING / HOUR + 10, true]] }));
    await runAt(world, at(12));
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', because: 'IMDSv1 was last used at 2026-10-01T02:00:00Z, all running instances now require IMDSv2' });
    for (let hours = 20; hours < 15 * 24; hours += 20) { await runAt(world, at(hours)); }
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'required', because: 'the running instance requires IMDSv2, and no call is refused' });
  });

  test('that calls again after it was ready is reported, and counted for the alarm', async () => {
    const world = worldOf(instance('i-1', calls(10)));
    await watchTwoWeeks(world);
    await runAt(world, at(12));
    expect(world.events.map(({ DetailType, Detail }) => [DetailType, (JSON.parse(Detail) as { was?: string }).was])).toEqual([
      ['IMDSv1 Ready', 'unknown'], ['IMDSv1 In Use', 'ready'],
    ]);
    const all = printed.mock.calls.map(([text]) => JSON.parse(String(text)) as { readonly ReturnedLaunchers?: number });
    expect(all.flatMap(({ ReturnedLaunchers }) => ReturnedLaunchers ?? [])).toEqual([0, 0, 1]);
  });
});
