import { STACK_ID } from '../harness/cloudformation';
import type { Image } from '../images/fake-ec2';
import { GOLDEN, inAccount, NEXT, type Stack } from './stack';

const EVIL = 'ami-0e0e0e0e0e0e0e0e0';
const TAG = 'cdk-imdsv2:stack-id';
const ROOT = { deviceName: '/dev/xvda', ebs: { snapshotId: 'snap-1111', volumeSize: '8', volumeType: 'gp2', deleteOnTermination: 'true', encrypted: 'false' } };
const GIVEN = {
  ...GOLDEN.Image,
  BlockDeviceMappings: [
    { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1111', VolumeSize: '20', VolumeType: 'gp3', Iops: '4000', Throughput: '250', DeleteOnTermination: 'false' } },
    { DeviceName: '/dev/sdb', Ebs: { VolumeSize: '8', Encrypted: 'true' } },
    { DeviceName: '/dev/sdc', VirtualName: 'ephemeral0' },
  ],
  SriovNetSupport: 'simple',
};

/** Registers an image with the future name of the resource's image, as somebody else can do: the same image with one change. */
async function taken({ create, remove, ec2 }: Stack, change: Partial<Image>, properties: { Image: object } = GOLDEN): Promise<void> {
  const { PhysicalResourceId } = await create(properties);
  const own = ec2.images.get(PhysicalResourceId)!;
  await remove(properties, PhysicalResourceId);
  expect(ec2.images.size).toBe(0);
  ec2.add(EVIL, { ...own, ...change });
  ec2.calls.length = 0;
}

const untouched = ({ ec2 }: Stack) => {
  expect([...ec2.images.keys()]).toEqual([EVIL]);
  expect(ec2.callsOf('DeregisterImage')).toEqual([]);
};

const FOREIGN: readonly [what: string, change: Partial<Image>, words: string][] = [
  ['another snapshot', { devices: [{ ...ROOT, ebs: { ...ROOT.ebs, snapshotId: 'snap-evil' } }] }, 'SnapshotId of /dev/xvda is snap-evil, not snap-1111'],
  ['no snapshot', { devices: [{ ...ROOT, ebs: { volumeSize: '8' } }] }, 'SnapshotId of /dev/xvda is unset, not snap-1111'],
  ['one volume more', { devices: [ROOT, { deviceName: '/dev/sdf', ebs: { snapshotId: 'snap-evil' } }] },
    '/dev/sdf is a volume, not unset, SnapshotId of /dev/sdf is snap-evil, not unset'],
  ['an empty volume more', { devices: [ROOT, { deviceName: '/dev/sdf', ebs: { volumeSize: '8' } }] }, '/dev/sdf is a volume, not unset'],
  ['its volume in another place', { devices: [{ ...ROOT, deviceName: '/dev/sda1' }] },
    '/dev/sda1 is a volume, not unset, SnapshotId of /dev/sda1 is snap-1111, not unset, /dev/xvda is unset, not a volume, SnapshotId of /dev/xvda is unset, not snap-1111'],
  ['another architecture', { architecture: 'x86_64', bootMode: 'uefi' }, 'Architecture is x86_64, not arm64'],
  ['another root device', { rootDeviceName: '/dev/sdf' }, 'RootDeviceName is /dev/sdf, not /dev/xvda'],
  ['another virtualization', { virtualizationType: 'paravirtual' }, 'VirtualizationType is paravirtual, not hvm'],
  ['another boot mode', { bootMode: 'uefi-preferred' }, 'BootMode is uefi-preferred, not uefi'],
  ['no ENA', { enaSupport: 'false' }, 'EnaSupport is false, not true'],
  ['a TPM', { tpmSupport: 'v2.0' }, 'TpmSupport is v2.0, not unset'],
  ['the tag of another stack', { tags: { [TAG]: 'arn:other' } }, `the tag ${TAG} is arn:other, not ${STACK_ID}`],
  ['no tag', { tags: { team: 'web' } }, `the tag ${TAG} is unset, not ${STACK_ID}`],
];

const hint = (name: string) => `It already has the name ${name}: deregister it or choose another imageName`;

describe('an image with the name that another principal registered', () => {
  test.each(FOREIGN)('with %s is rejected by a creation, with the difference and an advice', (_, change, words) => inAccount(async stack => {
    await taken(stack, change);
    const [{ name }] = stack.ec2.images.values();
    expect(await stack.create(GOLDEN)).toMatchObject({ Status: 'FAILED', Reason: `${EVIL} is another image: ${words}. ${hint(name)}` });
    expect(stack.ec2.callsOf('RegisterImage')).toEqual([]);
    untouched(stack);
  }));

  test.each(FOREIGN)('with %s is kept by the deletion after a failed creation, which succeeds and reports this', (_, change, words) => inAccount(async stack => {
    await taken(stack, change);
    const [{ name }] = stack.ec2.images.values();
    stack.ec2.stack = { ...stack.ec2.stack, resourceStatus: 'CREATE_FAILED', stackStatus: 'ROLLBACK_IN_PROGRESS' };
    expect(await stack.remove(GOLDEN, 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S'))
      .toMatchObject({ Status: 'SUCCESS', Reason: `${name} may remain: ${EVIL} is another image: ${words}. It is kept` });
    untouched(stack);
  }));

  const change = { architecture: 'x86_64', bootMode: 'uefi' };
  const words = `${EVIL} is another image: Architecture is x86_64, not arm64. `;

  test('without the attribute is rejected, too', () => inAccount(async stack => {
    await taken(stack, { imdsSupport: undefined });
    expect(await stack.create(GOLDEN)).toMatchObject({ Status: 'FAILED', Reason: `EC2 did not apply the change: ImdsSupport of ${EVIL} is unset, not v2.0. ${EVIL} is kept` });
    untouched(stack);
  }));

  test('is rejected if EC2 lists it only after it rejected its name', () => inAccount(async stack => {
    await taken(stack, change);
    stack.ec2.unlisted = 2;
    const { Status, Reason, PhysicalResourceId } = await stack.create(GOLDEN);
    expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: expect.stringContaining(words) as string });
    expect(stack.ec2.callsOf('RegisterImage')).toHaveLength(1);
    expect((await stack.remove(GOLDEN, PhysicalResourceId)).Status).toBe('SUCCESS');
    untouched(stack);
  }));

  test('is rejected by an update, which keeps the current image', () => inAccount(async stack => {
    await taken(stack, change, NEXT);
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    expect(await stack.update(NEXT, GOLDEN, former)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: former, Reason: expect.stringContaining(words) as string });
    expect([...stack.ec2.images.keys()]).toEqual([EVIL, former]);
  }));

  test('is rejected by a rollback whose former image no longer exists', () => inAccount(async stack => {
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    const { PhysicalResourceId: next } = await stack.update(NEXT, GOLDEN, former);
    const own = stack.ec2.images.get(former)!;
    stack.ec2.images.delete(former);
    stack.ec2.add(EVIL, { ...own, ...change });
    expect(await stack.update(GOLDEN, NEXT, next)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) as string });
    expect([...stack.ec2.images.keys()]).toEqual([next, EVIL]);
  }));

  test('is kept by a rollback that looks for an image of a cancelled update', () => inAccount(async stack => {
    await taken(stack, change, NEXT);
    const { PhysicalResourceId: former } = await stack.create(GOLDEN);
    const { Status, Reason } = await stack.update(GOLDEN, NEXT, former);
    expect(Status).toBe('SUCCESS');
    expect(Reason).toMatch(new RegExp(`^found ${former}; golden-[0-9a-f]{10} may remain: ${words}It is kept$`));
    expect([...stack.ec2.images.keys()]).toEqual([EVIL, former]);
  }));

  test.each(['failed', 'error', 'invalid'])('that is %s is not replaced, unless it has the tag of the stack', state => inAccount(async stack => {
    await taken(stack, { state, tags: {} });
    expect((await stack.create(GOLDEN)).Reason).toBe(`${EVIL} is another image: the tag ${TAG} is unset, not ${STACK_ID}. ${hint([...stack.ec2.images.values()][0].name)}`);
    untouched(stack);
  }));
});

describe('an image of the resource is used, whatever else EC2 returns', () => {
  test.each<[string, Partial<Image>, object]>([
    ['the boot mode that the processors have by default', { bootMode: 'uefi' }, {}],
    ['no boot mode, if the default was requested', { bootMode: undefined }, { BootMode: 'uefi' }],
    ['another tag', { tags: { [TAG]: STACK_ID, team: 'web' } }, {}],
    ['SR-IOV that was not requested', { sriovNetSupport: 'simple' }, {}],
    ['no ENA, where it is not to be', { enaSupport: undefined }, { EnaSupport: 'false' }],
    ['an instance store volume', { devices: [{ deviceName: '/dev/sdb', virtualName: 'ephemeral0' }, ROOT] }, {}],
    ['a device that is suppressed', { devices: [ROOT, { deviceName: '/dev/sdb' }] }, {}],
    ['an encrypted volume, as the account has it', { devices: [{ ...ROOT, ebs: { ...ROOT.ebs, encrypted: 'true' } }] }, {}],
  ])('%s', (_, change, more) => inAccount(async stack => {
    const properties = { Image: { ...GOLDEN.Image, ...more } };
    const { PhysicalResourceId } = await stack.create(properties);
    Object.assign(stack.ec2.images.get(PhysicalResourceId)!, change);
    expect(await stack.create(properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect(stack.ec2.callsOf('RegisterImage')).toHaveLength(1);
  }));

  test('with all properties', () => inAccount(async stack => {
    const { PhysicalResourceId } = await stack.create({ Image: GIVEN });
    expect(await stack.create({ Image: GIVEN })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
  }));

  test("with a volume that is encrypted anyway, by the account\'s default", () => inAccount(async stack => {
    const data = { DeviceName: '/dev/sdb', Ebs: { VolumeSize: '8', Encrypted: 'false' } };
    const properties = { Image: { ...GOLDEN.Image, BlockDeviceMappings: [...GOLDEN.Image.BlockDeviceMappings, data] } };
    const { PhysicalResourceId } = await stack.create(properties);
    const image = stack.ec2.images.get(PhysicalResourceId)!;
    stack.ec2.add(PhysicalResourceId, { ...image, devices: image.devices!.map(device => ({ ...device, ebs: { ...device.ebs, encrypted: 'true' } })) });
    expect((await stack.create(properties)).Status).toBe('SUCCESS');
  }));

  test('without instance store volumes, which EC2 can leave out', () => inAccount(async stack => {
    const { PhysicalResourceId } = await stack.create({ Image: GIVEN });
    const image = stack.ec2.images.get(PhysicalResourceId)!;
    stack.ec2.add(PhysicalResourceId, { ...image, devices: image.devices!.filter(({ ebs }) => ebs) });
    expect((await stack.create({ Image: GIVEN })).Status).toBe('SUCCESS');
  }));
});

test.each<[string, string, string]>([
  ['volumeSize', '9', 'VolumeSize of /dev/xvda is 9, not 20'],
  ['volumeType', 'io2', 'VolumeType of /dev/xvda is io2, not gp3'],
  ['iops', '3000', 'Iops of /dev/xvda is 3000, not 4000'],
  ['throughput', '125', 'Throughput of /dev/xvda is 125, not 250'],
  ['deleteOnTermination', 'true', 'DeleteOnTermination of /dev/xvda is true, not false'],
])('the requested properties of a volume count: another %s', (name, value, words) => inAccount(async stack => {
  const { PhysicalResourceId } = await stack.create({ Image: GIVEN });
  const image = stack.ec2.images.get(PhysicalResourceId)!;
  const devices = image.devices!.map(device => device.deviceName === '/dev/xvda' ? { ...device, ebs: { ...device.ebs, [name]: value } } : device);
  stack.ec2.add(PhysicalResourceId, { ...image, devices });
  expect((await stack.create({ Image: GIVEN })).Reason).toContain(` is another image: ${words}. `);
}));

test.each<[string, Partial<Image>, string]>([
  ['SR-IOV', { sriovNetSupport: undefined }, 'SriovNetSupport is unset, not simple'],
  ['encryption', { devices: [{ deviceName: '/dev/sdb', ebs: { volumeSize: '8', encrypted: 'false' } }] }, 'Encrypted of /dev/sdb is false, not true'],
])('with %s, if this was requested', (_, { devices = [], ...change }, words) => inAccount(async stack => {
  const { PhysicalResourceId } = await stack.create({ Image: GIVEN });
  const image = stack.ec2.images.get(PhysicalResourceId)!;
  const rest = image.devices!.filter(({ deviceName }) => !devices.some(device => device.deviceName === deviceName));
  stack.ec2.add(PhysicalResourceId, { ...image, ...change, devices: [...rest, ...devices] });
  expect((await stack.create({ Image: GIVEN })).Reason).toContain(` is another image: ${words}. `);
}));

test('a rollback to the current image succeeds, even if its tags have changed', () => inAccount(async ({ create, update, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  ec2.add(PhysicalResourceId, { ...ec2.images.get(PhysicalResourceId)!, tags: {} });
  expect(await update(GOLDEN, NEXT, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
}));
