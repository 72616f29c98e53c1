import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import type { Run } from './executions';
import { run, start } from './executions';
import type { FakeRegion } from './fake-region';
import { DAY, HOUR } from './fake-region';
import { changesIn, idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const IN_WAVES = { waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.minutes(15) };
const found = (...indexes: number[]) => ({ mode: 'repair', found: indexes.map(idOf) });
const SCHEDULED = { mode: 'repair', unattended: true };
const THROTTLED = new StatesError('Ec2.Ec2Exception', 'Request limit exceeded');
const outcomeOf = ({ output }: Run) => (output as { outcome: string }).outcome;
const plansIn = (region: FakeRegion) => [...region.objects.keys()].filter(key => key.endsWith('/plan.json'));
const findingsIn = (region: FakeRegion) => [...region.objects.keys()].filter(key => key.includes('/findings/'));
const wavesIn = (region: FakeRegion) => region.json<{ waves: { instances: number }[] }>('plan.json').waves.map(({ instances }) => instances);

const startsIn = (region: FakeRegion) => region.made.filter(({ name }) => name === 'sfn:startExecution').length;

async function after<Result>(region: FakeRegion, milliseconds: number, act: () => Promise<Result>): Promise<Result> {
  await region.clock.sleep(milliseconds);
  return act();
}

describe('a finding of AWS Config', () => {
  test('within some minutes of others is one run with them, in waves', async () => {
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

  test('during a run is part of the next run', async () => {
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

  test('is not lost if its run fails before its plan; neither are later findings', async () => {
    const region = regionWith({}, {});
    const mended = region.clock.now + HOUR / 2;
    region.fault = ({ name }) => name === 'ec2:describeInstances' && region.clock.now < mended ? THROTTLED : undefined;

    const [first, second] = await region.clock.until(start(deployedOf(QUICK), region, found(0), 'one'), after(region, 320_000, () => start(deployedOf(QUICK), region, found(1), 'later')));

    expect([first.error, outcomeOf(second)]).toEqual(['PlanFailed', 'joined']);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
    expect(findingsIn(region)).toEqual([]);
  });

  test.each(['ec2:describeInstanceStatus', 'ecs:listClusters', 's3:putObject'])('is repaired later if %s fails for some time', async broken => {
    const region = regionWith({}, {});
    const [from, until] = [region.clock.now + 10_000, region.clock.now + HOUR / 2];
    region.fault = ({ name, at }) => name === broken && at >= from && at < until ? THROTTLED : undefined;
    const deployed = deployedOf({ ...QUICK, selection: RepairSelection.all() });

    const [{ error, cause }] = await region.clock.until(start(deployed, region, found(0), 'one'), after(region, 5_000, () => start(deployed, region, SCHEDULED, 'schedule')));

    expect({ error, cause }).toEqual({ error: 'CallFailed', cause: expect.stringMatching(/^[A-Z][\w -]+: Ec2.Ec2Exception: Request limit exceeded/) });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
    expect([...region.items.keys()]).not.toContain('turn');
  });

  test('is stored as soon as S3 accepts it', async () => {
    const region = regionWith({});
    const until = region.clock.now + HOUR;
    region.fault = ({ name, at }) => name === 's3:putObject' && at < until ? THROTTLED : undefined;
    expect(outcomeOf(await run(deployedOf(QUICK), region, found(0)))).toBe('done');
    expect(optionsOf(region)).toEqual(['required 1']);
  });

  test('is retried five times if each run fails, and then waits for another finding', async () => {
    const region = regionWith({});
    region.fault = ({ name }) => name === 'ec2:describeInstances' ? THROTTLED : undefined;
    const begun = region.clock.now;
    await run(deployedOf(QUICK), region, found(0));
    expect(startsIn(region)).toBe(5);
    expect((region.clock.now - begun) / HOUR).toBeCloseTo(31, 0);
    expect(findingsIn(region)).toHaveLength(1);

    region.fault = () => undefined;
    await run(deployedOf(QUICK), region, found(), 'again');
    expect(optionsOf(region)).toEqual(['required 1']);
  });

  test.each([RepairReaction.STOP, RepairReaction.ROLL_BACK_ALL])('during a run with refused calls and %s waits for the end of the pause', async onRejectedCalls => {
    const region = regionWith({ speaksV1: true }, {});
    const deployed = deployedOf({ ...QUICK, onRejectedCalls });
    const begun = region.clock.now;
    const before = after(region, 6 * DAY, async () => Promise.resolve(optionsOf(region)[1]));
    const runs = [start(deployed, region, found(0), 'one'), after(region, HOUR / 4, () => start(deployed, region, found(1), 'later'))];

    const [tokens, { error }] = await region.clock.until<string | Run>(before, ...runs) as [string, Run];

    expect([tokens, error]).toEqual(['optional 1', 'RejectedCalls']);
    expect(optionsOf(region)[1]).toBe('required 1');
    expect((region.clock.now - begun) / DAY).toBeCloseTo(7, 0);
  });

  test('that is repeated counts once', async () => {
    const region = regionWith({});
    await region.clock.until(start(deployedOf(QUICK), region, found(0), 'one'), start(deployedOf(QUICK), region, found(0), 'two'));
    expect(region.json('plan.json')).toMatchObject({ instances: 1 });
  });

  test('is repaired with all findings of the rule, if these are selected', async () => {
    const region = regionWith({}, {}, {});
    region.findings.push(idOf(0), idOf(1));
    await run(deployedOf({ ...QUICK, selection: RepairSelection.configFindings('rule') }), region, found(2));
    expect(optionsOf(region)).toEqual(['required 1', 'required 1', 'optional 1']);
    expect(findingsIn(region)).toEqual([]);
  });

  test('of an instance that is not selected is not repaired', async () => {
    const region = regionWith({ tags: { Env: 'test' } });
    await run(deployedOf({ ...QUICK, selection: RepairSelection.tags({ Env: ['prod'] }) }), region, found(0));
    expect(optionsOf(region)).toEqual(['optional 1']);
  });

  test('of hundreds is processed page by page', async () => {
    const region = regionWith(...Array.from({ length: 130 }, () => ({})));
    const { output } = await run(deployedOf(QUICK), region, found(...Array.from({ length: 130 }, (_, index) => index)));
    expect(output).toMatchObject({ outcomes: { repaired: 130 } });
  });

  test('that cannot be deleted ends the run before a change', async () => {
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

describe('a scheduled run', () => {
  test.each<[string, number[], string[]]>([['findings', [0], ['done', 'joined']], ['all', [], ['done', 'joined']]])(
    'joins a run of %s that is in progress', async (_, indexes, outcomes) => {
      const region = regionWith({}, {}, {});
      const first = start(deployedOf(IN_WAVES), region, indexes.length > 0 ? found(...indexes) : SCHEDULED, 'one');
      const runs = await region.clock.until(first, after(region, HOUR / 4, () => start(deployedOf(IN_WAVES), region, SCHEDULED, 'schedule')));
      expect(runs.map(outcomeOf)).toEqual(outcomes);
      expect(plansIn(region)).toHaveLength(2);
      expect(optionsOf(region)).toEqual(['required 1', 'required 1', 'required 1']);
      expect(findingsIn(region)).toEqual([]);
    });

  test('includes findings', async () => {
    const region = regionWith({}, {});
    const runs = [start(deployedOf(QUICK), region, found(0), 'one'), after(region, 60_000, () => start(deployedOf(QUICK), region, SCHEDULED, 'schedule'))];
    expect((await region.clock.until(...runs)).map(outcomeOf)).toEqual(['done', 'joined']);
    expect(plansIn(region)).toHaveLength(1);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });
});

describe('the turn of an interrupted execution', () => {
  test('is taken over', async () => {
    const region = regionWith({});
    region.items.set('turn', { id: { S: 'turn' }, holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'ABORTED');
    expect(outcomeOf(await run(deployedOf(QUICK), region, SCHEDULED))).toBe('done');
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

  test.each<[string, object]>([['by the schedule', SCHEDULED], ['as a remediation', found(1)]])(
    'a run that starts %s waits for the end of the pause', async (_, input) => {
      const region = await stopped();
      const before = after(region, 6 * DAY, async () => Promise.resolve(optionsOf(region)));
      const runs = Array.from({ length: 3 }, (__, n) => after(region, n * DAY, () => start(deployedOf(QUICK), region, input, `f${n}`)));

      const [options, ...ended] = await region.clock.until<unknown>(before, ...runs);

      expect(options).toEqual(['required 1', 'optional 1']);
      const because = expect.stringMatching(/^the run \S+-stopped ended \(IMDSv1 calls were refused\): no run starts automatically before 2026-12-07T/) as string;
      expect((ended as Run[]).map(({ output }) => output)).toEqual(Array(3).fill(expect.objectContaining({ outcome: 'paused', because })));
      expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
      expect(startsIn(region)).toBe(1);
      expect([...region.items.keys()]).toEqual(expect.not.arrayContaining(['turn', 'wait']));
    });

  test('a run that somebody starts is not delayed', async () => {
    const region = await stopped();
    await run(deployedOf(QUICK), region, { mode: 'repair' });
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('a scheduled plan is not delayed', async () => {
    const { output } = await run(deployedOf(QUICK), await stopped(), { mode: 'plan' });
    expect(output).toMatchObject({ ready: 1 });
  });

  test('runs start automatically again after the pause', async () => {
    const region = await stopped();
    await region.clock.until(region.clock.sleep(7 * DAY));
    await run(deployedOf(QUICK), region, SCHEDULED);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('runs start automatically again if somebody ends the pause, with the findings in the meantime', async () => {
    const region = await stopped();
    const resumed = after(region, HOUR, () => start(deployedOf(QUICK), region, { mode: 'resume' }, 'resumed'));
    const later = after(region, DAY, async () => Promise.resolve(optionsOf(region)));

    const [, { output }, options] = await region.clock.until<unknown>(start(deployedOf(QUICK), region, found(1), 'held'), resumed, later) as [Run, Run, string[]];

    expect(output).toMatchObject({ outcome: 'done' });
    expect(options).toEqual(['required 1', 'required 1']);
  });

  test('there is no pause if it is turned off', async () => {
    const region = await stopped({ pauseAfterStop: Duration.days(0) });
    await run(deployedOf(QUICK), region, SCHEDULED);
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });
});

test.each<[string, object, RegExp]>([
  ['names of no instances', { mode: 'repair', found: ['web'] }, /^found must be instance ids, got /],
  ['a plan of findings', { found: [idOf(0)] }, /^found and unattended must be given with the mode repair, got plan$/],
  ['a run', { mode: 'repair', unattended: true, run: 'a' }, /^run and instanceIds must not be given for automatic runs, got /],
  ['instances to resume', { mode: 'resume', instanceIds: [idOf(0)] }, /^run and instanceIds must not be given for automatic runs, got /],
  ['a number of attempts that it never makes', { mode: 'repair', found: [], attempt: 6 }, /^attempt must be 0 to 5, with found, got /],
  ['an attempt by the schedule', { mode: 'repair', unattended: true, attempt: 1 }, /^attempt must be 0 to 5, with found, got /],
  ['a text for a switch', { mode: 'repair', unattended: 'true' }, /^unattended must be true or false, got true$/],
])('an input with %s is rejected', async (_, input, because) => {
  const { error, cause } = await run(deployedOf(), regionWith({}), input);
  expect({ error, cause }).toEqual({ error: 'BadRequest', cause: expect.stringMatching(because) });
});
