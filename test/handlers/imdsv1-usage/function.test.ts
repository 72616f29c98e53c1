import { handler } from '../../../handlers/imdsv1-usage';
import {
  COLLECTOR_ACTIONS, COLLECTOR_BUS_ACTIONS, COLLECTOR_OBJECT_ACTIONS,
} from '../../../src/transition/collector-actions';
import { IMDSV1_USAGE_HANDLER } from '../../../src/transition/handler-code.generated';
import { beside, type Handler, invoke, loaded } from '../harness/lambda';
import { timeWaited } from '../harness/quick-clock';
import { knownAccount } from './account';
import { FakeAws } from './fake-aws';
import { Oracle } from './oracle';
import { largeStack, launcherIn, memoryIn, recordIn, regionIn, REGION } from './runs';
import { BUCKET, HOUR, type Simulated, World } from './world';

const BEGINNING = Date.parse('2026-10-01T00:00:00Z');
const GROUP = { 'aws:autoscaling:groupName': 'web', 'aws:cloudformation:stack-name': 'Web', 'aws:cloudformation:logical-id': 'Group' };

let printed: jest.SpyInstance;
beforeEach(() => { printed = jest.spyOn(process.stdout, 'write').mockImplementation(() => true); });

/** Runs the function with the SDK's clients, over HTTP. */
async function runAt(aws: FakeAws, time: number, runs: Handler = handler as Handler): Promise<void> {
  aws.world.now = time;
  Object.assign(process.env, { REGIONS: '*', QUIET_DAYS: '14', BUCKET, EVENT_BUS: 'audit' });
  const before = timeWaited();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => time + timeWaited() - before);
  try {
    await invoke(runs, {}, 900_000);
  } finally {
    clock.mockRestore();
  }
}

/** The printed lines that contain this name. */
function lines(name: string): { readonly [name: string]: unknown }[] {
  const all = printed.mock.calls.map(([text]) => JSON.parse(String(text)) as { [name: string]: unknown });
  return all.filter(each => name in each);
}

function caller(id: string, tags: Simulated['tags'], more: Partial<Simulated> = {}): Simulated {
  return { id, region: REGION, tags, launchedAt: BEGINNING, attempts: hour => hour % 2, ...more };
}

describe.each([['source', handler as Handler], ['bundle', loaded(IMDSV1_USAGE_HANDLER)]])('the %s', (_, runs) => {
  test('finds the callers, running or terminated, and their launchers', async () => {
    const world = new World([REGION]);
    const launch = {
      eventName: 'RunInstances',
      requestParameters: { launchTemplate: { launchTemplateId: 'lt-1', version: '2' } },
      responseElements: { instancesSet: { items: [{ instanceId: 'i-2', tagSet: { items: [{ key: 'aws:ec2:fleet-id', value: 'fleet-1' }] } }] } },
    };
    world.add(caller('i-1', GROUP), caller('i-2', {}, { endedAt: BEGINNING + 2 * HOUR + 600_000, launch }), caller('i-3', {}, { attempts: () => 0 }));
    world.stacks.push({ StackName: 'Fleets', LogicalResourceId: 'Template', PhysicalResourceId: 'lt-1' });
    await beside(new FakeAws(world), async aws => {
      await runAt(aws, BEGINNING + 5 * HOUR + 1_800_000, runs);
      expect(recordIn(world)).toMatchObject({ schemaVersion: '1.0', account: '111122223333', at: '2026-10-01T05:30:00Z', quietDays: 14 });
      expect(regionIn(world).unattributed).toEqual([]);
      expect(launcherIn(world, 'web')).toMatchObject({
        kind: 'Auto Scaling group',
        state: 'in use',
        calls: 2,
        lastCallAt: '2026-10-01T03:00:00Z',
        resources: [{ stackName: 'Web', logicalId: 'Group' }],
        callers: [{ instanceId: 'i-1', lastCallAt: '2026-10-01T03:00:00Z', calls: 2 }],
        instances: { required: 0, quiet: 0, calling: 1, unknown: 0 },
      });
      expect(launcherIn(world, 'fleet-1')).toMatchObject({
        state: 'in use', calls: 1, launchTemplates: [{ id: 'lt-1', version: '2' }], resources: [{ stackName: 'Fleets', logicalId: 'Template' }],
      });
      expect(launcherIn(world, 'i-3')).toMatchObject({ state: 'unknown', instances: { quiet: 1 } });
      expect(world.events.map(({ DetailType, EventBusName }) => [DetailType, EventBusName])).toEqual([['IMDSv1 In Use', 'audit'], ['IMDSv1 In Use', 'audit']]);
      expect(memoryIn(world)).toMatchObject({ schema: 1 });
      expect([...world.objects.keys()]).toContain('usage/111122223333/runs/2026/10/01/05.json');
    });
  });
});

test('publishes metrics of the Region, of callers and of the account, and a log line for each launcher and each caller', async () => {
  const world = new World([REGION, 'us-east-1']);
  world.add(caller('i-1', GROUP), caller('i-3', {}, { attempts: () => 0 }));
  await beside(new FakeAws(world), async aws => {
    await runAt(aws, BEGINNING + 5 * HOUR + 1_800_000);
    const values = lines('_aws').map(({ _aws, ...rest }) => rest);
    expect(values).toEqual([
      {
        Account: '111122223333',
        Region: REGION,
        V1Calls: 2,
        RejectedCalls: 0,
        InstancesRequired: 0,
        InstancesQuiet: 1,
        InstancesCalling: 1,
        InstancesUnknown: 0,
        LaunchersReady: 0,
        LaunchersInUse: 1,
        LaunchersBroken: 0,
        LaunchersUnknown: 1,
        UnattributedCallers: 0,
      },
      { Account: '111122223333', Region: REGION, Launcher: 'Auto Scaling group web', V1Calls: 2, RejectedCalls: 0, DaysAtZero: 0 },
      { Account: '111122223333', RejectedCalls: 0, UnreadRegions: 0, ReturnedLaunchers: 0 },
    ]);
    expect(lines('launcher').map(({ launcher }) => launcher)).toEqual([
      expect.objectContaining({ name: 'web', state: 'in use', running: 1, calls: 2, callers: 'i-1', stack: 'Web', logicalId: 'Group' }),
      expect.objectContaining({ name: 'i-3', state: 'unknown', running: 1, calls: 0 }),
    ]);
    expect(lines('caller')).toEqual([{ caller: expect.objectContaining({ instanceId: 'i-1', launcherName: 'web' }) as unknown }]);
  });
});

test('waits and retries if AWS throttles', async () => {
  const world = new World([REGION]);
  world.add(caller('i-1', GROUP));
  await beside(new FakeAws(world), async aws => {
    ['GetMetricData', 'ListMetrics', 'PutEvents'].forEach(action => aws.failWith({ action, code: 'ThrottlingException', times: 3 }));
    aws.failWith({ action: 'DescribeInstances', code: 'RequestLimitExceeded', times: 3 });
    await runAt(aws, BEGINNING + 5 * HOUR + 1_800_000);
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use', calls: 2 });
    expect(world.events).toHaveLength(1);
  });
});

test('a refused Region does not prevent the others', async () => {
  const world = new World([REGION, 'us-east-1']);
  world.add(caller('i-1', GROUP), caller('i-2', GROUP, { region: 'us-east-1' }));
  await beside(new FakeAws(world), async aws => {
    aws.failWith({ region: 'us-east-1', action: 'DescribeInstances', code: 'UnauthorizedOperation' });
    await runAt(aws, BEGINNING + 5 * HOUR + 1_800_000);
    expect(regionIn(world, 'us-east-1')).toMatchObject({ error: expect.stringContaining('UnauthorizedOperation') as unknown, launchers: [] });
    expect(launcherIn(world, 'web')).toMatchObject({ state: 'in use' });
    expect(lines('UnreadRegions')).toEqual([expect.objectContaining({ UnreadRegions: 1 })]);
  });
});

test('uses only permissions of the construct', async () => {
  const world = new World([REGION]);
  world.add(caller('i-1', GROUP), caller('i-2', { 'aws:ec2launchtemplate:id': 'lt-1' }), caller('i-4', {}, { endedAt: BEGINNING + 2 * HOUR }));
  world.stacks.push(...largeStack('lt-1'));
  await beside(new FakeAws(world), async aws => {
    await runAt(aws, BEGINNING + 5 * HOUR + 1_800_000);
    await runAt(aws, BEGINNING + 6 * HOUR + 1_800_000);
    expect(launcherIn(world, 'lt-1').resources).toEqual([{ stackName: 'Large', logicalId: 'Template' }]);
    expect(aws.actions).toEqual([...COLLECTOR_ACTIONS, ...COLLECTOR_OBJECT_ACTIONS, ...COLLECTOR_BUS_ACTIONS].sort());
  });
});

test('finds all callers in a small account over some days', async () => {
  const account = knownAccount(7, 60, 4, BEGINNING, REGION);
  const oracle = new Oracle(account, BEGINNING + 4 * 24 * HOUR);
  await beside(new FakeAws(account.world), async aws => {
    for (let hour = 1; hour < 96; hour += 7) { await runAt(aws, BEGINNING + hour * HOUR + 1_800_000); }
    const { launchers } = regionIn(account.world);
    const until = Math.floor((account.world.now - HOUR) / HOUR) - 4;
    const called = oracle.launchers.filter(key => oracle.attemptsOf(key, BEGINNING / HOUR, until, account.world.now).length > 0);
    expect(launchers.filter(each => each.lastCallAt ?? each.lastRejectedAt).map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(expect.arrayContaining(called));
  }, 2_000);
});
