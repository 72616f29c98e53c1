import { Duration } from 'aws-cdk-lib';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import type { Run } from './executions';
import { run, start } from './executions';
import type { FakeRegion } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const IN_WAVES = { waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.minutes(15) };
const found = (...indexes: number[]) => ({ mode: 'repair', found: indexes.map(idOf) });
const outcomeOf = ({ output }: Run) => (output as { outcome: string }).outcome;
const plansIn = (region: FakeRegion) => [...region.objects.keys()].filter(key => key.endsWith('/plan.json'));
const findingsIn = (region: FakeRegion) => [...region.objects.keys()].filter(key => key.includes('/findings/'));
const wavesIn = (region: FakeRegion) => region.json<{ waves: { instances: number }[] }>('plan.json').waves.map(({ instances }) => instances);

describe('what AWS Config finds', () => {
  test('within some minutes is one run, in waves', async () => {
    const region = regionWith(...Array.from({ length: 12 }, () => ({})));
    const starts = Array.from({ length: 10 }, async (_, index) => {
      await region.clock.sleep(index * 20_000);
      return start(deployedOf(IN_WAVES), region, found(index), `f${index}`);
    });

    const runs = await region.clock.until(...starts);

    expect(runs.map(outcomeOf).sort()).toEqual(['done', ...Array<string>(9).fill('joined')]);
    expect(plansIn(region)).toHaveLength(1);
    expect(wavesIn(region)).toEqual([1, 4, 5]);
    expect(changesIn(region)).toHaveLength(10);
    expect(optionsOf(region).slice(10)).toEqual(['optional 1', 'optional 1']);
    expect(findingsIn(region)).toEqual([]);
  });

  test('while a run is at work is the next run', async () => {
    const region = regionWith({}, {});
    const later = async () => {
      await region.clock.sleep(HOUR / 4);
      return start(deployedOf(IN_WAVES), region, found(1), 'later');
    };

    const runs = await region.clock.until(start(deployedOf(IN_WAVES), region, found(0), 'one'), later());

    expect(runs.map(outcomeOf)).toEqual(['done', 'joined']);
    expect(plansIn(region)).toHaveLength(2);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('twice counts once', async () => {
    const region = regionWith({});
    await region.clock.until(start(deployedOf(QUICK), region, found(0), 'one'), start(deployedOf(QUICK), region, found(0), 'two'));
    expect(region.json('plan.json')).toMatchObject({ instances: 1 });
  });

  test('is taken by all that the rule finds, where that is the selection', async () => {
    const region = regionWith({}, {}, {});
    region.findings.push(idOf(0), idOf(1));
    await run(deployedOf({ ...QUICK, selection: RepairSelection.configFindings('rule') }), region, found(2));
    expect(optionsOf(region)).toEqual(['required 1', 'required 1', 'optional 1']);
    expect(findingsIn(region)).toEqual([]);
  });

  test('stays where it is not selected', async () => {
    const region = regionWith({ tags: { Env: 'test' } });
    await run(deployedOf({ ...QUICK, selection: RepairSelection.tags({ Env: ['prod'] }) }), region, found(0));
    expect(optionsOf(region)).toEqual(['optional 1']);
  });

  test('by hundreds is gone through page by page', async () => {
    const region = regionWith(...Array.from({ length: 130 }, () => ({})));
    const { output } = await run(deployedOf(QUICK), region, found(...Array.from({ length: 130 }, (_, index) => index)));
    expect(output).toMatchObject({ outcomes: { repaired: 130 } });
  });

  test('and cannot be deleted ends the run before anything is changed', async () => {
    const region = regionWith({});
    const { integration } = region;
    Object.assign(region, {
      integration: async (name: string, args: never) => name.endsWith(':deleteObjects') ? { Errors: [{ Code: 'AccessDenied' }] } : integration(name, args),
    });
    const { error } = await run(deployedOf(QUICK), region, found(0));
    expect(error).toBe('FindingsStay');
    expect(optionsOf(region)).toEqual(['optional 1']);
  });
});

describe('the turn of an execution that was cut off', () => {
  test('is taken over', async () => {
    const region = regionWith({});
    region.items.set('turn', { id: { S: 'turn' }, holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'ABORTED');
    expect(outcomeOf(await run(deployedOf(QUICK), region, { mode: 'repair', unattended: true }))).toBe('done');
    expect([...region.items.keys()]).not.toContain('turn');
  });
});

describe('after too many calls were refused', () => {
  async function stopped(props = {}): Promise<FakeRegion> {
    const region = regionWith({ speaksV1: true }, {});
    const { error } = await run(deployedOf({ ...IN_WAVES, ...props }), region, { mode: 'repair' }, 'stopped');
    expect(error).toBe('RejectedCalls');
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
    return region;
  }

  test.each<[string, object]>([['by the schedule', { mode: 'repair', unattended: true }], ['as a remediation', found(1)]])(
    'no run begins %s, and it says why', async (_, input) => {
      const region = await stopped();
      const { output } = await run(deployedOf(QUICK), region, input);
      expect(output).toMatchObject({
        outcome: 'paused', because: expect.stringMatching(/^the run \S+-stopped was stopped, since calls of IMDSv1 were refused: no run begins by itself before 2026-12-07T/),
      });
      expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
    });

  test('a run that somebody starts is not held', async () => {
    const region = await stopped();
    await run(deployedOf(QUICK), region, { mode: 'repair' });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('a schedule plans all the same', async () => {
    const { output } = await run(deployedOf(QUICK), await stopped(), { mode: 'plan' });
    expect(output).toMatchObject({ ready: 1 });
  });

  test('runs begin by themselves again when the pause is over', async () => {
    const region = await stopped();
    await region.clock.until(region.clock.sleep(7 * DAY));
    await run(deployedOf(QUICK), region, { mode: 'repair', unattended: true });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('or when somebody lifts it, which takes up what was found meanwhile', async () => {
    const region = await stopped();
    await run(deployedOf(QUICK), region, found(1), 'held');
    expect(findingsIn(region)).toHaveLength(1);

    expect(outcomeOf(await run(deployedOf(QUICK), region, { mode: 'resume' }, 'resumed'))).toBe('done');

    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('there is no pause where none is wanted', async () => {
    const region = await stopped({ pauseAfterStop: Duration.days(0) });
    await run(deployedOf(QUICK), region, { mode: 'repair', unattended: true });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });
});

test.each<[string, object, RegExp]>([
  ['names of no instances', { mode: 'repair', found: ['web'] }, /^found must be ids of instances, got /],
  ['a plan of findings', { found: [idOf(0)] }, /^found and unattended are for the mode repair, got plan$/],
  ['a run', { mode: 'repair', unattended: true, run: 'a' }, /^run and instanceIds are for runs that somebody starts, got /],
  ['instances to resume', { mode: 'resume', instanceIds: [idOf(0)] }, /^run and instanceIds are for runs that somebody starts, got /],
  ['a text for a switch', { mode: 'repair', unattended: 'true' }, /^unattended must be true or false, got true$/],
])('an input with %s is refused', async (_, input, because) => {
  const { error, cause } = await run(deployedOf(), regionWith({}), input);
  expect({ error, cause }).toEqual({ error: 'BadRequest', cause: expect.stringMatching(because) });
});
