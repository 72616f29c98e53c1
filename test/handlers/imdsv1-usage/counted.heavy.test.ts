/**
 * The calls of a run for 1,000 instances in a Region, and their costs in a month of 730 runs, one each hour, at the prices of us-east-1:
 *
 * | what | in a run | in a month | dollars |
 * | --- | --- | --- | --- |
 * | metrics requested by `GetMetricData`, $0.01 for 1,000 | 1,000 | 730,000 | 7.30 |
 * | calls of `ListMetrics`, $0.01 for 1,000 | 3 | 2,190 | 0.02 |
 * | objects written, $0.005 for 1,000 | 3 | 2,190 | 0.01 |
 * | objects read, $0.0004 for 1,000 | 2 | 1,460 | 0.00 |
 * | a function of 512 MB for 15 seconds at most, $0.0000166667 for a GB-second | 7.5 GB-seconds | 5,475 | 0.09 |
 * | 11 metrics of the Region and 3 of the account, $0.30 each | | 14 | 4.20 |
 * | 3 metrics of each launcher that called, of 20 at most, $0.30 each | | up to 60 | up to 18.00 |
 * | a line of 600 bytes in the log for each launcher, $0.50 for a GB: 50 of them | 30 KB | 22 MB | 0.01 |
 * | `DescribeInstances`, `LookupEvents`, `DescribeStackResources`, events to the account's own bus of default | | | 0.00 |
 *
 * With a run every six hours, it is a sixth of this, also for metrics, which are charged for the hours in which they are published.
 */
import { launcherIn, memoryKey, REGION, runAt } from './runs';
import { HOUR, type Simulated, World } from './world';

const BEGINNING = Date.parse('2026-10-01T00:00:00Z');
const HALF_PAST = 30 * 60_000;

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockImplementation(() => true); });

function accountOf(count: number): World {
  const world = new World([REGION]);
  world.add(...Array.from({ length: count }, (_, index): Simulated => ({
    id: `i-${index.toString(16).padStart(17, '0')}`,
    region: REGION,
    tags: { 'aws:autoscaling:groupName': `group-${index % 50}` },
    launchedAt: BEGINNING - 40 * 24 * HOUR,
    attempts: () => 0,
  })));
  return world;
}

/** The calls of the run after the second one, in a Region with this number of permanent instances. */
async function asked(count: number): Promise<{ readonly calls: object; readonly metrics: number; readonly world: World }> {
  const world = accountOf(count);
  for (const hour of [1, 2]) { await runAt(world, BEGINNING + hour * HOUR + HALF_PAST, { regions: [REGION] }); }
  world.calls.clear();
  world.requested = 0;
  await runAt(world, BEGINNING + 3 * HOUR + HALF_PAST, { regions: [REGION] });
  return { calls: Object.fromEntries(world.calls), metrics: world.requested, world };
}

test('a run for 1,000 instances', async () => {
  const { calls, metrics, world } = await asked(1_000);
  expect(calls).toEqual({ describeInstances: 1, listMetrics: 3, getMetricData: 2, getObject: 2, putObject: 3 });
  expect(metrics).toBe(1_000);
  expect(launcherIn(world, 'group-1').instances.quiet).toBe(20);
});

test('a run for 10,000 instances makes ten times as many calls that depend on instances, and no more of the others', async () => {
  const { calls, metrics } = await asked(10_000);
  expect(calls).toEqual({ describeInstances: 10, listMetrics: 21, getMetricData: 20, getObject: 2, putObject: 3 });
  expect(metrics).toBe(10_000);
});

test('the memory of 1,000 instances takes less than 20 KB', async () => {
  const { world } = await asked(1_000);
  expect(world.objects.get(memoryKey())!.body.length).toBeLessThan(20_000);
});

test('the first run reads each metric once, two weeks at a time', async () => {
  const world = accountOf(600);
  await runAt(world, BEGINNING + HOUR + HALF_PAST, { regions: [REGION] });
  expect(world.requested).toBe(600);
  expect(world.calls.get('getMetricData')).toBe(2);
});

test('a terminated instance is not read again', async () => {
  const world = accountOf(0);
  world.add(...Array.from({ length: 100 }, (_, index): Simulated => ({
    id: `i-${index}`, region: REGION, tags: {}, launchedAt: BEGINNING, endedAt: BEGINNING + 2 * HOUR, attempts: () => 0,
  })));
  for (let hour = 1; hour < 9; hour += 1) { await runAt(world, BEGINNING + hour * HOUR + HALF_PAST, { regions: [REGION] }); }
  world.requested = 0;
  for (let hour = 9; hour < 200; hour += 5) { await runAt(world, BEGINNING + hour * HOUR + HALF_PAST, { regions: [REGION] }); }
  expect(world.requested).toBe(0);
});
