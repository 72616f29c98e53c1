import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { Aborted } from '../../harness/states-language/interpreter';
import type { Run } from './executions';
import { run, start } from './executions';
import type { FakeRegion } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, idOf, optionsOf, QUICK, regionWith, reportIn } from './regions';
import { deployedOf } from './runs';

const IN_WAVES = { waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.hours(4) };
const MACHINE = deployedOf(IN_WAVES);
const RUN = '20261130T080000Z-one';

async function stopAfter(region: FakeRegion, milliseconds: number, machine = MACHINE): Promise<Run> {
  await region.clock.sleep(milliseconds);
  return start(machine, region, { mode: 'stop', run: RUN }, 'stop');
}

describe('a run that somebody stops', () => {
  test('starts no further wave, keeps its changes, and reports this', async () => {
    const region = regionWith({}, {}, {});
    const [first, { output }] = await region.clock.until(start(MACHINE, region, { mode: 'repair' }, 'one'), stopAfter(region, HOUR));
    expect(first.error).toBe('Stopped');
    expect(output).toMatchObject({ run: RUN, mode: 'stop', outcome: 'done', because: expect.stringMatching(/^it starts no more waves/) });
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1', 'optional 1']);
    expect(reportIn(region)).toEqual(['repaired', 'not reached', 'not reached']);
    expect((await run(MACHINE, region, { mode: 'repair', run: RUN }, 'again')).error).toBe('RunIsOver');
  });

  test('is watched to the end, and refused calls cause a rollback', async () => {
    const machine = deployedOf({ ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_ALL });
    const region = regionWith({}, {});
    const refuse = region.clock.sleep(2 * HOUR).then(() => { region.instances.get(idOf(0))!.speaksV1 = true; });
    const [first] = await region.clock.until<Run | void>(start(machine, region, { mode: 'repair' }, 'one'), stopAfter(region, HOUR, machine), refuse) as [Run];
    expect(first.error).toBe('RejectedCalls');
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });

  test('during a wave ends it with the current page, and is watched', async () => {
    const machine = deployedOf(QUICK);
    const region = regionWith(...Array.from({ length: 250 }, () => ({})));
    const isChanging = async () => { while (changesIn(region).length < 5) { await region.clock.sleep(1000); } };
    const [first] = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), isChanging().then(async () => stopAfter(region, 0, machine)));
    expect(first).toMatchObject({ error: 'Stopped', cause: expect.stringMatching(/^the run was stopped: s3:/) });
    expect(optionsOf(region).filter(each => each === 'required 1')).toHaveLength(100);
    expect(reportIn(region).filter(each => each !== 'repaired')).toEqual([]);
  });

  test.each<[string, number, number]>([['within a wave', 150, 0], ['between waves', 2, 10 * 60_000]])(
    'ends as Unwatched if CloudWatch returns no metrics of its instances after the stop: %s', async (_, count, later) => {
      const machine = deployedOf({ ...QUICK, waitBetweenWaves: Duration.hours(1) });
      const region = regionWith(...Array.from({ length: count }, () => ({})));
      const isChanging = async () => { while (changesIn(region).length < 2) { await region.clock.sleep(1000); } };
      const blind = async () => {
        await isChanging();
        const ended = await stopAfter(region, later, machine);
        const isOver = () => !region.items.has('lock');
        while (!isOver()) { await region.clock.sleep(1000); }
        region.metricsOf = result => [{ ...result, StatusCode: 'InternalError', Values: [], Timestamps: [] }] as never;
        return ended;
      };
      const [{ error, cause }] = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), blind());
      expect({ error, cause }).toEqual({ error: 'Unwatched', cause: expect.stringMatching(/^CloudWatch did not return the refused IMDSv1 calls of \d+ instances: the run was stopped, and nothing watches them: if in doubt, roll back/) });
    });

  test('before its plan changes nothing', async () => {
    const region = regionWith(...Array.from({ length: 250 }, () => ({})));
    const [first] = await region.clock.until(start(MACHINE, region, { mode: 'repair' }, 'one'), stopAfter(region, 10_000));
    expect(region.made.find(({ name, args }) => name === 's3:putObject' && JSON.stringify(args).includes('/plan.json'))!.at - region.made[0].at).toBeGreaterThan(10_000);
    expect(first.error).toBe('Stopped');
    expect(changesIn(region)).toEqual([]);
  });

  test('delays automatic runs until the pause is over', async () => {
    const region = regionWith({}, {});
    await region.clock.until(start(MACHINE, region, { mode: 'repair', unattended: true }, 'one'), stopAfter(region, HOUR));
    const nearlyOver = region.clock.sleep(6 * DAY).then(() => optionsOf(region));
    const [{ output }, options] = await region.clock.until<unknown>(start(MACHINE, region, { mode: 'repair', unattended: true }, 'schedule'), nearlyOver) as [Run, string[]];
    expect(output).toMatchObject({ outcome: 'paused', because: expect.stringMatching(/ended \(somebody stopped it\)/) });
    expect(options).toEqual(['required 1', 'optional 1']);
  });

  test('while it waits for the lock ends at once, and has neither the lock nor the turn', async () => {
    const machine = deployedOf({ ...IN_WAVES, waitBetweenWaves: Duration.days(7) });
    const region = regionWith({}, {});
    region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'RUNNING');
    const free = region.clock.sleep(2 * HOUR).then(() => { region.items.delete('lock'); });
    const begun = region.clock.now;
    const [{ error }] = await region.clock.until<Run | void>(start(machine, region, { mode: 'repair' }, 'one'), stopAfter(region, HOUR, machine), free) as [Run];
    expect(error).toBe('Stopped');
    expect(region.clock.now - begun).toBeLessThan(3 * HOUR);
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
    expect([...region.items.keys()]).not.toContain('lock');
  });

  test('that has changed nothing yet has this in the result', async () => {
    const region = regionWith({});
    await run(MACHINE, region);
    const { output } = await run(MACHINE, region, { mode: 'stop', run: RUN }, 'stop');
    expect(output).toMatchObject({ outcome: 'done', because: 'it starts no waves, and has changed nothing' });
  });

  test.each<[string, string | undefined, RegExp]>([
    ['was ended', 'ABORTED', /^it starts no more waves and keeps what it repaired\. Its execution has ended, so nothing watches the repaired instances: if in doubt, roll back$/],
    ['is forgotten', undefined, /Its execution has ended, so nothing watches/],
    ['runs', 'RUNNING', /^it starts no more waves and keeps what it repaired: its execution watches the repaired instances$/],
  ])('whose execution %s has the watcher in the result', async (_, status, because) => {
    const region = regionWith({}, {}, {});
    await run(MACHINE, region, { mode: 'repair' }, 'one', where => { if (where === 'Watch') { throw new Aborted(); } });
    const arn = [...region.executions.keys()].find(each => each.endsWith(':one'))!;
    if (status === undefined) { region.executions.delete(arn); } else { region.executions.set(arn, status); }
    expect((await run(MACHINE, region, { mode: 'stop', run: RUN }, 'stop')).output).toMatchObject({ outcome: 'done', because: expect.stringMatching(because) });
  });

  test('whose execution cannot be described is still stopped', async () => {
    const region = regionWith({}, {}, {});
    await run(MACHINE, region, { mode: 'repair' }, 'one', where => { if (where === 'Watch') { throw new Aborted(); } });
    region.fault = ({ name }) => name === 'sfn:describeExecution' ? new StatesError('Sfn.SfnException', 'Rate exceeded') : undefined;
    expect((await run(MACHINE, region, { mode: 'stop', run: RUN }, 'stop')).output).toMatchObject({ because: expect.stringMatching(/its execution, if it still runs, watches/) });
  });

  test('that is already over stays as it is', async () => {
    const region = regionWith({});
    await run(MACHINE, region, { mode: 'repair' });
    const { output } = await run(MACHINE, region, { mode: 'stop', run: RUN }, 'stop');
    expect(output).toMatchObject({ outcome: 'done', because: 'it had already ended' });
    expect([...region.items.keys()]).not.toContain('pause');
  });

  test('that does not exist is reported', async () => {
    const { error, cause } = await run(MACHINE, regionWith({}), { mode: 'stop', run: RUN });
    expect({ error, cause }).toEqual({ error: 'NoSuchRun', cause: `there is no run ${RUN}` });
  });

  test.each<[string, object]>([['no run', { mode: 'stop' }], ['instances', { mode: 'stop', run: RUN, instanceIds: [idOf(0)] }]])('with %s is rejected', async (_, input) => {
    expect(await run(MACHINE, regionWith({}), input)).toMatchObject({ error: 'BadRequest', cause: expect.stringMatching(/^stop takes only the run to stop, got /) });
  });
});
