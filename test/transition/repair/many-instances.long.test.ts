import { Duration } from 'aws-cdk-lib';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { VirtualClock } from '../../harness/states-language/virtual-clock';
import type { Run } from './executions';
import { run } from './executions';
import type { Made } from './fake-region';
import { DAY, fakeInstance, FakeRegion } from './fake-region';
import { seeded } from './random';
import { deployedOf } from './runs';

const INSTANCES = 10_000;
const CALLS_PER_SECOND = 10;
const MODIFY = 'ec2:modifyInstanceMetadataOptions';

interface Entry {
  readonly id: string;
  readonly is: string;
  readonly outcome: string;
}

/** Instances of all kinds. Some appear or disappear, cannot be changed, or are throttled. */
function regionOf(random: () => number): FakeRegion {
  const region = new FakeRegion(new VirtualClock());
  const { now } = region.clock;
  const kinds = [
    [0.03, { tokens: 'required' }],
    [0.02, { state: 'terminated' }], [0.02, { state: 'stopped' }], [0.01, { endpoint: 'disabled' }], [0.01, { managed: true }],
    [0.05, { calls: [{ at: now - 4 * DAY, count: 7 }] }], [0.03, { launched: now - 3 * DAY, published: now - 3 * DAY }],
    [0.01, { published: Infinity }],
    [0.1, { tags: { 'kubernetes.io/cluster/shop': 'owned' } }], [0.05, { tags: { 'aws:ecs:clusterName': 'shop' }, hops: 3 }],
  ] as const;
  for (let index = 0; index < INSTANCES; index++) {
    let draw = random();
    const [, settings] = kinds.find(([share]) => (draw -= share) < 0) ?? [0, {}];
    region.add(fakeInstance(`i-${index.toString(16).padStart(17, '0')}`, now, { ...settings, calls: [...'calls' in settings ? settings.calls : []] }));
  }
  region.latency = () => 30 + Math.floor(random() * 200);
  const refusing = new Set([...region.instances.keys()].filter(() => random() < 0.005));
  region.fault = ({ name, args }) => {
    if (name.startsWith('ec2:') && random() < 0.02) { return new StatesError('Ec2.Ec2Exception', 'Request limit exceeded. (Service: Ec2, Status Code: 503)'); }
    const isRefused = name === MODIFY && refusing.has((args as unknown as { InstanceId: string }).InstanceId);
    return isRefused ? new StatesError('Ec2.Ec2Exception', 'You are not authorized to perform this operation. (Service: Ec2, Status Code: 403)') : undefined;
  };
  region.beside = ({ name }) => {
    if (name !== MODIFY || random() > 0.01) { return; }
    const other = region.instances.get(`i-${Math.floor(random() * INSTANCES).toString(16).padStart(17, '0')}`)!;
    if (random() < 0.5) { other.state = 'terminated'; } else { other.calls.push({ at: region.clock.now, count: 1 }); }
  };
  return region;
}

function entriesOf(region: FakeRegion, folder: string): Entry[] {
  return [...region.objects].filter(([key]) => key.includes(`/${folder}/`)).flatMap(([, text]) => JSON.parse(text) as Entry[]);
}

/** The most calls within a second. */
function mostWithinSecond(calls: readonly Made[]): number {
  let [most, first] = [0, 0];
  calls.forEach(({ at }, index) => {
    while (calls[first].at <= at - 1000) { first += 1; }
    most = Math.max(most, index - first + 1);
  });
  return most;
}

describe('a run over 10,000 instances', () => {
  let region: FakeRegion;
  let ended: Run;
  const hopsBefore = new Map<string, number>();

  beforeAll(async () => {
    region = regionOf(seeded(7));
    region.instances.forEach(({ id, hops }) => hopsBefore.set(id, hops));
    ended = await run(deployedOf({ waves: RepairWaves.canary(5, [10, 50]), waitBetweenWaves: Duration.minutes(30), callsPerSecond: CALLS_PER_SECOND }), region, { mode: 'repair' });
  }, 1_200_000);

  test('ends, reports the changes that EC2 refused, and stays within the limits of a history and a state', () => {
    expect(ended).toMatchObject({ status: 'FAILED', error: 'Incomplete', cause: expect.stringMatching(/^\d+ instances could not be changed: s3:/) });
    expect(ended.interpreter.figures.events).toBeLessThan(25_000);
    expect(ended.interpreter.figures.bytes).toBeLessThan(262_144);
  });

  test('costs at most as much as the docs say', () => {
    const metrics = region.made.filter(({ name }) => name === 'cloudwatch:getMetricData')
      .reduce((sum, { args }) => sum + (args as unknown as { MetricDataQueries: object[] }).MetricDataQueries.length, 0);
    expect(ended.interpreter.figures.transitions / INSTANCES).toBeLessThan(4);
    expect(metrics / INSTANCES).toBeLessThan(8);
  });

  test('has one result for each instance', () => {
    const report = entriesOf(region, 'report');
    expect(new Set(report.map(({ id }) => id)).size).toBe(INSTANCES);
    expect(report).toHaveLength(INSTANCES);
    const { outcomes } = region.json<{ outcomes: { [outcome: string]: number } }>('/report.json');
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(INSTANCES);
    expect(Object.keys(outcomes).sort()).toEqual(
      ['failed', 'gone', 'in use', 'managed', 'missing data', 'off', 'repaired', 'required', 'too young', 'unknown'],
    );
  });

  test('changes exactly the reported instances', () => {
    const report = new Map(entriesOf(region, 'report').map(({ id, outcome }) => [id, outcome]));
    const wrong = [...region.instances.values()].filter(({ id, tokens, turnedAt }) => (tokens === 'required' && turnedAt !== undefined) !== (report.get(id) === 'repaired'));
    expect(wrong).toEqual([]);
  });

  test('breaks no software that the plan knew', () => {
    const ready = new Set(entriesOf(region, 'plan').filter(({ is }) => is === 'ready').map(({ id }) => id));
    const turned = entriesOf(region, 'report').filter(({ outcome }) => outcome === 'repaired').map(({ id }) => id);
    expect(turned.filter(id => !ready.has(id))).toEqual([]);
    expect(turned.filter(id => region.instances.get(id)!.calls.some(({ at }) => at < region.instances.get(id)!.turnedAt! - 60_000))).toEqual([]);
  });

  test('gives container hosts two hops, and lowers no limit', () => {
    const turned = [...region.instances.values()].filter(({ turnedAt }) => turnedAt !== undefined);
    const isHost = (tags: object) => Object.keys(tags).length > 0;
    expect(turned.filter(({ tags, hops }) => isHost(tags) && hops < 2)).toEqual([]);
    expect(turned.filter(({ id, hops }) => hops < hopsBefore.get(id)!)).toEqual([]);
    expect(turned.filter(({ id, tags, hops }) => !isHost(tags) && hops !== hopsBefore.get(id))).toEqual([]);
  });

  test('makes at most the allowed number of EC2 calls within a second', () => {
    expect(mostWithinSecond(region.made.filter(({ name }) => name.startsWith('ec2:')))).toBeLessThanOrEqual(CALLS_PER_SECOND);
  });
});
