import { inAccount, MAIN } from './stack';

const REQUIRED = { HttpTokens: 'required' };
const EVERYTHING = {
  HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpEndpoint: 'enabled', InstanceMetadataTags: 'disabled', HttpTokensEnforced: 'enabled',
};

test('sets the defaults of the named Region only', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, defaultsOf }) => {
  const { Status, Data } = await create({ Defaults: REQUIRED, Regions: ['us-east-1'] });
  expect(Status).toBe('SUCCESS');
  expect(Data).toEqual({ Regions: 'us-east-1', SkippedRegions: 'none' });
  expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  expect(defaultsOf('eu-west-1')).toEqual({});
}));

test('sets the defaults of every enabled Region by default, and lists the others', () =>
  inAccount({ 'eu-west-1': {}, 'af-south-1': {}, 'ap-east-1': { off: true } }, async ({ create, defaultsOf, ec2 }) => {
    const { Status, Data } = await create({ Defaults: REQUIRED });
    expect(Status).toBe('SUCCESS');
    expect(Data).toEqual({ Regions: 'eu-west-1,af-south-1', SkippedRegions: 'ap-east-1' });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(defaultsOf('af-south-1')).toEqual(REQUIRED);
    expect(ec2.calls.filter(({ region }) => region === 'ap-east-1')).toEqual([]);
  }));

test('sets all of the defaults', () => inAccount({ 'eu-west-1': {} }, async ({ create, defaultsOf }) => {
  expect((await create({ Defaults: EVERYTHING })).Status).toBe('SUCCESS');
  expect(defaultsOf('eu-west-1')).toEqual(EVERYTHING);
}));

test('requires tokens, then enforces this, and writes weaker values last', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  await create({ Defaults: EVERYTHING });
  const { HttpTokensEnforced, HttpPutResponseHopLimit, ...others } = EVERYTHING;
  expect(ec2.writesIn('eu-west-1')).toEqual([others, { HttpTokensEnforced }, { HttpPutResponseHopLimit }]);
}));

test('enforces tokens only after it has read them back', () => inAccount({ 'eu-west-1': { ignores: ['HttpTokens'] } }, async ({ create, ec2 }) => {
  expect((await create({ Defaults: EVERYTHING })).Status).toBe('FAILED');
  expect(ec2.writesIn('eu-west-1')[0]).toHaveProperty('HttpTokens', 'required');
  expect(ec2.writesIn('eu-west-1').filter(({ HttpTokensEnforced }) => HttpTokensEnforced)).toEqual([]);
}));

test('does not change other defaults', () => inAccount({ 'eu-west-1': { defaults: { HttpEndpoint: 'disabled' } } }, async ({ create, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  expect(defaultsOf('eu-west-1')).toEqual({ HttpEndpoint: 'disabled', HttpTokens: 'required' });
}));

test('writes only values that differ', () =>
  inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '1' } } }, async ({ create, ec2 }) => {
    await create({ Defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '2' } });
    expect(ec2.writesIn('eu-west-1')).toEqual([{ HttpPutResponseHopLimit: '2' }]);
  }));

test('writes nothing if no value differs', () => inAccount({ 'eu-west-1': { defaults: EVERYTHING } }, async ({ create, ec2 }) => {
  const { Status, Data } = await create({ Defaults: EVERYTHING });
  expect(Status).toBe('SUCCESS');
  expect(Data?.Regions).toBe('eu-west-1');
  expect(ec2.writesIn('eu-west-1')).toEqual([]);
}));

test('treats an unset value as no preference', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  await create({ Defaults: { HttpTokens: 'no-preference', HttpPutResponseHopLimit: '-1', HttpTokensEnforced: 'no-preference' } });
  expect(ec2.writesIn('eu-west-1')).toEqual([]);
}));

test('clears a set value if no preference is wanted', () =>
  inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional', HttpPutResponseHopLimit: '3' } } }, async ({ create, defaultsOf }) => {
    await create({ Defaults: { HttpTokens: 'no-preference', HttpPutResponseHopLimit: '-1' } });
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

test('skips a named Region that is not enabled', () => inAccount({ 'eu-west-1': {}, 'ap-east-1': { off: true } }, async ({ create }) => {
  const { Status, Data } = await create({ Defaults: REQUIRED, Regions: ['ap-east-1', 'eu-west-1'] });
  expect(Status).toBe('SUCCESS');
  expect(Data).toEqual({ Regions: 'eu-west-1', SkippedRegions: 'ap-east-1' });
}));

test('fails with a Region that does not exist, and sets nothing', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  const { Status, Reason } = await create({ Defaults: REQUIRED, Regions: ['eu-west-1', 'eu-wst-1'] });
  expect(Status).toBe('FAILED');
  expect(Reason).toBe('no such Region: eu-wst-1');
  expect(ec2.writesIn('eu-west-1')).toEqual([]);
}));

test('supports the Regions of another partition', () => inAccount({ 'cn-north-1': {}, 'cn-northwest-1': {} }, async ({ create, defaultsOf }) => {
  process.env.AWS_REGION = 'cn-north-1';
  expect((await create({ Defaults: REQUIRED })).Data?.Regions).toBe('cn-north-1,cn-northwest-1');
  expect(defaultsOf('cn-northwest-1')).toEqual(REQUIRED);
}));

test('ignores unknown properties', () => inAccount({ 'eu-west-1': {} }, async ({ create, defaultsOf }) => {
  const unknown = { RollbackOnly: 'true', ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:Defaults' };
  expect((await create({ ...unknown, Defaults: { ...REQUIRED, HttpProtocolIpv6: 'enabled' } })).Status).toBe('SUCCESS');
  expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
}));

describe('the id of the resource', () => {
  test('contains the written and the former values, but no value that did not change', () =>
    inAccount({ 'eu-west-1': {}, 'us-east-1': { defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '5' } } }, async ({ create }) => {
      const { PhysicalResourceId } = await create({ Defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '2' } });
      expect(PhysicalResourceId).toBe('imds-defaults:00000001:TrH2:*;T-H-=eu-w-1;H5=us-e-1');
    }));

  test('contains the managed Regions if nothing was written', () => inAccount({ 'eu-west-1': { defaults: REQUIRED }, 'us-east-1': {} }, async ({ create }) => {
    expect((await create({ Defaults: REQUIRED, Regions: ['eu-west-1'] })).PhysicalResourceId).toBe('imds-defaults:00000001:Tr:=eu-w-1');
  }));

  test('differs for another creation', () => inAccount({ 'eu-west-1': { defaults: REQUIRED } }, async ({ create }) => {
    expect((await create({ Defaults: REQUIRED })).PhysicalResourceId).not.toBe((await create({ Defaults: REQUIRED })).PhysicalResourceId);
  }));
});

describe('a request with other values than the function', () => {
  test.each([
    ['other defaults', { Defaults: { HttpTokens: 'optional' } }],
    ['fewer Regions', { Defaults: REQUIRED, Regions: ['us-east-1'] }],
    ['no defaults', {}],
    ['nothing', undefined],
  ])('such as %s fails, and sets nothing', (_, ResourceProperties) => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, cloudFormation, ec2 }) => {
    await create({ Defaults: REQUIRED });
    ec2.regions['us-east-1'].defaults = {};
    const answer = await cloudFormation.send(MAIN, { RequestType: 'Create', ResourceProperties });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: 'the request and the function have different defaults or Regions' });
    expect(ec2.writesIn('us-east-1')).toHaveLength(1);
  }));

  test('does not exist if only the order of Regions differs', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, cloudFormation }) => {
    await create({ Defaults: REQUIRED, Regions: ['us-east-1', 'eu-west-1'] });
    cloudFormation.resources.get(MAIN)!.status = 'CREATE_IN_PROGRESS';
    const ResourceProperties = { Defaults: REQUIRED, Regions: ['eu-west-1', 'us-east-1'] };
    expect((await cloudFormation.send(MAIN, { RequestType: 'Create', ResourceProperties }))?.Status).toBe('SUCCESS');
  }));
});
