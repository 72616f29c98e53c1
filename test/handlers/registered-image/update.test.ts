import { GOLDEN, NEXT, inAccount } from './stack';

test('another image is registered beside the former one, which goes when the update is through', () => inAccount(async ({ create, update, remove, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  const { Status, PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
  expect(Status).toBe('SUCCESS');
  expect([...ec2.images.keys()]).toEqual([former, next]);
  await remove(GOLDEN, former);
  expect([...ec2.images.keys()]).toEqual([next]);
}));

test.each<[string, object]>([
  ['name', { Name: 'silver' }],
  ['description', { Description: 'another' }],
  ['architecture', { Architecture: 'x86_64' }],
  ['boot mode', { BootMode: 'uefi' }],
  ['size of a volume', { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1111', VolumeSize: '9' } }] }],
  ['tag', { TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'team', Value: 'web' }] }] }],
])('another %s makes another image', (_, change) => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  expect((await update({ Image: { ...GOLDEN.Image, ...change } }, GOLDEN, former)).PhysicalResourceId).not.toBe(former);
  expect(ec2.images.size).toBe(2);
}));

test('whether snapshots go with the image is no other image', () => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  expect((await update({ ...GOLDEN, DeleteSnapshots: 'true' }, GOLDEN, former)).PhysicalResourceId).toBe(former);
  expect(ec2.images.size).toBe(1);
}));

describe('a rollback', () => {
  test('goes back to the former image after an update that went through, and the next one goes', () => inAccount(async ({ create, update, remove, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    expect((await update(GOLDEN, NEXT, next)).PhysicalResourceId).toBe(former);
    await remove(NEXT, next);
    expect([...ec2.images.keys()]).toEqual([former]);
    expect(ec2.callsOf('RegisterImage')).toHaveLength(2);
  }));

  test('goes back to the former image after an update that failed', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = { becomes: 'failed', polls: 0 };
    await update(NEXT, GOLDEN, former);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, former);
    expect(Status).toBe('SUCCESS');
    expect(PhysicalResourceId).toBe(former);
    expect([...ec2.images.keys()]).toEqual([former]);
  }));

  test('registers the former image again where somebody deregistered it', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.images.delete(former);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, next);
    expect(Status).toBe('SUCCESS');
    expect(ec2.images.has(PhysicalResourceId)).toBe(true);
  }));
});
