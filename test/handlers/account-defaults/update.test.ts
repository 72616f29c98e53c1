import { inAccount } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };

test('writes the only setting that changed', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const [before, after] = [{ Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '1' } }, { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '2' } }];
  await create(before);
  expect((await update(after)).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1').slice(1)).toEqual([{ HttpPutResponseHopLimit: '2' }]);
  expect(defaultsOf('eu-west-1')).toEqual(after.Defaults);
}));

test('resets a removed setting', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const before = { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '2', InstanceMetadataTags: 'enabled' } };
  await create(before);
  await update({ Defaults: REQUIRED });
  expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpPutResponseHopLimit: '-1', InstanceMetadataTags: 'no-preference' }]);
  expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
}));

test('resets the defaults of a removed Region', () =>
  inAccount({ 'eu-west-1': {}, 'us-east-1': { defaults: { HttpEndpoint: 'disabled' } } }, async ({ create, update, defaultsOf }) => {
    const before = { Defaults: REQUIRED, Regions: ['eu-west-1', 'us-east-1'] };
    await create(before);
    const { Status, Data } = await update({ Defaults: REQUIRED, Regions: ['eu-west-1'] });
    expect(Status).toBe('SUCCESS');
    expect(Data?.Regions).toBe('eu-west-1');
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(defaultsOf('us-east-1')).toEqual({ HttpEndpoint: 'disabled' });
  }));

test('resets all other Regions if every Region had the defaults', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  await update({ Defaults: REQUIRED, Regions: ['us-east-1'] });
  expect(defaultsOf('eu-west-1')).toEqual({});
  expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
}));

test('sets a new Region, and does not change the others', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const before = { Defaults: REQUIRED, Regions: ['eu-west-1'] };
  await create(before);
  await update({ Defaults: REQUIRED, Regions: ['eu-west-1', 'us-east-1'] });
  expect(ec2.writesIn('eu-west-1')).toHaveLength(1);
  expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
}));

test('resets nothing in a new Region without changes', () =>
  inAccount({ 'eu-west-1': {}, 'us-east-1': { defaults: { HttpPutResponseHopLimit: '3' } } }, async ({ create, update, defaultsOf }) => {
    const before = { Defaults: { HttpPutResponseHopLimit: '2' }, Regions: ['eu-west-1'] };
    await create(before);
    await update({ Defaults: REQUIRED, Regions: ['us-east-1'] });
    expect(defaultsOf('us-east-1')).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: '3' });
  }));

test.each([
  ['disabled', 'optional'],
  ['no-preference', 'no-preference'],
])('turns enforcement off (%s) before tokens become %s', (HttpTokensEnforced, HttpTokens) =>
  inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2 }) => {
    await create({ Defaults: ENFORCED });
    await update({ Defaults: { HttpTokens, HttpTokensEnforced } });
    expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpTokensEnforced }, { HttpTokens }]);
  }));

test('turns enforcement off before tokens become optional, if both are removed', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2 }) => {
  await create({ Defaults: ENFORCED });
  await update({ Defaults: { HttpEndpoint: 'enabled' } });
  expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpEndpoint: 'enabled' }, { HttpTokensEnforced: 'no-preference' }, { HttpTokens: 'no-preference' }]);
}));

describe('rollback', () => {
  test('restores the former values after an update that failed in one Region', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
    const before = { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '1' }, Regions: ['eu-west-1', 'us-east-1'] };
    const after = { Defaults: { ...ENFORCED, InstanceMetadataTags: 'enabled' }, Regions: ['eu-west-1', 'us-east-1'] };
    await create(before);
    ec2.failWith({ region: 'us-east-1', action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' });
    expect((await update(after)).Status).toBe('FAILED');
    expect(defaultsOf('eu-west-1')).toEqual(before.Defaults);

    expect((await update(before)).Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual(before.Defaults);
    expect(defaultsOf('us-east-1')).toEqual(before.Defaults);
  }));

  test('resets a Region that the update added', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, defaultsOf }) => {
    const [before, after] = [{ Defaults: ENFORCED, Regions: ['eu-west-1'] }, { Defaults: ENFORCED, Regions: ['eu-west-1', 'us-east-1'] }];
    await create(before);
    await update(after);
    await update(before);
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    expect(defaultsOf('us-east-1')).toEqual({});
  }));

  test('succeeds after an update with a Region that does not exist', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, defaultsOf }) => {
    const [before, after] = [{ Defaults: REQUIRED, Regions: ['eu-west-1'] }, { Defaults: REQUIRED, Regions: ['eu-wst-1'] }];
    await create(before);
    expect((await update(after)).Status).toBe('FAILED');
    expect((await update(before)).Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});
