import { ATTEMPTS, inAccount, MAIN, request } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };
const THREE = { 'eu-west-1': {}, 'us-east-1': {}, 'us-west-2': {} };

test.each(['DescribeRegions', 'GetInstanceMetadataDefaults', 'ModifyInstanceMetadataDefaults'])('retries if %s is throttled', action =>
  inAccount({ 'eu-west-1': {} }, async ({ create, ec2, defaultsOf }) => {
    ec2.failWith({ action, code: 'RequestLimitExceeded', times: 3 });
    expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
    expect(ec2.calls.filter(call => call.action === action).length).toBeGreaterThanOrEqual(4);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

test('fails with the name of a Region that is always throttled, after many tries, and takes back the changes in the others', () => inAccount(THREE, async ({ create, ec2, defaultsOf }) => {
  ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'RequestLimitExceeded', message: 'Request limit exceeded.' });
  const { Status, Reason } = await create({ Defaults: REQUIRED });
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^1 of 3 Regions failed. us-east-1: RequestLimitExceeded: Request limit exceeded.; /);
  expect(Reason).toContain('us-west-2: undone: HttpTokens is no-preference');
  expect(ec2.writesIn('us-east-1').length).toBeGreaterThanOrEqual(5);
  expect(defaultsOf('us-west-2')).toEqual({});
}));

test('reports the failure if the Regions cannot be listed', () => inAccount(THREE, async ({ create, ec2 }) => {
  ec2.failWith({ action: 'DescribeRegions', code: 'UnauthorizedOperation', message: 'You are not authorized to perform this operation.' });
  const { Status, Reason } = await create({ Defaults: REQUIRED });
  expect(Status).toBe('FAILED');
  expect(Reason).toBe('UnauthorizedOperation: You are not authorized to perform this operation.');
}));

test.each(['DescribeRegions', 'GetInstanceMetadataDefaults', 'ModifyInstanceMetadataDefaults'])('waits for the permission for %s, which can be new', action =>
  inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
    ec2.failWith({ action, code: 'UnauthorizedOperation', times: 4 });
    expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
  }));

describe('a creation with one denied Region of three', () => {
  test.each([
    ['reading', 'GetInstanceMetadataDefaults'],
    ['writing', 'ModifyInstanceMetadataDefaults'],
  ])('for %s has its name in the error, and takes back the changes in the others, but no former values', (_, action) =>
    inAccount({ ...THREE, 'us-west-2': { defaults: REQUIRED } }, async ({ create, ec2, defaultsOf }) => {
      ec2.failWith({ region: 'us-east-1', action, code: 'UnauthorizedOperation', message: 'explicit deny' });
      const { Status, Reason, Data } = await create({ Defaults: REQUIRED });
      expect(Status).toBe('FAILED');
      expect(Reason).toBe('1 of 3 Regions failed. us-east-1: UnauthorizedOperation: explicit deny; eu-west-1: undone: HttpTokens is no-preference');
      expect(Data).toBeUndefined();
      expect(defaultsOf('eu-west-1')).toEqual({});
      expect(defaultsOf('us-west-2')).toEqual(REQUIRED);
    }));

  test('has the remaining changes in its id, and the next deletion takes them back', () => inAccount(THREE, async ({ create, remove, ec2, defaultsOf }) => {
    const writes = { action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' };
    ec2.failWith({ ...writes, region: 'us-east-1' });
    ec2.failWith({ ...writes, region: 'eu-west-1', when: ({ parameters }) => parameters.HttpTokens === 'no-preference', times: ATTEMPTS });
    const { Status, PhysicalResourceId } = await create({ Defaults: REQUIRED });
    expect([Status, PhysicalResourceId]).toEqual(['FAILED', 'imds-defaults:00000001:Tr:T-=!eu-w-1']);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect((await remove()).Reason).toBe('eu-west-1: undone: HttpTokens is no-preference');
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));
});

test.each([
  ['all Regions that are named are off', { Regions: ['ap-east-1'] }],
  ['none is named', { Regions: [] }],
])('fails if %s', (_, regions) => inAccount({ 'eu-west-1': {}, 'ap-east-1': { off: true } }, async ({ create }) => {
  expect(await create({ Defaults: REQUIRED, ...regions })).toMatchObject({ Status: 'FAILED', Reason: 'no Region is enabled' });
}));

test('fails with the name of a Region that does not respond in time, with time left to take back the other changes', () => inAccount(THREE, async ({ create, cloudFormation, invoke, ec2, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  cloudFormation.resources.get(MAIN)!.status = 'CREATE_IN_PROGRESS';
  Object.values(ec2.regions).forEach(region => { region.defaults = {}; });
  ec2.neverAnswerIn('us-east-1');
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: { Defaults: REQUIRED } }, 151_500);
  const { Status, Reason } = JSON.parse(ec2.responses[1].body) as Awaited<ReturnType<typeof create>>;
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('us-east-1: out of time; ');
  expect(Reason).toContain('us-west-2: undone');
  expect(defaultsOf('us-west-2')).toEqual({});
}));

test('has the value that EC2 does not accept in the error', () => inAccount({ 'eu-west-1': {} }, async ({ create }) => {
  expect((await create({ Defaults: { HttpPutResponseHopLimit: '65' } })).Reason).toContain('eu-west-1: InvalidParameterValue: Value (65)');
}));

describe('a written value', () => {
  test('is read until it is visible', () => inAccount({ 'eu-west-1': { lag: 4 } }, async ({ create, ec2 }) => {
    expect((await create({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
    expect(ec2.writesIn('eu-west-1')).toHaveLength(2);
  }));

  test('causes a failure if EC2 did not take it', () => inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' }, ignores: ['InstanceMetadataTags'] } }, async ({ create }) => {
    const { Status, Reason } = await create({ Defaults: { InstanceMetadataTags: 'enabled' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('eu-west-1: EC2 did not apply the change: InstanceMetadataTags is unset, not enabled');
    expect(Reason).not.toContain('SDK');
  }));

  test.each(['enabled', 'disabled'])('fails for an SDK that does not know HttpTokensEnforced (%s)', HttpTokensEnforced =>
    inAccount({ 'eu-west-1': { ignores: ['HttpTokensEnforced'] } }, async ({ create, defaultsOf }) => {
      const { Status, Reason } = await create({ Defaults: { HttpTokens: 'required', HttpTokensEnforced } });
      expect(Status).toBe('FAILED');
      expect(Reason).toContain(`HttpTokensEnforced is unset, not ${HttpTokensEnforced}: the AWS SDK of the Lambda runtime may be too old`);
      expect(defaultsOf('eu-west-1')).toEqual({});
    }));
});

describe('a declarative policy', () => {
  const MESSAGE = 'Ask the platform team: https://wiki.example.com/imds';
  const governed = (defaults: { readonly [field: string]: string }, message?: string) => ({ 'eu-west-1': { defaults, policy: { message } } });

  test('is accepted if it has the same value', () => inAccount(governed(ENFORCED), async ({ create, ec2 }) => {
    expect(await create({ Defaults: ENFORCED })).toMatchObject({ Status: 'SUCCESS', Reason: 'done', Data: { Regions: 'eu-west-1' } });
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('causes a failure with its message if it has another value', () => inAccount(governed({ HttpTokens: 'optional' }, MESSAGE), async ({ create, ec2 }) => {
    const { Status, Reason } = await create({ Defaults: REQUIRED });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain(`eu-west-1: a declarative policy controls the defaults: HttpTokens is optional, not required ${MESSAGE}`);
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('is left alone by a deletion if it existed before', () => inAccount(governed(ENFORCED), async ({ create, remove, ec2 }) => {
    await create({ Defaults: ENFORCED });
    expect((await remove()).Status).toBe('SUCCESS');
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
  }));

  test('is left alone by an update that removes a setting, and the id remembers the setting', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2 }) => {
    await create({ Defaults: ENFORCED });
    Object.assign(ec2.regions['eu-west-1'], { policy: {} });
    const { Status, Reason, PhysicalResourceId } = await update({ Defaults: REQUIRED });
    expect(Status).toBe('SUCCESS');
    expect(Reason).toContain('eu-west-1: not undone: a declarative policy controls the defaults: HttpTokensEnforced is enabled, not no-preference');
    expect(PhysicalResourceId).toBe('imds-defaults:00000001:Tr:*;T-E->e=eu-w-1');
  }));

  test('does not stop the other Regions, whose changes are taken back, because the deployment fails', () => inAccount({ ...governed({ HttpTokens: 'optional' }), 'us-east-1': {} }, async ({ create, ec2, defaultsOf }) => {
    expect((await create({ Defaults: REQUIRED })).Reason).toMatch(/^1 of 2 Regions failed/);
    expect(defaultsOf('us-east-1')).toEqual({});
    expect(ec2.writesIn('us-east-1')).toHaveLength(2);
  }));
});
