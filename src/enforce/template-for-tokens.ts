import { CfnResource } from 'aws-cdk-lib';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import type { LaunchResource } from '../launch/world';
import { LiveResource } from '../resources/live-resource';

/**
 * Whether a launch template is the one that `requireImdsv2` of `aws-cdk-lib` attaches to an instance. Nothing else launches from it, and a new version
 * of it replaces the instance, so what is to be filled goes into the instance itself.
 */
export function isTemplateForTokens(template: LaunchResource, analysis: TreeAnalysis): boolean {
  if (template.type !== 'AWS::EC2::LaunchTemplate') { return false; }
  const { id, scope } = analysis.constructOf(template).node;
  const instance = id === 'LaunchTemplate' ? scope?.node.tryFindChild('Resource') : undefined;
  if (!instance || !CfnResource.isCfnResource(instance) || LiveResource.typeOf(instance) !== 'AWS::EC2::Instance') { return false; }
  return analysis.graph.launchersOf(template).every(({ launcher }) => analysis.constructOf(launcher) === instance);
}
