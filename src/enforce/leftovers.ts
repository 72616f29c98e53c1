import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { findingText } from '../inspect/finding-text';
import { TreeAnalysis } from '../inspect/tree-analysis';
import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import type { Enforcer } from './enforcer';

/**
 * Messages for what enforcement did not reach: stages that its aspects were not invoked for, and resources that were weakened or added after
 * its aspects had come by. The templates are not written yet, but references and nested stacks are fixed: it is too late to mend.
 */
export function leftovers(scope: IConstruct, visited: ReadonlySet<IConstruct>, enforcer: Enforcer): string[] {
  const stages = scope.node.findAll().filter(construct => Stage.isStage(construct));
  const roots = [...new Set([scope, ...stages])].filter(isInTree);
  const analysis = TreeAnalysis.settled(scope);
  return roots.flatMap(root => visited.has(root) ? late(root, enforcer, analysis) : missed(root, enforcer, analysis));
}

/** A stage that was created too late, or synthesized too early. */
function missed(root: IConstruct, enforcer: Enforcer, analysis: TreeAnalysis): string[] {
  const resources = resourcesOf(root).filter(resource => enforcer.concerns(resource) && enforcer.pendingChanges(resource, analysis).length > 0);
  return messageOn('Imdsv2::StageNotEnforced', 'missed', root, resources);
}

/** Resources that were enforced and do not require tokens any more, or came later; and those that run other things than they did. */
function late(root: IConstruct, enforcer: Enforcer, analysis: TreeAnalysis): string[] {
  const resources = resourcesOf(root).filter(resource => !enforcer.isPlainlyDone(resource, analysis) && enforcer.concerns(resource));
  const weakened = new Set(resources.filter(resource => enforcer.pendingTokens(resource, analysis).length > 0));
  const outdated = resources.filter(resource => !weakened.has(resource) && enforcer.isOutdated(resource, analysis));
  return [
    ...messageOn('Imdsv2::ChangedAfterEnforcement', 'weakened', root, [...weakened]),
    ...messageOn('Imdsv2::ChangedAfterEnforcement', 'outdated', root, outdated),
  ];
}

/** The resources at and under a scope, without those of stages in it. */
function resourcesOf(scope: IConstruct): CfnResource[] {
  const below = scope.node.children.filter(child => !Stage.isStage(child)).flatMap(resourcesOf);
  return CfnResource.isCfnResource(scope) ? [scope, ...below] : below;
}

/** Whether a construct was not removed from its tree meanwhile. */
function isInTree(construct: IConstruct): boolean {
  return construct.node.scopes.every(({ node }) => !node.scope || node.scope.node.tryFindChild(node.id) !== undefined);
}

function messageOn(rule: RuleId, kind: 'missed' | 'weakened' | 'outdated', scope: IConstruct, resources: readonly CfnResource[]): string[] {
  if (resources.length === 0) { return []; }
  const cause = { kind, scope: scope.node.path, resources: resources.map(({ node }) => node.path) };
  return [`${findingText({ rule, path: '', because: [cause] })}\n    ${RULES[rule].fix} [${rule}]`];
}
