import { CfnResource } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { IConstruct } from 'constructs';

/** All organization policies of a type in the app, including those that the user created. */
export function allPolicies(construct: IConstruct, type: string): CfnPolicy[] {
  return construct.node.root.node.findAll().filter(isPolicy).filter(policy => policy.type === type);
}

function isPolicy(construct: IConstruct): construct is CfnPolicy {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === CfnPolicy.CFN_RESOURCE_TYPE_NAME;
}
