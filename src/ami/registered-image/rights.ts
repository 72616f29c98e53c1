import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { STACK_TAG } from './tag-specification';

const REGION = `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:`;
const IMAGES = `${REGION}:image/*`;
const SNAPSHOTS = `${REGION}:snapshot/*`;

/**
 * What the function may do: register images with the tag of its stack, and deregister those.
 *
 * Snapshots are not named: the function has to take leave of those of the former image with the rights that the next one gives it.
 */
export function registeringRights(deletesSnapshots: boolean): PolicyStatement[] {
  const tagged = (key: string) => ({ StringEquals: { [`aws:${key}/${STACK_TAG}`]: Aws.STACK_ID } });
  return [
    new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
    new PolicyStatement({ actions: ['ec2:RegisterImage'], resources: [IMAGES], conditions: tagged('RequestTag') }),
    new PolicyStatement({ actions: ['ec2:RegisterImage', ...deletesSnapshots ? ['ec2:DeleteSnapshot'] : []], resources: [SNAPSHOTS] }),
    new PolicyStatement({ actions: ['ec2:CreateTags'], resources: [IMAGES], conditions: { StringEquals: { 'ec2:CreateAction': 'RegisterImage' } } }),
    new PolicyStatement({ actions: ['cloudformation:DescribeStackResource'], resources: [Aws.STACK_ID] }),
    new PolicyStatement({ actions: ['ec2:DeregisterImage'], resources: [IMAGES], conditions: tagged('ResourceTag') }),
  ];
}
