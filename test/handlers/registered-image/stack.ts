import { handler } from '../../../handlers/registered-image';
import { deployed, type Deployed } from '../harness/cloudformation';
import { beside, type Handler } from '../harness/lambda';
import { FakeEc2 } from '../images/fake-ec2';

/** The properties of the resource, as CloudFormation sends them. */
export interface Properties {
  readonly Image?: object;
  readonly DeleteSnapshots?: string;
  readonly Retain?: string;
}

/** A stack with the resource, in an account without images. */
export interface Stack extends Deployed<Properties, { readonly ImageId: string; readonly Name: string }> {
  readonly ec2: FakeEc2;
}

/** Runs a test against an account; with the function that was written, unless another one is given. */
export async function inAccount(test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  await beside(new FakeEc2(), async ec2 => test({ ...deployed<Properties, { ImageId: string; Name: string }>(runs, ec2), ec2 }));
}

/** An image of one snapshot. */
export const GOLDEN = {
  Image: {
    Name: 'golden',
    Architecture: 'arm64',
    RootDeviceName: '/dev/xvda',
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1111' } }],
    EnaSupport: 'true',
    VirtualizationType: 'hvm',
  },
};

/** The same with another snapshot. */
export const NEXT = { Image: { ...GOLDEN.Image, BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-2222' } }] } };

/** What the names of these images look like. */
export const GOLDEN_NAME = /^golden-[0-9a-f]{10}$/;
