import { GOLDEN, NEXT, inAccount, type Stack } from './stack';

test('another image is registered in addition to the former one, which is deregistered after the update', () => inAccount(async ({ create, update, remove, ec2 }) => {
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

test('the deletion of snapshots does not affect the image', () => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  expect((await update({ ...GOLDEN, DeleteSnapshots: 'true' }, GOLDEN, former)).PhysicalResourceId).toBe(former);
  expect(ec2.images.size).toBe(1);
}));

describe('a rollback', () => {
  test('returns to the former image after a successful update, and removes the new one', () => inAccount(async ({ create, update, remove, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    expect((await update(GOLDEN, NEXT, next)).PhysicalResourceId).toBe(former);
    await remove(NEXT, next);
    expect([...ec2.images.keys()]).toEqual([former]);
    expect(ec2.callsOf('RegisterImage')).toHaveLength(2);
  }));

  test('returns to the former image after a failed update', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = { becomes: 'failed', polls: 0 };
    await update(NEXT, GOLDEN, former);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, former);
    expect(Status).toBe('SUCCESS');
    expect(PhysicalResourceId).toBe(former);
    expect([...ec2.images.keys()]).toEqual([former]);
  }));

  test('registers the former image again if somebody deregistered it', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.images.delete(former);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, next);
    expect(Status).toBe('SUCCESS');
    expect(ec2.images.has(PhysicalResourceId)).toBe(true);
  }));

  describe('of an update that CloudFormation cancelled', () => {
    /** Leaves the new image, which CloudFormation does not know. */
    const giveUp = async ({ update, ec2 }: Stack, former: string) => {
      ec2.refusedResponses = Infinity;
      await expect(update(NEXT, GOLDEN, former)).rejects.toThrow();
      ec2.refusedResponses = 0;
      expect(ec2.images.size).toBe(2);
    };

    test('deregisters the image of that update, and keeps its snapshots', () => inAccount(async stack => {
      const { PhysicalResourceId: former } = await stack.create(GOLDEN);
      await giveUp(stack, former);
      const { Status, PhysicalResourceId } = await stack.update(GOLDEN, { ...NEXT, DeleteSnapshots: 'true' }, former);
      expect(Status).toBe('SUCCESS');
      expect(PhysicalResourceId).toBe(former);
      expect([...stack.ec2.images.keys()]).toEqual([former]);
      expect(stack.ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
    }));

    test('finds the image even if it is still being registered', () => inAccount(async stack => {
      const { PhysicalResourceId: former } = await stack.create(GOLDEN);
      await giveUp(stack, former);
      stack.ec2.unlisted = 6;
      await stack.update(GOLDEN, NEXT, former);
      expect([...stack.ec2.images.keys()]).toEqual([former]);
    }));

    test('succeeds if that fails, and reports what may be left', () => inAccount(async stack => {
      const { PhysicalResourceId: former } = await stack.create(GOLDEN);
      await giveUp(stack, former);
      stack.ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation', message: 'no' });
      const { Status, Reason } = await stack.update(GOLDEN, NEXT, former);
      expect(Status).toBe('SUCCESS');
      expect(Reason).toMatch(/^found ami-\d+; golden-[0-9a-f]{10} may remain: UnauthorizedOperation: no$/);
    }));

    test.each<[string, object, object]>([
      ['are retained', { Retain: 'true' }, { Retain: 'true' }],
      ['were retained before', { Retain: 'true' }, {}],
      ['would have been retained', {}, { Retain: 'true' }],
    ])('keeps the image if images %s, because the update may have used an older one', (_, before, after) => inAccount(async stack => {
      const { PhysicalResourceId: former } = await stack.create({ ...GOLDEN, ...before });
      await giveUp(stack, former);
      await stack.update({ ...GOLDEN, ...before }, { ...NEXT, ...after }, former);
      expect(stack.ec2.images.size).toBe(2);
    }));
  });
});
