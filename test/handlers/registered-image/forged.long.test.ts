import { ATTEMPTS, request, STACK_ID } from '../harness/cloudformation';
import type { FakeEc2, StackState } from '../images/fake-ec2';
import { GOLDEN, inAccount, NEXT, type Stack } from './stack';

/** A forged request, as somebody who can invoke the function can send it. */
async function forge({ invoke, ec2 }: Stack, event: object): Promise<{ readonly Status: string; readonly Reason: string }> {
  const before = ec2.responses.length;
  await invoke({ ...request(ec2), ...event });
  return JSON.parse(ec2.responses[before].body) as { Status: string; Reason: string };
}

/** An account with a retained former image, and the current image of the resource. CloudFormation does nothing. */
async function settled(test: (stack: Stack, former: string, current: string) => Promise<void>): Promise<void> {
  await inAccount(async stack => {
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    const { PhysicalResourceId: current } = await stack.update(NEXT, GOLDEN, former);
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'UPDATE_COMPLETE' };
    stack.ec2.calls.length = 0;
    await test(stack, former, current);
    expect([...stack.ec2.images.keys()].slice(0, 2)).toEqual([former, current]);
    expect(stack.ec2.callsOf('DeregisterImage')).toEqual([]);
    expect(stack.ec2.callsOf('RegisterImage')).toEqual([]);
  });
}

const NOT_ASKED = /CloudFormation did not confirm the (?:Create|Update|Delete): Resource1A2B3C4D of type Custom::ImdsRegisteredImage is UPDATE_COMPLETE as ami-\d+/;

describe('a forged deletion keeps', () => {
  test('the current image, and its snapshots', () => settled(async (stack, _, current) => {
    const { Status, Reason } = await forge(stack, { RequestType: 'Delete', PhysicalResourceId: current, ResourceProperties: { ...NEXT, DeleteSnapshots: 'true' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(NOT_ASKED);
  }));

  test('a former image', () => settled(async (stack, former) => {
    const { Reason } = await forge(stack, { RequestType: 'Delete', PhysicalResourceId: former, ResourceProperties: { ...GOLDEN, DeleteSnapshots: 'true' } });
    expect(Reason).toMatch(NOT_ASKED);
  }));

  test.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'])('a former image that an update may go back to (%s)', stackStatus => settled(async (stack, former) => {
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus };
    expect((await forge(stack, { RequestType: 'Delete', PhysicalResourceId: former, ResourceProperties: GOLDEN })).Reason).toMatch(NOT_ASKED);
  }));

  test.each([['made up'], [`${STACK_ID}/Resource1A2B3C4D/left`]])('either of them by its name, with the id %s', id => settled(async stack => {
    for (const ResourceProperties of [GOLDEN, NEXT]) {
      const { Status, Reason } = await forge(stack, { RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties });
      expect(Status).toBe('SUCCESS');
      expect(Reason).toMatch(NOT_ASKED);
    }
  }));

  test('the current image, by its name, also while CloudFormation cleans up', () => settled(async stack => {
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };
    expect((await forge(stack, { RequestType: 'Delete', PhysicalResourceId: 'made up', ResourceProperties: NEXT })).Reason).toMatch(NOT_ASKED);
  }));

  test('an image of somebody else, also while CloudFormation cleans up', () => settled(async (stack, former) => {
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };
    stack.ec2.add('ami-precious', { name: 'precious', tags: { team: 'web' } });
    const { Status, Reason } = await forge(stack, { RequestType: 'Delete', PhysicalResourceId: 'ami-precious', ResourceProperties: GOLDEN });
    expect(Status).toBe('FAILED');
    expect(Reason).toBe(`ami-precious is another image: Name is precious, not ${stack.ec2.images.get(former)!.name}, the tag cdk-imdsv2:stack-id is unset, not ${STACK_ID}. `
      + 'It is kept: deregister it yourself, or retain the resource');
    expect(stack.ec2.images.has('ami-precious')).toBe(true);
  }));

  test('an image of somebody else with the tag of the stack', () => settled(async stack => {
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };
    stack.ec2.add('ami-precious', { name: 'precious', tags: { 'cdk-imdsv2:stack-id': STACK_ID } });
    expect((await forge(stack, { RequestType: 'Delete', PhysicalResourceId: 'ami-precious', ResourceProperties: GOLDEN })).Reason).toContain('Name is precious');
    expect(stack.ec2.images.has('ami-precious')).toBe(true);
  }));

  test('the image of another resource of the stack, and of another type', () => settled(async (stack, _, current) => {
    stack.ec2.stack = { ...stack.ec2.stack, resourceType: 'AWS::EC2::Instance', resourceStatus: 'DELETE_IN_PROGRESS' };
    expect((await forge(stack, { RequestType: 'Delete', PhysicalResourceId: current, ResourceProperties: NEXT })).Reason).toContain('of type AWS::EC2::Instance');
    const other = await forge(stack, { RequestType: 'Delete', PhysicalResourceId: current, ResourceProperties: NEXT, LogicalResourceId: 'Other' });
    expect(other.Reason).toContain('is another image: Name is ');
  }));
});

describe('a forged creation or update', () => {
  const EVIL = { Image: { ...GOLDEN.Image, Name: 'precious' } };

  test.each([
    { RequestType: 'Create' },
    { RequestType: 'Update', PhysicalResourceId: 'ami-1', OldResourceProperties: NEXT },
  ])('registers nothing: $RequestType', event => settled(async stack => {
    const { Status, Reason } = await forge(stack, { ...event, ResourceProperties: EVIL });
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(NOT_ASKED);
  }));

  test('deregisters nothing as a rollback', () => settled(async (stack, former, current) => {
    const { Reason } = await forge(stack, { RequestType: 'Update', PhysicalResourceId: former, ResourceProperties: GOLDEN, OldResourceProperties: NEXT });
    expect(Reason).toMatch(NOT_ASKED);
    expect(stack.ec2.images.has(current)).toBe(true);
  }));

  test('deregisters nothing during an update, with another former image', () => settled(async (stack, former) => {
    stack.ec2.stack = { ...stack.ec2.stack, resourceStatus: 'UPDATE_IN_PROGRESS', stackStatus: 'UPDATE_IN_PROGRESS' };
    const { Reason } = await forge(stack, { RequestType: 'Update', PhysicalResourceId: former, ResourceProperties: GOLDEN, OldResourceProperties: NEXT });
    expect(Reason).toMatch(/may remain: CloudFormation did not confirm the Update: .* is UPDATE_IN_PROGRESS as ami-/);
  }));

  test('is too late after CloudFormation has cancelled it', () => inAccount(async stack => {
    stack.ec2.stack = { ...stack.ec2.stack, resourceStatus: 'CREATE_FAILED' };
    expect((await forge(stack, { RequestType: 'Create', ResourceProperties: GOLDEN })).Status).toBe('FAILED');
    expect(stack.ec2.images.size).toBe(0);
  }));
});

describe('a delayed state in CloudFormation is waited for', () => {
  /** The earlier data in CloudFormation, for the first few reads. */
  const saysLate = (ec2: FakeEc2, late: StackState) => {
    const { stack } = ec2;
    let questions = 0;
    Object.defineProperty(ec2, 'stack', { get: () => ++questions > 3 ? stack : late });
  };

  test('by a creation', () => inAccount(async stack => {
    saysLate(stack.ec2, { ...stack.ec2.stack, resourceStatus: 'CREATE_FAILED' });
    expect((await forge(stack, { RequestType: 'Create', ResourceProperties: GOLDEN })).Status).toBe('SUCCESS');
  }));

  test('by a deletion', () => inAccount(async stack => {
    const { PhysicalResourceId } = await stack.create(GOLDEN);
    const before = stack.ec2.stack;
    stack.ec2.stack = { ...before, resourceStatus: 'DELETE_IN_PROGRESS' };
    saysLate(stack.ec2, before);
    expect((await forge(stack, { RequestType: 'Delete', PhysicalResourceId, ResourceProperties: GOLDEN })).Status).toBe('SUCCESS');
    expect(stack.ec2.images.size).toBe(0);
  }));
});

describe('if CloudFormation does not respond', () => {
  test.each(['UnauthorizedOperation', 'ValidationError'])('a creation registers nothing (%s), and its deletion succeeds', code => inAccount(async ({ create, remove, ec2 }) => {
    ec2.failWith({ action: 'DescribeStackResource', code, message: 'no' });
    const { Status, Reason, PhysicalResourceId } = await create(GOLDEN);
    expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: `${code}: no` });
    expect(ec2.images.size).toBe(0);
    expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', Reason: 'there is no image' });
  }));

  test('a rollback to the current image succeeds', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.failWith({ action: 'DescribeStackResource', code: 'AccessDenied', times: ATTEMPTS * 2 });
    expect(await update(GOLDEN, NEXT, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
  }));

  test('a rollback to the former image succeeds', () => inAccount(async ({ create, update, ec2 }) => {
    const { PhysicalResourceId: former } = await create(GOLDEN);
    const { PhysicalResourceId: next } = await update(NEXT, GOLDEN, former);
    ec2.failWith({ action: 'DescribeStackResource', code: 'AccessDenied' });
    expect(await update(GOLDEN, NEXT, next)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: former });
  }));

  test('a deletion keeps the image, and fails with the reason', () => inAccount(async ({ create, remove, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.failWith({ action: 'DescribeStackResource', code: 'AccessDenied', message: 'no' });
    expect(await remove(GOLDEN, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', Reason: 'AccessDenied: no' });
    expect(ec2.images.has(PhysicalResourceId)).toBe(true);
  }));
});
