import type { Call, Fault } from '../harness/aws-server';
import { STACK_ID } from '../harness/cloudformation';
import type { Image } from '../images/fake-ec2';
import { GOLDEN, inAccount, NEXT, type Stack } from './stack';

const REFUSED: Fault = { action: 'RegisterImage', code: 'UnauthorizedOperation', message: 'no' };

/** A stack whose update created another image. CloudFormation rolls it back, because another resource failed. */
async function updated(test: (stack: Stack, former: string, next: string) => Promise<void>): Promise<void> {
  await inAccount(async stack => {
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    const { PhysicalResourceId: next } = await stack.update(NEXT, GOLDEN, former);
    await test(stack, former, next);
  });
}

/** Changes the description of an image. */
const change = ({ ec2 }: Stack, id: string, changed: Partial<Image>) => { ec2.add(id, { ...ec2.images.get(id)!, ...changed }); };

describe('a rollback returns to the former image', () => {
  test.each<[string, Partial<Image>, string]>([
    ['that lost the tag of the stack', { tags: {} }, 'the tag cdk-imdsv2:stack-id is unset, not'],
    ['that got the tag of another stack', { tags: { 'cdk-imdsv2:stack-id': 'arn:other' } }, 'is arn:other, not'],
    ['that is disabled', { state: 'disabled' }, 'is disabled: EC2 gives no reason'],
    ['that is disabled and lost its tag', { state: 'disabled', tags: {} }, 'the tag cdk-imdsv2:stack-id is unset, not'],
  ])('%s, and reports this', (_, changed, words) => updated(async (stack, former, next) => {
    change(stack, former, changed);
    const { Status, PhysicalResourceId, Reason, Data } = await stack.rollBack(GOLDEN, NEXT, next);
    expect({ Status, PhysicalResourceId, Data }).toEqual({ Status: 'SUCCESS', PhysicalResourceId: former, Data: { ImageId: former, Name: stack.ec2.images.get(former)!.name } });
    expect(Reason).toContain(words);
    expect(Reason).toMatch(new RegExp(`\\. The rollback returns to ${former} anyway$`));
    expect(stack.ec2.callsOf('RegisterImage')).toHaveLength(2);
  }));

  test('as usual if nobody changed it, without reading the stack', () => updated(async (stack, former, next) => {
    expect(await stack.rollBack(GOLDEN, NEXT, next)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: former, Reason: `found ${former}` });
    expect(stack.ec2.callsOf('DescribeStacks')).toEqual([]);
  }));
});

describe('a rollback keeps the current image', () => {
  const keeps = async (stack: Stack, next: string, words: string) => {
    const before = [...stack.ec2.images.keys()];
    const { Status, PhysicalResourceId, Reason, Data } = await stack.rollBack(GOLDEN, NEXT, next);
    expect({ Status, PhysicalResourceId, Data }).toEqual({ Status: 'SUCCESS', PhysicalResourceId: next, Data: { ImageId: next, Name: stack.ec2.images.get(next)!.name } });
    expect(Reason).toContain(words);
    expect(Reason).toMatch(new RegExp(`\\. The rollback keeps ${next}$`));
    expect([...stack.ec2.images.keys()]).toEqual(before);
  };

  test('if the former one no longer exists, and cannot be registered', () => updated(async (stack, former, next) => {
    stack.ec2.images.delete(former);
    stack.ec2.failWith(REFUSED);
    await keeps(stack, next, 'UnauthorizedOperation: no');
  }));

  test('if the former one failed, and cannot be registered again', () => updated(async (stack, former, next) => {
    change(stack, former, { state: 'failed' });
    stack.ec2.failWith({ ...REFUSED, action: 'DeregisterImage' });
    await keeps(stack, next, 'UnauthorizedOperation: no');
  }));

  test.each<[string, Partial<Image>]>([
    ['is made of something else', { architecture: 'x86_64', bootMode: 'uefi' }],
    ['has not the attribute', { imdsSupport: undefined }],
  ])('if the image with the former name %s', (_, changed) => updated(async (stack, former, next) => {
    change(stack, former, changed);
    await keeps(stack, next, former);
  }));

  test('without the permission for EC2', () => updated(async (stack, former, next) => {
    stack.ec2.failWith({ action: 'DescribeImages', code: 'UnauthorizedOperation', when: ({ parameters }: Call) => parameters['Owner.1'] === 'self' });
    await keeps(stack, next, 'UnauthorizedOperation');
    expect(stack.ec2.images.has(former)).toBe(true);
  }));

  test('even if it is the former one, because the update created no other', () => inAccount(async stack => {
    const { PhysicalResourceId } = await stack.create(GOLDEN);
    stack.ec2.failWith({ action: 'DescribeImages', code: 'UnauthorizedOperation' });
    expect(await stack.rollBack(GOLDEN, NEXT, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId, Data: { ImageId: PhysicalResourceId } });
  }));

  test('which belongs to the resource, although it has the name for other properties', () => updated(async (stack, former, next) => {
    stack.ec2.images.delete(former);
    stack.ec2.failWith(REFUSED);
    await stack.rollBack(GOLDEN, NEXT, next);
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'DELETE_IN_PROGRESS' };
    expect(await stack.remove(GOLDEN, next)).toMatchObject({ Status: 'SUCCESS', Reason: `deregistered ${next}` });
  }));

  test('which stays even if it lost its tag', () => updated(async (stack, former, next) => {
    stack.ec2.images.delete(former);
    stack.ec2.failWith(REFUSED);
    await stack.rollBack(GOLDEN, NEXT, next);
    change(stack, next, { tags: {} });
    stack.ec2.stack = { ...stack.ec2.stack, stackStatus: 'DELETE_IN_PROGRESS' };
    expect(await stack.remove(GOLDEN, next))
      .toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`the tag cdk-imdsv2:stack-id is unset, not ${STACK_ID}. It is kept`) as string });
  }));
});

describe('an update that is not a rollback fails', () => {
  test('if an image without the tag has the name', () => updated(async (stack, former, next) => {
    change(stack, former, { tags: {} });
    expect(await stack.update(GOLDEN, NEXT, next)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: next });
  }));

  test('if the state is unknown', () => updated(async (stack, former, next) => {
    change(stack, former, { tags: {} });
    stack.ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
    expect((await stack.rollBack(GOLDEN, NEXT, next)).Status).toBe('FAILED');
  }));
});
