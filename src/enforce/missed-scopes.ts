import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { REQUIREMENTS } from '../policy/requirements';
import type { Enforcer } from './enforcer';

/** How many resources a message names. */
const NAMED = 5;

/** Messages for the stages whose aspects were not invoked, where enforcement would change something in them. */
export function missedScopes(scope: IConstruct, visited: ReadonlySet<IConstruct>, enforcer: Enforcer): string[] {
  const stages = scope.node.findAll().filter(construct => Stage.isStage(construct));
  return [...new Set([scope, ...stages])].filter(root => !visited.has(root)).flatMap(root => {
    const missed = resourcesOf(root).filter(resource => enforcer.wouldChange(resource)).map(resource => resource.node.path);
    return missed.length > 0 ? [message(root, missed)] : [];
  });
}

/** The resources under a scope, without those of stages in it. */
function resourcesOf(scope: IConstruct): CfnResource[] {
  return scope.node.children.flatMap(child => Stage.isStage(child)
    ? []
    : [...CfnResource.isCfnResource(child) ? [child] : [], ...resourcesOf(child)]);
}

function message(root: IConstruct, missed: readonly string[]): string {
  const named = missed.slice(0, NAMED).join(', ');
  const more = missed.length > NAMED ? ` and ${missed.length - NAMED} more` : '';
  return `'${root.node.path}' was created after Imdsv2.enforce() was called, or synthesized before: ${named}${more} `
    + `would be changed; ${REQUIREMENTS['Imdsv2::StageNotEnforced'].fix} [Imdsv2::StageNotEnforced]`;
}
