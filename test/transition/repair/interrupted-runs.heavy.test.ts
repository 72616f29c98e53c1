import { Duration } from 'aws-cdk-lib';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { Aborted } from '../../harness/states-language/interpreter';
import { rollBack, run, start, startRollback } from './executions';
import type { Made } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, optionsOf, outputOf, QUICK, regionWith, reportIn } from './regions';
import { deployedOf } from './runs';

const MACHINE = deployedOf(QUICK);
const RUN = '20261130T080000Z-one';
const instances = (count: number) => Array.from({ length: count }, () => ({}));

/** Ends an execution at its nth visit of a state. */
function endAt(place: string, times = 1): (where: string) => void {
  let left = times;
  return where => { if (where === place && --left === 0) { throw new Aborted(); } };
}

describe('an interrupted run', () => {
  test('is not continued by the same execution after another one has the lock', async () => {
    const region = regionWith(...instances(150));
    let pages = 0;
    region.beside = ({ name, args }) => {
      const { Key } = args as { Key?: string };
      if (name === 's3:getObject' && String(Key).includes('/plan/') && ++pages === 1) { region.items.set('lock', { holder: { S: 'arn:other' } }); }
    };
    const { error } = await run(MACHINE, region, { mode: 'repair' });
    expect(error).toBe('WaveFailed');
    expect(optionsOf(region).filter(each => each === 'required 1')).toHaveLength(0);
    expect(region.items.get('lock')!.holder.S).toBe('arn:other');
  });

  test('between a change and its record has an unconfirmed instance, which a rollback skips unless it is included', async () => {
    const region = regionWith({}, {});
    await run(MACHINE, region, { mode: 'repair' }, 'one', endAt('after Repair - modify'));
    const second = await run(MACHINE, region, { mode: 'repair', run: RUN }, 'two');
    expect(outputOf(second).outcomes).toEqual({ unconfirmed: 2 });
    await rollBack(MACHINE, region, { run: RUN }, 'three');
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
    await rollBack(MACHINE, region, { run: RUN, unconfirmed: true }, 'four');
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });

  test('that was interrupted during its rollback is rolled back by the next one, with a report', async () => {
    const region = regionWith({}, {});
    await run(MACHINE, region, { mode: 'repair' });
    await rollBack(MACHINE, region, { run: RUN }, 'two', endAt('after Roll back - modify'));
    const third = await rollBack(MACHINE, region, { run: RUN }, 'three');
    expect(outputOf(third).outcomes).toEqual({ 'taken back': 2 });
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });

  test.each<[string, number, string | undefined]>([
    ['some days after its last wave is gone on with', 6 * DAY, undefined], ['weeks after its last wave is not', 15 * DAY, 'PlanTooOld'],
  ])('%s, whatever the age of its plan is', async (_, later, error) => {
    const machine = deployedOf({ waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.days(4) });
    const region = regionWith(...instances(3));
    await run(machine, region, { mode: 'repair' }, 'one', endAt('Watch', 6));
    expect(optionsOf(region)).toEqual(['required 1', 'required 1', 'optional 1']);
    await region.clock.until(region.clock.sleep(later));

    expect((await run(machine, region, { mode: 'repair', run: RUN }, 'two')).error).toBe(error);
    expect(optionsOf(region)[2]).toBe(error === undefined ? 'required 1' : 'optional 1');
  });
});

describe('a lock', () => {
  const DENIED = new StatesError('Sfn.SfnException', 'not authorized to perform: states:DescribeExecution');

  test.each<[string, number, boolean]>([['an hour', HOUR, false], ['a day', 25 * HOUR, true]])(
    'of an execution that cannot be described, held for %s, is taken over only after a day', async (_, age, isTaken) => {
      const region = regionWith({});
      region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:of-another-name' }, at: { S: new Date(region.clock.now - age).toISOString() } });
      region.fault = ({ name }) => name === 'sfn:describeExecution' ? DENIED : undefined;
      const { error } = await run(MACHINE, region, { mode: 'repair' });
      expect(error).toBe(isTaken ? undefined : 'RepairRunning');
      expect(optionsOf(region)).toEqual([isTaken ? 'required 1' : 'optional 1']);
    });
});

describe('a run that was rolled back', () => {
  test('cannot be continued', async () => {
    const region = regionWith({});
    await run(MACHINE, region, { mode: 'repair' });
    await rollBack(MACHINE, region, { run: RUN }, 'two');
    const { error, cause } = await run(MACHINE, region, { mode: 'repair', run: RUN }, 'three');
    expect({ error, cause }).toEqual({ error: 'RunIsOver', cause: `the run ${RUN} has ended, was stopped or was rolled back: start a new one` });
    expect(optionsOf(region)).toEqual(['optional 1']);
  });

  test('during a wave ends with its current page', async () => {
    const region = regionWith(...instances(250));
    const isChanging = async () => { while (changesIn(region).length < 5) { await region.clock.sleep(1000); } };
    const back = async () => {
      await isChanging();
      return startRollback(MACHINE, region, { run: RUN }, 'two');
    };
    const [first, second] = await region.clock.until(start(MACHINE, region, { mode: 'repair' }, 'one'), back());
    expect([first.error, second.status]).toEqual(['Stopped', 'SUCCEEDED']);
    expect(outputOf(second).outcomes).toEqual({ 'taken back': 100, 'not reached': 150 });
    expect(optionsOf(region).filter(each => each !== 'optional 1')).toEqual([]);
    expect(reportIn(region).filter(each => each !== 'taken back')).toEqual([]);
  });
});

test.each([1, 3, 20])('at most %s calls of EC2 are made within a second, however fast they are', async callsPerSecond => {
  const region = regionWith({ tags: { 'aws:autoscaling:groupName': 'web' } }, { tokens: 'required' }, ...instances(69));
  region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } });
  region.templates.set('lt-1 1', { ImageId: 'ami-1' });
  region.latency = () => 0;
  const machine = deployedOf({ callsPerSecond, waves: RepairWaves.canary(7), waitBetweenWaves: Duration.minutes(15) });
  const first = await run(machine, region, { mode: 'repair' });
  await rollBack(machine, region, { run: outputOf(first).run }, 'two');
  expect(changesIn(region)).toHaveLength(140);
  expect(mostWithinSecond(region.made.filter(({ name }) => name.startsWith('ec2:')))).toBeLessThanOrEqual(callsPerSecond);
});

/** The most calls within a second. */
function mostWithinSecond(calls: readonly Made[]): number {
  return Math.max(...calls.map(({ at }) => calls.filter(other => other.at > at - 1000 && other.at <= at).length));
}
