import type { CfnResource } from 'aws-cdk-lib';
import { AspectPriority, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { BuiltApp, BuiltExemption } from '../plans/built-apps';
import { EXEMPTED } from '../plans/exemptions';
import { TODAY } from '../plans/names';
import { own } from './json';

/** The priority after which enforcement does not visit any more. */
const LAST_WORD = AspectPriority.READONLY - 1;

/** The rule whose exemption makes enforcement skip a resource. */
export const TOKENS = 'Imdsv2::TokensRequired';

/** The valid exemptions of a construct from a rule: on it, or above it. */
export function exemptionsOf(construct: IConstruct, rule: string, { exemptions }: BuiltApp): readonly BuiltExemption[] {
  return exemptions.filter(exemption => EXEMPTED[exemption.of].includes(rule) && isInForce(exemption) && reaches(exemption, construct));
}

/** Whether a resource is exempt when it is enforced. `late` if it is exempt only after that. */
export function exemptionOf(resource: CfnResource, built: BuiltApp): 'in time' | 'late' | undefined {
  const all = exemptionsOf(resource, TOKENS, built);
  if (all.length === 0) { return undefined; }
  // A stage is synthesized before the aspects of the app visit anything.
  return all.every(({ moment, scope }) => typeof moment === 'number' && (moment >= LAST_WORD || !isVisited(resource, scope))) ? 'late' : 'in time';
}

/** The launch template that an instance gets its tokens from, in its stack. */
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
 * Whether aspects after enforcement weaken a resource. CDK sorts the aspects of one construct by priority. Among equal priorities, aspects of the app come
 * first, then those further down, in the order in which they were added. Aspects do not enter stages.
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

/** Whether an aspect changes a resource to a type that launches nothing. */
export function getsAnotherType(resource: CfnResource, { aspects }: BuiltApp): boolean {
  return aspects.some(({ scope, effect }) => effect === 'another type' && isVisited(resource, scope));
}

/** Whether the exemption has not expired. */
export function isInForce({ expires }: Pick<BuiltExemption, 'expires'>): boolean {
  return expires === undefined || expires > TODAY;
}

function reaches({ scope, scopes, moment, isEach }: BuiltExemption, construct: IConstruct): boolean {
  // An aspect that exempts each resource visits those in its own stage, whenever they were added. An aspect that exempts a scope exempts everything
  // in it.
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
