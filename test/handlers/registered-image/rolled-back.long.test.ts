import type { Fault } from '../harness/aws-server';
import { request } from '../harness/cloudformation';
import { enclosingId, type FakeEc2 } from '../images/fake-ec2';
import { GOLDEN, inAccount, type Stack } from './stack';

/** CloudFormation rolls back the stack, because another resource failed. */
const rollBack = ({ stack }: FakeEc2) => ({ ...stack, stackStatus: 'ROLLBACK_IN_PROGRESS' });

const DENIALS: readonly Fault[] = [
  { action: 'DeregisterImage', code: 'UnauthorizedOperation', message: 'no' },
  { action: 'DescribeImages', code: 'UnauthorizedOperation', message: 'no' },
  { action: 'DescribeStackResource', code: 'AccessDenied', message: 'no' },
];

describe('the deletion of a stack that failed to be created ends, with a report about what is left', () => {
  test.each(DENIALS)('if $action is denied', fault => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.stack = rollBack(ec2);
    ec2.failWith(fault);
    expect(await remove(GOLDEN, PhysicalResourceId))
      .toMatchObject({ Status: 'SUCCESS', Reason: `parts of ${PhysicalResourceId} remain: ${fault.code}: no` });
    expect(ec2.images.has(PhysicalResourceId)).toBe(true);
  }));

  test('if a snapshot stays', () => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.stack = rollBack(ec2);
    ec2.snapshotResults = ['missing-permissions'];
    expect(await remove({ ...GOLDEN, DeleteSnapshots: 'true' }, PhysicalResourceId))
      .toMatchObject({ Status: 'SUCCESS', Reason: `parts of ${PhysicalResourceId} remain: deregistered ${PhysicalResourceId}; snap-0: missing-permissions` });
  }));

  test('if somebody removed the tag from the image', () => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.add(PhysicalResourceId, { ...ec2.images.get(PhysicalResourceId)!, tags: {} });
    ec2.stack = rollBack(ec2);
    expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('is another image: the tag') as string });
    expect(ec2.callsOf('DeregisterImage')).toEqual([]);
  }));
});

describe('the deletion of a nested stack, whose status does not show the rollback of its parent stack,', () => {
  const nested = (test: (stack: Stack, id: string) => Promise<void>, ...enclosing: string[]) => inAccount(async stack => {
    const { PhysicalResourceId } = await stack.create(GOLDEN);
    stack.ec2.enclosing = enclosing;
    stack.ec2.failWith(DENIALS[0]);
    await test(stack, PhysicalResourceId);
  });

  test.each([
    [['ROLLBACK_IN_PROGRESS']],
    [['UPDATE_ROLLBACK_IN_PROGRESS']],
    [['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']],
    [['ROLLBACK_IN_PROGRESS', 'CREATE_IN_PROGRESS']],
  ])('ends if the parent stacks are %j', enclosing => nested(async ({ remove }, id) => {
    expect(await remove(GOLDEN, id)).toMatchObject({ Status: 'SUCCESS', Reason: `parts of ${id} remain: UnauthorizedOperation: no` });
  }, ...enclosing));

  test.each([[['DELETE_IN_PROGRESS']], [['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']]])('fails if they are %j', enclosing => nested(async ({ remove }, id) => {
    expect(await remove(GOLDEN, id)).toMatchObject({ Status: 'FAILED', Reason: 'UnauthorizedOperation: no' });
  }, ...enclosing));

  test('fails if CloudFormation does not return their status', () => nested(async ({ remove, ec2 }, id) => {
    ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied', when: ({ parameters }) => parameters.StackName === enclosingId(0) });
    expect((await remove(GOLDEN, id)).Status).toBe('FAILED');
  }, 'ROLLBACK_IN_PROGRESS'));

  test('deregisters the image as usual, and reads no parent stack', () => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.enclosing = ['ROLLBACK_IN_PROGRESS'];
    expect((await remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`deregistered ${PhysicalResourceId}`);
    expect(ec2.callsOf('DescribeStacks')).toEqual([]);
  }));
});

describe('the deletion after a failed creation that left an image ends', () => {
  /** Leaves an image that CloudFormation does not know. */
  const leave = async ({ create, ec2 }: Stack) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow();
    ec2.refusedResponses = 0;
  };
  const MADE_UP = 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S';

  test.each(DENIALS)('if $action is denied', fault => inAccount(async stack => {
    await leave(stack);
    stack.ec2.failWith(fault);
    const { Status, Reason } = await stack.remove(GOLDEN, MADE_UP);
    expect(Status).toBe('SUCCESS');
    expect(Reason).toMatch(new RegExp(`^golden-[0-9a-f]{10} may remain: ${fault.code}: no$`));
    expect(stack.ec2.images.size).toBe(1);
  }));

  test('without the image, also if the deletion belongs to an update, which retries the creation', () => inAccount(async stack => {
    await leave(stack);
    stack.ec2.stack = { ...stack.ec2.stack, resourceStatus: 'DELETE_IN_PROGRESS', physicalId: MADE_UP, stackStatus: 'UPDATE_IN_PROGRESS' };
    await stack.invoke({ ...request(stack.ec2), RequestType: 'Delete', PhysicalResourceId: MADE_UP, ResourceProperties: GOLDEN });
    expect(stack.ec2.images.size).toBe(0);
  }));

  test('without the failed image, whose properties EC2 does not return', () => inAccount(async stack => {
    await leave(stack);
    const [[id, image]] = stack.ec2.images;
    stack.ec2.add(id, { ...image, state: 'failed', devices: [] });
    expect(await stack.remove(GOLDEN, MADE_UP)).toMatchObject({ Status: 'SUCCESS', Reason: `deregistered ${id}` });
  }));

  test.each(DENIALS)('if $action does not respond', ({ action }) => inAccount(async stack => {
    await leave(stack);
    stack.ec2.neverAnswer(call => call.action === action);
    await stack.invoke({ ...request(stack.ec2), RequestType: 'Delete', PhysicalResourceId: MADE_UP, ResourceProperties: GOLDEN }, 31_500);
    expect(JSON.parse(stack.ec2.responses[0].body)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringMatching(/ may remain: /) as string });
  }));
});

describe('an ordinary deletion that is not possible fails with the reason', () => {
  test.each(DENIALS)('if $action is denied', fault => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.failWith(fault);
    expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: `${fault.code}: no`, PhysicalResourceId });
  }));

  test('if it is unknown whether the stack is rolled back', () => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.stack = rollBack(ec2);
    ec2.failWith(DENIALS[0]);
    ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
    expect((await remove(GOLDEN, PhysicalResourceId)).Status).toBe('FAILED');
  }));
});
