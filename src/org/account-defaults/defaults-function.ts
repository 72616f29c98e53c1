import { Aws, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionNameOf } from './function-name';
import { ACCOUNT_DEFAULTS_HANDLER } from './handler-code.generated';
import { comparable } from './region-names';

/** What the function is made for. */
export interface DefaultsFunctionProps {
  /** The Regions that it sets, or `undefined` for every Region. */
  readonly regions: readonly string[] | undefined;
  /** The path of its role, by which policies can name it. */
  readonly rolePath: string;
  readonly runtime?: Runtime;
}

/** The function that sets account defaults: inline code, and a role that may do that and nothing else. */
export class DefaultsFunction extends Construct {
  public readonly arn: string;
  public readonly role: Role;

  /** The right to change defaults in the Regions: nothing may be set before it is there. */
  public readonly rights: Policy;

  public constructor(scope: Construct, id: string, props: DefaultsFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.role = this.makeRole(logGroup, props.rolePath);
    this.rights = this.grant(known(props.regions));
    const setter = new Function(this, 'Function', {
      description: 'Sets the account defaults of EC2 for instance metadata',
      code: Code.fromInline(ACCOUNT_DEFAULTS_HANDLER),
      handler: 'index.handler',
      runtime: props.runtime ?? Runtime.NODEJS_24_X,
      timeout: Duration.minutes(5),
      memorySize: 256,
      role: this.role,
      logGroup,
    });
    const resource = setter.node.defaultChild as CfnFunction;
    resource.functionName = functionNameOf(resource);
    this.arn = setter.functionArn;
  }

  private makeRole(logGroup: LogGroup, path: string): Role {
    const statements = [
      new PolicyStatement({ actions: ['ec2:DescribeRegions'], resources: ['*'] }),
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    ];
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path,
      inlinePolicies: { Run: new PolicyDocument({ statements }) },
    });
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
