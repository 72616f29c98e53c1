import type { Stack } from 'aws-cdk-lib';
import { BlockDeviceVolume } from 'aws-cdk-lib/aws-ec2';
import { ImageArchitecture, ImageBuilderImdsSupport, ImageImdsSupport, RegisteredImage } from '../../src';
import { STACK_ID } from '../handlers/harness/cloudformation';
import { scratchStack } from '../harness/scratch-app';
import { evaluate } from '../iam/evaluator/evaluator';
import type { RequestKeys } from '../iam/evaluator/request';
import { rightsIn } from './rendered';

const OWN_IMAGE = 'ami-1234567890abcdef0';
const OWN_SNAPSHOT = 'snap-1234567890abcdef0';
const OTHER_SNAPSHOT = 'snap-0fedcba0987654321';
const OTHER_STACK = STACK_ID.replace('Account', 'Other');
const TAG = 'cdk-imdsv2:stack-id';

const CONSTRUCTS: { readonly [name: string]: (stack: Stack) => unknown } = {
  RegisteredImage: stack => new RegisteredImage(stack, 'Golden', {
    architecture: ImageArchitecture.ARM_64,
    blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot(OWN_SNAPSHOT) }],
    deleteSnapshots: true,
  }),
  ImageImdsSupport: stack => new ImageImdsSupport(stack, 'Golden', { imageId: OWN_IMAGE, acknowledgeIrreversible: true }),
  ImageBuilderImdsSupport: stack => new ImageBuilderImdsSupport(stack, 'Golden', { crossAccountIds: ['222233334444'] }),
};

/** Whether the role of a construct's function is allowed an action on these ARNs. */
function may(construct: string, action: string, arns: readonly string[], keys: RequestKeys = {}): boolean {
  const stack = scratchStack();
  CONSTRUCTS[construct](stack);
  return evaluate(rightsIn(stack), { action, resources: arns.map(arn => ({ arn })), keys }).decision === 'allowed';
}

const image = (id: string, region = 'eu-west-1') => `arn:aws:ec2:${region}::image/${id}`;
const snapshot = (id: string) => `arn:aws:ec2:eu-west-1::snapshot/${id}`;
const ROLE = 'role/EC2ImageBuilderDistributionCrossAccountRole';
const BUILT = { 'aws:ResourceTag/CreatedBy': 'EC2 Image Builder' };
const SETS = { 'ec2:Attribute': 'ImdsSupport', 'ec2:Attribute/ImdsSupport': 'v2.0' };
const SHARES = { 'ec2:Attribute': 'LaunchPermission' };
const DESCRIBES = { 'ec2:Attribute': 'Description', 'ec2:Attribute/Description': 'mine' };

/** The permissions of each function, by EC2's condition keys, and similar actions that must be denied. */
const REQUESTS: readonly [construct: string, what: string, isAllowed: boolean, action: string, arns: readonly string[], keys?: RequestKeys][] = [
  ['ImageImdsSupport', 'the attribute of its image', true, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], SETS],
  ['ImageImdsSupport', 'the attribute where EC2 gives one key alone', true, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], { 'ec2:Attribute/ImdsSupport': 'v2.0' }],
  ['ImageImdsSupport', 'the attribute of another image', false, 'ec2:ModifyImageAttribute', [image('ami-0fedcba0987654321')], SETS],
  ['ImageImdsSupport', 'launch permissions', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], SHARES],
  ['ImageImdsSupport', 'launch permissions, of which EC2 gives no key', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)]],
  ['ImageImdsSupport', 'the description', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], DESCRIBES],
  ['ImageImdsSupport', 'its image away', false, 'ec2:DeregisterImage', [image(OWN_IMAGE)]],

  ['ImageBuilderImdsSupport', 'the attribute of an image that was built', true, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE, 'us-east-1')], { ...SETS, ...BUILT }],
  ['ImageBuilderImdsSupport', 'the attribute of another image', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], SETS],
  ['ImageBuilderImdsSupport', 'launch permissions', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], { ...SHARES, ...BUILT }],
  ['ImageBuilderImdsSupport', 'the description', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], { ...DESCRIBES, ...BUILT }],
  ['ImageBuilderImdsSupport', 'the role of an account that is named', true, 'sts:AssumeRole', [`arn:aws:iam::222233334444:${ROLE}`]],
  ['ImageBuilderImdsSupport', 'the role of another account', false, 'sts:AssumeRole', [`arn:aws:iam::333344445555:${ROLE}`]],
  ['ImageBuilderImdsSupport', 'another role', false, 'sts:AssumeRole', ['arn:aws:iam::222233334444:role/Admin']],
  ['ImageBuilderImdsSupport', 'an image of another account', false, 'imagebuilder:GetImage', ['arn:aws:imagebuilder:eu-west-1:333344445555:image/golden/1.0.0/7']],

  ['RegisteredImage', 'its image', true, 'ec2:RegisterImage', [image('*'), snapshot(OWN_SNAPSHOT)], { [`aws:RequestTag/${TAG}`]: STACK_ID }],
  ['RegisteredImage', 'an image of another snapshot', false, 'ec2:RegisterImage', [image('*'), snapshot(OTHER_SNAPSHOT)], { [`aws:RequestTag/${TAG}`]: STACK_ID }],
  ['RegisteredImage', 'an image with the tag of another stack', false, 'ec2:RegisterImage', [image('*'), snapshot(OWN_SNAPSHOT)], { [`aws:RequestTag/${TAG}`]: OTHER_STACK }],
  ['RegisteredImage', 'the tags of an image that is registered', true, 'ec2:CreateTags', [image(OWN_IMAGE)], { 'ec2:CreateAction': 'RegisterImage' }],
  ['RegisteredImage', 'the tags of an image that is there', false, 'ec2:CreateTags', [image(OWN_IMAGE)]],
  ['RegisteredImage', 'its image away', true, 'ec2:DeregisterImage', [image(OWN_IMAGE)], { [`aws:ResourceTag/${TAG}`]: STACK_ID }],
  ['RegisteredImage', 'the image of another stack away', false, 'ec2:DeregisterImage', [image(OWN_IMAGE)], { [`aws:ResourceTag/${TAG}`]: OTHER_STACK }],
  ['RegisteredImage', 'its snapshot away', true, 'ec2:DeleteSnapshot', [snapshot(OWN_SNAPSHOT)]],
  ['RegisteredImage', 'another snapshot away', false, 'ec2:DeleteSnapshot', [snapshot(OTHER_SNAPSHOT)]],
  ['RegisteredImage', 'what EC2 says of its image', true, 'ec2:DescribeImageAttribute', [image(OWN_IMAGE)], { [`aws:ResourceTag/${TAG}`]: STACK_ID }],
  ['RegisteredImage', 'what EC2 says of the image of another stack', false, 'ec2:DescribeImageAttribute', [image(OWN_IMAGE)], { [`aws:ResourceTag/${TAG}`]: OTHER_STACK }],
  ['RegisteredImage', 'attributes', false, 'ec2:ModifyImageAttribute', [image(OWN_IMAGE)], SETS],
  ['RegisteredImage', 'what CloudFormation says of its stack', true, 'cloudformation:DescribeStackResource', [STACK_ID]],
  ['RegisteredImage', 'what CloudFormation says of another stack', false, 'cloudformation:DescribeStackResource', [OTHER_STACK]],
];

test.each(REQUESTS)('%s: %s (%s)', (...[construct, , isAllowed, action, arns, keys]) => {
  expect(may(construct, action, arns, keys)).toBe(isAllowed);
});
