import type { CfnResource } from 'aws-cdk-lib';
import { AspectPriority, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { BuiltApp, BuiltExemption } from '../plans/built-apps';
import { EXEMPTED } from '../plans/exemptions';
import { TODAY } from '../plans/names';
import { own } from './json';

/** After what priority enforcement looks no more. */
const LAST_WORD = AspectPriority.READONLY - 1;

/** The rule that lets enforcement leave a resource alone. */
export const TOKENS = 'Imdsv2::TokensRequired';

/** What exempts a construct from a rule: in force on it, or above it. */
export function exemptionsOf(construct: IConstruct, rule: string, { exemptions }: BuiltApp): readonly BuiltExemption[] {
  return exemptions.filter(exemption => EXEMPTED[exemption.of].includes(rule) && isInForce(exemption) && reaches(exemption, construct));
}

/** Whether a resource is exempt by the time that it is enforced, `late` where only what comes after that exempts it. */
export function exemptionOf(resource: CfnResource, built: BuiltApp): 'in time' | 'late' | undefined {
  const all = exemptionsOf(resource, TOKENS, built);
  if (all.length === 0) { return undefined; }
  // A stage is synthesized before the aspects of the app come by anything.
  return all.every(({ moment, scope }) => typeof moment === 'number' && (moment >= LAST_WORD || !isVisited(resource, scope))) ? 'late' : 'in time';
}

/** The launch template that an instance leaves its tokens to, among the resources of its stack. */
export function templateBehind(properties: unknown, templates: readonly CfnResource[]): CfnResource | undefined {
  const { HttpTokens, HttpEndpoint } = (own(properties, 'MetadataOptions') ?? {}) as { [name: string]: unknown };
  const named = own(properties, 'LaunchTemplate');
  if (HttpTokens !== undefined || HttpEndpoint !== undefined || named === undefined) { return undefined; }
  const id = own(own(named, 'LaunchTemplateId'), 'Ref');
  const name = own(named, 'LaunchTemplateName');
  return templates.find(template => (id !== undefined && template.stack.resolve(template.logicalId) === id)
    || (name !== undefined && template.stack.resolve((template as { launchTemplateName?: unknown }).launchTemplateName) === name));
}

/**
 * Whether aspects that come after enforcement leave a resource weaker than that did. On one construct, they come by their priority; of those with the
 * same one, those of the app first, then those further down, each in the order in which they were added. Aspects do not enter stages.
 */
export function isWeakenedLater(resource: CfnResource, built: BuiltApp): boolean {
  if (getsAnotherType(resource, built)) { return false; }
  const { aspects, plan } = built;
  const later = aspects.filter(({ scope, priority }) => isVisited(resource, scope) && (priority > LAST_WORD
    || (priority === LAST_WORD && (plan.isEnforcedFirst || !Stage.isStage(scope)))));
  const inOrder = later.map((aspect, index) => ({ aspect, index })).sort((one, other) =>
    one.aspect.priority - other.aspect.priority || depth(one.aspect.scope) - depth(other.aspect.scope) || one.index - other.index);
  const deciding = inOrder.map(({ aspect }) => aspect.effect).filter(effect => effect !== 'other').pop();
  return deciding === 'optional' || deciding === 'deleted';
}

/** Whether an aspect makes something of a resource that launches nothing. */
export function getsAnotherType(resource: CfnResource, { aspects }: BuiltApp): boolean {
  return aspects.some(({ scope, effect }) => effect === 'another type' && isVisited(resource, scope));
}

/** Whether the exemption has not ended yet. */
export function isInForce({ expires }: Pick<BuiltExemption, 'expires'>): boolean {
  return expires === undefined || expires > TODAY;
}

function reaches({ scope, scopes, moment, isEach }: BuiltExemption, construct: IConstruct): boolean {
  // An aspect that exempts each resource comes by those in its own stage, whenever they were added; one that exempts a scope exempts all that is in it.
  return typeof moment === 'number' && isEach ? isVisited(construct, scope) : scopes.some(each => construct.node.scopes.includes(each));
}

function isVisited(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope) && stageOf(construct) === stageOf(scope);
}

function stageOf(construct: IConstruct): IConstruct | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

function depth({ node }: IConstruct): number {
  return node.scopes.length;
}
