import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import { VirtualClock } from '../../harness/states-language/virtual-clock';
import type { Run } from './executions';
import { rollBack, run, start } from './executions';
import type { FakeInstance, Made } from './fake-region';
import { DAY, fakeInstance, FakeRegion, HOUR } from './fake-region';
import { deployedOf, stackOf } from './runs';

const MODIFY = 'ec2:modifyInstanceMetadataOptions';
const IN_WAVES = { waves: RepairWaves.canary(1, [50]), waitBetweenWaves: Duration.minutes(15) };
const DENIED = new StatesError('Ec2.Ec2Exception', 'You are not authorized to perform this operation. (Service: Ec2, Status Code: 403)');

const idOf = (index: number) => `i-${index.toString(16).padStart(8, '0')}`;

function regionWith(...settings: Partial<FakeInstance>[]): FakeRegion {
  const region = new FakeRegion(new VirtualClock());
  region.add(...settings.map((each, index) => fakeInstance(idOf(index), region.clock.now, each)));
  return region;
}

const tokensIn = (region: FakeRegion) => [...region.instances.values()].map(({ tokens }) => tokens);
const isOf = (region: FakeRegion) => region.json<{ is: string; because: string }[]>('plan/00000.json').map(({ is }) => is);
const outcomesIn = (region: FakeRegion) => region.json<{ outcome: string }[]>('report/00000.json').map(({ outcome }) => outcome);
const asksForRefused = ({ name, args }: Made) => name === 'cloudwatch:getMetricData' && JSON.stringify(args).includes('"r0"') && !JSON.stringify(args).includes('"c0"');
const repair = (region: FakeRegion, props: Partial<ImdsRepairProps> = IN_WAVES) => run(deployedOf(props), region, { mode: 'repair' });

describe('a watch', () => {
  test.each([
    ['returns an internal error', (result: { Id: string }) => [{ ...result, StatusCode: 'InternalError', Timestamps: [], Values: [] }]],
    ['has nothing', (result: { Id: string }) => [{ ...result, Timestamps: [], Values: [] }]],
  ])('without data, because CloudWatch %s, ends the run before the next wave', async (_, resultOf) => {
    const region = regionWith({ speaksV1: true }, { speaksV1: true }, { speaksV1: true });
    region.metricsOf = result => result.Id.startsWith('r') && tokensIn(region).includes('required') ? resultOf(result) as never : [result];

    const { status, error } = await repair(region);

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Unwatched' });
    expect(tokensIn(region)).toEqual(['required', 'optional', 'optional']);
    expect(region.json('report.json')).toMatchObject({ outcome: 'Unwatched', unseen: 1 });
  });

  test('without data about a later wave ends the run there, whatever the data about the first wave is', async () => {
    const region = regionWith(...Array.from({ length: 6 }, () => ({})));
    const { integration } = region;
    type Metrics = { readonly MetricDataResults: object[] };
    const isSeen = (query: unknown) => JSON.stringify(query).includes('"c') || JSON.stringify(query).includes(idOf(0));
    Object.assign(region, {
      integration: async (name: string, args: { readonly MetricDataQueries: object[] }) => {
        const answer = await integration(name, args as never);
        if (!name.endsWith(':getMetricData')) { return answer; }
        const results = (answer as Metrics).MetricDataResults;
        return { MetricDataResults: results.map((each, n) => isSeen(args.MetricDataQueries[n]) ? each : { ...each, Values: [], Timestamps: [] }) };
      },
    });

    const { error, cause } = await repair(region);

    expect({ error, cause }).toEqual({ error: 'Unwatched', cause: expect.stringMatching(/^CloudWatch did not return the refused IMDSv1 calls of 2 instances/) });
    expect(tokensIn(region).filter(each => each === 'required')).toHaveLength(3);
  });

  test.each<[string, (region: FakeRegion) => void]>([
    ['could not be read', region => { region.fault = made => asksForRefused(made) ? new StatesError('CloudWatch.CloudWatchException', 'Rate exceeded') : undefined; }],
    ['had nothing', region => { region.metricsOf = result => result.Id.startsWith('r') && tokensIn(region).includes('required') ? [] : [result]; }],
  ])('for which CloudWatch %s delays automatic runs', async (_, breaks) => {
    const region = regionWith({ speaksV1: true }, { speaksV1: true }, { speaksV1: true });
    breaks(region);
    await run(deployedOf(IN_WAVES), region, { mode: 'repair', unattended: true });
    await region.clock.until(region.clock.sleep(DAY));

    const nearlyOver = region.clock.sleep(5 * DAY).then(() => tokensIn(region));
    const [{ output }, tokens] = await region.clock.until<unknown>(start(deployedOf(IN_WAVES), region, { mode: 'repair', unattended: true }, 'next'), nearlyOver) as [Run, string[]];

    expect(output).toMatchObject({ outcome: 'paused', because: expect.stringMatching(/ended \(some instances were not watched to the end\)/) });
    expect(tokens).toEqual(['required', 'optional', 'optional']);
  });

  test('that fails ends the run with a report', async () => {
    const region = regionWith({}, {});
    region.fault = made => asksForRefused(made) ? new StatesError('CloudWatch.CloudWatchException', 'Rate exceeded') : undefined;

    const { error } = await repair(region, { ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_ALL });

    expect(error).toBe('WatchFailed');
    expect(outcomesIn(region)).toEqual(['repaired', 'not reached']);
  });

  test('that never starts, because calls fail after an interrupted wave, delays automatic runs', async () => {
    const region = regionWith(...Array.from({ length: 150 }, () => ({})));
    let [cut, until] = [false, 0];
    region.fault = ({ name, args, at }) => {
      if (!cut && name === 's3:getObject' && JSON.stringify(args).includes('/plan/00001') && tokensIn(region).includes('required')) { [cut, until] = [true, at + 7 * 60_000]; }
      return cut && at < until && (name.startsWith('dynamodb:') || JSON.stringify(args).includes('/plan/00001')) ? new StatesError('Other.OtherException', 'Service Unavailable') : undefined;
    };

    const { error } = await run(deployedOf({ ...IN_WAVES, waves: RepairWaves.atOnce() }), region, { mode: 'repair', unattended: true });

    expect(error).toBe('WaveFailed');
    expect(tokensIn(region)).toContain('required');
    expect(region.items.get('pause')).toMatchObject({ because: { S: 'some instances were not watched to the end' } });
  });

  test('covers the instances of an interrupted wave', async () => {
    const region = regionWith({ speaksV1: true }, {});
    let writes = 0;
    region.fault = ({ name, args }) => name === 's3:putObject' && JSON.stringify(args).includes('repaired') && ++writes > 0 && writes < 20
      ? new StatesError('S3.S3Exception', 'Service Unavailable') : undefined;
    await repair(region, { waves: RepairWaves.atOnce(), waitBetweenWaves: Duration.minutes(15) });

    expect(region.made.some(asksForRefused) || outcomesIn(region).includes('unconfirmed')).toBe(true);
  });
});

describe('an input', () => {
  test.each<[string, unknown]>([
    ['an empty list of instances', { mode: 'repair', instanceIds: [] }],
    ['a name that it does not know', { mode: 'repair', instanceIDs: [idOf(0)] }],
    ['a list', [{ mode: 'repair' }]],
    ['a text for a switch', { mode: 'repair', unconfirmed: 'true' }],
    ['null for instances', { mode: 'repair', instanceIds: null }],
  ])('with %s is rejected', async (_, input) => {
    const region = regionWith({}, {});

    const { error } = await run(deployedOf(IN_WAVES), region, input as never);

    expect(error).toBe('BadRequest');
    expect(tokensIn(region)).toEqual(['optional', 'optional']);
  });

  test('cannot name an instance without a finding of the rule', async () => {
    const region = regionWith({}, {});
    region.findings.push(idOf(0));

    await run(deployedOf({ ...IN_WAVES, selection: RepairSelection.configFindings('rule') }), region, { mode: 'repair', instanceIds: [idOf(0), idOf(1)] });

    expect(tokensIn(region)).toEqual(['required', 'optional']);
  });
});

describe('descriptions that are too long together', () => {
  const tooLong = ({ name, args }: Made) => {
    const [filter] = (args as unknown as { Filters?: { Values: string[] }[] }).Filters ?? [];
    return name === 'ec2:describeInstances' && filter!.Values.length > 1 ? new StatesError('States.DataLimitExceeded', 'too long') : undefined;
  };

  test('are read one after the other', async () => {
    const region = regionWith({}, {}, {});
    region.fault = tooLong;
    const { status, output } = await repair(region);
    expect(status).toBe('SUCCEEDED');
    expect(tokensIn(region)).toEqual(['required', 'required', 'required']);

    const back = await rollBack(deployedOf(IN_WAVES), region, { run: (output as { run: string }).run }, 'back');

    expect(back.status).toBe('SUCCEEDED');
    expect(tokensIn(region)).toEqual(['optional', 'optional', 'optional']);
  });
});

describe('a rollback', () => {
  async function turnedOver(): Promise<{ readonly region: FakeRegion; readonly input: object }> {
    const region = regionWith({}, {});
    const { output } = await repair(region);
    return { region, input: { run: (output as { run: string }).run } };
  }

  test.each<[string, object, RegExp]>([
    ['an instance that is not in the run', { instanceIds: ['i-0123456789abcdef0'] }, /^the run did not change these instances, or already rolled them back, or they are unconfirmed and need unconfirmed: true: i-0123456789abcdef0: s3:/],
    ['those that refused calls, where none did', { refusing: true }, /^no instance that is still to be rolled back has refused calls: name the instances in instanceIds, or add unconfirmed: true for unconfirmed ones: s3:/],
  ])('of %s fails with a message', async (_, narrowed, cause) => {
    const { region, input } = await turnedOver();

    const back = await rollBack(deployedOf(IN_WAVES), region, { ...input, ...narrowed }, 'back');

    expect(back).toMatchObject({ status: 'FAILED', error: 'NothingTakenBack', cause: expect.stringMatching(cause) });
    expect(tokensIn(region)).toEqual(['required', 'required']);
  });

  test('of instances with refused calls includes those whose calls were refused after the watch', async () => {
    const { region, input } = await turnedOver();
    await region.clock.until(region.clock.sleep(3 * HOUR));
    region.instances.get(idOf(1))!.speaksV1 = true;

    const back = await rollBack(deployedOf(IN_WAVES), region, { ...input, refusing: true }, 'back');

    expect(back.status).toBe('SUCCEEDED');
    expect(tokensIn(region)).toEqual(['required', 'optional']);
    expect(region.json<{ refused?: number }[]>('report/00000.json').map(({ refused }) => refused)).toEqual([undefined, expect.any(Number)]);
  });

  test.each<[string, (region: FakeRegion) => void]>([
    ['fails', region => { region.fault = made => asksForRefused(made) ? new StatesError('CloudWatch.CloudWatchException', 'Rate exceeded') : undefined; }],
    ['answers in part', region => { region.metricsOf = result => [{ ...result, StatusCode: 'PartialData' }]; }],
  ])('of instances with refused calls, for which CloudWatch %s, includes the known ones, and reports this', async (_, breaks) => {
    const region = regionWith({ speaksV1: true }, {});
    await repair(region, { waves: RepairWaves.atOnce(), waitBetweenWaves: Duration.minutes(15) });
    breaks(region);

    const back = await rollBack(deployedOf(IN_WAVES), region, { run: '20261130T080000Z-one', refusing: true }, 'back');

    expect(back).toMatchObject({ error: 'Incomplete', cause: expect.stringMatching(/^CloudWatch did not return the refused calls of 2 instances: these were not rolled back/) });
    expect(tokensIn(region)).toEqual(['optional', 'required']);
  });

  test('that rolls nothing back fails', async () => {
    const { region, input } = await turnedOver();
    region.fault = ({ name }) => name === MODIFY ? DENIED : undefined;

    const { status, error } = await rollBack(deployedOf(IN_WAVES), region, input, 'back');

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Incomplete' });
    expect(outcomesIn(region)).toEqual(['not taken back', 'not taken back']);
  });

  test('of a dry run keeps its plan, which can still be used', async () => {
    const region = regionWith({}, {});
    const { output } = await run(deployedOf(IN_WAVES), region);
    const { run: name } = output as { run: string };

    const { error } = await rollBack(deployedOf(IN_WAVES), region, { run: name });
    expect([...region.items.keys()]).toEqual([]);
    const { status } = await run(deployedOf(IN_WAVES), region, { mode: 'repair', run: name }, 'later');

    expect({ error, status }).toEqual({ error: 'NothingToTakeBack', status: 'SUCCEEDED' });
  });

  test('of a run that does not exist stores nothing permanently', async () => {
    const { region, input } = await turnedOver();
    const before = [...region.items.keys()];
    await rollBack(deployedOf(IN_WAVES), region, { run: 'nope' }, 'never');
    expect([...region.items.keys()]).toEqual(before);

    await rollBack(deployedOf(IN_WAVES), region, input);

    const [{ expires }] = [...region.items.values()].filter(({ id }) => id.S.startsWith('stopped')) as unknown as { expires: { N: string } }[];
    expect((Number(expires.N) * 1000 - region.clock.now) / DAY).toBeCloseTo(400, 0);
  });

  test('later rolls back instances that EC2 did not describe at first', async () => {
    const { region, input } = await turnedOver();
    region.instances.get(idOf(1))!.forgotten = true;
    await rollBack(deployedOf(IN_WAVES), region, input, 'back');
    expect(outcomesIn(region)).toEqual(['taken back', 'gone']);
    region.instances.get(idOf(1))!.forgotten = false;

    await rollBack(deployedOf(IN_WAVES), region, input, 'again');

    expect(tokensIn(region)).toEqual(['optional', 'optional']);
  });
});

describe('a failed call', () => {
  /** Fails with an error of EC2, after it took effect. */
  function regionThatSays(problem: string): FakeRegion {
    const region = regionWith({ speaksV1: true });
    region.fault = ({ name, args }) => {
      if (name !== MODIFY || (args as unknown as { HttpTokens: string }).HttpTokens !== 'required') { return undefined; }
      const [instance] = region.instances.values();
      Object.assign(instance, { tokens: 'required', turnedAt: instance.turnedAt ?? region.clock.now });
      return new StatesError('Ec2.Ec2Exception', problem);
    };
    return region;
  }

  test('that took effect is rolled back, too', async () => {
    const region = regionThatSays('Service Unavailable (Service: Ec2, Status Code: 503)');
    const { error } = await repair(region, { ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_REFUSING });
    expect(error).toBe('RejectedCalls');
    expect(tokensIn(region)).toEqual(['optional']);
  });

  test('without permission had no effect, so another principal required IMDSv2', async () => {
    const region = regionThatSays(DENIED.cause);
    await repair(region, { ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_REFUSING });
    expect(tokensIn(region)).toEqual(['required']);
    expect(outcomesIn(region)).toEqual(['unconfirmed']);
  });
});

describe('a list', () => {
  function answering(region: FakeRegion, action: string, answer: (call: number) => object): FakeRegion {
    const { integration } = region;
    let calls = 0;
    const changed = async (name: string, args: never): Promise<unknown> => {
      const usual = await integration(name, args);
      return name.endsWith(`:${action}`) ? answer(calls++) : usual;
    };
    return Object.assign(region, { integration: changed });
  }

  test.each<[string, object]>([
    ['describeInstanceStatus', { InstanceStatuses: [], NextToken: 'more' }], ['listClusters', { ClusterArns: [], NextToken: 'more' }],
  ])('of %s without an end fails the run with a message', async (action, page) => {
    const region = answering(regionWith({}), action, () => page);
    const { error, cause } = await repair(region);
    expect({ error, cause }).toEqual({ error: 'EndlessList', cause: expect.stringMatching(/^AWS still returned a next page after (1200|200) pages of instances or clusters/) });
    expect(tokensIn(region)).toEqual(['optional']);
    const at = region.made.filter(({ name }) => name.endsWith(`:${action}`)).map(call => call.at);
    expect(at.slice(1).every((each, index) => each - at[index] >= 1000)).toBe(true);
  });

  test('with an instance on two pages has one entry for it', async () => {
    const both = [{ InstanceId: idOf(0) }, { InstanceId: idOf(1) }];
    const pages = [{ InstanceStatuses: both, NextToken: 'more' }, { InstanceStatuses: [both[1], { InstanceId: idOf(2) }] }];
    const region = answering(regionWith({}, {}, {}), 'describeInstanceStatus', call => pages[call]);
    const { output } = await repair(region, { waves: RepairWaves.atOnce(), waitBetweenWaves: Duration.minutes(15) });
    expect(output).toMatchObject({ instances: 3, outcomes: { repaired: 3 } });
  });
});

test('an instance that was stopped after the plan is not changed, and is not in the first wave', async () => {
  const region = regionWith({}, {});
  const { output } = await run(deployedOf(IN_WAVES), region);
  region.instances.get(idOf(0))!.state = 'stopped';
  await run(deployedOf(IN_WAVES), region, { mode: 'repair', run: (output as { run: string }).run }, 'later');
  expect(outcomesIn(region)).toEqual(['unknown', 'repaired']);
  expect(tokensIn(region)).toEqual(['optional', 'required']);
});

describe('an automatic rollback', () => {
  const REACTING = { ...IN_WAVES, onRejectedCalls: RepairReaction.ROLL_BACK_ALL };
  const startsIn = (region: FakeRegion) => region.made.filter(({ name }) => name === 'sfn:startExecution').map(({ args }) => args as unknown as { Input: string });

  test('is of the run with refused calls only', async () => {
    const region = regionWith({}, { speaksV1: true });
    const former = await run(deployedOf(IN_WAVES), region, { mode: 'repair', instanceIds: [idOf(0)] });

    const { error, cause } = await run(deployedOf(REACTING), region, { mode: 'repair' }, 'two');

    expect(error).toBe('RejectedCalls');
    expect(cause).toMatch(/^\d+ IMDSv1 calls were refused \(maxRejectedCalls is 0\): the execution arn:\S+ rolls them back /);
    expect(startsIn(region).map(({ Input }) => JSON.parse(Input) as object)).toEqual([{ run: expect.stringMatching(/-two$/), refusing: false, automatic: true }]);
    expect((former.output as { run: string }).run).toMatch(/-one$/);
    expect(tokensIn(region)).toEqual(['required', 'optional']);
    expect(region.json('two/report.json')).toEqual(expect.objectContaining({
      mode: 'rollback', outcome: 'done', because: expect.stringMatching(/^\d+ IMDSv1 calls were refused \(maxRejectedCalls is 0\)$/), outcomes: { 'taken back': 1, 'required': 1 },
    }));
    expect(Object.keys(region.json('two/report.json'))).not.toContain('unseen');
    expect(region.json<object[]>('two/report/00000.json')[1]).toMatchObject({ id: idOf(1), outcome: 'taken back', refused: expect.any(Number) });
  });

  test('does not exist with the reaction to stop', async () => {
    const region = regionWith({ speaksV1: true });
    const { error } = await repair(region);
    expect(error).toBe('RejectedCalls');
    expect(startsIn(region)).toEqual([]);
  });

  test('that could not be started is reported', async () => {
    const region = regionWith({ speaksV1: true });
    region.fault = ({ name }) => name === 'sfn:startExecution' ? new StatesError('Sfn.SfnException', 'is not authorized to perform: states:StartExecution') : undefined;
    const { error, cause } = await repair(region, REACTING);
    expect({ error, cause }).toEqual({ error: 'RejectedCalls', cause: expect.stringContaining(', and the rollback could not be started') });
    expect(outcomesIn(region)).toEqual(['repaired']);
  });
});

describe('too little data', () => {
  const now = new VirtualClock().now;
  const today = Math.floor(now / DAY) * DAY;
  const daysBack = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => today - (to + index) * DAY);

  test.each<[string, Partial<FakeInstance>]>([
    ['a gap of nearly all days, and a start an hour ago', { launched: now - HOUR, gaps: daysBack(13, 1) }],
    ['one hour two weeks ago, and a start today', { launched: now - HOUR, published: now - 60 * DAY, gaps: daysBack(60, 1).filter(day => day !== today - 14 * DAY) }],
  ])('such as %s does not make an instance ready', async (_, settings) => {
    const region = regionWith(settings);

    await run(deployedOf(IN_WAVES), region);

    expect(isOf(region)).toEqual(['missing data']);
  });

  test('since the plan prevents the change of an instance', async () => {
    const region = regionWith({});
    const { output } = await run(deployedOf(IN_WAVES), region);
    region.metricsOf = result => [{ ...result, Timestamps: [], Values: [] }] as never;

    await run(deployedOf(IN_WAVES), region, { mode: 'repair', run: (output as { run: string }).run }, 'later');

    expect(outcomesIn(region)).toEqual(['unknown']);
    expect(tokensIn(region)).toEqual(['optional']);
  });

  test('an old plan cannot be used', async () => {
    const region = regionWith({});
    const { output } = await run(deployedOf(IN_WAVES), region);
    await region.clock.until(region.clock.sleep(8 * DAY));

    const { error } = await run(deployedOf(IN_WAVES), region, { mode: 'repair', run: (output as { run: string }).run }, 'later');

    expect(error).toBe('PlanTooOld');
    expect(tokensIn(region)).toEqual(['optional']);
  });
});

describe('a problem of optional data', () => {
  test('stops no run: an unreadable template, and a deleted cluster', async () => {
    const region = regionWith({ tags: { 'aws:autoscaling:groupName': 'web' } });
    region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/gone', ['i-other']);
    region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } });
    region.templates.set('lt-1 1', { ImageId: 'ami-1' });
    region.fault = ({ name }) => name === 'ec2:describeLaunchTemplateVersions' ? DENIED
      : name === 'ecs:listContainerInstances' ? new StatesError('Ecs.ClusterNotFoundException', 'Cluster not found.') : undefined;

    const { status } = await repair(region);

    expect(status).toBe('SUCCEEDED');
    expect(tokensIn(region)).toEqual(['required']);
    expect(region.json('plan.json')).toMatchObject({ repairFirst: ['Auto Scaling group web'] });
  });
});

test('an execution that waits for another one without success reports what it did', async () => {
  const region = regionWith({}, {});
  region.beside = ({ name }) => {
    if (name !== MODIFY) { return; }
    region.items.set('lock', { id: { S: 'lock' }, holder: { S: 'another' } });
    region.executions.set('another', 'RUNNING');
  };

  const { error } = await repair(region);

  expect(error).toBe('RepairRunning');
  expect(outcomesIn(region)).toEqual(['repaired', 'not reached']);
});

test.each(['MetadataOptions', 'LaunchTime'])("an instance whose %s is missing in EC2's response is unknown, and not changed", async missing => {
  const region = regionWith({ tags: { 'eks:cluster-name': 'shop' } });
  const answer = region.integration;
  const leaveOut = (key: string, value: unknown) => key === missing ? undefined : value;
  const without = async (name: string, args: never): Promise<unknown> =>
    JSON.parse(JSON.stringify(await answer(name, args) ?? null, leaveOut)) as unknown;
  Object.assign(region, { integration: without });

  await repair(region);

  expect(isOf(region)).toEqual(['unknown']);
  expect(tokensIn(region)).toEqual(['optional']);
});

describe('a selection', () => {
  test.each<[string, () => RepairSelection, RegExp]>([
    ['names that no policy has room for', () => RepairSelection.autoScalingGroups(Array.from({ length: 200 }, (_, index) => `${'x'.repeat(100)}${index}`)), /5000 characters at most in all/],
    ['keys with values that no policy has room for together', () => RepairSelection.tags({ a: ['x'.repeat(3000)], b: ['x'.repeat(3000)] }), /^tags must have 5000 characters at most in all, .* got 6002$/],
    ['values that are longer in a policy', () => RepairSelection.tags({ a: ['${'.repeat(2000)] }), /^tags must have 5000 characters at most in all, .* got 10001$/],
    ['keys that differ in case alone', () => RepairSelection.tags({ Env: ['a'], env: ['b'] }), /^tags must have keys that differ in more than case/],
    ['a key that is empty', () => RepairSelection.tags({ '': ['a'] }), /^tags must have keys that are texts, got \[""\]$/],
    ['a key that would be run', () => RepairSelection.tags({ '{% $config %}': ['a'] }), /^tags must have keys that are texts/],
    ['a rule without a name', () => RepairSelection.configFindings(''), /^configRuleName must be the name of a rule, 128 characters at most, and not its ARN, got ''$/],
    ['the ARN of a rule', () => RepairSelection.configFindings('arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-a1b2c3'), /^configRuleName must be .* not its ARN, got 'arn:aws:config:/],
    ['a name of a rule that is too long', () => RepairSelection.configFindings('x'.repeat(129)), /^configRuleName must be .* 128 characters at most/],
    ['an empty name of a stack', () => RepairSelection.stacks(['']), /^names must be names, got \[""\]$/],
    ['an empty name of a group', () => RepairSelection.autoScalingGroups(['web', '']), /^names must be names, got \["web",""\]$/],
    ['a text for values', () => RepairSelection.tags({ Env: 'prod' as never }), /^tags\.Env must be an array of 200 strings at most, got 'prod'$/],
    ['a token for a text, where a list belongs', () => RepairSelection.autoScalingGroups(Lazy.string({ produce: () => 'web' }) as never), /^names must be an array of 200 strings at most, got/],
    ['a rule that would be run', () => RepairSelection.configFindings('{% $config %}'), /^configRuleName must be the name of a rule/],
  ])('by %s is rejected', (_, select, message) => {
    expect(select).toThrow(message);
  });

  test('by a value that looks like an IAM variable uses the literal value', () => {
    const stack = stackOf({ selection: RepairSelection.tags({ Owner: ['${aws:username}'] }) });
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toContain('"aws:ResourceTag/Owner":["${$}{aws:username}"]');
  });
});

test('a missing schedule is reported', () => {
  expect(() => stackOf({ repairOnSchedule: true })).toThrow('schedule must be given with repairOnSchedule true, got undefined');
});
