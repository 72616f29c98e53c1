import type { Duration } from 'aws-cdk-lib';
import { Aws, Token } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { InlineFunction } from '../../functions/inline-function';
import { functionNameOf } from './function-name';
import { ACCOUNT_DEFAULTS_HANDLER } from './handler-code.generated';
import { comparable } from './region-names';

/** What the function is made for. */
export interface DefaultsFunctionProps {
  /** The Regions that it sets, or `undefined` for every Region. */
  readonly regions: readonly string[] | undefined;
  /** The path of its role, by which policies can name it. */
  readonly rolePath: string;
  readonly timeout: Duration;
  readonly runtime?: Runtime;
}

/** The function that sets account defaults. */
export class DefaultsFunction extends InlineFunction {
  /** The right to change defaults in the Regions: nothing may be set before it is there. */
  public readonly rights: Policy;

  public constructor(scope: Construct, id: string, { regions, rolePath, timeout, runtime }: DefaultsFunctionProps) {
    super(scope, id, {
      description: 'Sets the account defaults of EC2 for instance metadata',
      code: ACCOUNT_DEFAULTS_HANDLER,
      statements: [new PolicyStatement({ actions: ['ec2:DescribeRegions'], resources: ['*'] })],
      timeout,
      rolePath,
      runtime,
    });
    this.rights = this.grant(known(regions));
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.functionName = functionNameOf(resource);
  }

  /**
   * Lets the role read and change the defaults of the Regions.
   *
   * Other Regions are another policy, of another logical id: CloudFormation adds that one before an update, and removes this one after it, so that
   * the update can still reset the Regions that are left out.
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

/**
 * The Regions, if they are known at synthesis or the one of the stack. What only a deployment knows may change without another logical id, so that
 * the rights would be narrowed before the update: then they are for every Region.
 */
function known(regions: readonly string[] | undefined): readonly string[] | undefined {
  const isKnown = !Token.isUnresolved(regions) && regions?.every(region => region === Aws.REGION || !Token.isUnresolved(region));
  return isKnown ? regions : undefined;
}
