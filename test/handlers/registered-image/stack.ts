import { handler } from '../../../handlers/registered-image';
import { deployed, type Deployed, type Result, STACK_ID } from '../harness/cloudformation';
import { beside, type Handler } from '../harness/lambda';
import { FakeEc2 } from '../images/fake-ec2';

/** The properties of the resource in CloudFormation's form. */
export interface Properties {
  readonly Image?: object;
  readonly DeleteSnapshots?: string;
  readonly Retain?: string;
}

/** The result of the resource in CloudFormation. */
export interface Data {
  readonly ImageId: string;
  readonly Name: string;
}

/** A stack with the resource, in an account without images. */
export interface Stack extends Deployed<Properties, Data> {
  readonly ec2: FakeEc2;

  /** Rolls back an update, as CloudFormation does after another resource failed: from the new properties to the former ones. */
  rollBack(former: Properties, later: Properties, physicalId: string): Promise<Result<Data>>;
}

/** Runs a test with an account, by default with the original function. */
export async function inAccount(test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  await beside(new FakeEc2(), async ec2 => test({ ...sayingWhatItDoes(deployed<Properties, Data>(runs, ec2), ec2), ec2 }));
}

/** The id of a resource that CloudFormation does not know, before it generates one. */
const NO_ID = 'none';

const CLEANING_UP = /^(?:ROLLBACK|DELETE|.*_CLEANUP)_IN_PROGRESS$/;

/** CloudFormation. It has the status of a resource while the handler runs, and its result. */
function sayingWhatItDoes(stack: Deployed<Properties, Data>, ec2: FakeEc2): Omit<Stack, 'ec2'> {
  const says = (resourceStatus: string, stackStatus: string, physicalId = ec2.stack.physicalId) => {
    ec2.stack = { ...ec2.stack, resourceStatus, stackStatus, physicalId };
  };
  const attempt = async (name: string, physicalId: string, after: [good: string, bad: string], request: () => Promise<Result<Data>>,
    stackStatus = `${name}_IN_PROGRESS`) => {
    says(`${name}_IN_PROGRESS`, stackStatus, physicalId);
    const heard = request();
    const { Status, PhysicalResourceId } = await heard.catch(() => ({ Status: 'FAILED', PhysicalResourceId: physicalId }));
    const isGood = Status === 'SUCCESS';
    says(`${name}_${isGood ? 'COMPLETE' : 'FAILED'}`, after[isGood ? 0 : 1], PhysicalResourceId);
    return heard;
  };
  return {
    ...stack,
    create: async properties => attempt('CREATE', NO_ID, ['CREATE_COMPLETE', 'ROLLBACK_IN_PROGRESS'], async () => stack.create(properties)),
    update: async (properties, former, id) => attempt('UPDATE', id!, ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'],
      async () => stack.update(properties, former, id)),
    rollBack: async (former, later, id) => attempt('UPDATE', id, ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
      async () => stack.update(former, later, id), 'UPDATE_ROLLBACK_IN_PROGRESS'),
    remove: async (properties, id) => {
      const isCurrent = [id, NO_ID].includes(ec2.stack.physicalId);
      const { resourceStatus, stackStatus } = ec2.stack;
      const idle = isCurrent ? 'DELETE_IN_PROGRESS' : 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
      says(isCurrent ? 'DELETE_IN_PROGRESS' : resourceStatus, CLEANING_UP.test(stackStatus) ? stackStatus : idle, isCurrent ? id : undefined);
      return stack.remove(properties, id);
    },
  };
}

/** The data of a resource that is being created. */
export const CREATING = new FakeEc2().stack;

/** An image of one snapshot. */
export const GOLDEN = {
  Image: {
    Name: 'golden',
    Architecture: 'arm64',
    RootDeviceName: '/dev/xvda',
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1111' } }],
    EnaSupport: 'true',
    VirtualizationType: 'hvm',
    TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'cdk-imdsv2:stack-id', Value: STACK_ID }] }],
  },
};

/** The same with another snapshot. */
export const NEXT = { Image: { ...GOLDEN.Image, BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-2222' } }] } };

/** The pattern of the names of these images. */
export const GOLDEN_NAME = /^golden-[0-9a-f]{10}$/;
