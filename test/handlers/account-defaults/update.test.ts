import { inAccount } from './stack';

// What AWS refuses is asked for again and again.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };

test('writes the one setting that changed', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const [before, after] = [{ Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '1' } }, { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '2' } }];
  await create(before);
  expect((await update(after)).Status).toBe('SUCCESS');
  expect(ec2.writesIn('eu-west-1').slice(1)).toEqual([{ HttpPutResponseHopLimit: '2' }]);
  expect(defaultsOf('eu-west-1')).toEqual(after.Defaults);
}));

test('takes back a setting that was left out', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const before = { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '2', InstanceMetadataTags: 'enabled' } };
  await create(before);
  await update({ Defaults: REQUIRED });
  expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpPutResponseHopLimit: '-1', InstanceMetadataTags: 'no-preference' }]);
  expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
}));

test('takes back what was set in a Region that was left out', () =>
  inAccount({ 'eu-west-1': {}, 'us-east-1': { defaults: { HttpEndpoint: 'disabled' } } }, async ({ create, update, defaultsOf }) => {
    const before = { Defaults: REQUIRED, Regions: ['eu-west-1', 'us-east-1'] };
    await create(before);
    const { Status, Data } = await update({ Defaults: REQUIRED, Regions: ['eu-west-1'] });
    expect(Status).toBe('SUCCESS');
    expect(Data?.Regions).toBe('eu-west-1');
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(defaultsOf('us-east-1')).toEqual({ HttpEndpoint: 'disabled' });
  }));

test('takes back all others where every Region had the defaults', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  await update({ Defaults: REQUIRED, Regions: ['us-east-1'] });
  expect(defaultsOf('eu-west-1')).toEqual({});
  expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
}));

test('sets a Region that is new, and does not touch the others', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
  const before = { Defaults: REQUIRED, Regions: ['eu-west-1'] };
  await create(before);
  await update({ Defaults: REQUIRED, Regions: ['eu-west-1', 'us-east-1'] });
  expect(ec2.writesIn('eu-west-1')).toHaveLength(1);
  expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
}));

test('takes back nothing in a new Region that was never set there', () =>
  inAccount({ 'eu-west-1': {}, 'us-east-1': { defaults: { HttpPutResponseHopLimit: '3' } } }, async ({ create, update, defaultsOf }) => {
    const before = { Defaults: { HttpPutResponseHopLimit: '2' }, Regions: ['eu-west-1'] };
    await create(before);
    await update({ Defaults: REQUIRED, Regions: ['us-east-1'] });
    expect(defaultsOf('us-east-1')).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: '3' });
  }));

test.each([
  ['disabled', 'optional'],
  ['no-preference', 'no-preference'],
])('no longer enforces (%s) before tokens are %s', (HttpTokensEnforced, HttpTokens) =>
  inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2 }) => {
    await create({ Defaults: ENFORCED });
    await update({ Defaults: { HttpTokens, HttpTokensEnforced } });
    expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpTokensEnforced }, { HttpTokens }]);
  }));

test('no longer enforces before tokens are optional where both are left out', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, ec2 }) => {
  await create({ Defaults: ENFORCED });
  await update({ Defaults: { HttpEndpoint: 'enabled' } });
  expect(ec2.writesIn('eu-west-1').slice(2)).toEqual([{ HttpEndpoint: 'enabled' }, { HttpTokensEnforced: 'no-preference' }, { HttpTokens: 'no-preference' }]);
}));

describe('rollback', () => {
  test('brings back what was, after an update that failed in one Region', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, ec2, defaultsOf }) => {
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

  test('takes back a Region that the update added', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, update, defaultsOf }) => {
    const [before, after] = [{ Defaults: ENFORCED, Regions: ['eu-west-1'] }, { Defaults: ENFORCED, Regions: ['eu-west-1', 'us-east-1'] }];
    await create(before);
    await update(after);
    await update(before);
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    expect(defaultsOf('us-east-1')).toEqual({});
  }));

  test('goes through after an update to a Region that does not exist', () => inAccount({ 'eu-west-1': {} }, async ({ create, update, defaultsOf }) => {
    const [before, after] = [{ Defaults: REQUIRED, Regions: ['eu-west-1'] }, { Defaults: REQUIRED, Regions: ['eu-wst-1'] }];
    await create(before);
    expect((await update(after)).Status).toBe('FAILED');
    expect((await update(before)).Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});
