import { Duration } from 'aws-cdk-lib';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { StatesError } from '../../harness/states-language/expressions';
import type { Machine } from '../../harness/states-language/machine';
import type { Run } from './executions';
import { rollBack, run, start, startRollback } from './executions';
import type { FakeInstance, FakeRegion } from './fake-region';
import { DAY, HOUR } from './fake-region';
import type { Entry } from './regions';
import { changesIn, idOf, MODIFY, optionsOf, outputOf, QUICK, regionWith, reportIn } from './regions';
import { deployedOf } from './runs';

async function repaired(region: FakeRegion, machine = deployedOf(QUICK)): Promise<Run> {
  return run(machine, region, { mode: 'repair' });
}

describe('a dry run', () => {
  const today = Date.parse('2026-11-30T00:00:00Z');

  test.each<[string, Partial<FakeInstance>, string, RegExp]>([
    ['a quiet one', {}, 'ready', /^no IMDSv1 call within 14 days, with data for 14$/],
    ['one that was started again and was there before', { launched: today - 2 * DAY - HOUR }, 'ready', /^no IMDSv1 call/],
    ['one that called', { calls: [{ at: today - 3 * DAY, count: 4 }] }, 'in use', /^IMDSv1 was called 4 times within 14 days$/],
    ['one that called before', { calls: [{ at: today - 15 * DAY, count: 4 }] }, 'ready', /./],
    ['one that is new', { launched: today - 3 * DAY, published: today - 3 * DAY }, 'too young', /^there is no data before 2026-11-27: 14 quiet days are required$/],
    ['one whose data has a gap', { gaps: [today - 5 * DAY] }, 'missing data', /^CloudWatch has MetadataNoToken for 13 of 14 days$/],
    ['one without data', { published: Infinity }, 'missing data', /^CloudWatch has MetadataNoToken for 0 of 14 days$/],
    ['one that is stopped', { state: 'stopped' }, 'unknown', /^it is stopped/],
    ['one that requires it', { tokens: 'required' }, 'required', /./],
    ['one with a disabled endpoint', { endpoint: 'disabled' }, 'off', /./],
    ['one that is terminated', { state: 'terminated' }, 'gone', /^it is terminated$/],
    ['one that a service manages', { managed: true }, 'managed', /./],
  ])('has a verdict for %s', async (_, settings, is, because) => {
    const region = regionWith(settings);
    const { status, output } = await run(deployedOf(), region);
    expect(status).toBe('SUCCEEDED');
    expect(region.json<Entry[]>('plan/00000.json')).toEqual([expect.objectContaining({ id: idOf(0), is, because: expect.stringMatching(because) })]);
    expect(output).toMatchObject({ mode: 'plan', instances: 1, verdicts: { [is]: 1 } });
    expect(changesIn(region)).toEqual([]);
  });

  test('has a name without characters that are only valid in names of executions', async () => {
    const { output, error } = await run(deployedOf(), regionWith({}), {}, "weekly.2026+01=a@b'!()");
    expect(error).toBeUndefined();
    expect(output).toMatchObject({ run: expect.stringMatching(/Z-weekly-2026-01-a-b----$/) });
  });

  test('accepts the key that a workflow adds when it starts it', async () => {
    const { output, error } = await run(deployedOf(), regionWith({}), { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-west-1:111122223333:execution:All:1' });
    expect([error, output]).toEqual([undefined, expect.objectContaining({ mode: 'plan', ready: 1 })]);
  });

  test('divides ready instances into waves', async () => {
    const region = regionWith(...Array.from({ length: 230 }, () => ({})));
    const { output } = await run(deployedOf({ waves: RepairWaves.canary(3, [10, 50]) }), region);
    expect(output).toMatchObject({ ready: 230, waves: [3, 20, 92, 115] });
  });

  test.each([
    ['returns partial data', (Id: string) => [{ Id, StatusCode: 'PartialData', Timestamps: [], Values: [] }]],
    ['omits it', () => []],
  ])('does not count it as zeros if CloudWatch %s', async (_, resultsOf) => {
    for (const missing of ['c0', 'r0']) {
      const region = regionWith({});
      region.metricsOf = result => result.Id === missing ? resultsOf(missing) : [result];
      await run(deployedOf(), region);
      expect(region.json<Entry[]>('plan/00000.json')).toMatchObject([{ is: 'unknown' }]);
    }
  });
});

describe('a repair', () => {
  test('requires IMDSv2 on ready instances only', async () => {
    const region = regionWith({}, { calls: [{ at: Date.parse('2026-11-29T00:00:00Z'), count: 1 }] }, { tokens: 'required', hops: 3 }, { state: 'stopped' });
    const ended = await repaired(region);
    expect(ended.status).toBe('SUCCEEDED');
    expect(outputOf(ended).outcomes).toEqual({ 'repaired': 1, 'in use': 1, 'required': 1, 'unknown': 1 });
    expect(changesIn(region)).toEqual([{ InstanceId: idOf(0), HttpTokens: 'required' }]);
  });

  test.each<[string, Partial<FakeInstance>, string]>([
    ['a node of EKS', { tags: { 'kubernetes.io/cluster/shop': 'owned' } }, 'required 2'],
    ['an instance of a capacity provider of ECS', { tags: { 'aws:ecs:clusterName': 'shop' } }, 'required 2'],
    ['an instance of Batch', { tags: { 'aws:autoscaling:groupName': 'AWSBatch-jobs-asg-1' } }, 'required 2'],
    ['a host whose limit is higher', { tags: { 'eks:cluster-name': 'shop' }, hops: 3 }, 'required 3'],
    ['one without containers', { tags: { Name: 'eks' } }, 'required 1'],
  ])('gives %s the needed hop limit, and never a lower one', async (_, settings, options) => {
    const region = regionWith(settings);
    await repaired(region);
    expect(optionsOf(region)).toEqual([options]);
    expect(changesIn(region)).toHaveLength(1);
  });

  test('recognizes instances of an ECS cluster without a tag', async () => {
    const region = regionWith({}, {});
    region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/shop', [idOf(1)]).set('arn:aws:ecs:eu-west-1:111122223333:cluster/fargate', []);
    await repaired(region);
    expect(optionsOf(region)).toEqual(['required 1', 'required 2']);
  });

  test('sets a hop limit of 2 on an instance without a tag that joined a cluster after the plan', async () => {
    const region = regionWith({}, ...Array.from({ length: 24 }, () => ({})));
    region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/shop', []).set('arn:aws:ecs:eu-west-1:111122223333:cluster/other', []);
    const machine = deployedOf({ waves: RepairWaves.canary(1), waitBetweenWaves: Duration.minutes(15) });
    const planned = await run(machine, region);
    region.clusters.get('arn:aws:ecs:eu-west-1:111122223333:cluster/shop')!.push(idOf(0));
    const later = region.clock.sleep(600_000).then(() => region.clusters.get('arn:aws:ecs:eu-west-1:111122223333:cluster/other')!.push(idOf(24)));

    await region.clock.until<unknown>(start(machine, region, { mode: 'repair', run: outputOf(planned).run }, 'two'), later);

    expect(optionsOf(region)).toEqual(['required 2', ...Array<string>(23).fill('required 1'), 'required 2']);
  });

  test('skips an instance that called after the plan', async () => {
    const region = regionWith({}, {});
    const machine = deployedOf({ waves: RepairWaves.canary(1) });
    region.beside = ({ name, at }) => {
      if (name === MODIFY && at > 0) { region.instances.get(idOf(1))!.calls.push({ at, count: 2 }); }
    };
    expect(outputOf(await repaired(region, machine)).outcomes).toEqual({ 'repaired': 1, 'in use': 1 });
  });

  test('records the current options before a change', async () => {
    const region = regionWith({ hops: 1, tags: { 'eks:cluster-name': 'shop' } });
    region.beside = ({ name }) => {
      if (name !== MODIFY) { return; }
      expect(region.json<object>('records/00000.json')).toMatchObject({
        [idOf(0)]: { before: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' }, after: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } },
      });
    };
    await repaired(region);
    expect(changesIn(region)).toHaveLength(1);
  });

  test('stops before the next wave if instances refuse calls', async () => {
    const region = regionWith({}, { speaksV1: true }, {}, {});
    const { status, error } = await repaired(region, deployedOf({ waves: RepairWaves.canary(2), waitBetweenWaves: Duration.minutes(30) }));
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'RejectedCalls' });
    expect(optionsOf(region).slice(0, 2)).toEqual(['required 1', 'required 1']);
    expect(reportIn(region)).toEqual(['repaired', 'repaired', 'not reached', 'not reached']);
  });

  test.each<[RepairReaction, string[]]>([
    [RepairReaction.ROLL_BACK_REFUSING, ['required 1', 'optional 1', 'optional 1']],
    [RepairReaction.ROLL_BACK_ALL, ['optional 1', 'optional 1', 'optional 1']],
  ])('with the reaction %s, rolls back the right instances', async (onRejectedCalls, options) => {
    const region = regionWith({}, { speaksV1: true }, {});
    const { error } = await repaired(region, deployedOf({ waves: RepairWaves.canary(2), waitBetweenWaves: Duration.minutes(30), onRejectedCalls }));
    expect(error).toBe('RejectedCalls');
    expect(optionsOf(region)).toEqual(options);
  });

  test('accepts as many refused calls as configured', async () => {
    const region = regionWith({ speaksV1: true }, {});
    const { status } = await repaired(region, deployedOf({ ...QUICK, maxRejectedCalls: 100 }));
    expect(status).toBe('SUCCEEDED');
  });

  test('retries throttled calls, and reports instances that could not be changed', async () => {
    const region = regionWith({}, {}, {});
    let throttled = 0;
    region.fault = ({ name, args }) => {
      if (name !== MODIFY) { return undefined; }
      const { InstanceId } = args as unknown as { InstanceId: string };
      if (InstanceId === idOf(0) && throttled++ < 3) { return new StatesError('Ec2.Ec2Exception', 'Request limit exceeded. (Service: Ec2, Status Code: 503)'); }
      return InstanceId === idOf(1) ? new StatesError('Ec2.Ec2Exception', 'You are not authorized to perform this operation. (Service: Ec2, Status Code: 403)') : undefined;
    };
    const { status, error } = await repaired(region);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Incomplete' });
    expect(reportIn(region)).toEqual(['repaired', 'failed', 'repaired']);
    expect(region.json<Entry[]>('report/00000.json')[1].because).toMatch(/^You are not authorized/);
  });

  test('stops early if no instance can be changed', async () => {
    const region = regionWith(...Array.from({ length: 60 }, () => ({})));
    region.fault = ({ name }) => name === MODIFY ? new StatesError('Ec2.Ec2Exception', 'You are not authorized (Service: Ec2, Status Code: 403)') : undefined;
    const { error } = await repaired(region);
    expect(error).toBe('WaveFailed');
    expect(new Set(changesIn(region).map(args => (args as { InstanceId: string }).InstanceId)).size).toBe(10);
    expect(reportIn(region).filter(each => each === 'not reached')).toHaveLength(50);
  });

  test('reports an instance that is terminated in the meantime as gone', async () => {
    const region = regionWith({}, {});
    region.beside = ({ name }) => { if (name === MODIFY) { region.instances.get(idOf(1))!.forgotten = true; } };
    expect(outputOf(await repaired(region)).outcomes).toEqual({ repaired: 1, gone: 1 });
  });

  test('of named instances changes no others', async () => {
    const region = regionWith({}, {}, {});
    await run(deployedOf(QUICK), region, { mode: 'repair', instanceIds: [idOf(1), idOf(1)] });
    expect(optionsOf(region)).toEqual(['optional 1', 'required 1', 'optional 1']);
  });
});

describe('a selection', () => {
  const tagged = [{ tags: { Env: 'prod', Team: 'web' } }, { tags: { Env: 'prod', Team: 'data' } }, { tags: { Env: 'test', Team: 'web' } }, {}];

  test.each<[string, RepairSelection, string[]]>([
    ['tags with a value', RepairSelection.tags({ Env: ['prod'] }), ['0', '1']],
    ['tags with several values', RepairSelection.tags({ Env: ['prod', 'test'] }), ['0', '1', '2']],
    ['several tags', RepairSelection.tags({ Env: ['prod'], Team: ['web'] }), ['0']],
    ['a tag of any value', RepairSelection.tags({ Team: [] }), ['0', '1', '2']],
    ['everything', RepairSelection.all(), ['0', '1', '2', '3']],
    ['the findings of a rule', RepairSelection.configFindings('imdsv2'), ['3']],
  ])('by %s', async (_, selection, expected) => {
    const region = regionWith(...tagged);
    region.findings.push(idOf(3));
    await repaired(region, deployedOf({ ...QUICK, selection }));
    expect([...region.instances.values()].flatMap(({ tokens }, index) => tokens === 'required' ? [String(index)] : [])).toEqual(expected);
  });

  test('by Auto Scaling groups and by stacks uses their tags', async () => {
    const region = regionWith({ tags: { 'aws:autoscaling:groupName': 'web' } }, { tags: { 'aws:cloudformation:stack-name': 'shop' } });
    await repaired(region, deployedOf({ ...QUICK, selection: RepairSelection.autoScalingGroups(['web']) }));
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
    await run(deployedOf({ ...QUICK, selection: RepairSelection.stacks(['shop']) }), region, { mode: 'repair' }, 'two');
    expect(optionsOf(region)).toEqual(['required 1', 'required 1']);
  });

  test('applies to named instances, too', async () => {
    const region = regionWith({ tags: { Env: 'test' } });
    await run(deployedOf({ ...QUICK, selection: RepairSelection.tags({ Env: ['prod'] }) }), region, { mode: 'repair', instanceIds: [idOf(0)] });
    expect(reportIn(region)).toEqual(['not selected']);
  });
});

describe('a launcher that would bring IMDSv1 back', () => {
  const ofGroup = { tags: { 'aws:autoscaling:groupName': 'web' } };

  test.each<[string, (region: FakeRegion) => void, string[]]>([
    ['is a group with a template that has optional', region => {
      region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' } });
      region.templates.set('lt-1 $Latest', { MetadataOptions: { HttpTokens: 'optional' } });
    }, ['Auto Scaling group web']],
    ['is a group with a template in an override that has no options', region => {
      region.groups.set('web', {
        AutoScalingGroupName: 'web',
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '2' }, Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-2', Version: '1' } }],
          },
        },
      });
      region.templates.set('lt-1 2', { MetadataOptions: { HttpTokens: 'required' } }).set('lt-2 1', { ImageId: 'ami-1' });
    }, ['Auto Scaling group web']],
    ['is a launch configuration without options', region => {
      region.groups.set('web', { AutoScalingGroupName: 'web', LaunchConfigurationName: 'old' });
      region.configurations.set('old', { LaunchConfigurationName: 'old', ImageId: 'ami-1' });
    }, ['Auto Scaling group web']],
    ['is not a template that requires it', region => {
      region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } });
      region.templates.set('lt-1 1', { MetadataOptions: { HttpTokens: 'required' } });
    }, []],
    ['may be one that cannot be read', region => {
      region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-9', Version: '1' } });
    }, ['Auto Scaling group web']],
  ])('%s', async (_, prepare, expected) => {
    const region = regionWith(ofGroup);
    prepare(region);
    expect((await run(deployedOf(), region)).output).toMatchObject({ repairFirst: expected });
  });

  test('can be one without the setting, because the decider can change', async () => {
    const region = regionWith(ofGroup);
    region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } });
    region.templates.set('lt-1 1', { ImageId: 'ami-1' });
    await run(deployedOf(), region);
    expect(region.json('launchers/Auto%20Scaling%20group%20web.json')).toEqual({
      launcher: 'Auto Scaling group web', brings: 'unknown', because: 'launch template lt-1 version 1 does not set HttpTokens: the account default decides, then the AMI',
    });
  });

  test('is a template that no group launches from', async () => {
    const region = regionWith({ tags: { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:ec2launchtemplate:version': '3' } });
    region.templates.set('lt-1 3', { MetadataOptions: { HttpTokens: 'optional' } });
    expect((await run(deployedOf(), region)).output).toMatchObject({ repairFirst: ['launch template lt-1 version 3'] });
  });
});

describe('a rollback', () => {
  async function rolledBack(region: FakeRegion, more: object = {}, between: () => void = () => undefined): Promise<Run> {
    const machine = deployedOf(QUICK);
    const first = await run(machine, region, { mode: 'repair' });
    between();
    return rollBack(machine, region, { run: outputOf(first).run, ...more }, 'two');
  }

  test('restores the former options, including hop limits', async () => {
    const region = regionWith({}, { hops: 4 }, { tags: { 'eks:cluster-name': 'shop' } }, { tokens: 'required' });
    const ended = await rolledBack(region);
    expect(outputOf(ended).outcomes).toEqual({ 'taken back': 3, 'required': 1 });
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 4', 'optional 1', 'required 1']);
  });

  test('skips an instance that has changed since the run', async () => {
    const region = regionWith({}, {}, {});
    const ended = await rolledBack(region, {}, () => {
      region.instances.get(idOf(0))!.hops = 5;
      region.instances.get(idOf(1))!.state = 'terminated';
    });
    expect(outputOf(ended).outcomes).toEqual({ 'changed since': 1, 'gone': 1, 'taken back': 1 });
    expect(optionsOf(region)).toEqual(['required 5', 'required 1', 'optional 1']);
  });

  test('of named instances skips the others', async () => {
    const region = regionWith({}, {});
    await rolledBack(region, { instanceIds: [idOf(1)] });
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
  });

  test('skips an instance that another run repaired', async () => {
    const region = regionWith({}, {});
    const machine = deployedOf(QUICK);
    await run(machine, region, { mode: 'repair', instanceIds: [idOf(0)] });
    const second = await run(machine, region, { mode: 'repair' }, 'two');
    await rollBack(machine, region, { run: outputOf(second).run }, 'three');
    expect(optionsOf(region)).toEqual(['required 1', 'optional 1']);
  });

  test('ends a run that waits between its waves', async () => {
    const region = regionWith({}, {});
    const machine = deployedOf({ waves: RepairWaves.canary(1), waitBetweenWaves: Duration.hours(2) });
    const back = async () => {
      await region.clock.sleep(HOUR);
      return startRollback(machine, region, { run: '20261130T080000Z-one' }, 'two');
    };
    const [first, second] = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), back());
    expect([first.error, second.status]).toEqual(['Stopped', 'SUCCEEDED']);
    expect(optionsOf(region)).toEqual(['optional 1', 'optional 1']);
  });
});

describe('two executions', () => {
  test('do not change instances at the same time', async () => {
    const region = regionWith(...Array.from({ length: 30 }, () => ({})));
    const machine = deployedOf(QUICK);
    const runs = await region.clock.until(start(machine, region, { mode: 'repair' }, 'one'), start(machine, region, { mode: 'repair' }, 'two'));
    const outcomes = runs.map(each => outputOf(each).outcomes.repaired ?? 0);
    expect(outcomes.sort()).toEqual([0, 30]);
    expect(changesIn(region)).toHaveLength(30);
  });

  test('wait for each other, and take over the lock of one that ended without a release', async () => {
    const region = regionWith({});
    region.items.set('lock', { holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'RUNNING');
    const machine = deployedOf(QUICK);
    const ending = async () => {
      await region.clock.sleep(5 * 60_000);
      expect(optionsOf(region)).toEqual(['optional 1']);
      region.executions.set('arn:other', 'ABORTED');
    };
    await region.clock.until<unknown>(start(machine, region, { mode: 'repair' }, 'one'), ending());
    expect(optionsOf(region)).toEqual(['required 1']);
    expect(region.items.has('lock')).toBe(false);
  });

  test('stop waiting after four hours', async () => {
    const region = regionWith({});
    region.items.set('lock', { holder: { S: 'arn:other' } });
    region.executions.set('arn:other', 'RUNNING');
    const { error, cause } = await repaired(region);
    expect({ error, cause }).toEqual({ error: 'RepairRunning', cause: expect.stringContaining('arn:other') });
  });
});

describe('a request', () => {
  test.each<[string, object, string, RegExp]>([
    ['an unknown mode', { mode: 'fix' }, 'BadRequest', /^mode must be plan, repair, stop or resume, got fix$/],
    ['a rollback', { mode: 'rollback', run: 'a' }, 'BadRequest', /^mode must be plan, repair, stop or resume, got rollback: start the rollback state machine$/],
    ['a plan of a run', { run: 'a' }, 'BadRequest', /^run must not be given with plan, got a$/],
    ['a run with a path', { mode: 'repair', run: '../x' }, 'BadRequest', /^run must be the name of a run, got \.\.\/x$/],
    ['ids that are none', { instanceIds: ['web'] }, 'BadRequest', /^instanceIds must be instance ids/],
    ['ids beside a run', { mode: 'repair', run: 'a', instanceIds: ['i-1'] }, 'BadRequest', /^instanceIds must not be given with a run/],
    ['a run that does not exist', { mode: 'repair', run: 'a' }, 'NoSuchRun', /^there is no plan for the run a$/],
  ])('with %s is rejected', async (_, input, expected, because) => {
    const { status, error, cause } = await run(deployedOf(), regionWith({}), input);
    expect({ status, error, cause }).toEqual({ status: 'FAILED', error: expected, cause: expect.stringMatching(because) });
  });

  test.each<[string, object, string, RegExp]>([
    ['nothing', {}, 'BadRequest', /^run must be the name of a run, got $/],
    ['a mode', { mode: 'repair', run: 'a' }, 'BadRequest', /^the input takes run, instanceIds, unconfirmed, refusing and automatic, got mode, run$/],
    ['a text for a switch', { run: 'a', unconfirmed: 'true' }, 'BadRequest', /^unconfirmed, refusing and automatic must be true or false, got /],
    ['no instance', { run: 'a', instanceIds: [] }, 'BadRequest', /^instanceIds must name an instance, got \[\]$/],
    ['a run that does not exist', { run: 'a' }, 'NoSuchRun', /^there is no plan for the run a$/],
  ])('to roll back with %s is rejected', async (_, input, expected, because) => {
    const { status, error, cause } = await rollBack(deployedOf(), regionWith({}), input);
    expect({ status, error, cause }).toEqual({ status: 'FAILED', error: expected, cause: expect.stringMatching(because) });
  });
});

describe('the definition', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const validate = require('asl-validator') as (machine: Machine) => { readonly isValid: boolean; errorsText(): string };

  test.each<[string, RepairSelection]>([
    ['tags', RepairSelection.tags({ Env: ['prod'] })],
    ['findings', RepairSelection.configFindings('imdsv2')],
    ['everything', RepairSelection.all()],
  ])('by %s is valid', (_, selection) => {
    for (const machine of Object.values(deployedOf({ selection, onRejectedCalls: RepairReaction.ROLL_BACK_ALL }))) {
      const { isValid, errorsText } = validate(machine);
      expect(errorsText()).toBe('');
      expect(isValid).toBe(true);
    }
  });
});
