import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { rollBack, run, start, startRollback } from './executions';
import type { FakeRegion, Made } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const RUN = '20261130T080000Z-one';
const MINUTE = 60_000;
const MACHINE = deployedOf(QUICK);
const UNAVAILABLE = new StatesError('Other.OtherException', 'Service Unavailable');
const writes = (key: string) => ({ name, args }: Made) => name === 's3:putObject' && JSON.stringify(args).includes(key);
const instances = (count: number) => Array.from({ length: count }, () => ({}));
const isChanging = async (region: FakeRegion, count: number) => { while (changesIn(region).length < count) { await region.clock.sleep(1000); } };

test('an instance that joins a cluster during its wave gets the hop limit of containers', async () => {
  const region = regionWith(...instances(120));
  region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/new', []);
  const join = isChanging(region, 5).then(() => region.clusters.get('arn:aws:ecs:eu-west-1:111122223333:cluster/new')!.push(idOf(110)));
  await region.clock.until<unknown>(start(MACHINE, region, { mode: 'repair' }, 'one'), join);
  expect(optionsOf(region)[110]).toBe('required 2');
});

test('a page ends with its current batch after another execution has the lock', async () => {
  const region = regionWith(...instances(60));
  const take = isChanging(region, 10).then(() => { region.items.delete('lock'); });
  const [{ error }] = await region.clock.until(start(MACHINE, region, { mode: 'repair' }, 'one'), take as Promise<never>);
  expect(error).toBe('WaveFailed');
  expect(changesIn(region).length).toBeLessThanOrEqual(15);
});

test('the child of an ended execution changes nothing after a rollback has taken over its lock', async () => {
  const region = regionWith(...instances(60));
  const { integration } = region;
  const slow = async (name: string, args: never) => {
    if (name.endsWith(':modifyInstanceMetadataOptions') && JSON.stringify(args).includes('required')) { await region.clock.sleep(MINUTE); }
    return integration(name, args);
  };
  Object.assign(region, { integration: slow });
  const end = isChanging(region, 15).then(async () => {
    region.executions.set('arn:aws:states:eu-west-1:111122223333:execution:repair:one', 'ABORTED');
    return startRollback(MACHINE, region, { run: RUN }, 'back');
  });
  const [, { status }] = await region.clock.until(start(MACHINE, region, { mode: 'repair' }, 'one'), end);
  expect(status).toBe('SUCCEEDED');
  expect(optionsOf(region).filter(each => each !== 'optional 1')).toEqual([]);
});

test('clusters that are deleted during a wave are not queried again', async () => {
  const region = regionWith(...instances(20));
  region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/gone', ['i-ffff']);
  region.fault = ({ name }) => name === 'ecs:listContainerInstances' ? new StatesError('Ecs.ClusterNotFoundException', 'Cluster not found.') : undefined;
  await run(MACHINE, region, { mode: 'repair' });
  expect(region.made.filter(({ name }) => name === 'ecs:listContainerInstances')).toHaveLength(2);
});

test('a folder among the findings starts no further run', async () => {
  const region = regionWith({});
  region.objects.set('repair/111122223333/eu-west-1/findings/', '');
  let starts = 0;
  region.fault = ({ name }) => name === 'sfn:startExecution' && ++starts > 0 ? UNAVAILABLE : undefined;
  await run(MACHINE, region, { mode: 'repair', found: [idOf(0)] });
  expect(starts).toBe(0);
});

test('a second stop stores the pause that the first one could not store', async () => {
  const region = regionWith({}, {}, {});
  const machine = deployedOf({ waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.hours(4) });
  let isDown = true;
  region.fault = ({ name, args }) => isDown && name === 'dynamodb:putItem' && JSON.stringify(args).includes('"pause"') ? UNAVAILABLE : undefined;
  const stopTwice = region.clock.sleep(HOUR).then(async () => {
    const first = await start(machine, region, { mode: 'stop', run: RUN }, 's1');
    isDown = false;
    await start(machine, region, { mode: 'stop', run: RUN }, 's2');
    return first;
  });
  const [one, first] = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), stopTwice);
  expect(one.error).toBe('Stopped');
  expect(first).toMatchObject({
    error: 'CallFailed', cause: expect.stringMatching(/^Pause automatic runs after the stop: Other.OtherException: Service Unavailable: start this execution again with the same input/),
  });
  expect(region.items.get('pause')).toMatchObject({ because: { S: expect.stringMatching(/stopped/) } });
});

test('refused calls are reported, even if the report cannot be written at first', async () => {
  const region = regionWith({ speaksV1: true }, {});
  let left = 7;
  region.fault = made => writes('/report.json')(made) && left-- > 0 ? UNAVAILABLE : undefined;
  const { error, cause } = await run(MACHINE, region, { mode: 'repair' });
  expect({ error, cause }).toEqual({ error: 'RejectedCalls', cause: expect.stringMatching(/refused.*Write the report: Other.OtherException/) });
});

test('after a failed check, the next check causes a rollback of refused calls', async () => {
  const region = regionWith({}, {});
  const machine = deployedOf({ ...QUICK, waitBetweenWaves: Duration.days(7), onRejectedCalls: RepairReaction.ROLL_BACK_ALL });
  const begun = region.clock.now;
  region.fault = ({ name, at }) => name === 'cloudwatch:getMetricData' && at > begun + DAY && at < begun + 2 * DAY ? UNAVAILABLE : undefined;
  const refuse = region.clock.sleep(3 * DAY).then(() => { region.instances.get(idOf(0))!.speaksV1 = true; });
  const [{ error }] = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), refuse as Promise<never>);
  expect(error).toBe('RejectedCalls');
  expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
});

test('a rollback that skips unconfirmed instances is not successful', async () => {
  const region = regionWith({}, {});
  let until = 0;
  region.fault = made => {
    if (until === 0 && changesIn(region).length > 1 && writes('/records/')(made)) { until = made.at + 3 * MINUTE; }
    return made.at < until && writes('/records/')(made) ? UNAVAILABLE : undefined;
  };
  await run(MACHINE, region, { mode: 'repair' });
  const { error, cause } = await rollBack(MACHINE, region, { run: RUN });
  expect({ error, cause }).toEqual({ error: 'Incomplete', cause: expect.stringMatching(/^2 unconfirmed instances were not rolled back: add unconfirmed: true/) });
  expect((await rollBack(MACHINE, region, { run: RUN, unconfirmed: true }, 'again')).status).toBe('SUCCEEDED');
  expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
});
