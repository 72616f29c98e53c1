import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { FARGATE } from '../resources/fargate';

/** Lambda functions and their layers. They have no instance metadata service. */
const LAMBDA = ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'];
const TASK = 'AWS::ECS::TaskDefinition';

/** Why an asset does not run on an instance; `undefined` if it may. Lambda or Fargate runs it. */
export function whyServerless(asset: IConstruct): string | undefined {
  if (isOfLambda(asset)) { return 'functions of Lambda have no metadata service'; }
  return isOfFargate(asset) ? 'tasks on Fargate have no metadata service' : undefined;
}

/** Whether an asset is the code or the image of a Lambda function, or a layer. CDK puts it below the function; its own handlers are siblings of their asset. */
function isOfLambda(asset: IConstruct): boolean {
  return isLambda(asset.node.scope?.node.defaultChild) || isLambda(asset.node.tryFindChild('Handler'));
}

/** Whether a construct is a Lambda resource. A function with a capacity provider runs on instances, so it does not count. */
function isLambda(construct: IConstruct | undefined): boolean {
  return isOfType(LAMBDA, construct) && (construct as { readonly capacityProviderConfig?: unknown }).capacityProviderConfig === undefined;
}

/** Whether an asset is a container image of a task that runs only on Fargate. CDK puts it below the container, and the container below the task. */
function isOfFargate(asset: IConstruct): boolean {
  const task = asset.node.scope?.node.scope?.node.defaultChild;
  const { requiresCompatibilities } = (isOfType([TASK], task) ? task : {}) as { readonly requiresCompatibilities?: unknown };
  return Array.isArray(requiresCompatibilities) && requiresCompatibilities.length > 0 && requiresCompatibilities.every(each => each === FARGATE);
}

function isOfType(types: readonly string[], construct: IConstruct | undefined): boolean {
  return construct !== undefined && CfnResource.isCfnResource(construct) && types.includes(construct.cfnResourceType);
}
