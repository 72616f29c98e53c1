import { Aws } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { BlockDeviceMapping } from './block-device-mappings';
import { STACK_TAG } from './tag-specification';

const REGION = `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:`;
const IMAGES = `${REGION}:image/*`;

/** The ids of the snapshots of an image, without duplicates. */
export function snapshotsOf(mappings: readonly BlockDeviceMapping[]): string[] {
  return [...new Set(mappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []))];
}

/**
 * The permissions of the function: to register images of these snapshots with the tag of its stack, to deregister these images, and to read the
 * status of the stack.
 *
 * @param enclosing the ids of its parent stacks, whose status it can read
 */
export function registeringRights(snapshots: readonly string[], enclosing: readonly string[]): PolicyStatement[] {
  const tagged = (key: string) => ({ StringEquals: { [`aws:${key}/${STACK_TAG}`]: Aws.STACK_ID } });
  return [
    new PolicyStatement({ actions: ['ec2:DescribeImages', 'ec2:DescribeSnapshots'], resources: ['*'] }),
    new PolicyStatement({ actions: ['ec2:DescribeImageAttribute'], resources: [IMAGES], conditions: tagged('ResourceTag') }),
    new PolicyStatement({ actions: ['ec2:RegisterImage'], resources: [IMAGES], conditions: tagged('RequestTag') }),
    new PolicyStatement({ actions: ['ec2:RegisterImage'], resources: arnsOf(snapshots) }),
    new PolicyStatement({ actions: ['ec2:CreateTags'], resources: [IMAGES], conditions: { StringEquals: { 'ec2:CreateAction': 'RegisterImage' } } }),
    new PolicyStatement({ actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
    ...enclosing.map(id => new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [id] })),
    new PolicyStatement({ actions: ['ec2:DeregisterImage'], resources: [IMAGES], conditions: tagged('ResourceTag') }),
  ];
}

/** The most snapshots that fit into the description of a policy, which can have 1,000 characters. */
export const MOST_SNAPSHOTS = 40;

/**
 * The permission to delete these snapshots.
 *
 * The policy names the snapshots in its description. IAM cannot change a description, so other snapshots are another policy. CloudFormation creates
 * the new policy before an update, and deletes the old one after it, as with the image. So the function can only delete the snapshots of both images.
 * This also works for unresolved snapshot ids.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
 */
export class SnapshotDeletion extends ManagedPolicy {
  public constructor(scope: Construct, id: string, role: IRole, snapshots: readonly string[]) {
    super(scope, id, {
      description: `Deletes ${snapshots.join(', ')}`,
      statements: [new PolicyStatement({ actions: ['ec2:DeleteSnapshot'], resources: arnsOf(snapshots) })],
      roles: [role],
    });
  }
}

function arnsOf(snapshots: readonly string[]): string[] {
  return snapshots.map(id => `${REGION}:snapshot/${id}`);
}
