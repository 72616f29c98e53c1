import { STACK_ID } from '../harness/cloudformation';
import { inAccount, MAIN, type Stack } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpTokensEnforced: 'enabled' };
const TWO = { 'eu-west-1': {}, 'us-east-1': {} };

let printed: jest.SpyInstance;
beforeEach(() => { printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => { printed.mockRestore(); });

/** The metrics in the log, as CloudWatch reads them. */
function metrics(): readonly { readonly [name: string]: unknown }[] {
  return printed.mock.calls.map(([line]) => JSON.parse(line as string) as { readonly [name: string]: unknown });
}

function detailsIn({ ec2 }: Stack): unknown[] {
  return ec2.events.map(({ Detail }) => JSON.parse(Detail) as unknown);
}

describe('a check', () => {
  test('reports that nothing drifted only in a metric', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: ENFORCED });
    await stack.look();
    expect(metrics()).toEqual([expect.objectContaining({ FunctionName: 'cdk-imdsv2-function', DriftedDefaults: 0, UnreadRegions: 0 })]);
    expect(stack.ec2.callsOf('PutEvents')).toEqual([]);
  }));

  test('publishes metrics in the form that CloudWatch reads from a log, with one dimension', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: ENFORCED });
    await stack.look();
    expect(metrics()[0]._aws).toEqual({
      Timestamp: expect.any(Number) as number,
      CloudWatchMetrics: [{
        Namespace: 'cdk-imdsv2',
        Dimensions: [['FunctionName']],
        Metrics: [{ Name: 'DriftedDefaults', Unit: 'Count' }, { Name: 'UnreadRegions', Unit: 'Count' }],
      }],
    });
  }));

  test.each([[false, 'optional'], [true, 'required']])('finds a changed value, and corrects it on request: %s', (repairs, HttpTokens) =>
    inAccount(TWO, async stack => {
      await stack.create({ Defaults: ENFORCED });
      stack.ec2.regions['us-east-1'].defaults = { ...ENFORCED, HttpTokens: 'optional', HttpPutResponseHopLimit: '3' };
      await stack.look(repairs);
      expect(stack.defaultsOf('us-east-1').HttpTokens).toBe(HttpTokens);
      expect(detailsIn(stack)).toEqual([
        { region: 'us-east-1', field: 'HttpTokens', found: 'optional', wanted: 'required', stronger: false, repaired: repairs },
        { region: 'us-east-1', field: 'HttpPutResponseHopLimit', found: '3', wanted: '2', stronger: false, repaired: repairs },
      ]);
      expect(stack.ec2.events[0]).toMatchObject({ Source: 'cdk-imdsv2', DetailType: 'IMDS Account Default Drift' });
      expect(metrics()).toEqual([expect.objectContaining({ DriftedDefaults: 2, UnreadRegions: 0 })]);
    }));

  test('includes a Region that was enabled later, which a deletion does not reset', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED });
    Object.assign(stack.ec2.regions, { 'ap-east-1': { defaults: {} } });
    await stack.look(true);
    expect(detailsIn(stack)).toEqual([{ region: 'ap-east-1', field: 'HttpTokens', found: 'no-preference', wanted: 'required', stronger: false, repaired: true }]);
    await stack.remove();
    expect([stack.defaultsOf('ap-east-1'), stack.defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test('is limited to the named Regions', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED, Regions: ['eu-west-1'] });
    await stack.look(true);
    expect(detailsIn(stack)).toEqual([]);
    expect(stack.defaultsOf('us-east-1')).toEqual({});
  }));

  test('corrects a value of the resource, so that a deletion resets it', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: ENFORCED });
    stack.ec2.regions['us-east-1'].defaults = {};
    await stack.look(true);
    expect(stack.defaultsOf('us-east-1')).toEqual(ENFORCED);
    await stack.remove();
    expect(stack.defaultsOf('us-east-1')).toEqual({});
  }));

  test('writes nothing the second time, and reports no drift', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: ENFORCED });
    stack.ec2.regions['us-east-1'].defaults = {};
    await stack.look(true);
    const [writes, events] = [stack.ec2.writesIn('us-east-1').length, stack.ec2.events.length];
    await stack.look(true);
    expect([stack.ec2.writesIn('us-east-1').length, stack.ec2.events.length]).toEqual([writes, events]);
  }));

  test('of all Regions continues if one is denied, or does not respond', () => inAccount({ ...TWO, 'us-west-2': {}, 'eu-north-1': {} }, async stack => {
    await stack.create({ Defaults: REQUIRED });
    Object.values(stack.ec2.regions).forEach(region => { region.defaults = {}; });
    stack.ec2.failWith({ region: 'us-east-1', action: 'GetInstanceMetadataDefaults', code: 'UnauthorizedOperation' });
    stack.ec2.failWith({ region: 'us-west-2', action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' });
    await stack.look(true);
    const seen = { field: 'HttpTokens', found: 'no-preference', wanted: 'required', stronger: false };
    expect(detailsIn(stack)).toHaveLength(3);
    expect(detailsIn(stack)).toEqual(expect.arrayContaining([
      { region: 'eu-west-1', ...seen, repaired: true }, { region: 'us-west-2', ...seen, repaired: false }, { region: 'eu-north-1', ...seen, repaired: true },
    ]));
    expect(metrics()).toEqual([expect.objectContaining({ DriftedDefaults: 3, UnreadRegions: 1 })]);
  }));

  test('ends in time if a Region does not respond', () => inAccount(TWO, async ({ create, cloudFormation, ec2, invoke, defaultsOf }) => {
    await create({ Defaults: REQUIRED });
    ec2.regions['eu-west-1'].defaults = {};
    ec2.neverAnswerIn('us-east-1');
    cloudFormation.configure();
    Object.assign(process.env, { IMDS_REPAIRS: 'true', IMDS_STACK: STACK_ID });
    await invoke({ source: 'aws.events' }, 61_500);
    expect(metrics()).toEqual([expect.objectContaining({ DriftedDefaults: 1, UnreadRegions: 1 })]);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('does not change what a declarative policy controls, and reports it', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED });
    Object.assign(stack.ec2.regions['us-east-1'], { defaults: { HttpTokens: 'optional' }, policy: {} });
    await stack.look(true);
    expect(detailsIn(stack)).toEqual([{ region: 'us-east-1', field: 'HttpTokens', found: 'optional', wanted: 'required', stronger: false, repaired: false }]);
    expect(stack.ec2.writesIn('us-east-1')).toHaveLength(1);
  }));

  test('counts one unread Region if the Regions cannot be listed', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED });
    stack.ec2.failWith({ action: 'DescribeRegions', code: 'UnauthorizedOperation' });
    await stack.look(true);
    expect(metrics()).toEqual([expect.objectContaining({ DriftedDefaults: 0, UnreadRegions: 1 })]);
  }));

  test('makes nothing weaker; a stronger value is reported as such', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpEndpoint: 'enabled' } });
    stack.ec2.regions['us-east-1'].defaults = { HttpTokens: 'optional', HttpPutResponseHopLimit: '1', HttpEndpoint: 'disabled' };
    await stack.look(true);
    expect(stack.defaultsOf('us-east-1')).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: '1', HttpEndpoint: 'disabled' });
    expect(detailsIn(stack)).toEqual([
      { region: 'us-east-1', field: 'HttpTokens', found: 'optional', wanted: 'required', stronger: false, repaired: true },
      { region: 'us-east-1', field: 'HttpPutResponseHopLimit', found: '1', wanted: '2', stronger: true, repaired: false },
      { region: 'us-east-1', field: 'HttpEndpoint', found: 'disabled', wanted: 'enabled', stronger: true, repaired: false },
    ]);
  }));

  test.each([
    ['no Region that is named is enabled', ['ap-east-1'], 1, 0],
    ['a name is unknown', ['eu-wst-1', 'us-east-1'], 1, 1],
    ['a Region is not enabled beside another one', ['ap-east-1', 'us-east-1'], 0, 1],
  ])('counts unread Regions if %s', (_, Regions, UnreadRegions, DriftedDefaults) =>
    inAccount({ ...TWO, 'ap-east-1': { off: true } }, async stack => {
      stack.cloudFormation.updateFunction(MAIN, { Defaults: REQUIRED, Regions });
      await stack.look();
      expect(metrics()).toEqual([expect.objectContaining({ DriftedDefaults, UnreadRegions })]);
    }));

  test('reports for each default whether it was corrected', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: ENFORCED });
    stack.ec2.regions['us-east-1'].defaults = {};
    const when = ({ parameters }: { readonly parameters: object }) => 'HttpTokensEnforced' in parameters;
    stack.ec2.failWith({ action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation', when });
    await stack.look(true);
    const repaired = (detailsIn(stack) as Record<string, unknown>[]).map(each => [each.field, each.repaired]);
    expect(repaired).toEqual([
      ['HttpTokens', true], ['HttpPutResponseHopLimit', true], ['HttpTokensEnforced', false],
    ]);
  }));

  test.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'])('corrects nothing while the stack is %s, and reports it', status => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED });
    stack.ec2.regions['us-east-1'].defaults = {};
    stack.cloudFormation.status = status;
    await stack.look(true);
    expect(stack.defaultsOf('us-east-1')).toEqual({});
    expect(detailsIn(stack)).toEqual([{ region: 'us-east-1', field: 'HttpTokens', found: 'no-preference', wanted: 'required', stronger: false, repaired: false }]);
  }));

  test('corrects nothing if CloudFormation does not respond', () => inAccount(TWO, async stack => {
    await stack.create({ Defaults: REQUIRED });
    stack.ec2.regions['us-east-1'].defaults = {};
    stack.ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
    await stack.look(true);
    expect(stack.defaultsOf('us-east-1')).toEqual({});
    expect(stack.ec2.events).toHaveLength(1);
  }));

  test('sends many events, ten at a time, and again if some are not accepted', () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`eu-west-${index + 1}`, {}]));
    return inAccount(many, async stack => {
      await stack.create({ Defaults: ENFORCED });
      Object.values(stack.ec2.regions).forEach(region => { region.defaults = {}; });
      stack.ec2.refusedEvents = 2;
      await stack.look();
      expect(stack.ec2.events).toHaveLength(21);
      expect(stack.ec2.callsOf('PutEvents')).toHaveLength(5);
    });
  });
});

test('an unrelated event starts nothing', () => inAccount(TWO, async ({ invoke, ec2 }) => {
  await invoke({ source: 'aws.ec2' });
  expect(ec2.calls).toEqual([]);
  expect(printed).not.toHaveBeenCalled();
}));
