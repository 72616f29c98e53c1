import { ACCOUNT_DEFAULTS_HANDLER } from '../../../src/org/account-defaults/handler-code.generated';
import { loaded } from '../harness/lambda';
import { inAccount } from './stack';

const ENFORCED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpTokensEnforced: 'enabled' };

test('fits into a template, in characters that every template takes', () => {
  expect(ACCOUNT_DEFAULTS_HANDLER.length).toBeLessThanOrEqual(8_192);
  expect(ACCOUNT_DEFAULTS_HANDLER).toMatch(/^[\n -~]+$/);
});

test('needs nothing but the AWS SDK, which Lambda brings', () => {
  expect([...ACCOUNT_DEFAULTS_HANDLER.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"@aws-sdk/client-ec2"']);
});

test('sets defaults and clears them, loaded as Lambda loads it', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, remove, defaultsOf }) => {
  expect(await create({ Defaults: ENFORCED })).toMatchObject({ Status: 'SUCCESS', Data: { Regions: 'eu-west-1,us-east-1' } });
  expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
  expect((await remove({ Defaults: ENFORCED })).Status).toBe('SUCCESS');
  expect(defaultsOf('us-east-1')).toEqual({});
}, loaded(ACCOUNT_DEFAULTS_HANDLER)));
