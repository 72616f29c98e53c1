import type { Aspects as AspectsOf, CfnResource, TagProps } from 'aws-cdk-lib';
import { Aspects, RemoveTag, Stack, Stage, Tag, TagManager, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { LiveResource } from '../resources/live-resource';
import type { InstanceFacts } from '../resources/record';
import { instancesOf } from '../resources/record-table';

/** An aspect that adds or removes a tag. */
type TagAspect = ReturnType<typeof tagAspectsOf>[number];

/** The current result for a tag: whether it exists, and by which priority. */
interface Standing { readonly isThere: boolean; readonly priority: number }

/** The default priorities of `Tags.of()`. */
const PRIORITIES = { add: 100, remove: 200 };

/**
 * The keys of tags that the instances of a resource get and that its properties do not show: those of its stacks, which CloudFormation hands on,
 * and those of `Tags.of()`, which is an aspect and may not have visited the construct yet. A key may be unresolved.
 */
export function tagKeysBeyond(resource: CfnResource): readonly string[] {
  const facts = instancesOf(LiveResource.typeOf(resource));
  return [...new Set(taggedFor(resource, facts).flatMap(construct => keysOn(construct, construct === resource ? facts : undefined)))];
}

/** The keys on a construct after all aspects. On a resource, only the keys of aspects: the others are among its properties. */
function keysOn(construct: IConstruct, own: InstanceFacts | undefined): string[] {
  const manager = TagManager.of(construct);
  if (!manager) { return []; }
  const reaches = (key: string, value: string) => !Stack.isStack(construct) || isKnown(key, value);
  const written = own ? [] : Object.entries(manager.tagValues());
  const tags = new Map<string, Standing>(written.map(([key, value]) => [key, { isThere: reaches(key, value), priority: 0 }]));
  for (const aspect of tagAspectsAbove(construct)) {
    const { includeResourceTypes, excludeResourceTypes, applyToLaunchedInstances } = aspect.props;
    if (!manager.applyTagAspectHere(includeResourceTypes, excludeResourceTypes)) { continue; }
    const priority = aspect.props.priority ?? (aspect instanceof Tag ? PRIORITIES.add : PRIORITIES.remove);
    const isForResourceAlone = own?.choosesTags && applyToLaunchedInstances === false;
    const isThere = aspect instanceof Tag && !isForResourceAlone && reaches(aspect.key, aspect.value);
    if (priority >= (tags.get(aspect.key)?.priority ?? 0)) { tags.set(aspect.key, { isThere, priority }); }
  }
  return [...tags].flatMap(([key, { isThere }]) => isThere ? [key] : []);
}

/** Whether a tag is completely known at synthesis. CDK leaves out other tags of a stack. */
function isKnown(key: string, value: string): boolean {
  return !Token.isUnresolved(key) && !Token.isUnresolved(value);
}

/** The constructs whose tags reach the instances: the resource and its stacks. A launch template passes on only those of its L2. */
function taggedFor(resource: CfnResource, { tagsOf }: InstanceFacts): IConstruct[] {
  switch (tagsOf) {
    case 'itself and its stacks': return [resource, ...stacksAround(Stack.of(resource))];
    case 'its L2': return makerOf(resource);
    case undefined: return [];
  }
}

function makerOf(resource: CfnResource): IConstruct[] {
  const { scope } = resource.node;
  return scope !== undefined && !Stack.isStack(scope) && scope.node.defaultChild === resource ? [scope] : [];
}

function stacksAround(stack: Stack): Stack[] {
  return stack.nestedStackParent ? [stack, ...stacksAround(stack.nestedStackParent)] : [stack];
}

/** The aspects of `Tags.of()` that visit a construct: those of its stage and below, because aspects do not enter stages. */
function tagAspectsAbove(construct: IConstruct): TagAspect[] {
  const { scopes } = construct.node;
  const stage = scopes.map(scope => Stage.isStage(scope)).lastIndexOf(true);
  return scopes.slice(Math.max(stage, 0)).flatMap(scope => tagAspectsOf(Aspects.of(scope)));
}

function tagAspectsOf({ all }: AspectsOf) {
  return all.filter(aspect => aspect instanceof Tag || aspect instanceof RemoveTag)
    .map(aspect => aspect as typeof aspect & { readonly props: TagProps });
}
