import type { Image } from '../images/fake-ec2';
import { GOLDEN, inAccount, NEXT, type Stack } from './stack';

const EVIL = 'ami-0e0e0e0e0e0e0e0e0';
const ROOT = { deviceName: '/dev/xvda', ebs: { snapshotId: 'snap-1111', volumeSize: '8', volumeType: 'gp2', deleteOnTermination: 'true', encrypted: 'false' } };
const UEFI = { Image: { ...GOLDEN.Image, UefiData: 'QU1aTlVFRkk=' } };

/** The root device with other options that nobody requested. */
const rootWith = (options: { readonly [name: string]: string }): Partial<Image> => ({ devices: [{ ...ROOT, ebs: { ...ROOT.ebs, ...options } }] });

/** An image of the resource, as EC2 describes it, which CloudFormation does not know. */
async function registered(stack: Stack, change: Partial<Image> = {}, properties: { readonly Image: object } = GOLDEN): Promise<string> {
  const { PhysicalResourceId } = await stack.create(properties);
  stack.ec2.add(PhysicalResourceId, { ...stack.ec2.images.get(PhysicalResourceId)!, ...change });
  stack.ec2.calls.length = 0;
  return PhysicalResourceId;
}

/** The same image with another id, from somebody who knew its name. */
async function taken(stack: Stack, change: Partial<Image>, properties: { readonly Image: object } = GOLDEN): Promise<void> {
  const id = await registered(stack, {}, properties);
  const own = stack.ec2.images.get(id)!;
  stack.ec2.images.clear();
  stack.ec2.add(EVIL, { ...own, ...change });
}

const LISTED: readonly [what: string, change: Partial<Image>, words: string][] = [
  ['a volume that costs', rootWith({ volumeType: 'io2', iops: '64000' }), 'VolumeType of /dev/xvda is io2, not gp2'],
  ['a slow volume', rootWith({ volumeType: 'sc1' }), 'VolumeType of /dev/xvda is sc1, not gp2'],
  ['more IOPS', rootWith({ volumeType: 'gp3', iops: '16000' }), 'Iops of /dev/xvda is 16000, not 3000'],
  ['more throughput', rootWith({ volumeType: 'gp3', throughput: '1000' }), 'Throughput of /dev/xvda is 1000, not 125'],
  ['a root volume that stays', rootWith({ deleteOnTermination: 'false' }), 'DeleteOnTermination of /dev/xvda is false, not true'],
  ['a kernel', { kernelId: 'aki-evil' }, 'KernelId is aki-evil, not unset'],
  ['a RAM disk', { ramdiskId: 'ari-evil' }, 'RamdiskId is ari-evil, not unset'],
];

const UNLISTED: readonly [what: string, change: Partial<Image>, words: string][] = [
  ['a large volume', rootWith({ volumeSize: '16000' }), 'VolumeSize of /dev/xvda is 16000, not 8'],
  ['UEFI data', { uefiData: 'QU1aTlVFRkk=' }, 'UefiData is 8 bytes, not 0 bytes as given'],
  ['launch permissions', { sharedWith: ['999988887777'] }, 'LaunchPermission is 999988887777, not unset'],
  ['launch permissions for everybody', { sharedWith: ['all'] }, 'LaunchPermission is all, not unset'],
];

describe('an image with the name that has something that was not requested', () => {
  test.each([...LISTED, ...UNLISTED])('is rejected: %s', (_, change, words) => inAccount(async stack => {
    await taken(stack, change);
    const [{ name }] = stack.ec2.images.values();
    const { Status, Reason, PhysicalResourceId } = await stack.create(GOLDEN);
    expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: `${EVIL} is another image: ${words}. It already has the name ${name}: deregister it or choose another imageName` });
    expect((await stack.remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
    expect([...stack.ec2.images.keys()]).toEqual([EVIL]);
    expect(stack.ec2.callsOf('RegisterImage')).toEqual([]);
  }));

  test.each(UNLISTED)('is rejected, and stays, also if EC2 lists it only after it rejected its name: %s', (_, change, words) => inAccount(async stack => {
    await taken(stack, change);
    stack.ec2.unlisted = 2;
    expect(await stack.create(GOLDEN)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) as string });
    expect(stack.ec2.callsOf('RegisterImage')).toHaveLength(1);
    expect([...stack.ec2.images.keys()]).toEqual([EVIL]);
  }));

  test.each<[string, string | undefined, string]>([
    ['other', 'ZXZpbA==', 'UefiData is 4 bytes, not 8 bytes as given'],
    ['no', undefined, 'UefiData is 0 bytes, not 8 bytes as given'],
  ])('is rejected if it has %s UEFI data', (_, uefiData, words) => inAccount(async stack => {
    await taken(stack, { uefiData }, UEFI);
    expect(await stack.create(UEFI)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) as string });
  }));

  test.each([...LISTED, ...UNLISTED.slice(0, 2)])('is not the former image of a rollback: %s', (_, change) => inAccount(async stack => {
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    const { PhysicalResourceId: next } = await stack.update(NEXT, GOLDEN, former);
    const own = stack.ec2.images.get(former)!;
    stack.ec2.images.delete(former);
    stack.ec2.add(EVIL, { ...own, ...change });
    expect(await stack.rollBack(GOLDEN, NEXT, next)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: next });
  }));
});

describe('an image of the resource is found, with the defaults of EC2', () => {
  test.each<[string, Partial<Image>]>([
    ['as ever', {}],
    ['gp2 with the IOPS of its size', rootWith({ volumeType: 'gp2', iops: '100' })],
    ['gp3 with its baseline', rootWith({ volumeType: 'gp3', iops: '3000', throughput: '125' })],
    ['gp3 alone', rootWith({ volumeType: 'gp3' })],
    ['magnetic', rootWith({ volumeType: 'standard' })],
    ['nothing but the snapshot and its size', { devices: [{ deviceName: '/dev/xvda', ebs: { snapshotId: 'snap-1111', volumeSize: '8' } }] }],
  ])('%s', (_, change) => inAccount(async stack => {
    const id = await registered(stack, change);
    expect(await stack.create(GOLDEN)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id, Reason: `found ${id}` });
    expect(stack.ec2.callsOf('RegisterImage')).toEqual([]);
  }));

  test('the size of its snapshot', () => inAccount(async stack => {
    stack.ec2.snapshotSizes.set('snap-1111', 30);
    const id = await registered(stack, rootWith({ volumeSize: '30' }));
    expect(await stack.create(GOLDEN)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(stack.ec2.callsOf('DescribeSnapshots').map(({ parameters }) => parameters)).toEqual([{ 'SnapshotId.1': 'snap-1111' }]);
  }));

  test('with a data volume that is kept', () => inAccount(async stack => {
    const data = { DeviceName: '/dev/sdb', Ebs: { SnapshotId: 'snap-2222' } };
    const properties = { Image: { ...GOLDEN.Image, BlockDeviceMappings: [...GOLDEN.Image.BlockDeviceMappings, data] } };
    const stays = { deviceName: '/dev/sdb', ebs: { ...ROOT.ebs, snapshotId: 'snap-2222', deleteOnTermination: 'false' } };
    const id = await registered(stack, { devices: [stays, ROOT] }, properties);
    expect(await stack.create(properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  }));

  test('with the given UEFI data', () => inAccount(async stack => {
    const id = await registered(stack, { uefiData: 'QU1aTlVFRkk' }, UEFI); // the same without padding
    expect(await stack.create(UEFI)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  }));

  test('without reading UEFI data if instances boot with BIOS', () => inAccount(async stack => {
    const properties = { Image: { ...GOLDEN.Image, Architecture: 'x86_64' } };
    await registered(stack, {}, properties);
    expect((await stack.create(properties)).Status).toBe('SUCCESS');
    expect(stack.ec2.callsOf('DescribeImageAttribute').map(({ parameters }) => parameters.Attribute)).toEqual(['launchPermission']);
  }));

  test('shared later, if images are retained', () => inAccount(async stack => {
    const properties = { ...GOLDEN, Retain: 'true' };
    const id = await registered(stack, { sharedWith: ['999988887777'] }, properties);
    expect(await stack.create(properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  }));

  test('shared later, if a rollback returns to it', () => inAccount(async stack => {
    const former = await registered(stack, { sharedWith: ['999988887777'] });
    const { PhysicalResourceId: next } = await stack.update(NEXT, GOLDEN, former);
    expect(await stack.rollBack(GOLDEN, NEXT, next)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: former });
  }));

  test.each(['DescribeSnapshots', 'DescribeImageAttribute'])('also by a rollback without the permission for %s', action => inAccount(async stack => {
    const former = await registered(stack);
    const { PhysicalResourceId: next } = await stack.update(NEXT, GOLDEN, former);
    stack.ec2.failWith({ action, code: 'UnauthorizedOperation' });
    expect(await stack.rollBack(GOLDEN, NEXT, next)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: former });
  }));
});

test.each(['DescribeSnapshots', 'DescribeImageAttribute'])('a creation without the permission for %s fails with the reason, and its deletion finds the image', action => inAccount(async stack => {
  const id = await registered(stack);
  stack.ec2.failWith({ action, code: 'UnauthorizedOperation', message: 'no' });
  const { Status, Reason, PhysicalResourceId } = await stack.create(GOLDEN);
  expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: `UnauthorizedOperation: no. ${id} is kept` });
  expect((await stack.remove(GOLDEN, PhysicalResourceId)).Reason).toBe(`deregistered ${id}`);
}));

test('an image that was registered now is not compared', () => inAccount(async stack => {
  const { Reason, PhysicalResourceId } = await stack.create(GOLDEN);
  expect(Reason).toBe(`registered ${PhysicalResourceId}`);
  expect([...stack.ec2.callsOf('DescribeSnapshots'), ...stack.ec2.callsOf('DescribeImageAttribute')]).toEqual([]);
}));
