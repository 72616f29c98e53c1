import type { CfnResource, TagProps } from 'aws-cdk-lib';
import { Aspects, Stack, Tag, TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The keys of tags that the instances of a resource get and that its properties do not show: those of its stacks, which CloudFormation hands on,
 * and those of `Tags.of()`, which is an aspect and may not have come by yet.
 */
export function tagKeysBeyond(resource: CfnResource): readonly string[] {
  const keys = new Set<string>();
  for (const construct of taggedFor(resource)) {
    const manager = TagManager.of(construct);
    if (!manager) { continue; }
    if (Stack.isStack(construct)) { Object.keys(manager.tagValues()).forEach(key => keys.add(key)); }
    for (const { key, props } of tagsAbove(construct)) {
      if (manager.applyTagAspectHere(props.includeResourceTypes, props.excludeResourceTypes)) { keys.add(key); }
    }
  }
  return [...keys];
}

/** The constructs whose tags come to the instances: the resource and its stacks, but only the L2 of a launch template, whose own tags stay with it. */
function taggedFor(resource: CfnResource): IConstruct[] {
  const { scope } = resource.node;
  const maker = scope !== undefined && !Stack.isStack(scope) && scope.node.defaultChild === resource ? [scope] : [];
  return resource.cfnResourceType === 'AWS::EC2::LaunchTemplate' ? maker : [resource, ...stacksAround(Stack.of(resource))];
}

function stacksAround(stack: Stack): Stack[] {
  return stack.nestedStackParent ? [stack, ...stacksAround(stack.nestedStackParent)] : [stack];
}

/** The aspects of `Tags.of()` that come by a construct. */
function tagsAbove(construct: IConstruct): { readonly key: string; readonly props: TagProps }[] {
  return construct.node.scopes.flatMap(scope => Aspects.of(scope).all).filter(aspect => aspect instanceof Tag)
    .map(tag => ({ key: tag.key, props: (tag as unknown as { readonly props: TagProps }).props }));
}
