import type { Stack } from 'aws-cdk-lib';
import { ArnFormat } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { HopLimits } from '../../policy/hop-limits';
import { literally } from './policy-text';
import type { RepairSelection } from './repair-selection';

/** What a state machine works with. */
export interface RightsProps {
  readonly stack: Stack;
  readonly bucket: IBucket;
  readonly folder: string;
  readonly table: ITable;
  /** Its own name. */
  readonly stateMachineName: string;
  /** The name of the other one, for which it may have to wait. */
  readonly otherName: string;
}

/** What the one that repairs works with. */
export interface RepairRightsProps extends RightsProps {
  readonly selection: RepairSelection;
  /** The one that it starts when too many calls are refused, if that is to be. */
  readonly rollback?: IStateMachine;
}

/** What the state machine that repairs may do, each as narrowly as IAM can say it: nothing of it makes an instance weaker. */
export function repairRights(props: RepairRightsProps): PolicyStatement[] {
  const more = props.rollback ? [toStart(props.rollback)] : [];
  return [toLook(props), toRequire(props), ...toKeep(props), toTakeFindings(props), toLock(props, 'dynamodb:BatchWriteItem'), ...toRun(props), ...more];
}

/** What the state machine that rolls back may do. */
export function rollbackRights(props: RightsProps): PolicyStatement[] {
  return [reading(props, ['ec2:DescribeInstances', 'cloudwatch:GetMetricData']), toTakeBack(props), ...toKeep(props), toLock(props, 'dynamodb:BatchGetItem'), ...toRun(props)];
}

function toLook(props: RepairRightsProps): PolicyStatement {
  const listing = { tags: 'ec2:DescribeTags', all: 'ec2:DescribeInstanceStatus', findings: 'config:GetComplianceDetailsByConfigRule' };
  return reading(props, [
    'ec2:DescribeInstances', 'ec2:DescribeLaunchTemplateVersions', listing[props.selection._listing],
    'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLaunchConfigurations', 'cloudwatch:GetMetricData',
    'ecs:ListClusters', 'ecs:DescribeClusters', 'ecs:ListContainerInstances', 'ecs:DescribeContainerInstances',
  ]);
}

/** None of these can be held to a resource, but to the Region. */
function reading({ stack }: RightsProps, actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': stack.region } } });
}

/** It may require tokens, and set the hop limit of containers beside it: of instances that are selected, and never whether the service is on. */
function toRequire({ stack, selection: { _tags: tags } }: RepairRightsProps): PolicyStatement {
  const named = tags.filter(({ values }) => values.length > 0).map(({ key, values }) => [`aws:ResourceTag/${key}`, values.map(literally)] as const);
  const any = tags.filter(({ values }) => values.length === 0).map(({ key }) => [`aws:ResourceTag/${key}`, 'false'] as const);
  return modifying(stack, 'required', {
    StringEquals: Object.fromEntries(named),
    Null: Object.fromEntries(any),
    NumericEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': String(HopLimits.OF_CONTAINERS) },
  });
}

/** It may make tokens optional, and take a raised hop limit back, whatever tags an instance has by now: its record says which ones, and not the selection. */
function toTakeBack({ stack }: RightsProps): PolicyStatement {
  return modifying(stack, 'optional', { NumericEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': '1' } });
}

interface Conditions {
  readonly [operator: string]: { readonly [key: string]: unknown };
}

function modifying(stack: Stack, tokens: string, { StringEquals, Null, ...more }: Conditions = {}): PolicyStatement {
  return new PolicyStatement({
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resources: [stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' })],
    conditions: {
      StringEquals: { 'ec2:Attribute/HttpTokens': tokens, ...StringEquals },
      Null: { 'ec2:Attribute/HttpEndpoint': 'true', ...Null },
      ...more,
    },
  });
}

function toKeep({ bucket, folder }: RightsProps): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects(`${folder}*`)] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': `${folder}*` } } }),
  ];
}

/** What AWS Config found is noted as an object for each instance, until a run takes it. */
function toTakeFindings({ bucket, folder }: RightsProps): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects(`${folder}findings/*`)] });
}

/** Takes the lock. The one also notes which instances it changes, and the other reads that. */
function toLock({ table }: RightsProps, ofOwners: string): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', ofOwners], resources: [table.tableArn] });
}

/** A child is an execution of the same state machine. Whoever waits for the lock looks whether its holder still runs. */
function toRun({ stack, stateMachineName, otherName }: RightsProps): PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn('stateMachine', stateMachineName)] }),
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      resources: [arn('execution', `${stateMachineName}:*`), arn('execution', `${stateMachineName}/*`)],
    }),
    new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [arn('execution', `${otherName}:*`)] }),
  ];
}

/** IAM knows no condition on what an execution is started with. */
function toStart({ stateMachineArn }: IStateMachine): PolicyStatement {
  return new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] });
}
