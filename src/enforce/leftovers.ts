import type { CfnResource } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { TreeAnalysis } from '../inspect/tree-analysis';
import { grouped } from '../model/grouped';
import { Memo } from '../model/memo';
import type { RuleId } from '../policy/rules';
import type { Enforcer } from './enforcer';

/**
 * Messages for what enforcement did not reach: stages that its aspects did not visit, and resources that were weakened or added after the visit.
 * The templates are not written yet, but references and nested stacks are final, so it is too late to enforce.
 */
export function leftovers(scope: IConstruct, visited: ReadonlySet<IConstruct>, enforcer: Enforcer): string[] {
  const analysis = TreeAnalysis.settled(scope);
  const rootOf = rootsWithin(scope);
  const byRoot = grouped(analysis.resources.map(resource => [rootOf(resource), resource] as const));
  return [...byRoot].flatMap(([root, resources]) => {
    if (!root) { return []; }
    return visited.has(root) ? late(root, resources, enforcer, analysis) : missed(root, resources, enforcer, analysis);
  });
}

/** The stage or scope whose visit covers a construct; `undefined` if the construct is outside of the enforced scope. */
function rootsWithin(scope: IConstruct): (construct: IConstruct) => IConstruct | undefined {
  const known = new Memo((construct: IConstruct): IConstruct | undefined => {
    const around = construct.node.scope && known.of(construct.node.scope);
    return construct === scope || (around && Stage.isStage(construct)) ? construct : around;
  });
  return construct => construct === scope ? scope : construct.node.scope && known.of(construct.node.scope);
}

/** A stage that was created too late, or synthesized too early. */
function missed(root: IConstruct, resources: readonly CfnResource[], enforcer: Enforcer, analysis: TreeAnalysis): string[] {
  const changing = resources.filter(resource => enforcer.concerns(resource) && enforcer.pendingChanges(resource, analysis).length > 0);
  return messageOn('Imdsv2::StageNotEnforced', 'missed', root, changing);
}

/** Resources that no longer require tokens or were added later, and resources with another use than when they were enforced. */
function late(root: IConstruct, resources: readonly CfnResource[], enforcer: Enforcer, analysis: TreeAnalysis): string[] {
  const open = resources.filter(resource => !enforcer.isPlainlyDone(resource, analysis) && enforcer.concerns(resource));
  const weakened = new Set(open.filter(resource => enforcer.pendingTokens(resource, analysis).length > 0));
  const outdated = open.filter(resource => !weakened.has(resource) && enforcer.isOutdated(resource, analysis));
  return [
    ...messageOn('Imdsv2::ChangedAfterEnforcement', 'weakened', root, [...weakened]),
    ...messageOn('Imdsv2::ChangedAfterEnforcement', 'outdated', root, outdated),
  ];
}

function messageOn(rule: RuleId, kind: 'missed' | 'weakened' | 'outdated', scope: IConstruct, resources: readonly CfnResource[]): string[] {
  if (resources.length === 0) { return []; }
  const cause = { kind, scope: scope.node.path, resources: resources.map(({ node }) => node.path) };
  const finding: Finding = { rule, path: '', because: [cause] };
  const { fix, see } = adviceOf(finding);
  return [`${findingText(finding)}\n    ${fix} (${see}) [${rule}]`];
}
