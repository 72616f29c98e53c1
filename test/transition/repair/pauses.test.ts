import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import type { Run } from './executions';
import { run, start, startRollback } from './executions';
import type { FakeRegion } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const MINUTE = 60_000;
const MACHINE = deployedOf(QUICK);
const found = (index: number) => ({ mode: 'repair', found: [idOf(index)] });
const findingsIn = (region: FakeRegion) => [...region.objects.keys()].filter(key => key.includes('/findings/')).map(key => key.split('/').pop());

async function after<Result>(region: FakeRegion, milliseconds: number, act: () => Result | Promise<Result>): Promise<Result> {
  await region.clock.sleep(milliseconds);
  return act();
}

function pause(region: FakeRegion): void {
  const until = new Date(region.clock.now + 7 * DAY).toISOString();
  region.items.set('pause', { id: { S: 'pause' }, run: { S: 'another' }, because: { S: 'it was taken back' }, until: { S: until } });
}

describe('a pause that starts', () => {
  test('while findings are collected delays the run, and the findings wait', async () => {
    const region = regionWith({ speaksV1: true }, {});
    const manual = start(MACHINE, region, { mode: 'repair', instanceIds: [idOf(0)] }, 'one');
    const nearlyOver = after(region, 6 * DAY, () => [optionsOf(region), findingsIn(region)]);

    const [{ error }, { output }, held] = await region.clock.until<unknown>(manual, after(region, 14 * MINUTE, () => start(MACHINE, region, found(1), 'found')), nearlyOver) as [Run, Run, object];

    expect(error).toBe('RejectedCalls');
    expect(output).toMatchObject({ outcome: 'paused', because: expect.stringMatching(/IMDSv1 calls were refused/) });
    expect(held).toEqual([['required 1', 'optional 1'], [idOf(1)]]);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('because of a rollback during the wait for a retry prevents a repeated repair', async () => {
    const region = regionWith({}, {});
    const down = region.clock.now + 10 * MINUTE;
    region.fault = ({ name, at }) => name === 'ec2:describeInstances' && at < down ? new StatesError('Ec2.Ec2Exception', 'Request limit exceeded') : undefined;
    const byHand = async () => {
      const { output } = await start(MACHINE, region, { mode: 'repair', instanceIds: [idOf(1)] }, 'hand');
      await startRollback(MACHINE, region, { run: (output as { run: string }).run }, 'back');
    };
    const nearlyOver = after(region, 6 * DAY, () => optionsOf(region));

    const [, , options] = await region.clock.until<unknown>(start(MACHINE, region, found(1), 'found'), after(region, 20 * MINUTE, byHand), nearlyOver);

    expect(options).toEqual(['optional 1', 'optional 1']);
  });

  test.each<[string, string]>([['plans', '/selected/00000.json'], ['waits for the lock', '/begun.json']])('while a run %s delays its first wave, and the findings stay stored', async (_, key) => {
    const region = regionWith({}, {});
    let left = 1;
    region.beside = ({ name, args }) => { if (name === 's3:putObject' && JSON.stringify(args).includes(key) && left-- > 0) { pause(region); } };
    const nearlyOver = after(region, 6 * DAY, () => [optionsOf(region), findingsIn(region), [...region.items.keys()].filter(id => ['lock', 'turn'].includes(id))]);

    const [{ output }, held] = await region.clock.until<unknown>(start(MACHINE, region, found(1), 'found'), nearlyOver) as [Run, object];

    expect(held).toEqual([['optional 1', 'optional 1'], [idOf(1)], []]);
    expect(output).toMatchObject({ outcome: 'paused' });
    expect(optionsOf(region)).toEqual(['optional 1', 'required 1']);
  });

  test('does not delay a run that somebody starts', async () => {
    const region = regionWith({});
    pause(region);
    expect((await run(MACHINE, region, { mode: 'repair' })).status).toBe('SUCCEEDED');
    expect(optionsOf(region)).toEqual(['required 1']);
  });
});

test('findings are tried again if another execution has the lock for too long', async () => {
  const region = regionWith({});
  region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:other' } });
  region.executions.set('arn:other', 'RUNNING');

  const [{ error }] = await region.clock.until<Run | unknown>(start(MACHINE, region, found(0), 'one'), after(region, 5 * HOUR, () => region.items.delete('lock'))) as [Run];

  expect(error).toBe('RepairRunning');
  expect(optionsOf(region)).toEqual(['required 1']);
  expect(findingsIn(region)).toEqual([]);
});

describe('findings that a run did not reach', () => {
  const IN_WAVES = { waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.minutes(15) };
  const all = { mode: 'repair', found: [0, 1, 2, 3].map(idOf) };

  test('because calls were refused are repaired after the pause', async () => {
    const region = regionWith({ speaksV1: true }, {}, {}, {});
    const machine = deployedOf(IN_WAVES);
    const nearlyOver = after(region, 6 * DAY, () => [optionsOf(region), findingsIn(region)]);
    const mended = after(region, DAY, () => { region.instances.get(idOf(0))!.speaksV1 = false; });
    const [{ error }, held] = await region.clock.until<unknown>(start(machine, region, all, 'one'), nearlyOver, mended) as [Run, object];
    expect(error).toBe('RejectedCalls');
    expect(held).toEqual([['required 1', 'optional 1', 'optional 1', 'optional 1'], [1, 2, 3].map(idOf)]);
    expect(optionsOf(region)).toEqual(Array(4).fill('required 1'));
    expect(findingsIn(region)).toEqual([]);
  });

  test('because refused calls were rolled back are repaired after the pause', async () => {
    const region = regionWith({ speaksV1: true }, {}, {}, {});
    await run(deployedOf({ ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_ALL }), region, all, 'one');
    expect(optionsOf(region)).toEqual(['optional 1', 'required 1', 'required 1', 'required 1']);
  });

  test('because somebody stopped it are repaired after the pause', async () => {
    const region = regionWith({}, {}, {}, {});
    const machine = deployedOf(IN_WAVES);
    const nearlyOver = after(region, 6 * DAY, () => optionsOf(region));
    const stop = after(region, 10 * MINUTE, () => start(machine, region, { mode: 'stop', run: '20261130T080000Z-one' }, 'stop'));
    const [{ error }, , held] = await region.clock.until<unknown>(start(machine, region, all, 'one'), stop, nearlyOver) as [Run, Run, object];
    expect(error).toBe('Stopped');
    expect(held).toEqual(['required 1', 'optional 1', 'optional 1', 'optional 1']);
    expect(optionsOf(region)).toEqual(Array(4).fill('required 1'));
  });

  test('because another execution had the lock are tried again soon', async () => {
    const region = regionWith({}, {}, {}, {});
    const hold = after(region, 10 * MINUTE, () => {
      region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:other' } });
      region.executions.set('arn:other', 'RUNNING');
    });
    const free = after(region, 6 * HOUR, () => region.items.delete('lock'));
    const day = after(region, DAY, () => optionsOf(region));
    const [{ error }, , , options] = await region.clock.until<unknown>(start(deployedOf(IN_WAVES), region, all, 'one'), hold, free, day) as [Run, unknown, unknown, object];
    expect(error).toBe('RepairRunning');
    expect(options).toEqual(Array(4).fill('required 1'));
  });

  test('are not tried forever if each run fails', async () => {
    const region = regionWith(...Array.from({ length: 40 }, () => ({})));
    region.fault = ({ name }) => name === 'ec2:modifyInstanceMetadataOptions' ? new StatesError('Ec2.Ec2Exception', 'You are not authorized') : undefined;
    await run(deployedOf(IN_WAVES), region, { mode: 'repair', found: Array.from({ length: 40 }, (_, index) => idOf(index)) }, 'one');
    expect(region.made.filter(({ name }) => name === 'sfn:startExecution')).toHaveLength(5);
    expect(findingsIn(region).length).toBeGreaterThan(30);
  });

  test('of a scheduled run wait for the schedule', async () => {
    const region = regionWith({ speaksV1: true }, {}, {}, {});
    await run(deployedOf(IN_WAVES), region, { mode: 'repair', unattended: true }, 'one');
    expect(findingsIn(region)).toEqual([]);
  });
});

test('a run that is stopped before its first wave is not repeated if stops cause no pause', async () => {
  const region = regionWith({});
  const machine = deployedOf({ ...QUICK, pauseAfterStop: Duration.days(0) });
  let left = 1;
  region.beside = ({ name, args }) => {
    if (name === 's3:putObject' && JSON.stringify(args).includes('/plan.json') && left-- > 0) { region.items.set('stopped 20261130T080000Z-one', { id: { S: 'x' } }); }
  };
  expect((await run(machine, region, found(0))).error).toBe('Stopped');
  expect(findingsIn(region)).toEqual([]);
  expect(optionsOf(region)).toEqual(['optional 1']);
});
