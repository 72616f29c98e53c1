import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HopLimits } from '../../policy/hop-limits';

/** The place of the instances that a role can change. The Region can be `*` for all. */
export interface RunbookPlace {
  readonly stack: Stack;
  readonly region: string;
}

/** The permissions of a runbook for instances. */
export interface RunbookRights {
  readonly documentName: string;
  /** The hop limit that it sets, if any. */
  readonly hopLimit?: number;
}

/**
 * The permissions that a runbook needs to require tokens, and no others.
 *
 * With them, it cannot make tokens optional, turn an endpoint on or off, or lower a hop limit below the 2 that containers need. The condition keys
 * `ec2:Metadata...` are the current values of the instance, and `ec2:Attribute/...` the requested ones.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function runbookStatements({ documentName, hopLimit }: RunbookRights, { stack, region }: RunbookPlace): PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName = '*', account?: string) => stack.formatArn({ service, region, account, resource, resourceName });
  return [
    new PolicyStatement({
      actions: ['ec2:ModifyInstanceMetadataOptions'],
      resources: [arn('ec2', 'instance')],
      conditions: {
        StringEquals: { 'ec2:Attribute/HttpTokens': 'required' },
        StringEqualsIfExists: { 'ec2:Attribute/HttpEndpoint': 'enabled', 'ec2:MetadataHttpEndpoint': 'enabled' },
        NumericGreaterThanEqualsIfExists: { 'ec2:Attribute/HttpPutResponseHopLimit': String(HopLimits.OF_CONTAINERS) },
        ...hopLimit !== undefined && { NumericLessThanEqualsIfExists: { 'ec2:MetadataHttpPutResponseHopLimit': String(hopLimit) } },
      },
    }),
    new PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] }), // this action does not support resources
    // The ARN of an AWS document has no account.
    new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [arn('ssm', 'automation-definition', `${documentName}:*`, '*')] }),
    new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [arn('ssm', 'automation-execution')] }),
  ];
}
