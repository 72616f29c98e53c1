import { inAccount } from './stack';

const ENFORCED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpTokensEnforced: 'enabled' };

test('clears what was set, and first that it is enforced', () => inAccount({ 'eu-west-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  await create({ Defaults: ENFORCED });
  expect((await remove({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([
    { HttpTokensEnforced: 'no-preference' },
    { HttpTokens: 'no-preference', HttpPutResponseHopLimit: '-1' },
  ]);
  expect(defaultsOf('eu-west-1')).toEqual({});
}));

test('leaves alone the settings and the Regions that were not set', () =>
  inAccount({ 'eu-west-1': { defaults: { HttpEndpoint: 'enabled' } }, 'us-east-1': { defaults: { HttpTokens: 'required' } } }, async ({ create, remove, defaultsOf }) => {
    const properties = { Defaults: ENFORCED, Regions: ['eu-west-1'] };
    await create(properties);
    await remove(properties);
    expect(defaultsOf('eu-west-1')).toEqual({ HttpEndpoint: 'enabled' });
    expect(defaultsOf('us-east-1')).toEqual({ HttpTokens: 'required' });
  }));

test('writes nothing where nothing is set', () => inAccount({ 'eu-west-1': {}, 'ap-east-1': { off: true } }, async ({ remove, ec2 }) => {
  expect((await remove({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1')).toEqual([]);
}));

test('clears what a creation set that CloudFormation never heard of', () => inAccount({ 'eu-west-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  ec2.refusedResponses = Infinity;
  await expect(create({ Defaults: ENFORCED })).rejects.toThrow();
  ec2.refusedResponses = 0;
  const { Status, PhysicalResourceId } = await remove({ Defaults: ENFORCED }, 'Account-DefaultsResource1A2B3C4D-1M9K1D0QTRV3S');
  expect(Status).toBe('SUCCESS');
  expect(PhysicalResourceId).toBe('Account-DefaultsResource1A2B3C4D-1M9K1D0QTRV3S');
  expect(defaultsOf('eu-west-1')).toEqual({});
}));

test('takes enforcement that is disabled for one without a preference', () => inAccount({ 'eu-west-1': { defaults: { HttpTokensEnforced: 'disabled' } } }, async ({ remove, ec2 }) => {
  expect((await remove({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1')).toEqual([]);
}));

test('clears what a failed creation set', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' });
  const { Status, PhysicalResourceId } = await create({ Defaults: ENFORCED });
  expect(Status).toBe('FAILED');
  expect((await remove({ Defaults: ENFORCED }, PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(defaultsOf('eu-west-1')).toEqual({});
}));

test.each([
  ['a Region that does not exist', { Defaults: ENFORCED, Regions: ['eu-wst-1'] }],
  ['no settings', { Defaults: {} }],
  ['no properties at all', undefined as never],
])('goes through after a creation that failed for %s', (_, properties) => inAccount({ 'eu-west-1': {} }, async ({ create, remove }) => {
  expect((await create(properties)).Status).toBe('FAILED');
  expect((await remove(properties)).Status).toBe('SUCCESS');
}));

test('names the Region in which it fails, and clears the others', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, remove, ec2, defaultsOf }) => {
  await create({ Defaults: ENFORCED });
  ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation', message: 'You are not authorized' });
  const { Status, Reason } = await remove({ Defaults: ENFORCED });
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('us-east-1: UnauthorizedOperation: You are not authorized');
  expect(Reason).not.toContain('eu-west-1');
  expect(defaultsOf('eu-west-1')).toEqual({});
}));
