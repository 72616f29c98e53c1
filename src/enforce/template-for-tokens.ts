import { CfnResource } from 'aws-cdk-lib';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import type { LaunchResource } from '../launch/world';
import { LiveResource } from '../resources/live-resource';

/**
 * Whether `requireImdsv2` of `aws-cdk-lib` created a launch template. Only one instance launches from it, and a new version of it replaces the instance.
 * So enforcement writes the settings of the policy into the instance instead.
 */
export function isTemplateForTokens(template: LaunchResource, analysis: TreeAnalysis): boolean {
  if (template.type !== 'AWS::EC2::LaunchTemplate') { return false; }
  const { id, scope } = analysis.constructOf(template).node;
  const instance = id === 'LaunchTemplate' ? scope?.node.tryFindChild('Resource') : undefined;
  if (!instance || !CfnResource.isCfnResource(instance) || LiveResource.typeOf(instance) !== 'AWS::EC2::Instance') { return false; }
  return analysis.graph.launchersOf(template).every(({ launcher }) => analysis.constructOf(launcher) === instance);
}
