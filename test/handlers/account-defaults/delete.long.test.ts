import { PHYSICAL_ID } from '../harness/cloudformation';
import { inAccount, MAIN, request } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpTokensEnforced: 'enabled' };

test('resets the defaults, and enforcement first', () => inAccount({ 'eu-west-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  await create({ Defaults: ENFORCED });
  expect((await remove()).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1').slice(3)).toEqual([
    { HttpTokensEnforced: 'no-preference' },
    { HttpTokens: 'no-preference', HttpPutResponseHopLimit: '-1' },
  ]);
  expect(defaultsOf('eu-west-1')).toEqual({});
}));

test('restores the former values, and reports them', () =>
  inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional', HttpPutResponseHopLimit: '1', HttpEndpoint: 'disabled' } } }, async ({ create, remove, defaultsOf }) => {
    await create({ Defaults: { ...ENFORCED, HttpEndpoint: 'enabled' } });
    const { Reason } = await remove();
    expect(Reason).toBe('eu-west-1: undone: HttpTokens is optional, HttpTokensEnforced is no-preference, HttpPutResponseHopLimit is 1, HttpEndpoint is disabled');
    expect(defaultsOf('eu-west-1')).toEqual({ HttpTokens: 'optional', HttpPutResponseHopLimit: '1', HttpEndpoint: 'disabled' });
  }));

test('never resets unchanged values, and resets all changed ones', () =>
  inAccount({ 'eu-west-1': { defaults: REQUIRED }, 'us-east-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
    await create({ Defaults: REQUIRED });
    await remove();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
    expect(defaultsOf('us-east-1')).toEqual({});
  }));

test('does not change other settings and Regions', () =>
  inAccount({ 'eu-west-1': { defaults: { HttpEndpoint: 'enabled' } }, 'us-east-1': { defaults: REQUIRED } }, async ({ create, remove, defaultsOf }) => {
    await create({ Defaults: ENFORCED, Regions: ['eu-west-1'] });
    await remove();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpEndpoint: 'enabled' });
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

test('skips values that somebody else has changed since, and reports them', () => inAccount({ 'eu-west-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  await create({ Defaults: ENFORCED });
  ec2.regions['eu-west-1'].defaults = { ...ENFORCED, HttpPutResponseHopLimit: '1' };
  const { Reason } = await remove();
  expect(Reason).toBe('eu-west-1: undone: HttpTokens is no-preference, HttpTokensEnforced is no-preference, '
    + 'kept, changed elsewhere: HttpPutResponseHopLimit is 1, not 2');
  expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
}));

test('does nothing if all values are the former ones', () => inAccount({ 'eu-west-1': {} }, async ({ create, remove, ec2 }) => {
  await create({ Defaults: REQUIRED });
  ec2.regions['eu-west-1'].defaults = {};
  expect(await remove()).toMatchObject({ Status: 'SUCCESS', Reason: 'nothing to undo: the defaults already have their former values' });
  expect(ec2.writesIn('eu-west-1')).toHaveLength(1);
}));

test.each([
  ['that CloudFormation generated', 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S'],
  ['of the former version of the library', PHYSICAL_ID],
  ['that is empty', ''],
  ['that only looks valid', 'imds-defaults:00000001:Tx:*;T-=eu-w-1'],
])('undoes nothing for an id %s', (_, id) => inAccount({ 'eu-west-1': {} }, async ({ create, cloudFormation, remove, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  cloudFormation.resources.get(MAIN)!.physicalId = id;
  expect(await remove()).toMatchObject({
    Status: 'SUCCESS',
    Reason: 'nothing is undone: the physical id records no changes, so changed defaults may remain',
  });
  expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
}));

describe('a deletion never fails, and reports what is left,', () => {
  const TWO = { 'eu-west-1': {}, 'us-east-1': {} };

  test.each([
    ['reading is denied', 'GetInstanceMetadataDefaults', 'UnauthorizedOperation'],
    ['writing is denied', 'ModifyInstanceMetadataDefaults', 'UnauthorizedOperation'],
    ['EC2 is busy', 'GetInstanceMetadataDefaults', 'RequestLimitExceeded'],
    ['a Region is disabled by now', 'GetInstanceMetadataDefaults', 'AuthFailure'],
  ])('if %s', (_, action, code) => inAccount(TWO, async ({ create, remove, ec2, defaultsOf }) => {
    await create({ Defaults: REQUIRED });
    ec2.failWith({ region: 'us-east-1', action, code, message: 'You may not' });
    const { Status, Reason } = await remove();
    expect(Status).toBe('SUCCESS');
    expect(Reason).toBe(`eu-west-1: undone: HttpTokens is no-preference; us-east-1: not undone: ${code}: You may not`);
    expect(defaultsOf('eu-west-1')).toEqual({});
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

  test('if a declarative policy has controlled the defaults since then', () => inAccount(TWO, async ({ create, remove, ec2 }) => {
    await create({ Defaults: REQUIRED });
    Object.assign(ec2.regions['us-east-1'], { policy: { message: 'Ask us' } });
    const { Status, Reason } = await remove();
    expect(Status).toBe('SUCCESS');
    expect(Reason).toContain('us-east-1: not undone: a declarative policy controls the defaults: HttpTokens is required, not no-preference Ask us');
  }));

  test('if a Region does not respond, in time', () => inAccount(TWO, async ({ create, cloudFormation, invoke, ec2, defaultsOf }) => {
    const { PhysicalResourceId } = await create({ Defaults: REQUIRED });
    cloudFormation.resources.get(MAIN)!.status = 'DELETE_IN_PROGRESS';
    ec2.neverAnswerIn('us-east-1');
    const now = Date.now;
    let passed = 0;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
    ec2.onCall = ({ action }) => { if (action === 'ListStackResources') { passed = 268_000; } };
    await invoke({ ...request(ec2), RequestType: 'Delete', LogicalResourceId: MAIN, PhysicalResourceId });
    clock.mockRestore();
    expect(JSON.parse(ec2.responses[1].body)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('us-east-1: not undone: out of time') as string });
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test.each(['DescribeStackResource', 'ListStackResources'])('if CloudFormation denies %s: then nothing is reset', action =>
    inAccount(TWO, async ({ create, remove, ec2, defaultsOf }) => {
      await create({ Defaults: REQUIRED });
      ec2.failWith({ action, code: 'AccessDenied', message: 'not authorized' });
      const { Status, Reason } = await remove();
      expect(Status).toBe('SUCCESS');
      expect(Reason).toContain('CloudFormation did not answer: AccessDenied: not authorized');
      expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    }));
});
