import { ACCOUNT_DEFAULTS_HANDLER } from '../../../src/org/account-defaults/handler-code.generated';
import { loaded } from '../harness/lambda';
import { inAccount } from './stack';

const ENFORCED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpTokensEnforced: 'enabled' };

test('fits into a template, with characters that every template accepts', () => {
  expect(ACCOUNT_DEFAULTS_HANDLER.length).toBeLessThanOrEqual(24_576);
  expect(ACCOUNT_DEFAULTS_HANDLER).toMatch(/^[\n -~]+$/);
});

test('needs only the AWS SDK of Lambda', () => {
  expect(new Set([...ACCOUNT_DEFAULTS_HANDLER.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)))
    .toEqual(new Set(['"@aws-sdk/client-cloudformation"', '"@aws-sdk/client-ec2"', '"@aws-sdk/client-eventbridge"']));
});

test('sets defaults, checks them and resets them, loaded as Lambda loads it', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {} }, async ({ create, look, remove, ec2, defaultsOf }) => {
  expect(await create({ Defaults: ENFORCED })).toMatchObject({ Status: 'SUCCESS', Data: { Regions: 'eu-west-1,us-east-1' } });
  expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
  ec2.regions['us-east-1'].defaults = {};
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await look(true);
  printed.mockRestore();
  expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
  expect(ec2.events).toHaveLength(3);
  expect((await remove()).Status).toBe('SUCCESS');
  expect(defaultsOf('us-east-1')).toEqual({});
}, loaded(ACCOUNT_DEFAULTS_HANDLER)));
