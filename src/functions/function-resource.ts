import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CustomResource } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import type { InlineFunction } from './inline-function';
import { serviceTimeoutFor } from './service-timeout';

/** The inputs of a custom resource. */
export interface FunctionResourceProps {
  readonly resourceType: string;
  readonly carriedOutBy: InlineFunction;
  /** The timeout of the function. */
  readonly timeout: Duration;
  /** Additional permissions of the function. They exist before the resource is created, and until it is deleted. */
  readonly rights?: readonly IDependable[];
  readonly removalPolicy?: RemovalPolicy;
  readonly properties: { readonly [name: string]: unknown };
}

/** A custom resource that a function handles, after the function has its permissions. CloudFormation waits for it as long as Lambda retries. */
export class FunctionResource extends CustomResource {
  public constructor(scope: Construct, id: string, props: FunctionResourceProps) {
    const { resourceType, carriedOutBy, timeout, rights = [], removalPolicy, properties } = props;
    super(scope, id, {
      resourceType, removalPolicy, properties, serviceToken: carriedOutBy.function.functionArn, serviceTimeout: serviceTimeoutFor(timeout),
    });
    this.node.addDependency(carriedOutBy.role, ...rights);
  }
}
