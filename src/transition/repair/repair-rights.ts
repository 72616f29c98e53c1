import type { Stack } from 'aws-cdk-lib';
import { ArnFormat } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { HopLimits } from '../../policy/hop-limits';
import { literally } from './policy-text';
import type { RepairSelection } from './repair-selection';

/** The resources of a state machine. */
export interface RightsProps {
  readonly stack: Stack;
  readonly bucket: IBucket;
  readonly folder: string;
  readonly table: ITable;
  /** The name of the state machine. */
  readonly stateMachineName: string;
  /** The name of the other state machine, which can hold the lock. */
  readonly otherName: string;
}

/** The resources of the state machine for repairs. */
export interface RepairRightsProps extends RightsProps {
  readonly selection: RepairSelection;
  /** The state machine for rollbacks, if a repair can start it. */
  readonly rollback?: IStateMachine;
}

/** The permissions of the state machine for repairs, as narrow as IAM allows. None of them makes an instance weaker. */
export function repairRights(props: RepairRightsProps): PolicyStatement[] {
  const more = props.rollback ? [toStart(props.rollback)] : [];
  return [toLook(props), toRequire(props), ...toKeep(props), toTakeFindings(props), toLock(props, 'dynamodb:BatchWriteItem'), ...toRun(props), ...more];
}

/** The permissions of the state machine for rollbacks. */
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

/** These actions do not support resources, so they are limited to the Region. */
function reading({ stack }: RightsProps, actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': stack.region } } });
}

/**
 * It can require tokens, and set the hop limit for containers together with it, only on selected instances. It can never turn the service on or off.
 */
function toRequire({ stack, selection: { _tags: tags } }: RepairRightsProps): PolicyStatement {
  const named = tags.filter(({ values }) => values.length > 0).map(({ key, values }) => [`aws:ResourceTag/${key}`, values.map(literally)] as const);
  const any = tags.filter(({ values }) => values.length === 0).map(({ key }) => [`aws:ResourceTag/${key}`, 'false'] as const);
  return modifying(stack, 'required', {
    StringEquals: Object.fromEntries(named),
    Null: Object.fromEntries(any),
    NumericEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': String(HopLimits.OF_CONTAINERS) },
  });
}

/**
 * It can make tokens optional, and lower a raised hop limit again. It has no condition on tags, because they can change. The record names the
 * instances.
 */
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

/** Findings of AWS Config are stored as an object for each instance, until a run takes them. */
function toTakeFindings({ bucket, folder }: RightsProps): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects(`${folder}findings/*`)] });
}

/** Both use the lock. One of them also stores which instances it changes, and the other reads this. */
function toLock({ table }: RightsProps, ofOwners: string): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', ofOwners], resources: [table.tableArn] });
}

/** A child execution belongs to the same state machine. An execution that waits for the lock checks whether the holder still runs. */
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

/** IAM has no condition for the input of an execution. */
function toStart({ stateMachineArn }: IStateMachine): PolicyStatement {
  return new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] });
}
