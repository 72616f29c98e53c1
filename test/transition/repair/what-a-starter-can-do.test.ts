import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { Aborted } from '../../harness/states-language/interpreter';
import type { Run } from './executions';
import { rollBack, run, start } from './executions';
import type { FakeRegion } from './fake-region';
import { DAY } from './fake-region';
import type { Entry } from './regions';
import { idOf, MODIFY, optionsOf, outputOf, QUICK, regionWith, reportIn } from './regions';
import { deployedOf } from './runs';

const REACTING = deployedOf({ ...QUICK, onRejectedCalls: RepairReaction.ROLL_BACK_ALL });
const MACHINE = deployedOf(QUICK);

describe('a principal that starts an existing run', () => {
  test('can do nothing with it if it succeeded, whatever is refused since then', async () => {
    const region = regionWith({}, {}, {}, {});
    const first = await run(REACTING, region, { mode: 'repair' });
    await region.clock.until(region.clock.sleep(6 * DAY));
    region.instances.get(idOf(0))!.speaksV1 = true;

    const { error } = await run(REACTING, region, { mode: 'repair', run: outputOf(first).run }, 'two');

    expect(error).toBe('RunIsOver');
    expect(optionsOf(region)).toEqual(Array<string>(4).fill('required 1'));
  });

  test('cannot roll back changes of another execution', async () => {
    const region = regionWith({}, {});
    let left = 1;
    await run(REACTING, region, { mode: 'repair' }, 'one', where => { if (where === 'Watch' && left-- > 0) { throw new Aborted(); } });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
    region.instances.get(idOf(0))!.speaksV1 = true;

    const { error, cause } = await run(REACTING, region, { mode: 'repair', run: '20261130T080000Z-one' }, 'two');

    expect({ error, cause }).toEqual({ error: 'RejectedCalls', cause: expect.stringMatching(/there is no automatic rollback because another execution changed these instances/) });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('cannot cause a rollback by a stop before a repair', async () => {
    const waves = RepairWaves.canary(1, [50]);
    const machine = deployedOf({ waves, waitBetweenWaves: Duration.minutes(15), onRejectedCalls: RepairReaction.ROLL_BACK_ALL });
    const region = regionWith({}, {}, {});
    let left = 1;
    await run(machine, region, { mode: 'repair' }, 'one', where => { if (where === 'Watch' && left-- > 0) { throw new Aborted(); } });
    region.instances.get(idOf(0))!.speaksV1 = true;
    let stopped: Promise<Run> | undefined;
    region.beside = ({ name, args }) => {
      const takesLock = name === 'dynamodb:putItem' && JSON.stringify(args).includes('"lock"');
      if (takesLock) { stopped ??= start(machine, region, { mode: 'stop', run: '20261130T080000Z-one' }, 'stop'); }
    };

    const { error, cause } = await run(machine, region, { mode: 'repair', run: '20261130T080000Z-one' }, 'two');

    expect((await stopped!).status).toBe('SUCCEEDED');
    expect({ error, cause }).toEqual({ error: 'RejectedCalls', cause: expect.stringMatching(/there is no automatic rollback because another execution changed/) });
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1', 'optional 1']);
  });
});

describe('a rollback', () => {
  test('prevents automatic runs from repeating the repair before the pause is over', async () => {
    const region = regionWith({}, {});
    const first = await run(MACHINE, region, { mode: 'repair' });
    await rollBack(MACHINE, region, { run: outputOf(first).run, instanceIds: [idOf(0)] });
    const nearlyOver = region.clock.sleep(6 * DAY).then(() => optionsOf(region));
    const [{ output }, options] = await region.clock.until<unknown>(start(MACHINE, region, { mode: 'repair', unattended: true }, 'schedule'), nearlyOver) as [Run, string[]];
    expect(output).toMatchObject({ outcome: 'paused', because: expect.stringMatching(/ended \(it was rolled back\)/) });
    expect(options).toEqual(['optional 1', 'required 1']);
  });

  test('skips instances that a later run repaired', async () => {
    const region = regionWith({}, {});
    const first = await run(MACHINE, region, { mode: 'repair' });
    Object.assign(region.instances.get(idOf(0))!, { tokens: 'optional', turnedAt: undefined });
    await region.clock.until(region.clock.sleep(20 * DAY));
    const second = await run(MACHINE, region, { mode: 'repair' }, 'two');
    expect(outputOf(second).outcomes).toEqual({ repaired: 1, required: 1 });

    await rollBack(MACHINE, region, { run: outputOf(first).run });

    expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
    expect(entriesOf(region, outputOf(first).run)).toMatchObject([
      { outcome: 'changed since', because: `the run ${outputOf(second).run} has changed it since then, so the rollback skips it` }, { outcome: 'taken back' },
    ]);
    await rollBack(MACHINE, region, { run: outputOf(second).run }, 'back2');
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });

  test('of a redeployed stack skips instances that another run may have repaired, unless they are included', async () => {
    const region = regionWith({}, {});
    const first = await run(MACHINE, region, { mode: 'repair' });
    const request = { run: outputOf(first).run };
    region.items.clear();

    const { error, cause } = await rollBack(MACHINE, region, request);
    expect([error, cause]).toEqual(['Incomplete', expect.stringContaining('unconfirmed: true')]);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
    expect(entriesOf(region, request.run)).toMatchObject([{ outcome: 'unconfirmed', because: expect.stringContaining('table') }, { outcome: 'unconfirmed' }]);

    await rollBack(MACHINE, region, { ...request, unconfirmed: true }, 'back2');
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });

  test('changes nothing if DynamoDB does not return the last run of an instance', async () => {
    const region = regionWith({});
    const first = await run(MACHINE, region, { mode: 'repair' });
    const { integration } = region;
    Object.assign(region, {
      integration: async (name: string, args: never) => name.endsWith('batchGetItem') ? { Responses: {}, UnprocessedKeys: { lock: {} } } : integration(name, args),
    });
    const { error } = await rollBack(MACHINE, region, { run: outputOf(first).run });
    expect(error).toBe('RollbackFailed');
    expect(optionsOf(region)).toEqual(['required 1']);
  });

  test.each<[string, (region: FakeRegion) => void, (region: FakeRegion) => void]>([
    ['EC2 refused it',
      region => { region.fault = ({ name }) => name === MODIFY ? new StatesError('Ec2.Ec2Exception', 'You are not authorized') : undefined; },
      region => { region.fault = () => undefined; }],
    ['EC2 did not describe it',
      region => { region.instances.get(idOf(0))!.forgotten = true; },
      region => { region.instances.get(idOf(0))!.forgotten = false; }],
  ])('skips an unconfirmed instance of an earlier rollback, when %s', async (_, breaks, mends) => {
    const region = regionWith({});
    let left = 1;
    await run(MACHINE, region, { mode: 'repair' }, 'one', where => { if (where === 'after Repair - modify' && left-- > 0) { throw new Aborted(); } });
    const name = '20261130T080000Z-one';
    await run(MACHINE, region, { mode: 'repair', run: name }, 'two');
    expect(reportIn(region)).toEqual(['unconfirmed']);
    breaks(region);
    await rollBack(MACHINE, region, { run: name, unconfirmed: true }, 'back1');
    mends(region);

    await rollBack(MACHINE, region, { run: name }, 'back2');
    expect(optionsOf(region)).toEqual(['required 1']);

    await rollBack(MACHINE, region, { run: name, unconfirmed: true }, 'back3');
    expect(optionsOf(region)).toEqual(['optional 1']);
  });
});

const entriesOf = (region: FakeRegion, name: string) => region.json<Entry[]>(`${name}/report/00000.json`);
