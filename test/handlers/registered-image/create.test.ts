import { parametersIn } from '../../../handlers/registered-image/properties';
import { request } from '../harness/cloudformation';
import { CREATING, GOLDEN, GOLDEN_NAME, NEXT, inAccount } from './stack';

test('registers an image that requires IMDSv2, and returns its id as the physical id', () => inAccount(async ({ create, ec2 }) => {
  const { Status, PhysicalResourceId, Data } = await create(GOLDEN);
  expect(Status).toBe('SUCCESS');
  expect(ec2.images.get(PhysicalResourceId)).toMatchObject({ imdsSupport: 'v2.0', state: 'available' });
  expect(Data).toEqual({ ImageId: PhysicalResourceId, Name: expect.stringMatching(GOLDEN_NAME) as string });
}));

test('sends every parameter, with numbers and booleans converted from texts', () => inAccount(async ({ create, ec2 }) => {
  const ebs = { SnapshotId: 'snap-1111', VolumeSize: '20', VolumeType: 'gp3', Iops: '3000', Throughput: '125', DeleteOnTermination: 'false' };
  await create({
    Image: {
      Name: 'golden',
      Description: 'Iops: true',
      Architecture: 'x86_64',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: ebs },
        { DeviceName: '/dev/sdb', Ebs: { VolumeSize: '8', Encrypted: 'true', DeleteOnTermination: 'true' } },
        { DeviceName: '/dev/sdc', VirtualName: 'ephemeral0' },
      ],
      BootMode: 'uefi',
      TpmSupport: 'v2.0',
      UefiData: 'QU1aTlVFRkk=',
      EnaSupport: 'true',
      SriovNetSupport: 'simple',
      VirtualizationType: 'hvm',
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'team', Value: 'web' }, { Key: 'Iops', Value: '3000' }] }],
    },
  });
  expect(ec2.callsOf('RegisterImage').map(({ parameters }) => parameters)).toEqual([{
    'Name': expect.stringMatching(GOLDEN_NAME) as string,
    'ImdsSupport': 'v2.0',
    'Description': 'Iops: true',
    'Architecture': 'x86_64',
    'RootDeviceName': '/dev/xvda',
    'BlockDeviceMapping.1.DeviceName': '/dev/xvda',
    'BlockDeviceMapping.1.Ebs.SnapshotId': 'snap-1111',
    'BlockDeviceMapping.1.Ebs.VolumeSize': '20',
    'BlockDeviceMapping.1.Ebs.VolumeType': 'gp3',
    'BlockDeviceMapping.1.Ebs.Iops': '3000',
    'BlockDeviceMapping.1.Ebs.Throughput': '125',
    'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'false',
    'BlockDeviceMapping.2.DeviceName': '/dev/sdb',
    'BlockDeviceMapping.2.Ebs.VolumeSize': '8',
    'BlockDeviceMapping.2.Ebs.Encrypted': 'true',
    'BlockDeviceMapping.2.Ebs.DeleteOnTermination': 'true',
    'BlockDeviceMapping.3.DeviceName': '/dev/sdc',
    'BlockDeviceMapping.3.VirtualName': 'ephemeral0',
    'BootMode': 'uefi',
    'TpmSupport': 'v2.0',
    'UefiData': 'QU1aTlVFRkk=',
    'EnaSupport': 'true',
    'SriovNetSupport': 'simple',
    'VirtualizationType': 'hvm',
    'TagSpecification.1.ResourceType': 'image',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'web',
    'TagSpecification.1.Tag.2.Key': 'Iops',
    'TagSpecification.1.Tag.2.Value': '3000',
  }]);
}));

test('does not let the properties change the IMDSv2 setting', () => inAccount(async ({ create, ec2 }) => {
  await create({ Image: { ...GOLDEN.Image, ImdsSupport: 'v1.0' } });
  expect(ec2.callsOf('RegisterImage')[0].parameters).toMatchObject({ ImdsSupport: 'v2.0' });
}));

test('waits until the image is available', () => inAccount(async ({ create, ec2 }) => {
  ec2.fate = { becomes: 'available', polls: 5 };
  const { Status, PhysicalResourceId } = await create(GOLDEN);
  expect(Status).toBe('SUCCESS');
  expect(ec2.images.get(PhysicalResourceId)!.state).toBe('available');
  expect(ec2.callsOf('DescribeImages').length).toBeGreaterThan(5);
}));

test('gives different images different names', () => inAccount(async ({ create, ec2 }) => {
  await create(GOLDEN);
  await create(NEXT);
  expect(new Set(ec2.names).size).toBe(2);
}));

test.each(['pending', 'transient'])('waits for an image that is %s', state => inAccount(async ({ create, ec2 }) => {
  const { PhysicalResourceId } = await create(GOLDEN);
  Object.assign(ec2.images.get(PhysicalResourceId)!, { state, polls: 3 });
  expect((await create(GOLDEN)).Status).toBe('SUCCESS');
  expect(ec2.images.get(PhysicalResourceId)!.state).toBe('available');
}));

test.each<[string, object]>([
  ['stack', { StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/another' }],
  ['resource of the stack', { LogicalResourceId: 'Another1A2B3C4D' }],
])('gives another %s another image', (_, other) => inAccount(async ({ create, invoke, ec2 }) => {
  await create(GOLDEN);
  ec2.stack = CREATING;
  await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: GOLDEN, ...other });
  expect(new Set(ec2.names).size).toBe(2);
}));

test('has numbers and booleans for EC2 that are texts in CloudFormation', () => {
  const ebs = { VolumeSize: '20', Iops: '3000', Throughput: '125', DeleteOnTermination: 'false', Encrypted: 'true' };
  expect(parametersIn({ Image: { EnaSupport: 'false', BlockDeviceMappings: [{ DeviceName: '/dev/sdb', Ebs: ebs }] } })).toEqual({
    EnaSupport: false,
    BlockDeviceMappings: [{ DeviceName: '/dev/sdb', Ebs: { VolumeSize: 20, Iops: 3_000, Throughput: 125, DeleteOnTermination: false, Encrypted: true } }],
  });
});

test('keeps the scheme of names, because a former image is identified by its name when it is removed', () => inAccount(async ({ create, ec2 }) => {
  await create(GOLDEN);
  expect(ec2.names).toEqual(['golden-fe9a2c99d0']);
}));

describe('finds the image that it registered before', () => {
  test('if CloudFormation did not get the response', () => inAccount(async ({ create, ec2 }) => {
    ec2.refusedResponses = Infinity;
    await expect(create(GOLDEN)).rejects.toThrow('response: 500');
    ec2.refusedResponses = 0;
    const { Status, PhysicalResourceId } = await create(GOLDEN);
    expect(Status).toBe('SUCCESS');
    expect([...ec2.images.keys()]).toEqual([PhysicalResourceId]);
    expect(ec2.callsOf('RegisterImage')).toHaveLength(1);
  }));

  test('with properties in any order', () => inAccount(async ({ create, ec2 }) => {
    await create(GOLDEN);
    await create({ Image: Object.fromEntries(Object.entries(GOLDEN.Image).reverse()) });
    expect(ec2.callsOf('RegisterImage')).toHaveLength(1);
  }));

  test('if EC2 does not list it yet', () => inAccount(async ({ create, ec2 }) => {
    const { PhysicalResourceId } = await create(GOLDEN);
    ec2.unlisted = 3;
    expect((await create(GOLDEN)).PhysicalResourceId).toBe(PhysicalResourceId);
    expect(ec2.images.size).toBe(1);
  }));

  test('and not one of another account', () => inAccount(async ({ create, ec2 }) => {
    const { Data, PhysicalResourceId } = await create(GOLDEN);
    ec2.images.delete(PhysicalResourceId);
    ec2.add('ami-foreign', { name: Data!.Name, owner: '999988887777', imdsSupport: 'v2.0' });
    expect((await create(GOLDEN)).PhysicalResourceId).not.toBe('ami-foreign');
  }));
});

test.each(['DescribeImages', 'RegisterImage'])('retries if %s is throttled, or if its permission is new', action => inAccount(async ({ create, ec2 }) => {
  ec2.failWith({ action, code: 'RequestLimitExceeded', times: 3 });
  ec2.failWith({ action, code: 'UnauthorizedOperation', times: 3 });
  expect((await create(GOLDEN)).Status).toBe('SUCCESS');
  expect(ec2.images.size).toBe(1);
}));
