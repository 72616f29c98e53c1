import type { Duration } from 'aws-cdk-lib';
import { Aws, Stack, Token } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { InlineFunction } from '../../functions/inline-function';
import { guardrailNameOf } from '../guardrail-names';
import { LOOK_NAME } from './drift-look';
import { environmentOf, type FunctionSettings } from './function-settings';
import { ACCOUNT_DEFAULTS_HANDLER } from './handler-code.generated';
import { comparable } from './region-names';

/** The inputs of the function. */
export interface DefaultsFunctionProps extends FunctionSettings {
  /** Whether it reports differences. */
  readonly reports: boolean;
  /** The path of its role, so that policies can identify it. */
  readonly rolePath: string;
  readonly timeout: Duration;
  readonly runtime?: Runtime;
}

/** The function that sets account defaults. */
export class DefaultsFunction extends InlineFunction {
  /** The permission to change defaults in the Regions. It has to exist before the first change. */
  public readonly rights: Policy;

  public constructor(scope: Construct, id: string, props: DefaultsFunctionProps) {
    const { regions, reports, rolePath, timeout, runtime } = props;
    super(scope, id, {
      description: 'Sets the account defaults of EC2 for instance metadata',
      code: ACCOUNT_DEFAULTS_HANDLER,
      statements: [...toReadStacks(), ...reports ? [toReport(scope)] : []],
      timeout,
      rolePath,
      runtime,
      environment: environmentOf(scope, props),
    });
    this.rights = this.grant(known(regions));
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.functionName = guardrailNameOf(resource);
  }

  /**
   * Lets the role read and change the defaults of the Regions.
   *
   * Other Regions create another policy with another logical id. CloudFormation adds it before an update, and removes this one after it, so that the
   * update can still reset removed Regions.
   */
  private grant(regions: readonly string[] | undefined): Policy {
    return new Policy(this, `Rights${regions === undefined ? '' : comparable(this, regions).join()}`, {
      roles: [this.role],
      statements: [new PolicyStatement({
        actions: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'],
        resources: ['*'],
        conditions: regions && { StringEquals: { 'aws:RequestedRegion': regions } },
      })],
    });
  }
}

/** Permissions to find the Regions, and to read the status of stacks. */
function toReadStacks(): PolicyStatement[] {
  const actions = ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks', 'cloudformation:ListStackResources'];
  return [new PolicyStatement({ actions: ['ec2:DescribeRegions'], resources: ['*'] }), new PolicyStatement({ actions, resources: [Aws.STACK_ID] })];
}

/** Its metrics need no permission: CloudWatch finds them in its log. */
function toReport(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    actions: ['events:PutEvents'],
    resources: [Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
    conditions: { StringEquals: { 'events:source': LOOK_NAME } },
  });
}

/**
 * The Regions, if their value cannot change without a change of the logical id. Otherwise the permissions cover every Region. If they did not, they
 * would be reduced before the update.
 */
function known(regions: readonly string[] | undefined): readonly string[] | undefined {
  const isKnown = !Token.isUnresolved(regions) && regions?.every(region => region === Aws.REGION || !Token.isUnresolved(region));
  return isKnown ? regions : undefined;
}
