import { Duration } from 'aws-cdk-lib';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { rollBack, run, start } from './executions';
import type { FakeRegion } from './fake-region';
import { HOUR } from './fake-region';
import { changesIn, idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

/** Far below the 25,000 events of a history, because retried calls take more events than are counted here. */
const ROOM = 12_000;
const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/';
const MACHINE = deployedOf(QUICK);

function holdLock(region: FakeRegion): void {
  region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:other' } });
  region.executions.set('arn:other', 'RUNNING');
}

/** Lists the wanted number of pages of instances or clusters, with one item on each if that is set. */
function listing(region: FakeRegion, action: string, pages: number, pageOf: (index: number) => object): void {
  const { integration } = region;
  Object.assign(region, {
    integration: async (name: string, args: { readonly NextToken?: string }) => {
      if (!name.endsWith(`:${action}`)) { return integration(name, args as never); }
      const index = Number(args.NextToken ?? 0);
      return { ...pageOf(index), ...index + 1 < pages && { NextToken: String(index + 1) } };
    },
  });
}

test('hours of waiting for the lock before each of many waves fit into the history of a run', async () => {
  const region = regionWith(...Array.from({ length: 6 }, () => ({})));
  holdLock(region);
  let waves = 0;
  region.beside = ({ name, args }) => {
    const { Key } = args as { Key?: { id?: { S: string } } };
    if (name === 'dynamodb:deleteItem' && Key?.id?.S === 'lock') { setTimeout(() => holdLock(region), 0); waves += 1; }
  };
  const letGo = async () => { while (waves < 6) { await region.clock.sleep(3.8 * HOUR); region.items.delete('lock'); } };
  const machine = deployedOf({ ...QUICK, waves: RepairWaves.percentages([16, 33, 50, 66, 83]) });

  const [{ status, interpreter }] = await region.clock.until<unknown>(start(machine, region, { mode: 'repair' }, 'one'), letGo()) as [Awaited<ReturnType<typeof run>>];

  expect(status).toBe('SUCCEEDED');
  expect(optionsOf(region)).toEqual(Array(6).fill('required 1'));
  expect(interpreter.figures.events).toBeLessThan(ROOM);
});

test('a rollback that waits for days fits into its history, and gets the lock soon after it is free', async () => {
  const region = regionWith({});
  await run(MACHINE, region, { mode: 'repair' });
  holdLock(region);
  const freed = region.clock.sleep(50 * HOUR).then(() => { region.items.delete('lock'); return region.clock.now; });

  const [back, at] = await region.clock.until<unknown>(rollBack(MACHINE, region, { run: '20261130T080000Z-one' }), freed) as [Awaited<ReturnType<typeof run>>, number];

  expect(back.status).toBe('SUCCEEDED');
  expect(changesIn(region)).toHaveLength(2);
  expect(region.made.filter(({ name }) => name.endsWith(':modifyInstanceMetadataOptions'))[1].at - at).toBeLessThan(90_000);
  expect(back.interpreter.figures.events).toBeLessThan(ROOM);
});

test('a list with more pages than a run supports is rejected with a report, and the turn and the lock are free', async () => {
  const region = regionWith({});
  listing(region, 'describeInstanceStatus', 1_150, index => ({ InstanceStatuses: [{ InstanceId: idOf(index) }] }));

  const { error, cause, interpreter } = await run(MACHINE, region, { mode: 'repair' });

  expect({ error, cause }).toEqual({ error: 'TooManyInstances', cause: expect.stringMatching(/^more than 1000 pages of 100 instances are selected: nothing was changed, select fewer/) });
  expect([...region.items.keys()].filter(id => ['turn', 'lock'].includes(id))).toEqual([]);
  expect(interpreter.figures.events).toBeLessThan(ROOM);
}, 60_000);

test('many empty pages of instances and clusters fit', async () => {
  const region = regionWith({});
  listing(region, 'describeInstanceStatus', 1_100, index => ({ InstanceStatuses: index === 1_099 ? [{ InstanceId: idOf(0) }] : [] }));
  listing(region, 'listClusters', 100, index => ({ ClusterArns: Array.from({ length: 100 }, (_, n) => `${CLUSTER}${index}-${n}`) }));
  listing(region, 'describeClusters', 1, () => ({ Clusters: [] }));

  const { status, interpreter } = await run(MACHINE, region, { mode: 'repair' });

  expect(status).toBe('SUCCEEDED');
  expect(optionsOf(region)).toEqual(['required 1']);
  expect(interpreter.figures.events).toBeLessThan(ROOM);
}, 60_000);

test('many findings of one input are stored or rejected', async () => {
  const found = (count: number) => ({ mode: 'repair', found: Array.from({ length: count }, (_, index) => idOf(index)) });
  const noted = await run(MACHINE, regionWith({}), found(500));
  expect(noted.status).toBe('SUCCEEDED');
  expect(noted.interpreter.figures.events).toBeLessThan(ROOM);
  expect(await run(MACHINE, regionWith({}), found(501))).toMatchObject({ error: 'BadRequest', cause: 'found must name 500 instances at most, got 501' });
});

test('hundreds of clusters with instances are all queried, a hundred instances at a time', async () => {
  const region = regionWith(...Array.from({ length: 100 }, () => ({})));
  for (let index = 0; index < 500; index++) { region.clusters.set(`${CLUSTER}${index}`, index === 499 ? [idOf(99)] : [`i-${index}f`]); }

  const { status, interpreter } = await run(deployedOf({ ...QUICK, callsPerSecond: 1, waitBetweenWaves: Duration.minutes(15) }), region, { mode: 'repair' });

  expect(status).toBe('SUCCEEDED');
  expect(optionsOf(region)).toEqual([...Array<string>(99).fill('required 1'), 'required 2']);
  expect(interpreter.figures.events).toBeLessThan(ROOM);
}, 120_000);

test('more clusters than fit into a state end the plan, with a message', async () => {
  const region = regionWith({});
  for (let index = 0; index < 3_000; index++) { region.clusters.set(`${CLUSTER}${'x'.repeat(60)}${index}`, ['i-ff']); }
  expect(await run(MACHINE, region, { mode: 'repair' })).toMatchObject({
    error: 'TooManyClusters', cause: expect.stringMatching(/^ECS has some 2,000 clusters with container instances, which is more than a repair can search: nothing was changed/),
  });
});
