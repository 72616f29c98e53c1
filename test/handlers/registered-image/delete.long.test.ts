import { GOLDEN, inAccount, type Stack } from './stack';

test('deregisters the image, and keeps its snapshots', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  const { Status, Reason } = await remove(GOLDEN, PhysicalResourceId);
  expect(Status).toBe('SUCCESS');
  expect(Reason).toBe(`deregistered ${PhysicalResourceId}`);
  expect(ec2.images.size).toBe(0);
  expect(ec2.callsOf('DeregisterImage')[0].parameters).toEqual({ ImageId: PhysicalResourceId, DeleteAssociatedSnapshots: 'false' });
}));

test('deletes the snapshots on request, and reports the result for each', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  const { Status, Reason } = await remove({ ...GOLDEN, DeleteSnapshots: 'true' }, PhysicalResourceId);
  expect(Status).toBe('SUCCESS');
  expect(Reason).toBe(`deregistered ${PhysicalResourceId}; snap-0: success; snap-1: skipped`);
  expect(ec2.callsOf('DeregisterImage')[0].parameters).toEqual({ ImageId: PhysicalResourceId, DeleteAssociatedSnapshots: 'true' });
}));

test.each(['missing-permissions', 'internal-error', 'client-error'])('fails if a snapshot is left (%s), and succeeds the next time', code => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.snapshotResults = ['success', code];
  const properties = { ...GOLDEN, DeleteSnapshots: 'true' };
  expect(await remove(properties, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: `deregistered ${PhysicalResourceId}; snap-0: success; snap-1: ${code}` });
  expect(await remove(properties, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: `${PhysicalResourceId} no longer exists` });
}));

describe('after a creation without a response to CloudFormation', () => {
  /** An id that CloudFormation generates. */
  const MADE_UP = 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S';

  const createUnheard = async ({ create, ec2 }: Stack) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow();
    ec2.refusedResponses = 0;
  };

  test('deregisters the image with its name only', () => inAccount(async stack => {
    stack.ec2.add('ami-other', { name: 'golden' });
    await createUnheard(stack);
    expect((await stack.remove(GOLDEN, MADE_UP)).Status).toBe('SUCCESS');
    expect([...stack.ec2.images.keys()]).toEqual(['ami-other']);
  }));

  test.each<[string, (stack: Stack) => void]>([
    ['that EC2 does not list yet', ({ ec2 }) => { ec2.unlisted = 8; }],
    ['that somebody disabled', ({ ec2 }) => { [...ec2.images.values()][0].state = 'disabled'; }],
    ['that EC2 is too busy to list', ({ ec2 }) => { ec2.failWith({ action: 'DescribeImages', code: 'RequestLimitExceeded', times: 3 }); }],
  ])('finds an image %s', (_, hide) => inAccount(async stack => {
    await createUnheard(stack);
    hide(stack);
    await stack.remove(GOLDEN, MADE_UP);
    expect(stack.ec2.images.size).toBe(0);
  }));

  test('keeps the image of a later creation', () => inAccount(async stack => {
    await createUnheard(stack);
    const { PhysicalResourceId } = await stack.create(GOLDEN);
    const { Status, Reason } = await stack.remove(GOLDEN, MADE_UP);
    expect(Status).toBe('SUCCESS');
    expect(Reason).toMatch(new RegExp(`^golden-[0-9a-f]{10} may remain: CloudFormation did not confirm the Delete: .* is CREATE_COMPLETE as ${PhysicalResourceId}$`));
    expect([...stack.ec2.images.keys()]).toEqual([PhysicalResourceId]);
  }));

  test('keeps images if they are retained, because it can be an older one', () => inAccount(async stack => {
    await createUnheard(stack);
    await stack.remove({ ...GOLDEN, Retain: 'true' }, MADE_UP);
    expect(stack.ec2.images.size).toBe(1);
  }));

  test('keeps its snapshots in any case', () => inAccount(async stack => {
    await createUnheard(stack);
    await stack.remove({ ...GOLDEN, DeleteSnapshots: 'true' }, MADE_UP);
    expect(stack.ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
  }));

  test('succeeds if there never was an image', () => inAccount(async ({ remove }) => {
    expect(await remove(GOLDEN, MADE_UP)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
  }));

  test('succeeds without properties', () => inAccount(async ({ remove }) => {
    expect((await remove(undefined as never, MADE_UP)).Status).toBe('SUCCESS');
  }));
});

test('keeps the image of a later creation, after one that failed and has cleaned up', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.snapshots = new Set();
  const { PhysicalResourceId: failed } = await create(GOLDEN);
  ec2.snapshots = undefined;
  const { PhysicalResourceId: later } = await create(GOLDEN);
  expect(await remove(GOLDEN, failed)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
  expect([...ec2.images.keys()]).toEqual([later]);
}));

test('succeeds if somebody deregistered the image', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.clear();
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: `${PhysicalResourceId} no longer exists` });
}));

test('succeeds if the image is being deregistered', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.get(PhysicalResourceId)!.state = 'deregistered';
  expect((await remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`${PhysicalResourceId} no longer exists`);
}));

test('succeeds if EC2 denies the call for a missing image, because its tags are missing', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.images.clear();
  ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation' });
  expect((await remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
}));

test.each(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'])('does not treat the image as missing if it exists and %s occurs', code => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.failWith({ action: 'DeregisterImage', code, times: 3 });
  expect((await remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`deregistered ${PhysicalResourceId}`);
  expect(ec2.images.size).toBe(0);
}));

test('fails if EC2 denies the call, with the reason', () => inAccount(async ({ create, remove, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.failWith({ action: 'DeregisterImage', code: 'OperationNotPermitted', message: 'deregistration protection is on' });
  expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: 'OperationNotPermitted: deregistration protection is on' });
}));
