import { GOLDEN, inAccount } from './stack';

test('deregisters the image, and leaves its snapshots', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  const { Status, Reason } = await remove(GOLDEN, PhysicalResourceId);
  expect(Status).toBe('SUCCESS');
  expect(Reason).toBe(`deregistered ${PhysicalResourceId}`);
  expect(ec2.images.size).toBe(0);
  expect(ec2.callsOf('DeregisterImage')[0].parameters).toEqual({ ImageId: PhysicalResourceId, DeleteAssociatedSnapshots: 'false' });
}));

test('deletes the snapshots where that is asked for, and tells what became of each', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  const { Status, Reason } = await remove({ ...GOLDEN, DeleteSnapshots: 'true' }, PhysicalResourceId);
  expect(Status).toBe('SUCCESS');
  expect(Reason).toBe(`deregistered ${PhysicalResourceId}; snap-root: success; snap-data: skipped`);
  expect(ec2.callsOf('DeregisterImage')[0].parameters).toEqual({ ImageId: PhysicalResourceId, DeleteAssociatedSnapshots: 'true' });
}));

test('deregisters an image that CloudFormation never heard of, by its name', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.add('ami-other', { name: 'golden' });
  ec2.refusedResponses = Infinity;
  await expect(create(GOLDEN)).rejects.toThrow();
  ec2.refusedResponses = 0;
  expect((await remove(GOLDEN, 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S')).Status).toBe('SUCCESS');
  expect([...ec2.images.keys()]).toEqual(['ami-other']);
}));

test('goes through where there never was an image', () => inAccount(async ({ remove }) => {
  expect(await remove(GOLDEN)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
}));

test('goes through where somebody deregistered the image', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.clear();
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: `${PhysicalResourceId} is gone already` });
}));

test('goes through after a creation without properties', () => inAccount(async ({ remove }) => {
  expect((await remove(undefined as never)).Status).toBe('SUCCESS');
}));

test('fails where EC2 refuses it, and names the reason', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.failWith({ action: 'DeregisterImage', code: 'OperationNotPermitted', message: 'deregistration protection is on' });
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: 'OperationNotPermitted: deregistration protection is on' });
}));
