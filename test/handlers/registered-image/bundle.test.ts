import { REGISTERED_IMAGE_HANDLER } from '../../../src/ami/registered-image/handler-code.generated';
import { loaded } from '../harness/lambda';
import { GOLDEN, inAccount } from './stack';

test('fits into a template, with characters that every template accepts', () => {
  expect(REGISTERED_IMAGE_HANDLER.length).toBeLessThanOrEqual(15_360);
  expect(REGISTERED_IMAGE_HANDLER).toMatch(/^[\n -~]+$/);
});

test('needs only Node.js and the AWS SDK of Lambda', () => {
  const names = [...REGISTERED_IMAGE_HANDLER.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name);
  expect([...new Set(names)].sort()).toEqual(['"@aws-sdk/client-cloudformation"', '"@aws-sdk/client-ec2"', '"crypto"']);
});

test('registers an image and deregisters it, loaded as Lambda loads it', () => inAccount(async ({ create, remove, ec2 }) => {
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('SUCCESS');
  expect(ec2.images.get(PhysicalResourceId)!.imdsSupport).toBe('v2.0');
  await remove(GOLDEN, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
}, loaded(REGISTERED_IMAGE_HANDLER)));
