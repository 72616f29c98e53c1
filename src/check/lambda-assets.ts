import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What has no metadata service: functions, and layers for them. */
const TYPES = ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'];

/** Whether an asset is the code of a function of Lambda, its image, or a layer: CDK puts these below the function, and its own handlers beside theirs. */
export function isOfLambda(asset: IConstruct): boolean {
  const handler = asset.node.tryFindChild('Handler');
  return isLambda(asset.node.scope?.node.defaultChild) || isLambda(handler);
}

/** Functions that run on instances are none of these. */
function isLambda(construct: IConstruct | undefined): boolean {
  return construct !== undefined && CfnResource.isCfnResource(construct) && TYPES.includes(construct.cfnResourceType)
    && (construct as { readonly capacityProviderConfig?: unknown }).capacityProviderConfig === undefined;
}
