import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CustomResource } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import type { InlineFunction } from './inline-function';
import { serviceTimeoutFor } from './service-timeout';

/** What a function carries out. */
export interface FunctionResourceProps {
  readonly resourceType: string;
  readonly carriedOutBy: InlineFunction;
  /** How long the function may run, at most. */
  readonly timeout: Duration;
  /** Rights of the function besides those of its role: they are there before the resource is made, and until it is gone. */
  readonly rights?: readonly IDependable[];
  readonly removalPolicy?: RemovalPolicy;
  readonly properties: { readonly [name: string]: unknown };
}

/** A custom resource that a function carries out, once the function has its rights. CloudFormation waits for it as long as Lambda tries. */
export class FunctionResource extends CustomResource {
  public constructor(scope: Construct, id: string, props: FunctionResourceProps) {
    const { resourceType, carriedOutBy, timeout, rights = [], removalPolicy, properties } = props;
    super(scope, id, {
      resourceType, removalPolicy, properties, serviceToken: carriedOutBy.function.functionArn, serviceTimeout: serviceTimeoutFor(timeout),
    });
    this.node.addDependency(carriedOutBy.role, ...rights);
  }
}
