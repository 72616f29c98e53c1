import { CfnParameter, CfnResource, Lazy, NestedStack, RemovalPolicy, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BlockDeviceVolume, CfnInstance, EbsDeviceVolumeType, Instance, InstanceType, LaunchTemplate, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { handler } from '../../handlers/registered-image';
import type { RegisteredImageProps } from '../../src';
import { ImageArchitecture, ImageBootMode, ImageVirtualizationType, RegisteredImage } from '../../src';
import { REGISTERED_IMAGE_HANDLER } from '../../src/ami/registered-image/handler-code.generated';
import { asSent, deployed, STACK_ID } from '../handlers/harness/cloudformation';
import { beside } from '../handlers/harness/lambda';
import { FakeEc2 } from '../handlers/images/fake-ec2';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack, twoStacks } from '../harness/scratch-app';
import { complaintsAbout } from '../iam/authorization-data';
import { rendered, rightsIn } from './rendered';

const IMAGE = 'Custom::ImdsRegisteredImage';
const SNAPSHOT = 'snap-1234567890abcdef0';
const ROOT = { deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot(SNAPSHOT) };
const PARAVIRTUAL = { architecture: ImageArchitecture.X86_64, virtualizationType: ImageVirtualizationType.PARAVIRTUAL };
const LEAST: RegisteredImageProps = { architecture: ImageArchitecture.ARM_64, blockDevices: [ROOT] };

function stackWith(props: Partial<RegisteredImageProps> = {}): Stack {
  const stack = scratchStack();
  new RegisteredImage(stack, 'Golden', { ...LEAST, ...props });
  return stack;
}

/** The parameters of `RegisterImage` in the template. */
function parametersWith(props?: Partial<RegisteredImageProps>): object {
  return rendered(resourceOf(stackWith(props), IMAGE).Properties.Image) as object;
}

describe('the parameters', () => {
  test('of an image from one snapshot', () => {
    expect(parametersWith()).toEqual({
      Name: 'Stack-Golden-61D17555',
      Architecture: 'arm64',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: SNAPSHOT } }],
      EnaSupport: true,
      VirtualizationType: 'hvm',
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'cdk-imdsv2:stack-id', Value: STACK_ID }] }],
    });
  });

  const data = { deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebs(8, { encrypted: true, volumeType: EbsDeviceVolumeType.IO2, iops: 100 }) };
  const store = { deviceName: '/dev/sdc', volume: BlockDeviceVolume.ephemeral(0) };

  test.each<[string, Partial<RegisteredImageProps>, object]>([
    ['name', { imageName: "web (1) [2]/3.4_5-6'7@8" }, { Name: "web (1) [2]/3.4_5-6'7@8" }],
    ['description', { description: 'for the web tier' }, { Description: 'for the web tier' }],
    ['architecture', { architecture: ImageArchitecture.X86_64_MAC }, { Architecture: 'x86_64_mac' }],
    ['root device', { blockDevices: [store, ROOT], rootDeviceName: '/dev/xvda' }, { RootDeviceName: '/dev/xvda' }],
    ['snapshot with options', {
      blockDevices: [{
        deviceName: '/dev/sda1',
        volume: BlockDeviceVolume.ebsFromSnapshot(SNAPSHOT, {
          volumeSize: 20, volumeType: EbsDeviceVolumeType.GP3, iops: 4_000, throughput: 250, deleteOnTermination: false,
        }),
      }],
    }, {
      RootDeviceName: '/dev/sda1',
      BlockDeviceMappings: [{
        DeviceName: '/dev/sda1',
        Ebs: { SnapshotId: SNAPSHOT, VolumeSize: 20, VolumeType: 'gp3', Iops: 4_000, Throughput: 250, DeleteOnTermination: false },
      }],
    }],
    ['empty and instance store volumes', { blockDevices: [ROOT, data, store] }, {
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { SnapshotId: SNAPSHOT } },
        { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 8, Encrypted: true, VolumeType: 'io2', Iops: 100 } },
        { DeviceName: '/dev/sdc', VirtualName: 'ephemeral0' },
      ],
    }],
    ['boot mode', { architecture: ImageArchitecture.X86_64, bootMode: ImageBootMode.LEGACY_BIOS }, { BootMode: 'legacy-bios' }],
    ['TPM', { bootMode: ImageBootMode.UEFI, tpmSupport: true }, { BootMode: 'uefi', TpmSupport: 'v2.0' }],
    ['UEFI data', { uefiData: 'QU1aTlVFRkk=' }, { UefiData: 'QU1aTlVFRkk=' }],
    ['ENA', { enaSupport: false }, { EnaSupport: false }],
    ['SR-IOV', { sriovNetSupport: true }, { SriovNetSupport: 'simple' }],
    ['virtualization', PARAVIRTUAL, { VirtualizationType: 'paravirtual', EnaSupport: false }],
    ['tags', { tags: { team: 'web', empty: '' } }, {
      TagSpecifications: [{
        ResourceType: 'image',
        Tags: [{ Key: 'cdk-imdsv2:stack-id', Value: STACK_ID }, { Key: 'team', Value: 'web' }, { Key: 'empty', Value: '' }],
      }],
    }],
  ])('of another %s', (_, props, expected) => {
    expect(parametersWith(props)).toMatchObject(expected);
  });

  test('contain only the given properties', () => {
    const off = { tpmSupport: false, sriovNetSupport: false };
    expect(parametersWith(off)).toEqual(parametersWith());
  });

  test('can come from parameters of the stack', () => {
    const stack = scratchStack();
    const snapshot = new CfnParameter(stack, 'Snapshot').valueAsString;
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    new RegisteredImage(stack, 'Golden', {
      architecture: text('Architecture') as ImageArchitecture,
      blockDevices: [{ deviceName: text('Device'), volume: BlockDeviceVolume.ebsFromSnapshot(snapshot, { volumeSize: size }) }],
      imageName: text('Name'),
      description: text('Description'),
      bootMode: text('Boot') as ImageBootMode,
      tpmSupport: true,
      uefiData: text('Uefi'),
      tags: { team: text('Team') },
    });
    expect(rendered(resourceOf(stack, IMAGE).Properties.Image)).toMatchObject({
      Architecture: '{Architecture}',
      RootDeviceName: '{Device}',
      Name: '{Name}',
      BootMode: '{Boot}',
      TpmSupport: 'v2.0',
      UefiData: '{Uefi}',
      BlockDeviceMappings: [{ DeviceName: '{Device}', Ebs: { SnapshotId: '{Snapshot}', VolumeSize: '{Size}' } }],
    });
  });

  describe('with unresolved device names', () => {
    const ebs = { volume: BlockDeviceVolume.ebsFromSnapshot(SNAPSHOT) };

    test.each<[string, (name: string) => Partial<RegisteredImageProps>, string]>([
      ['the root device may be named by one', rootDeviceName => ({ rootDeviceName }), '{Device}'],
      ['the root device may be one of them', deviceName => ({ blockDevices: [{ ...ebs, deviceName }], rootDeviceName: '/dev/xvda' }), '/dev/xvda'],
    ])('%s', (_, props, expected) => {
      const stack = scratchStack();
      new RegisteredImage(stack, 'Golden', { ...LEAST, ...props(new CfnParameter(stack, 'Device').valueAsString) });
      expect(rendered(resourceOf(stack, IMAGE).Properties.Image)).toMatchObject({ RootDeviceName: expected });
    });

    test('one of the devices still has to be created from a snapshot', () => {
      const stack = scratchStack();
      const rootDeviceName = new CfnParameter(stack, 'Device').valueAsString;
      const blockDevices = [{ deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebs(8) }];
      expect(() => new RegisteredImage(stack, 'Golden', { ...LEAST, blockDevices, rootDeviceName })).toThrow('must be made of a snapshot');
    });
  });

  test('can come from placeholders of a lookup of CDK', () => {
    const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const snapshot = StringParameter.valueFromLookup(stack, '/snapshots/golden');
    const uefiData = StringParameter.valueFromLookup(stack, '/snapshots/uefi');
    const blockDevices = [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot(snapshot) }];
    expect(() => new RegisteredImage(stack, 'Golden', { ...LEAST, blockDevices, uefiData })).not.toThrow();
  });

  test('do not change with tags of the app, which would register another image', () => {
    const stack = stackWith();
    Tags.of(stack).add('commit', 'a1b2c3');
    expect(JSON.stringify(resourceOf(stack, IMAGE).Properties)).not.toContain('a1b2c3');
  });
});

describe('a property is rejected, with its value:', () => {
  const volume = (props: object) => ({ blockDevices: [{ deviceName: '/dev/xvda', volume: { ebsDevice: { snapshotId: SNAPSHOT, ...props } } }] });
  const empty = BlockDeviceVolume.ebs(8);

  test.each<[unknown, string]>([
    [{ blockDevices: [null] }, 'blockDevices must have a deviceName each, got null'],
    [{ blockDevices: [{ volume: empty }] }, 'blockDevices must have a deviceName each, got {"volume":{"ebsDevice":{"volumeSize":8}}}'],
    [{ blockDevices: [{ ...ROOT, deviceName: '' }] }, "deviceName must be the name of a device, such as '/dev/xvda', got ''"],
    [{ blockDevices: [{ ...ROOT, deviceName: 7 }] }, "deviceName must be the name of a device, such as '/dev/xvda', got 7"],
    [{ blockDevices: [{ deviceName: '/dev/xvda' }] }, "the volume of '/dev/xvda' must be one of BlockDeviceVolume, got undefined"],
    [{ blockDevices: [{ deviceName: '/dev/xvda', volume: {} }] }, "the volume of '/dev/xvda' must be one of BlockDeviceVolume, got {}"],
    [{ blockDevices: [ROOT, { deviceName: '/dev/sdb', volume: { ebsDevice: {} } }] }, "the volume of '/dev/sdb' must have a snapshot or a volumeSize, got neither"],
    [{ blockDevices: [ROOT, { deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebs(8, { encrypted: 'false' as never }) }] },
      "encrypted of the volume of '/dev/sdb' must be true or false, got 'false'"],
    [volume({ deleteOnTermination: 'no' }), "deleteOnTermination of the volume of '/dev/xvda' must be true or false, got 'no'"],
    [{ enaSupport: Lazy.any({ produce: () => true }) }, 'enaSupport must be known at synthesis, got an unresolved value'],
    [{ bootMode: 'legacy-bios' }, "bootMode must be 'uefi' for the architecture 'arm64', got 'legacy-bios'"],
    [{ architecture: 'x86_64', uefiData: 'QU1aTlVFRkk=' }, "uefiData needs bootMode 'uefi', got none"],
    [{ virtualizationType: 'paravirtual' }, "virtualizationType must be 'hvm' for the architecture 'arm64', got 'paravirtual'"],
    [{ ...PARAVIRTUAL, uefiData: 'QU1aTlVFRkk=' }, 'uefiData must not be given for a paravirtual image, which does not boot by UEFI'],
    [{ tags: new Map([['team', 'web']]) }, 'tags must be an object with a string for each key, got {}'],
    [{ tags: ['team'] }, 'tags must be an object with a string for each key, got ["team"]'],
    [{ tags: null }, 'tags must be an object with a string for each key, got null'],
    [{ runtime: 'nodejs24.x' }, "runtime must be Node.js 22 or later, got 'nodejs24.x'"],
    [{ runtime: null }, 'runtime must be Node.js 22 or later, got null'],
    [{ architecture: undefined }, "architecture must be one of 'i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac', got undefined"],
    [{ architecture: 'aarch64' }, "architecture must be one of 'i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac', got 'aarch64'"],
    [{ blockDevices: [] }, 'blockDevices must have a root device, got []'],
    [{ blockDevices: undefined }, 'blockDevices must have a root device, got undefined'],
    [{ blockDevices: [ROOT, ROOT] }, "blockDevices must have each device name once, got '/dev/xvda' twice"],
    [{ blockDevices: [{ ...ROOT, mappingEnabled: false }] }, "mappingEnabled must not be false, got it for the volume of '/dev/xvda': an image has no mapping to suppress, leave the device out"],
    [{ blockDevices: [{ deviceName: '/dev/xvda', volume: empty }] }, "the root device '/dev/xvda' must be made of a snapshot, as by BlockDeviceVolume.ebsFromSnapshot()"],
    [{ blockDevices: [{ deviceName: '/dev/sdb', volume: empty }, ROOT] }, "the root device '/dev/sdb' must be made of a snapshot, as by BlockDeviceVolume.ebsFromSnapshot()"],
    [{ rootDeviceName: '/dev/sda1' }, "rootDeviceName must be one of '/dev/xvda', got '/dev/sda1'"],
    [volume({ snapshotId: 'snap-1' }), "snapshotId of the volume of '/dev/xvda' must be like 'snap-1234567890abcdef0', got 'snap-1'"],
    [volume({ encrypted: true }), "encrypted must not be given for the volume of '/dev/xvda', got true: EC2 takes it from the snapshot, the account or the launch"],
    [volume({ kmsKey: {} }), "kmsKey must not be given for the volume of '/dev/xvda': an image cannot name a key, a launch can"],
    [volume({ volumeInitializationRate: {} }), "volumeInitializationRate must not be given for the volume of '/dev/xvda': an image has none, a launch can"],
    [volume({ volumeSize: 0 }), "volumeSize of the volume of '/dev/xvda' must be a whole number above 0, got 0"],
    [volume({ volumeSize: 1.5 }), "volumeSize of the volume of '/dev/xvda' must be a whole number above 0, got 1.5"],
    [volume({ volumeType: 'gp4' }), "volumeType of the volume of '/dev/xvda' must be one of 'standard', 'io1', 'io2', 'gp2', 'gp3', 'st1', 'sc1', got 'gp4'"],
    [volume({ iops: 3_000 }), "iops of the volume of '/dev/xvda' must come with io1, io2 or gp3, got no volume type"],
    [volume({ volumeType: 'gp2', iops: 3_000 }), "iops of the volume of '/dev/xvda' must come with io1, io2 or gp3, got the volume type 'gp2'"],
    [volume({ volumeType: 'io2' }), "iops of the volume of '/dev/xvda' must be given with the volume type 'io2'"],
    [volume({ volumeType: 'io1', iops: 100, throughput: 125 }), "throughput of the volume of '/dev/xvda' must come with gp3, got the volume type 'io1'"],
    [{ imageName: '' }, "imageName must be 1 to 117 letters, digits, spaces, and ( ) [ ] . / - ' @ _, got ''"],
    [{ imageName: 'golden:1' }, "imageName must be 1 to 117 letters, digits, spaces, and ( ) [ ] . / - ' @ _, got 'golden:1'"],
    [{ imageName: 'x'.repeat(118) }, `imageName must be 1 to 117 letters, digits, spaces, and ( ) [ ] . / - ' @ _, got '${'x'.repeat(77)}...'`],
    [{ description: '' }, "description must be a string of 1 to 255 characters, got ''"],
    [{ bootMode: 'bios' }, "bootMode must be one of 'legacy-bios', 'uefi', 'uefi-preferred', got 'bios'"],
    [{ tpmSupport: true }, "tpmSupport needs bootMode 'uefi', got none"],
    [{ architecture: 'x86_64', tpmSupport: true, bootMode: 'legacy-bios' }, "tpmSupport needs bootMode 'uefi', got 'legacy-bios'"],
    [{ tpmSupport: 'v2.0' }, "tpmSupport must be true or false, got 'v2.0'"],
    [{ uefiData: 'no base64!' }, "uefiData must be a string in base64 of 64,000 characters at most, got 'no base64!'"],
    [{ architecture: 'x86_64', uefiData: 'QU1aTlVFRkk=', bootMode: 'legacy-bios' }, "uefiData needs bootMode 'uefi', got 'legacy-bios'"],
    [{ enaSupport: 'true' }, "enaSupport must be true or false, got 'true'"],
    [{ sriovNetSupport: 'simple' }, "sriovNetSupport must be true or false, got 'simple'"],
    [{ virtualizationType: 'xen' }, "virtualizationType must be one of 'hvm', 'paravirtual', got 'xen'"],
    [{ ...PARAVIRTUAL, enaSupport: true }, 'enaSupport must not be true for a paravirtual image, whose instances may then be unreachable, got true'],
    [{ ...PARAVIRTUAL, sriovNetSupport: true }, 'sriovNetSupport must not be true for a paravirtual image, whose instances may then be unreachable, got true'],
    [{ ...PARAVIRTUAL, bootMode: 'uefi' }, "bootMode must be 'legacy-bios' or not be given for a paravirtual image, got 'uefi'"],
    [{ tags: { 'aws:team': 'web' } }, "a key in tags must be 1 to 128 characters and not begin with 'aws:', got 'aws:team'"],
    [{ tags: { '': 'web' } }, "a key in tags must be 1 to 128 characters and not begin with 'aws:', got ''"],
    [{ tags: { team: 7 } }, "tag 'team' must be a string of at most 256 characters, got 7"],
    [{ tags: { 'cdk-imdsv2:stack-id': 'x' } }, "tags must not have 'cdk-imdsv2:stack-id', by which the image is known"],
    [{ tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, ''])) }, 'tags must be 49 at most, got 50'],
    [{ removalPolicy: 'snapshot' }, "removalPolicy must be one of 'destroy', 'retain', 'retain-on-update-or-delete', got 'snapshot'"],
    [{ removalPolicy: 'retain', deleteSnapshots: true }, "deleteSnapshots must not be true with the removal policy 'retain', which leaves the image with its snapshots"],
    [{ deleteSnapshots: 'yes' }, "deleteSnapshots must be true or false, got 'yes'"],
    [{ runtime: Runtime.NODEJS_20_X }, "runtime must be Node.js 22 or later, got 'nodejs20.x'"],
  ])('%j', (props, message) => {
    expect(() => stackWith(props as RegisteredImageProps)).toThrow(new Error(message));
  });
});

test.each<[RemovalPolicy | undefined, boolean | undefined]>([
  [undefined, undefined], [RemovalPolicy.DESTROY, undefined], [RemovalPolicy.RETAIN, true], [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, true],
])('with the removal policy %s, the function gets this about retained images: %s', (removalPolicy, Retain) => {
  expect(resourceOf(stackWith({ removalPolicy }), IMAGE).Properties.Retain).toBe(Retain);
});

test.each<[RemovalPolicy | undefined, string, string]>([
  [undefined, 'Delete', 'Delete'],
  [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
  [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
])('with the removal policy %s, the deletion policy is %s, and the former image has %s', (removalPolicy, DeletionPolicy, UpdateReplacePolicy) => {
  expect(resourceOf(stackWith({ removalPolicy }), IMAGE)).toMatchObject({ DeletionPolicy, UpdateReplacePolicy });
});

describe('the function', () => {
  test('has its code in the template, and CloudFormation waits for three tries', () => {
    const stack = stackWith();
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties).toMatchObject({ Code: { ZipFile: REGISTERED_IMAGE_HANDLER }, Runtime: 'nodejs24.x', Timeout: 900 });
    expect(resourceOf(stack, IMAGE).Properties.ServiceTimeout).toBe('3000');
  });

  test('runs on Node.js 22 if that is set', () => {
    expect(resourceOf(stackWith({ runtime: Runtime.NODEJS_22_X }), 'AWS::Lambda::Function').Properties.Runtime).toBe('nodejs22.x');
  });

  const images = 'arn:aws:ec2:eu-west-1::image/*';
  const arn = (id: string) => `arn:aws:ec2:eu-west-1::snapshot/${id}`;
  const tagged = (key: string) => ({ StringEquals: { [`aws:${key}/cdk-imdsv2:stack-id`]: STACK_ID } });

  test('can only register images of its stack from the snapshot, and deregister these images', () => {
    expect(rightsIn(stackWith())).toEqual([
      { Effect: 'Allow', Action: ['ec2:DescribeImages', 'ec2:DescribeSnapshots'], Resource: '*' },
      { Effect: 'Allow', Action: 'ec2:DescribeImageAttribute', Resource: images, Condition: tagged('ResourceTag') },
      { Effect: 'Allow', Action: 'ec2:RegisterImage', Resource: images, Condition: tagged('RequestTag') },
      { Effect: 'Allow', Action: 'ec2:RegisterImage', Resource: arn(SNAPSHOT) },
      { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: images, Condition: { StringEquals: { 'ec2:CreateAction': 'RegisterImage' } } },
      { Effect: 'Allow', Action: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], Resource: STACK_ID },
      { Effect: 'Allow', Action: 'ec2:DeregisterImage', Resource: images, Condition: tagged('ResourceTag') },
    ]);
  });

  test('can only read the status of its parent stacks', () => {
    const outer = new NestedStack(scratchStack(), 'Outer');
    const inner = new NestedStack(outer, 'Inner');
    new RegisteredImage(inner, 'Golden', LEAST);
    const asks = rightsIn(inner).filter(({ Action }) => Action === 'cloudformation:DescribeStacks');
    const parameters = asks.map(({ Resource }) => String(Resource).slice(1, -1));
    expect(parameters).toHaveLength(2);
    const [fromOuter, fromAround] = parameters.map(name => (resourceOf(outer, 'AWS::CloudFormation::Stack').Properties.Parameters as { [name: string]: object })[name]);
    expect(fromOuter).toEqual({ Ref: 'AWS::StackId' });
    const { Ref: handedDown } = fromAround as { Ref: string };
    expect((resourceOf(Stack.of(outer.nestedStackParent!), 'AWS::CloudFormation::Stack').Properties.Parameters as { [name: string]: object })[handedDown]).toEqual({ Ref: 'AWS::StackId' });
  });

  const DATA = 'snap-0fedcba0987654321';
  const twoVolumes = {
    blockDevices: [
      ROOT,
      { deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebsFromSnapshot(DATA) },
      { deviceName: '/dev/sdc', volume: BlockDeviceVolume.ebsFromSnapshot(DATA) },
      { deviceName: '/dev/sdd', volume: BlockDeviceVolume.ebs(8) },
    ],
  };

  test('can delete these snapshots, only on request', () => {
    expect(rightsIn(stackWith({ ...twoVolumes, deleteSnapshots: true })).filter(({ Action }) => Action === 'ec2:DeleteSnapshot'))
      .toEqual([{ Effect: 'Allow', Action: 'ec2:DeleteSnapshot', Resource: [arn(SNAPSHOT), arn(DATA)] }]);
    expect(JSON.stringify(rightsIn(stackWith(twoVolumes)))).not.toContain('DeleteSnapshot');
    Template.fromStack(stackWith(twoVolumes)).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  const deletion = (props: Partial<RegisteredImageProps> = {}) => resourceOf(stackWith({ deleteSnapshots: true, ...props }), 'AWS::IAM::ManagedPolicy');

  test('can delete the former snapshots until the former image is deleted, because another image has another policy', () => {
    const [one, other] = [deletion(), deletion(twoVolumes)];
    expect([one, other].map(({ Properties }) => Properties.Description)).toEqual([`Deletes ${SNAPSHOT}`, `Deletes ${SNAPSHOT}, ${DATA}`]);
    expect(one.Properties.ManagedPolicyName ?? '').toBe(''); // CloudFormation creates the new one before it deletes this one
    expect(one.Properties.Roles).toEqual([{ Ref: resourceOf(stackWith(), 'AWS::IAM::Role').logicalId }]);
  });

  test('has the same permission for unresolved snapshots', () => {
    const stack = scratchStack();
    const blockDevices = [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot(new CfnParameter(stack, 'Snapshot').valueAsString) }];
    new RegisteredImage(stack, 'Golden', { ...LEAST, blockDevices, deleteSnapshots: true });
    const { Description, PolicyDocument } = resourceOf(stack, 'AWS::IAM::ManagedPolicy').Properties;
    expect(rendered(Description)).toBe('Deletes {Snapshot}');
    expect(rendered(PolicyDocument)).toMatchObject({ Statement: [{ Resource: arn('{Snapshot}') }] });
  });

  test('cannot delete more snapshots than the description of a policy has space for', () => {
    const many = (length: number) => stackWith({
      deleteSnapshots: true,
      blockDevices: Array.from({ length }, (_, index) => (
        { deviceName: `/dev/x${index}`, volume: BlockDeviceVolume.ebsFromSnapshot(`snap-${String(index).padStart(17, '0')}`) })),
    });
    expect(() => many(41)).toThrow('deleteSnapshots must not be true with more than 40 snapshots, got 41: delete them yourself');
    expect(String(resourceOf(many(40), 'AWS::IAM::ManagedPolicy').Properties.Description).length).toBeLessThanOrEqual(1_000);
  });

  test('has permissions that match the Service Authorization Reference', async () => {
    const complaints = await Promise.all(rightsIn(stackWith({ deleteSnapshots: true })).map(complaintsAbout));
    expect(complaints.flat()).toEqual([]);
  });

  test.each([undefined, true])('has them before the image is registered, and until it is gone (deleteSnapshots: %s)', deleteSnapshots => {
    const stack = stackWith({ deleteSnapshots });
    const policies = deleteSnapshots ? [resourceOf(stack, 'AWS::IAM::ManagedPolicy').logicalId] : [];
    expect(resourceOf(stack, IMAGE).DependsOn).toEqual([resourceOf(stack, 'AWS::IAM::Role').logicalId, ...policies]);
  });
});

describe('as a machine image', () => {
  const REF = { Ref: 'GoldenF9C2B4A5' };

  function withImage(build: (stack: Stack, image: RegisteredImage, vpc: Vpc) => void): Template {
    const stack = scratchStack();
    const image = new RegisteredImage(stack, 'Golden', LEAST);
    build(stack, image, new Vpc(stack, 'Vpc', { natGateways: 0 }));
    REF.Ref = resourceOf(stack, IMAGE).logicalId;
    return Template.fromStack(stack);
  }
  const instanceType = new InstanceType('m7g.large');

  test('it is launched by an instance', () => {
    withImage((stack, machineImage, vpc) => new Instance(stack, 'Web', { vpc, instanceType, machineImage }))
      .hasResourceProperties('AWS::EC2::Instance', { ImageId: REF });
  });

  test('it is in a launch template', () => {
    withImage((stack, machineImage) => new LaunchTemplate(stack, 'Template', { instanceType, machineImage }))
      .hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: REF } });
  });

  test('it is in the template of a group', () => {
    withImage((stack, machineImage, vpc) => new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage }))
      .hasResourceProperties('AWS::AutoScaling::LaunchConfiguration', { ImageId: REF });
  });

  test('it is in an L1 by its id', () => {
    withImage((stack, image) => new CfnInstance(stack, 'Web', { imageId: image.imageId })).hasResourceProperties('AWS::EC2::Instance', { ImageId: REF });
  });

  test('it has the user data', () => {
    const stack = scratchStack();
    const userData = UserData.custom('#!/bin/sh\necho golden');
    const machineImage = new RegisteredImage(stack, 'Golden', { ...LEAST, userData });
    new LaunchTemplate(stack, 'Template', { machineImage });
    expect(machineImage.getImage(stack).userData).toBe(userData);
  });

  test('it has its name', () => {
    const stack = scratchStack();
    const { imageName } = new RegisteredImage(stack, 'Golden', LEAST);
    expect(stack.resolve(imageName)).toEqual({ 'Fn::GetAtt': [resourceOf(stack, IMAGE).logicalId, 'Name'] });
  });
});

describe('an image that another stack launches from', () => {
  const warningsOn = (image: RegisteredImage) => image.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
  const WEAK = '@aws-cdk/core:defaultCrossStackReferences';

  const acrossStacks = (props: Partial<RegisteredImageProps> = {}, references?: string) => {
    const { other, stack } = twoStacks();
    if (references) { stack.node.setContext(WEAK, references); }
    const machineImage = new RegisteredImage(other, 'Golden', { ...LEAST, ...props });
    expect(machineImage.getImage(stack).imageId).toBe(machineImage.imageId);
    return machineImage;
  };

  test.each<[string, Partial<RegisteredImageProps>, string | undefined]>([
    ['by an export', {}, undefined],
    ['by an export of an image that is retained', { removalPolicy: RemovalPolicy.RETAIN }, undefined],
    ['by a weak reference', {}, 'weak'],
    ['by both', { removalPolicy: RemovalPolicy.RETAIN }, 'both'],
  ])('%s causes a warning', (_, props, references) => {
    expect(warningsOn(acrossStacks(props, references))).toEqual([
      expect.stringMatching(/^a resource launches from the image in the stack 'Stack': an export cannot change .* \[ack: Imdsv2::ImageInOtherStack\]$/),
    ]);
  });

  test('by a weak reference causes no warning if it is retained', () => {
    expect(warningsOn(acrossStacks({ removalPolicy: RemovalPolicy.RETAIN }, 'weak'))).toEqual([]);
  });

  test.each<[string, (stack: Stack) => [image: Stack, launcher: Stack]]>([
    ['its own stack', stack => [stack, stack]],
    ['a stack nested in its own', stack => [stack, new NestedStack(stack, 'Nested')]],
    ['a stack nested in that', stack => [stack, new NestedStack(new NestedStack(stack, 'Nested'), 'Inner')]],
    ['the stack that its own is nested in', stack => [new NestedStack(stack, 'Nested'), stack]],
    ['a stack nested beside its own', stack => [new NestedStack(stack, 'Nested'), new NestedStack(stack, 'Sibling')]],
  ])('causes no warning in %s', (_, stacks) => {
    const [stack, launcher] = stacks(scratchStack());
    const machineImage = new RegisteredImage(stack, 'Golden', LEAST);
    new LaunchTemplate(launcher, 'Template', { machineImage });
    expect(warningsOn(machineImage)).toEqual([]);
  });

  test('is rejected in another Region', () => {
    const app = scratchApp();
    const [image, launcher] = ['eu-west-1', 'us-east-1'].map(region => scratchStack(app, region, { env: { account: '111122223333', region } }));
    const machineImage = new RegisteredImage(image, 'Golden', LEAST);
    expect(() => new LaunchTemplate(launcher, 'Template', { machineImage }))
      .toThrow("an image of the Region 'eu-west-1' cannot be launched in 'us-east-1': register one in a stack there");
  });
});

test('the resource is the default child of the construct', () => {
  const stack = scratchStack();
  const image = new RegisteredImage(stack, 'Golden', LEAST);
  (image.node.defaultChild as CfnResource).addMetadata('team', 'web');
  expect(resourceOf(stack, IMAGE)).toMatchObject({ Metadata: { team: 'web' } });
});

test('images have separate names in stages and stacks', () => {
  const app = scratchApp();
  const names = ['One', 'Two'].flatMap(id => ['A', 'B'].map(name => {
    const stack = new Stack(new Stage(app, `${id}${name}`), 'Stack');
    new RegisteredImage(stack, 'Golden', LEAST);
    return (resourceOf(stack, IMAGE).Properties.Image as { Name: string }).Name;
  }));
  expect(new Set(names).size).toBe(4);
  names.forEach(name => expect(name).toMatch(/^[A-Za-z0-9-]{1,100}$/));
});

test('all properties reach EC2', () => beside(new FakeEc2(), async ec2 => {
  const stack = stackWith({
    imageName: 'golden',
    description: 'for the web tier',
    architecture: ImageArchitecture.X86_64,
    rootDeviceName: '/dev/xvda',
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        volume: BlockDeviceVolume.ebsFromSnapshot(SNAPSHOT, {
          volumeSize: 20, volumeType: EbsDeviceVolumeType.GP3, iops: 4_000, throughput: 250, deleteOnTermination: true,
        }),
      },
      { deviceName: '/dev/sdb', volume: BlockDeviceVolume.ebs(8, { encrypted: false, deleteOnTermination: false }) },
      { deviceName: '/dev/sdc', volume: BlockDeviceVolume.ephemeral(1) },
    ],
    bootMode: ImageBootMode.UEFI_PREFERRED,
    tpmSupport: true,
    uefiData: 'QU1aTlVFRkk=',
    enaSupport: true,
    sriovNetSupport: true,
    virtualizationType: ImageVirtualizationType.HVM,
    tags: { team: 'web' },
  });
  const properties = asSent(rendered(resourceOf(stack, IMAGE).Properties));
  await deployed(handler, ec2).create(properties);
  expect(ec2.callsOf('RegisterImage').map(({ parameters }) => parameters)).toEqual([{
    'Name': expect.stringMatching(/^golden-[0-9a-f]{10}$/) as string,
    'ImdsSupport': 'v2.0',
    'Description': 'for the web tier',
    'Architecture': 'x86_64',
    'RootDeviceName': '/dev/xvda',
    'BlockDeviceMapping.1.DeviceName': '/dev/xvda',
    'BlockDeviceMapping.1.Ebs.SnapshotId': SNAPSHOT,
    'BlockDeviceMapping.1.Ebs.VolumeSize': '20',
    'BlockDeviceMapping.1.Ebs.VolumeType': 'gp3',
    'BlockDeviceMapping.1.Ebs.Iops': '4000',
    'BlockDeviceMapping.1.Ebs.Throughput': '250',
    'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'true',
    'BlockDeviceMapping.2.DeviceName': '/dev/sdb',
    'BlockDeviceMapping.2.Ebs.VolumeSize': '8',
    'BlockDeviceMapping.2.Ebs.Encrypted': 'false',
    'BlockDeviceMapping.2.Ebs.DeleteOnTermination': 'false',
    'BlockDeviceMapping.3.DeviceName': '/dev/sdc',
    'BlockDeviceMapping.3.VirtualName': 'ephemeral1',
    'BootMode': 'uefi-preferred',
    'TpmSupport': 'v2.0',
    'UefiData': 'QU1aTlVFRkk=',
    'EnaSupport': 'true',
    'SriovNetSupport': 'simple',
    'VirtualizationType': 'hvm',
    'TagSpecification.1.ResourceType': 'image',
    'TagSpecification.1.Tag.1.Key': 'cdk-imdsv2:stack-id',
    'TagSpecification.1.Tag.1.Value': STACK_ID,
    'TagSpecification.1.Tag.2.Key': 'team',
    'TagSpecification.1.Tag.2.Value': 'web',
  }]);

  // The answers of EC2 are then compared with the request.
  expect((await deployed(handler, ec2).create(properties)).Status).toBe('SUCCESS');
  expect(ec2.callsOf('RegisterImage')).toHaveLength(1);
}));
