import { GOLDEN, inAccount, type Stack } from './stack';

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
  expect(Reason).toBe(`deregistered ${PhysicalResourceId}; snap-0: success; snap-1: skipped`);
  expect(ec2.callsOf('DeregisterImage')[0].parameters).toEqual({ ImageId: PhysicalResourceId, DeleteAssociatedSnapshots: 'true' });
}));

test.each(['missing-permissions', 'internal-error', 'client-error'])('fails where a snapshot is left (%s), and goes through the next time', code => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.snapshotResults = ['success', code];
  const properties = { ...GOLDEN, DeleteSnapshots: 'true' };
  expect(await remove(properties, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: `deregistered ${PhysicalResourceId}; snap-0: success; snap-1: ${code}` });
  expect(await remove(properties, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: `${PhysicalResourceId} no longer exists` });
}));

describe('after a creation of which CloudFormation never heard', () => {
  /** An id that CloudFormation makes up. */
  const MADE_UP = 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S';

  const createUnheard = async ({ create, ec2 }: Stack) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow();
    ec2.refusedResponses = 0;
  };

  test('deregisters the image by its name, and no other', () => inAccount(async stack => {
    stack.ec2.add('ami-other', { name: 'golden' });
    await createUnheard(stack);
    expect((await stack.remove(GOLDEN, MADE_UP)).Status).toBe('SUCCESS');
    expect([...stack.ec2.images.keys()]).toEqual(['ami-other']);
  }));

  test.each<[string, (stack: Stack) => void]>([
    ['that EC2 does not list yet', ({ ec2 }) => { ec2.unlisted = 8; }],
    ['that somebody disabled', ({ ec2 }) => { [...ec2.images.values()][0].state = 'disabled'; }],
    ['that EC2 is too busy to list', ({ ec2 }) => { ec2.failWith({ action: 'DescribeImages', code: 'RequestLimitExceeded', times: 3 }); }],
  ])('finds one %s', (_, hide) => inAccount(async stack => {
    await createUnheard(stack);
    hide(stack);
    await stack.remove(GOLDEN, MADE_UP);
    expect(stack.ec2.images.size).toBe(0);
  }));

  test('leaves the image that a later creation made the resource stand for', () => inAccount(async stack => {
    await createUnheard(stack);
    const { PhysicalResourceId } = await stack.create(GOLDEN);
    const { Status, Reason } = await stack.remove(GOLDEN, MADE_UP);
    expect(Status).toBe('SUCCESS');
    expect(Reason).toMatch(new RegExp(`^golden-[0-9a-f]{10} may remain: CloudFormation did not confirm the Delete: .* is CREATE_COMPLETE as ${PhysicalResourceId}$`));
    expect([...stack.ec2.images.keys()]).toEqual([PhysicalResourceId]);
  }));

  test('leaves images where they are retained: it may be one from before', () => inAccount(async stack => {
    await createUnheard(stack);
    await stack.remove({ ...GOLDEN, Retain: 'true' }, MADE_UP);
    expect(stack.ec2.images.size).toBe(1);
  }));

  test('leaves its snapshots, whatever is said of them', () => inAccount(async stack => {
    await createUnheard(stack);
    await stack.remove({ ...GOLDEN, DeleteSnapshots: 'true' }, MADE_UP);
    expect(stack.ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
  }));

  test('goes through where there never was an image', () => inAccount(async ({ remove }) => {
    expect(await remove(GOLDEN, MADE_UP)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
  }));

  test('goes through without properties', () => inAccount(async ({ remove }) => {
    expect((await remove(undefined as never, MADE_UP)).Status).toBe('SUCCESS');
  }));
});

test('leaves the image of a later creation alone, after one that failed and had cleaned up', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.snapshots = new Set();
  const { PhysicalResourceId: failed } = await create(GOLDEN);
  ec2.snapshots = undefined;
  const { PhysicalResourceId: later } = await create(GOLDEN);
  expect(await remove(GOLDEN, failed)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
  expect([...ec2.images.keys()]).toEqual([later]);
}));

test('goes through where somebody deregistered the image', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.clear();
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: `${PhysicalResourceId} no longer exists` });
}));

test('goes through where the image is on its way out', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.get(PhysicalResourceId)!.state = 'deregistered';
  expect((await remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`${PhysicalResourceId} no longer exists`);
}));

test('goes through where EC2 refuses it for an image that is gone, with its tags', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.clear();
  ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation' });
  expect((await remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
}));

test.each(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'])('does not take %s for gone where the image is there', code => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.failWith({ action: 'DeregisterImage', code, times: 3 });
  expect((await remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`deregistered ${PhysicalResourceId}`);
  expect(ec2.images.size).toBe(0);
}));

test('fails where EC2 refuses it, and names the reason', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.failWith({ action: 'DeregisterImage', code: 'OperationNotPermitted', message: 'deregistration protection is on' });
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: 'OperationNotPermitted: deregistration protection is on' });
}));
