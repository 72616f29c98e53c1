import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IDestination } from 'aws-cdk-lib/aws-lambda';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The inputs of a function. */
export interface InlineFunctionProps {
  readonly description: string;
  /** The bundled code of a handler. */
  readonly code: string;
  /** Its permissions, in addition to writing its log. */
  readonly statements: readonly PolicyStatement[];
  /** The timeout of the function. */
  readonly timeout: Duration;
  /** The path of its role, so that policies can identify it. */
  readonly rolePath?: string;
  readonly runtime?: Runtime;
  /** In megabytes. The share of a processor grows with it. */
  readonly memorySize?: number;
  readonly environment?: { readonly [name: string]: string };
  /** The destination for events that still fail after all retries. */
  readonly onFailure?: IDestination;
}

/** A Lambda function as inline code, so that its stack needs no assets, with a log and a role that has only the given permissions. */
export class InlineFunction extends Construct {
  public readonly role: Role;
  public readonly function: Function;
  public readonly logGroup: LogGroup;

  public constructor(scope: Construct, id: string, props: InlineFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const toLog = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.logGroup.logGroupArn] });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: props.rolePath,
      inlinePolicies: { Run: new PolicyDocument({ statements: [...props.statements, toLog] }) },
    });
    this.function = new Function(this, 'Function', {
      description: props.description,
      code: Code.fromInline(props.code),
      handler: 'index.handler',
      runtime: props.runtime ?? Runtime.NODEJS_24_X,
      timeout: props.timeout,
      memorySize: props.memorySize ?? 256,
      environment: props.environment,
      role: this.role,
      logGroup: this.logGroup,
      onFailure: props.onFailure,
    });
  }
}
