import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { StatesError } from '../../harness/states-language/expressions';
import type { Run } from './executions';
import { rollBack, run, start, startRollback } from './executions';
import type { FakeRegion, Made } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, idOf, MODIFY, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const MINUTE = 60_000;
const RUN = '20261130T080000Z-one';
const MACHINE = deployedOf(QUICK);
const REACTING = deployedOf({ ...QUICK, onRejectedCalls: RepairReaction.ROLL_BACK_ALL });
const DOWN = new StatesError('Other.OtherException', 'Service Unavailable');
const instances = (count: number) => Array.from({ length: count }, () => ({}));
const isRollback = ({ args }: Made) => JSON.stringify(args).includes('"optional"');

/** Makes calls fail for some time from the start of the rollback. */
function failLater(region: FakeRegion, which: (made: Made) => boolean, duration: number): void {
  let from = Infinity;
  region.fault = made => {
    if (made.name === 'sfn:startExecution') { from = made.at; }
    return made.at > from && made.at < from + duration && which(made) ? DOWN : undefined;
  };
}

describe('an automatic rollback', () => {
  test.each<[string, (made: Made) => boolean]>([
    ['S3', ({ name }) => name.startsWith('s3:get')], ['the list of S3', ({ name }) => name.startsWith('s3:list')], ['DynamoDB', ({ name }) => name.startsWith('dynamodb:')],
    ['EC2', made => made.name === 'ec2:describeInstances' || made.name === MODIFY && isRollback(made)], ['the report', ({ name, args }) => name === 's3:putObject' && JSON.stringify(args).includes('report.json')],
  ])('is retried for hours if %s fails', async (_, which) => {
    const region = regionWith({ speaksV1: true }, {});
    failLater(region, which, 2 * HOUR);
    const { error } = await run(REACTING, region, { mode: 'repair' });
    expect(error).toBe('RejectedCalls');
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
    expect(region.json('/report.json')).toMatchObject({ mode: 'rollback', outcome: 'done', outcomes: { 'taken back': 2 } });
  });

  test('of instances with refused calls is retried if CloudWatch fails', async () => {
    const region = regionWith({ speaksV1: true }, {});
    failLater(region, ({ name }) => name.startsWith('cloudwatch:'), HOUR);
    await run(deployedOf({ ...QUICK, onRejectedCalls: RepairReaction.ROLL_BACK_REFUSING }), region, { mode: 'repair' });
    expect(region.json('/report.json')).toMatchObject({ mode: 'rollback', outcome: 'done', outcomes: { 'taken back': 1 } });
  });

  test('is not retried if it is denied', async () => {
    const region = regionWith({ speaksV1: true });
    region.fault = made => made.name === MODIFY && isRollback(made) ? new StatesError('Ec2.Ec2Exception', 'You are not authorized to perform this operation.') : undefined;
    const begun = region.clock.now;
    await run(REACTING, region, { mode: 'repair' });
    expect(region.json('/report.json')).toMatchObject({ outcome: 'Incomplete' });
    expect(region.clock.now - begun).toBeLessThan(HOUR / 2);
  });

  test('ends at some time, with a report', async () => {
    const region = regionWith({ speaksV1: true });
    failLater(region, ({ name }) => name.startsWith('s3:'), 100 * DAY);
    const begun = region.clock.now;
    await run(REACTING, region, { mode: 'repair' });
    expect((region.clock.now - begun) / HOUR).toBeGreaterThan(4);
    expect((region.clock.now - begun) / HOUR).toBeLessThan(12);
  });
});

describe('a manual rollback', () => {
  test('with a failed call has an advice', async () => {
    const region = regionWith({}, {});
    await run(MACHINE, region, { mode: 'repair' });
    region.fault = ({ name, args }) => name === 'dynamodb:deleteItem' && JSON.stringify(args).includes('lock') && region.clock.now > 0 ? DOWN : undefined;
    const { error, cause } = await rollBack(MACHINE, region, { run: RUN, instanceIds: [idOf(0)] });
    expect({ error, cause }).toEqual({
      error: 'RollbackFailed', cause: expect.stringMatching(/^Release the lock: Other.OtherException: Service Unavailable: start this rollback again, which does the rest/),
    });
    expect(optionsOf(region)).toEqual(['optional 1', 'required 1']);
    region.fault = () => undefined;
    region.items.delete('lock');
    expect(await rollBack(MACHINE, region, { run: RUN }, 'again')).toMatchObject({ output: { outcomes: { 'taken back': 2 } } });
  });

  test('of named instances that fails for five minutes succeeds', async () => {
    const region = regionWith({}, {});
    await run(MACHINE, region, { mode: 'repair' });
    const until = region.clock.now + 5 * MINUTE;
    region.fault = ({ name, args, at }) => name === 'dynamodb:deleteItem' && JSON.stringify(args).includes('lock') && at < until ? DOWN : undefined;
    expect(await rollBack(MACHINE, region, { run: RUN, instanceIds: [idOf(0)] })).toMatchObject({ status: 'SUCCEEDED' });
  });

  test.each([95, 200, 360])('of a hundred instances queries refused calls %i days later', async days => {
    const region = regionWith(...instances(100));
    await run(MACHINE, region, { mode: 'repair' });
    await region.clock.until(region.clock.sleep(days * DAY));
    region.instances.get(idOf(0))!.speaksV1 = true;
    expect(await rollBack(MACHINE, region, { run: RUN, refusing: true })).toMatchObject({ status: 'SUCCEEDED', output: { outcomes: { 'taken back': 1 } } });
    expect(optionsOf(region).slice(0, 2)).toEqual(['optional 1', 'required 1']);
  });

  test('does not wait for the whole wave of another run, which continues after it', async () => {
    const machine = deployedOf({ ...QUICK, callsPerSecond: 1 });
    const region = regionWith(...instances(450));
    await run(machine, region, { mode: 'repair', instanceIds: [idOf(0)] });
    const begun = region.clock.now;
    const second = start(machine, region, { mode: 'repair' }, 'two');
    const back = region.clock.sleep(10 * MINUTE).then(async () => {
      expect(changesIn(region).length).toBeLessThan(300);
      const ended = await startRollback(machine, region, { run: RUN }, 'back');
      return { ended, at: region.clock.now };
    });

    const [two, { ended, at }] = await region.clock.until<unknown>(second, back) as [Run, { ended: Run; at: number }];

    expect([ended.status, two.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(at - begun).toBeLessThan(20 * MINUTE);
    expect(optionsOf(region)).toEqual(['optional 1', ...Array<string>(449).fill('required 1')]);
    expect(two.output).toMatchObject({ outcome: 'done', outcomes: { repaired: 449, required: 1 } });
  });

  test('that waited longer than a pause prevents automatic runs until another pause is over', async () => {
    const machine = deployedOf({ ...QUICK, pauseAfterStop: Duration.hours(1) });
    const region = regionWith({});
    await run(machine, region, { mode: 'repair' });
    region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'RUNNING');
    const free = region.clock.sleep(3 * HOUR).then(() => { region.items.delete('lock'); });
    await region.clock.until<unknown>(startRollback(machine, region, { run: RUN }, 'back'), free);
    expect(Date.parse(region.items.get('pause')!.until.S)).toBeGreaterThan(region.clock.now + HOUR / 2);
  });
});
