import type { Call } from '../harness/aws-server';
import { ATTEMPTS, PHYSICAL_ID, request } from '../harness/cloudformation';
import type { FakeEc2 } from '../images/fake-ec2';
import { GOLDEN, NEXT, inAccount } from './stack';

const FAILED = { becomes: 'failed', reason: 'Snapshot is corrupt', polls: 1 };

test('an image that fails is deregistered, and the reason told', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  const { Status, Reason, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^ami-\d+ is failed: Snapshot is corrupt\. deregistered ami-\d+$/);
  expect(PhysicalResourceId).toBe(PHYSICAL_ID);
  expect(ec2.images.size).toBe(0);
}));

test.each(['invalid', 'error', 'disabled'])('so is one that is %s', state => inAccount(async ({ create, ec2 }) => {
  ec2.fate = { becomes: state, polls: 0 };
  expect((await create(GOLDEN)).Reason).toContain(`is ${state}: EC2 gives no reason`);
  expect(ec2.images.size).toBe(0);
}));

test('one that EC2 did not set the attribute of is, too', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = { becomes: 'available', polls: 0, ignoresImdsSupport: true };
  const { Status, Reason } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('EC2 did not apply the change: ImdsSupport of ami-00000000000000001 is unset, not v2.0');
  expect(ec2.images.size).toBe(0);
}));

test('one that is not available in time is, too', () => inAccount(async ({ invoke, ec2 }) => {
  ec2.fate = { becomes: 'available', polls: Infinity };
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: GOLDEN }, 92_000);
  expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'ami-00000000000000001 is still pending. deregistered ami-00000000000000001' });
  expect(ec2.images.size).toBe(0);
}));

test('what EC2 refuses is told, and nothing registered', () => inAccount(async ({ create, ec2 }) => {
  ec2.snapshots = new Set();
  const { Status, Reason } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(Reason).toBe("InvalidSnapshot.NotFound: The snapshot 'snap-1111' does not exist.");
}));

test('where the clean-up fails too, both are told, and the deletion that follows makes up for it', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.fate = FAILED;
  ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation', message: 'no', times: ATTEMPTS });
  const { Reason, PhysicalResourceId } = await create(GOLDEN);
  expect(Reason).toBe('ami-00000000000000001 is failed: Snapshot is corrupt. ami-00000000000000001 remains: UnauthorizedOperation: no');
  expect(PhysicalResourceId).not.toBe(PHYSICAL_ID);
  expect((await remove({ ...GOLDEN, DeleteSnapshots: 'true' }, PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).not.toContain('true');
  expect(ec2.images.size).toBe(0);
}));

test('a clean-up leaves the snapshots, whatever is said of them', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  await create({ ...GOLDEN, DeleteSnapshots: 'true' });
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
}));

test('there is time to clean up after an image of which EC2 does not answer', () => inAccount(async ({ invoke, ec2 }) => {
  ec2.neverAnswer(({ action, parameters }) => action === 'DescribeImages' && parameters['ImageId.1'] !== undefined);
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: GOLDEN }, 91_000);
  expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'out of time. deregistered ami-00000000000000001' });
  expect(ec2.images.size).toBe(0);
}));

describe('an image that is found and not registered now', () => {
  const UNANSWERED = { action: 'DescribeImages', code: 'InternalError', when: ({ parameters }: Call) => parameters['ImageId.1'] !== undefined };

  test('stays where a second request for the same creation fails', () => inAccount(async ({ create, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.failWith(UNANSWERED);
    expect((await create(GOLDEN)).Reason).toMatch(`. ${PhysicalResourceId} is kept`);
    expect([...ec2.images.keys()]).toEqual([PhysicalResourceId]);
  }));

  test('goes with the deletion that follows, where that creation was never through', () => inAccount(async ({ create, remove, ec2 }) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow();
    ec2.refusedResponses = 0;
    ec2.failWith({ ...UNANSWERED, times: ATTEMPTS * 5 });
    const { Status, PhysicalResourceId } = await create(GOLDEN);
    expect(Status).toBe('FAILED');
    expect((await remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
    expect(ec2.images.size).toBe(0);
  }));

  test('stays where the rollback to it fails', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.failWith(UNANSWERED);
    const { Status, PhysicalResourceId } = await update(GOLDEN, NEXT, next);
    expect(Status).toBe('FAILED');
    expect(PhysicalResourceId).toBe(next);
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('stays where the rollback asked for it anew, was refused, and then found it', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.unlisted = 1;
    ec2.failWith({ action: 'RegisterImage', code: 'UnauthorizedOperation', times: 1 });
    ec2.failWith(UNANSWERED);
    expect((await update(GOLDEN, NEXT, next)).Status).toBe('FAILED');
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('stays where EC2 lists it only after it refused its name', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.unlisted = 1;
    ec2.failWith(UNANSWERED);
    await update(GOLDEN, NEXT, next);
    expect([...ec2.images.keys()]).toEqual([former, next]);
  }));

  test('is refused where it lacks the attribute', () => inAccount(async ({ create, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.images.get(PhysicalResourceId)!.imdsSupport = undefined;
    expect((await create(GOLDEN)).Status).toBe('FAILED');
  }));

  test('stays where somebody disabled it, and that is told', () => inAccount(async ({ create, update, ec2 }) => {
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
])('%s is deregistered where it fails', (_, loseTrack) => inAccount(async ({ create, ec2 }) => {
  ec2.fate = FAILED;
  loseTrack(ec2);
  expect((await create(GOLDEN)).Status).toBe('FAILED');
  expect(ec2.images.size).toBe(0);
}));

test('so it is where EC2 refuses something else in the end', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.forgets = Infinity;
  ec2.unlisted = 1;
  ec2.failWith({ action: 'DescribeImages', code: 'UnauthorizedOperation', times: ATTEMPTS, when: () => ec2.images.size > 0 });
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  expect(ec2.images.size).toBe(1);
  await remove(GOLDEN, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
}));

test('an image that EC2 may have registered is looked for by the deletion', () => inAccount(async ({ create, remove, ec2 }) => {
  ec2.forgets = Infinity;
  ec2.unlisted = Infinity;
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('FAILED');
  ec2.unlisted = 0;
  await remove(GOLDEN, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
}));

test.each(['failed', 'error', 'invalid', 'deregistered'])('an image that was left %s gives way to another one', state => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId: former } = await create(GOLDEN);
  const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
  ec2.images.get(next)!.state = state;
  const { Status, PhysicalResourceId } = await update({ ...NEXT, DeleteSnapshots: 'true' }, GOLDEN, former);
  expect(Status).toBe('SUCCESS');
  expect(ec2.callsOf('DeregisterImage').map(({ parameters }) => parameters.DeleteAssociatedSnapshots)).toEqual(['false']);
  expect(PhysicalResourceId).not.toBe(next);
  expect(ec2.images.get(PhysicalResourceId)!.state).toBe('available');
}));

describe('an update that fails', () => {
  test('leaves the former image, and the resource with its id', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = FAILED;
    const result = await update(NEXT, GOLDEN, former);
    expect(result.Status).toBe('FAILED');
    expect(result.PhysicalResourceId).toBe(former);
    expect([...ec2.images.keys()]).toEqual([former]);
  }));

  test('keeps the id of the resource where the clean-up fails too', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.fate = FAILED;
    ec2.failWith({ action: 'DeregisterImage', code: 'UnauthorizedOperation', times: ATTEMPTS });
    expect(await update(NEXT, GOLDEN, former)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: former });
    expect(ec2.images.size).toBe(2);
  }));

  test('never deregisters the image that the resource stands for, whatever became of that', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    ec2.images.get(former)!.state = 'error';
    const { Status, Reason } = await update(GOLDEN, NEXT, former);
    expect(Status).toBe('SUCCESS'); // there is nothing to go back to
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
