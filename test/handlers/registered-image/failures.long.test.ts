import type { Call } from '../harness/aws-server';
import { ATTEMPTS, PHYSICAL_ID, request } from '../harness/cloudformation';
import type { FakeEc2 } from '../images/fake-ec2';
import { GOLDEN, NEXT, inAccount } from './stack';

const FAILED = { becomes: 'failed', reason: 'Snapshot is corrupt', polls: 1 };

test('a failed image is deregistered, with the reason', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  const { Status, Reason, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^ami-\d+ is failed: Snapshot is corrupt\. deregistered ami-\d+$/);
  expect(PhysicalResourceId).toBe(PHYSICAL_ID);
  expect(ec2.images.size).toBe(0);
}));

test.each(['invalid', 'error', 'disabled'])('an image that is %s is deregistered', state => inAccount(async ({ create, ec2 }) => {
  ec2.fate = { becomes: state, polls: 0 };
  expect((await create(GOLDEN)).Reason).toContain(`is ${state}: EC2 gives no reason`);
  expect(ec2.images.size).toBe(0);
}));

test('an image whose attribute EC2 did not set is deregistered', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = { becomes: 'available', polls: 0, ignoresImdsSupport: true };
  const { Status, Reason } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('EC2 did not apply the change: ImdsSupport of ami-00000000000000001 is unset, not v2.0');
  expect(ec2.images.size).toBe(0);
}));

test('an image that is not available in time is deregistered', () => inAccount(async ({ invoke, ec2 }) => {
  ec2.fate = { becomes: 'available', polls: Infinity };
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: GOLDEN }, 92_000);
  expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'ami-00000000000000001 is still pending. deregistered ami-00000000000000001' });
  expect(ec2.images.size).toBe(0);
}));

test('an error of EC2 is reported, and nothing is registered', () => inAccount(async ({ create, ec2 }) => {
  ec2.snapshots = new Set();
  const { Status, Reason } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toBe("InvalidSnapshot.NotFound: The snapshot 'snap-1111' does not exist.");
}));

test('if the clean-up fails too, both are reported, and the next deletion repeats it', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.fate = FAILED;
  ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation', message: 'no', times: ATTEMPTS });
  const { Reason, PhysicalResourceId } = await create(GOLDEN);
  expect(Reason).toBe('ami-00000000000000001 is failed: Snapshot is corrupt. ami-00000000000000001 remains: UnauthorizedOperation: no');
  expect(PhysicalResourceId).not.toBe(PHYSICAL_ID);
  expect((await remove({ ...GOLDEN, DeleteSnapshots: 'true' }, PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).not.toContain('true');
  expect(ec2.images.size).toBe(0);
}));

test('a clean-up keeps the snapshots in any case', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  await create({ ...GOLDEN, DeleteSnapshots: 'true' });
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
}));

test('there is time to clean up an image that EC2 does not describe', () => inAccount(async ({ invoke, ec2 }) => {
  ec2.neverAnswer(({ action, parameters }) => action === 'DescribeImages' && parameters['ImageId.1'] !== undefined);
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: GOLDEN }, 91_000);
  expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'out of time. deregistered ami-00000000000000001' });
  expect(ec2.images.size).toBe(0);
}));

describe('an image that is found and not registered now', () => {
  const UNANSWERED = { action: 'DescribeImages', code: 'InternalError', when: ({ parameters }: Call) => parameters['ImageId.1'] !== undefined };

  test('stays if a second request for the same creation fails', () => inAccount(async ({ create, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.failWith(UNANSWERED);
    expect((await create(GOLDEN)).Reason).toMatch(`. ${PhysicalResourceId} is kept`);
    expect([...ec2.images.keys()]).toEqual([PhysicalResourceId]);
  }));

  test('is removed by the next deletion, if that creation never succeeded', () => inAccount(async ({ create, remove, ec2 }) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow();
    ec2.refusedResponses = 0;
    ec2.failWith({ ...UNANSWERED, times: ATTEMPTS * 5 });
    const { Status, PhysicalResourceId } = await create(GOLDEN);
    expect(Status).toBe('FAILED');
    expect((await remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
    expect(ec2.images.size).toBe(0);
  }));

  test('stays if the rollback to it fails', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.failWith(UNANSWERED);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, next);
    expect(Status).toBe('FAILED');
    expect(PhysicalResourceId).toBe(next);
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('stays if the rollback requested it again, was rejected, and then found it', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.unlisted = 1;
    ec2.failWith({ action: 'RegisterImage', code: 'UnauthorizedOperation', times: 1 });
    ec2.failWith(UNANSWERED);
    expect((await update(GOLDEN, NEXT, next)).Status).toBe('FAILED');
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('stays if EC2 lists it only after it rejected its name', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.unlisted = 1;
    ec2.failWith(UNANSWERED);
    await update(GOLDEN, NEXT, next);
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('is rejected without the attribute', () => inAccount(async ({ create, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.images.get(PhysicalResourceId)!.imdsSupport = undefined;
    expect((await create(GOLDEN)).Status).toBe('FAILED');
  }));

  test('stays if somebody disabled it, with a report', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.images.get(former)!.state = 'disabled';
    expect(await update(GOLDEN, NEXT, former))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: former, Reason: `${former} is disabled: EC2 gives no reason. ${former} is kept` });
    expect(ec2.images.has(former)).toBe(true);
  }));
});

test.each<[string, (ec2: FakeEc2) => void]>([
  ['an image whose id got lost', ec2 => { ec2.forgets = 1; }],
  ['an image whose id got lost, and that EC2 does not list at once', ec2 => { ec2.forgets = 1; ec2.unlisted = 3; }],
])('%s is deregistered if it fails', (_, loseTrack) => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  loseTrack(ec2);
  expect((await create(GOLDEN)).Status).toBe('FAILED');
  expect(ec2.images.size).toBe(0);
}));

test('an image is deregistered even if EC2 finally returns another error', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.forgets = Infinity;
  ec2.unlisted = 1;
  ec2.failWith({ action: 'DescribeImages', code: 'UnauthorizedOperation', times: ATTEMPTS, when: () => ec2.images.size > 0 });
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(ec2.images.size).toBe(1);
  await remove(GOLDEN, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
}));

test('an image that EC2 may have registered is searched by the deletion', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.forgets = Infinity;
  ec2.unlisted = Infinity;
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  ec2.unlisted = 0;
  await remove(GOLDEN, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
}));

test.each(['failed', 'error', 'invalid', 'deregistered'])('a leftover image that is %s is replaced', state => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
  ec2.images.get(next)!.state = state;
  const { Status, PhysicalResourceId } = await update({ ...NEXT, DeleteSnapshots: 'true' }, GOLDEN, former);
  expect(Status).toBe('SUCCESS');
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
  expect(PhysicalResourceId).not.toBe(next);
  expect(ec2.images.get(PhysicalResourceId)!.state).toBe('available');
}));

describe('a failed update', () => {
  test('keeps the former image, and the resource with its id', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = FAILED;
    const result = await update(NEXT, GOLDEN, former);
    expect(result.Status).toBe('FAILED');
    expect(result.PhysicalResourceId).toBe(former);
    expect([...ec2.images.keys()]).toEqual([former]);
  }));

  test('keeps the id of the resource if the clean-up fails, too', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = FAILED;
    ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation', times: ATTEMPTS });
    expect(await update(NEXT, GOLDEN, former)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: former });
    expect(ec2.images.size).toBe(2);
  }));

  test('never deregisters the current image of the resource, whatever its state is', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.images.get(former)!.state = 'error';
    const { Status, Reason } = await update(GOLDEN, NEXT, former);
    expect(Status).toBe('SUCCESS'); // there is no other image to return to
    expect(Reason).toBe(`${former} is error: EC2 gives no reason. ${former} is kept`);
    expect([...ec2.images.keys()]).toEqual([former]);
  }));
});

test.each([
  ['properties', undefined],
  ['an image', {}],
])('a request without %s is answered', (_, properties) => inAccount(async ({ create }) => {
  expect(await create(properties as never)).toMatchObject({ Status: 'FAILED', Reason: 'Image is empty' });
}));
