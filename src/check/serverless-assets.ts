import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { FARGATE } from '../resources/fargate';

/** Types without an instance metadata service: functions, and layers for them. */
const LAMBDA = ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'];
const TASK = 'AWS::ECS::TaskDefinition';

/** Why nothing of an asset runs on an instance, if that is so: Lambda runs it, or only Fargate does. */
export function whyServerless(asset: IConstruct): string | undefined {
  if (isOfLambda(asset)) { return 'functions of Lambda have no metadata service'; }
  return isOfFargate(asset) ? 'tasks on Fargate have no metadata service' : undefined;
}

/** Whether an asset is the code of a function of Lambda, its image, or a layer: CDK puts these below the function, and its own handlers beside theirs. */
function isOfLambda(asset: IConstruct): boolean {
  return isLambda(asset.node.scope?.node.defaultChild) || isLambda(asset.node.tryFindChild('Handler'));
}

/** Functions that run on instances are none of these. */
function isLambda(construct: IConstruct | undefined): boolean {
  return isOfType(LAMBDA, construct) && (construct as { readonly capacityProviderConfig?: unknown }).capacityProviderConfig === undefined;
}

/** Whether an asset is the image of a container in a task that runs on Fargate alone: CDK puts it below the container, and that below the task. */
function isOfFargate(asset: IConstruct): boolean {
  const task = asset.node.scope?.node.scope?.node.defaultChild;
  const { requiresCompatibilities } = (isOfType([TASK], task) ? task : {}) as { readonly requiresCompatibilities?: unknown };
  return Array.isArray(requiresCompatibilities) && requiresCompatibilities.length > 0 && requiresCompatibilities.every(each => each === FARGATE);
}

function isOfType(types: readonly string[], construct: IConstruct | undefined): boolean {
  return construct !== undefined && CfnResource.isCfnResource(construct) && types.includes(construct.cfnResourceType);
}
