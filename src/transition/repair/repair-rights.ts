import type { Stack } from 'aws-cdk-lib';
import { ArnFormat, Token } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { RepairSelection } from './repair-selection';

/** What the state machine works with. */
export interface RightsProps {
  readonly stack: Stack;
  readonly selection: RepairSelection;
  readonly bucket: IBucket;
  readonly folder: string;
  readonly table: ITable;
  readonly stateMachineName: string;
}

/** What the state machine may do, each as narrowly as IAM can say it. */
export function rightsOf(props: RightsProps): PolicyStatement[] {
  return [toRead(props), toChange(props), ...toKeep(props), toLock(props), ...toRunChildren(props)];
}

/** None of these can be held to a resource, but to the Region. */
function toRead({ stack, selection }: RightsProps): PolicyStatement {
  const listing = { tags: 'ec2:DescribeTags', all: 'ec2:DescribeInstanceStatus', findings: 'config:GetComplianceDetailsByConfigRule' };
  return new PolicyStatement({
    actions: [
      'ec2:DescribeInstances', 'ec2:DescribeLaunchTemplateVersions', 'ec2:DescribeImages', 'ec2:GetInstanceMetadataDefaults', listing[selection._listing],
      'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLaunchConfigurations', 'cloudwatch:GetMetricData',
      'ecs:ListClusters', 'ecs:DescribeClusters', 'ecs:ListContainerInstances', 'ecs:DescribeContainerInstances',
    ],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': stack.region } },
  });
}

/** It may change whether tokens are required, and hop limits beside it: of instances that are selected, and never whether the service is on. */
function toChange({ stack, selection: { _tags: tags } }: RightsProps): PolicyStatement {
  const named = tags.filter(({ values }) => values.length > 0).map(({ key, values }) => [`aws:ResourceTag/${key}`, values.map(literally)] as const);
  const any = tags.filter(({ values }) => values.length === 0).map(({ key }) => [`aws:ResourceTag/${key}`, 'false'] as const);
  return new PolicyStatement({
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resources: [stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' })],
    conditions: {
      StringEquals: { 'ec2:Attribute/HttpTokens': ['required', 'optional'], ...Object.fromEntries(named) },
      Null: { 'ec2:Attribute/HttpEndpoint': 'true', ...Object.fromEntries(any) },
    },
  });
}

/** A text as it stands, where IAM would take `${...}` for a variable. */
function literally(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/\$\{/g, '${$}{');
}

function toKeep({ bucket, folder }: RightsProps): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects(`${folder}*`)] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': `${folder}*` } } }),
  ];
}

function toLock({ table }: RightsProps): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], resources: [table.tableArn] });
}

/** A child is an execution of the same state machine. */
function toRunChildren({ stack, stateMachineName }: RightsProps): PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn('stateMachine', stateMachineName)] }),
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      resources: [arn('execution', `${stateMachineName}:*`), arn('execution', `${stateMachineName}/*`)],
    }),
  ];
}
