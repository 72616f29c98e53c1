import { inAccount, MAIN, request } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const MANY = Array.from({ length: 40 }, (_, index) => `xx-northwest-${index + 1}`);
const INHABITED = Object.fromEntries(['eu-west-1', ...MANY].map(name => [name, {}]));
const LONG = 'You are not authorized to perform this operation. "Encoded": \\u00e9 é '.repeat(30);

test('has the ids of the request', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  const { StackId, LogicalResourceId } = request(ec2) as Awaited<ReturnType<typeof create>>;
  expect(await create({ Defaults: REQUIRED })).toMatchObject({ Status: 'SUCCESS', StackId, RequestId: '00000001-request', LogicalResourceId });
}));

test('is a PUT without a content type, because the URL is signed without one', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  await create({ Defaults: REQUIRED });
  const [{ method, headers, body }] = ec2.responses;
  expect(method).toBe('PUT');
  expect(headers).not.toHaveProperty('content-type');
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
}));

test('is sent again until it is accepted', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  ec2.refusedResponses = 3;
  expect((await create({ Defaults: REQUIRED })).Status).toBe('SUCCESS');
}));

test('makes the function fail if it is never accepted, so that Lambda runs it again', () => inAccount({ 'eu-west-1': {} }, async ({ create, cloudFormation, invoke, ec2, defaultsOf }) => {
  await create({ Defaults: REQUIRED });
  ec2.regions['eu-west-1'].defaults = {};
  cloudFormation.resources.get(MAIN)!.status = 'CREATE_IN_PROGRESS';
  ec2.refusedResponses = Infinity;
  await expect(invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: { Defaults: REQUIRED } })).rejects.toThrow('response: 500');
  expect(defaultsOf('eu-west-1')).toEqual({});
  ec2.refusedResponses = 0;
  expect((await cloudFormation.send(MAIN, { RequestType: 'Create', ResourceProperties: { Defaults: REQUIRED } }))?.Status).toBe('SUCCESS');
}));

test('lists many Regions in less than 4,096 bytes', () => inAccount(INHABITED, async ({ create, ec2 }) => {
  expect((await create({ Defaults: REQUIRED })).Data?.Regions.split(',')).toHaveLength(41);
  expect(Buffer.byteLength(ec2.responses[0].body)).toBeLessThanOrEqual(4_096);
}));

test('names every failed Region in less than 4,096 bytes', () => inAccount(INHABITED, async ({ create, ec2 }) => {
  ec2.failWith({ action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation', message: LONG });
  const { Status, Reason } = await create({ Defaults: REQUIRED });
  expect(Status).toBe('FAILED');
  for (const region of MANY) { expect(Reason).toContain(`${region}: UnauthorizedOperation: You`); }
  expect(Buffer.byteLength(ec2.responses[0].body)).toBeLessThanOrEqual(4_096);
}));

test('is short enough with any characters in the message', () => inAccount({ 'eu-west-1': {} }, async ({ create, ec2 }) => {
  ec2.failWith({ action: 'DescribeRegions', code: 'UnauthorizedOperation', message: '"\u65e5\u{1F600}\\'.repeat(2_000) });
  expect((await create({ Defaults: REQUIRED })).Reason).toMatch(/^UnauthorizedOperation: /);
  expect(Buffer.byteLength(ec2.responses[0].body)).toBeLessThanOrEqual(4_096);
}));

test('is short enough if a policy with a long message controls every Region, and the id remembers all of them', () => inAccount(INHABITED, async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create({ Defaults: REQUIRED });
  Object.values(ec2.regions).forEach(region => Object.assign(region, { policy: { message: 'Ask the platform team. '.repeat(400) } }));
  expect(await remove()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
  expect(Buffer.byteLength(ec2.responses[1].body)).toBeLessThanOrEqual(4_096);
}));

test.each([
  ['nothing', undefined],
  ['a text', 'Create'],
  ['another event', { Records: [] }],
  ['an event without a URL', { RequestType: 'Create', ResourceProperties: { Defaults: REQUIRED } }],
])('is not sent for %s, and nothing is done', (_, event) => inAccount({ 'eu-west-1': {} }, async ({ invoke, ec2 }) => {
  await invoke(event);
  expect(ec2.calls).toEqual([]);
  expect(ec2.responses).toEqual([]);
}));

test.each([
  ['properties', {}],
  ['defaults', { ResourceProperties: {} }],
  ['settings', { ResourceProperties: { Defaults: {} } }],
])('is a failure for a request without %s', (_, event) => inAccount({ 'eu-west-1': {} }, async ({ invoke, ec2 }) => {
  await invoke({ ...request(ec2), RequestType: 'Create', ...event });
  expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'Defaults are empty' });
}));

test('is a failure if no time is left', () => inAccount({ 'eu-west-1': {} }, async ({ create, invoke, ec2 }) => {
  await create({ Defaults: REQUIRED });
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: { Defaults: REQUIRED } }, 1_000);
  expect(JSON.parse(ec2.responses[1].body)).toMatchObject({ Status: 'FAILED', Reason: 'CloudFormation did not answer: out of time' });
}));
