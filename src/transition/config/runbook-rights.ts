import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HopLimits } from '../../policy/hop-limits';

/** Where instances are that a role may change: a Region, or `*` for each. */
export interface RunbookPlace {
  readonly stack: Stack;
  readonly region: string;
}

/** What a runbook of AWS may do to instances. */
export interface RunbookRights {
  readonly documentName: string;
  /** The hop limit that it sets, if it sets one. */
  readonly hopLimit?: number;
}

/**
 * The rights that a runbook needs to require tokens, and none by which it could do anything else to an instance.
 *
 * Whatever it asks for, it cannot make tokens optional, nor turn an endpoint on or off, nor lower a hop limit to less than containers need. Of an instance,
 * `ec2:Metadata...` is what it has, and `ec2:Attribute/...` what the call asks for.
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
    new PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] }), // it knows no resource
    // A document of AWS is of no account.
    new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [arn('ssm', 'automation-definition', `${documentName}:*`, '*')] }),
    new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [arn('ssm', 'automation-execution')] }),
  ];
}
