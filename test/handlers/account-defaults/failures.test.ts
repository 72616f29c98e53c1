import { ATTEMPTS, inAccount } from './stack';

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };
const THREE = { 'eu-west-1': {}, 'us-east-1': {}, 'us-west-2': {} };

test.each(['DescribeRegions', 'GetInstanceMetadataDefaults', 'ModifyInstanceMetadataDefaults'])('tries again where %s is throttled', action =>
  inAccount({ 'eu-west-1': {} }, async ({ create, ec2, defaultsOf }) => {
    ec2.failWith({ action, code: 'RequestLimitExceeded', times: 3 });
    expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
    expect(ec2.calls.filter(call => call.action === action).length).toBeGreaterThanOrEqual(4);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

test('names the Region that is throttled for good, after many attempts to write', () => inAccount(THREE, async ({ create, ec2, defaultsOf }) => {
  ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'RequestLimitExceeded', message: 'Request limit exceeded.' });
  const { Status, Reason } = await create({ Defaults: REQUIRED });
  expect(Status).toBe('FAILED');
  expect(Reason).toBe('1 of 3 Regions failed; a retry does only what is missing. us-east-1: RequestLimitExceeded: Request limit exceeded.');
  expect(ec2.writesIn('us-east-1').length).toBeGreaterThanOrEqual(5);
  expect(defaultsOf('us-west-2')).toEqual(REQUIRED);
}));

test('says what failed where the Regions cannot be listed', () => inAccount(THREE, async ({ create, ec2 }) => {
  ec2.failWith({ action: 'DescribeRegions', code: 'UnauthorizedOperation', message: 'You are not authorized to perform this operation.' });
  const { Status, Reason } = await create({ Defaults: REQUIRED });
  expect(Status).toBe('FAILED');
  expect(Reason).toBe('UnauthorizedOperation: You are not authorized to perform this operation.');
}));

test.each(['DescribeRegions', 'GetInstanceMetadataDefaults', 'ModifyInstanceMetadataDefaults'])('waits for the right to call %s, which may just have been given', action =>
  inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
    ec2.failWith({ action, code: 'UnauthorizedOperation', times: 4 });
    expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
  }));

describe('where one of three Regions is not authorized', () => {
  test('names it, and sets the others', () => inAccount(THREE, async ({ create, ec2, defaultsOf }) => {
    ec2.failWith({ region: 'us-east-1', action: 'GetInstanceMetadataDefaults', code: 'UnauthorizedOperation', message: 'explicit deny' });
    const { Status, Reason, Data } = await create({ Defaults: REQUIRED });
    expect(Status).toBe('FAILED');
    expect(Reason).toBe('1 of 3 Regions failed; a retry does only what is missing. us-east-1: UnauthorizedOperation: explicit deny');
    expect(Data).toBeUndefined();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(defaultsOf('us-west-2')).toEqual(REQUIRED);
  }));

  test('does only what is missing the next time', () => inAccount(THREE, async ({ create, ec2 }) => {
    ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation', times: ATTEMPTS });
    expect((await create({ Defaults: REQUIRED })).Status).toBe('FAILED');
    expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
    expect(ec2.writesIn('us-east-1')).toHaveLength(ATTEMPTS + 1);
    expect(ec2.writesIn('eu-west-1')).toHaveLength(1);
    expect(ec2.writesIn('us-west-2')).toHaveLength(1);
  }));
});

describe('where a service control policy denies a Region', () => {
  const denied = { region: 'us-east-1', action: 'GetInstanceMetadataDefaults', code: 'UnauthorizedOperation' };

  test('the way back from a creation goes through', () => inAccount(THREE, async ({ create, remove, ec2, defaultsOf }) => {
    ec2.failWith(denied);
    expect((await create({ Defaults: ENFORCED })).Status).toBe('FAILED');
    const { Status, Reason } = await remove({ Defaults: ENFORCED });
    expect(Status).toBe('SUCCESS');
    expect(Reason).toBe('us-east-1: not readable');
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test('the way back from an update that added it goes through', () => inAccount(THREE, async ({ create, update, ec2, defaultsOf }) => {
    const [before, after] = [{ Defaults: REQUIRED, Regions: ['eu-west-1'] }, { Defaults: REQUIRED }];
    await create(before);
    ec2.failWith({ ...denied, code: 'AuthFailure' });
    expect((await update(after, before)).Status).toBe('FAILED');
    expect((await update(before, after)).Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(defaultsOf('us-west-2')).toEqual({});
  }));

  test('a deletion fails all the same where EC2 is only busy', () => inAccount(THREE, async ({ create, remove, ec2 }) => {
    await create({ Defaults: REQUIRED });
    ec2.failWith({ ...denied, code: 'RequestLimitExceeded' });
    expect((await remove({ Defaults: REQUIRED })).Reason).toContain('us-east-1: RequestLimitExceeded');
  }));
});

test.each([
  ['all Regions that are named are off', { Regions: ['ap-east-1'] }],
  ['none is named', { Regions: [] }],
])('fails where %s', (_, regions) => inAccount({ 'eu-west-1': {}, 'ap-east-1': { off: true } }, async ({ create }) => {
  expect(await create({ Defaults: REQUIRED, ...regions })).toMatchObject({ Status: 'FAILED', Reason: 'no Region is enabled' });
}));

test('names a Region that does not answer in time', () => inAccount(THREE, async ({ create, ec2, invoke, defaultsOf }) => {
  ec2.neverAnswerIn('us-east-1');
  const event = { RequestType: 'Create', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Defaults', ResponseURL: `${ec2.url}/response` };
  await invoke({ ...event, ResourceProperties: { Defaults: REQUIRED } }, 31_000);
  const { Status, Reason } = JSON.parse(ec2.responses[0].body) as Awaited<ReturnType<typeof create>>;
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('us-east-1: out of time');
  expect(defaultsOf('us-west-2')).toEqual(REQUIRED);
}));

test('says what EC2 does not accept', () => inAccount({ 'eu-west-1': {} }, async ({ create }) => {
  expect((await create({ Defaults: { HttpPutResponseHopLimit: '65' } })).Reason).toContain('eu-west-1: InvalidParameterValue: Value (65)');
}));

describe('what was written', () => {
  test('is read until it is seen', () => inAccount({ 'eu-west-1': { lag: 4 } }, async ({ create, ec2 }) => {
    expect((await create({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
    expect(ec2.writesIn('eu-west-1')).toHaveLength(2);
  }));

  test('fails where EC2 did not take it', () => inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' }, ignores: ['InstanceMetadataTags'] } }, async ({ create }) => {
    const { Status, Reason } = await create({ Defaults: { InstanceMetadataTags: 'enabled' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('eu-west-1: EC2 did not take it: InstanceMetadataTags is unset, not enabled');
    expect(Reason).not.toContain('SDK');
  }));

  test.each(['enabled', 'disabled'])('fails for an SDK that does not know HttpTokensEnforced (%s)', HttpTokensEnforced =>
    inAccount({ 'eu-west-1': { ignores: ['HttpTokensEnforced'] } }, async ({ create, defaultsOf }) => {
      const { Status, Reason } = await create({ Defaults: { HttpTokens: 'required', HttpTokensEnforced } });
      expect(Status).toBe('FAILED');
      expect(Reason).toContain(`HttpTokensEnforced is unset, not ${HttpTokensEnforced}: the AWS SDK of the runtime may be old`);
      expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    }));
});

describe('a declarative policy', () => {
  const MESSAGE = 'Ask the platform team: https://wiki.example.com/imds';
  const governed = (defaults: { readonly [field: string]: string }, message?: string) => ({ 'eu-west-1': { defaults, policy: { message } } });

  test('is fine where it says the same', () => inAccount(governed(ENFORCED), async ({ create, ec2 }) => {
    expect(await create({ Defaults: ENFORCED })).toMatchObject({ Status: 'SUCCESS', Reason: 'done', Data: { Regions: 'eu-west-1' } });
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('is named with its message where it says something else', () => inAccount(governed({ HttpTokens: 'optional' }, MESSAGE), async ({ create, ec2 }) => {
    const { Status, Reason } = await create({ Defaults: REQUIRED });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain(`eu-west-1: a declarative policy governs: HttpTokens is optional, not required ${MESSAGE}`);
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('is left alone by a deletion, which says so', () => inAccount(governed(ENFORCED), async ({ remove, ec2 }) => {
    const { Status, Reason } = await remove({ Defaults: ENFORCED });
    expect(Status).toBe('SUCCESS');
    expect(Reason).toContain('eu-west-1: a declarative policy governs: HttpTokens is required, not no-preference');
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('is left alone by an update that leaves a setting out', () => inAccount(governed(ENFORCED), async ({ update }) => {
    expect((await update({ Defaults: REQUIRED }, { Defaults: ENFORCED })).Status).toBe('SUCCESS');
  }));

  test('does not stop the other Regions', () => inAccount({ ...governed({ HttpTokens: 'optional' }), 'us-east-1': {} }, async ({ create, defaultsOf }) => {
    expect((await create({ Defaults: REQUIRED })).Reason).toMatch(/^1 of 2 Regions failed/);
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));
});
