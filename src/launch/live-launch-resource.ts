import type { CfnResource } from 'aws-cdk-lib';
import { TagManager } from 'aws-cdk-lib';
import { RENDERED } from '../resources/layer';
import { LiveResource } from '../resources/live-resource';
import type { Place } from '../resources/paths';
import { placesAt } from '../resources/paths';
import type { ContainerMark } from './container-mark';
import { markOf } from './container-mark';
import { tagKeysBeyond } from './live-tags';
import type { LiveTree } from './live-tree';
import type { LaunchResource, LaunchStack } from './world';
import { initIn } from './world';

/** A resource in a construct tree; only what is asked for is rendered. */
export class LiveLaunchResource implements LaunchResource {
  public readonly type: string;
  private readonly live: LiveResource;
  private definition: ReturnType<LiveResource['definition']> | 'not asked for' = 'not asked for';

  public constructor(public readonly resource: CfnResource, private readonly tree: LiveTree) {
    this.type = LiveResource.typeOf(resource);
    this.live = new LiveResource(resource, tree.spell);
  }

  public get path(): string {
    return this.resource.node.path;
  }

  public get stack(): LaunchStack {
    return this.tree.stackOf(this.live.stack);
  }

  public get mark(): ContainerMark | undefined {
    return markOf(this.resource);
  }

  public at(path: readonly string[], scalar = false): readonly Place[] {
    if (this.live.isShadowed(path[0])) { return this.renderedAt(path, scalar); }
    const { value, path: rest, layer, where } = this.live.written(path);
    return value instanceof TagManager ? this.renderedAt(path, scalar) : placesAt(value, rest, layer, where, scalar);
  }

  public properties(): unknown {
    const definition = this.rendered();
    return definition && (definition.Properties ?? {});
  }

  public init(): unknown {
    if (this.live.overridesMetadata) { return initIn(this.rendered()?.Metadata); }
    const init = initIn(this.resource.cfnOptions.metadata);
    return init === undefined ? undefined : this.tree.stackOf(this.live.stack).resolve(init);
  }

  public moreTagKeys(): readonly string[] {
    return tagKeysBeyond(this.resource);
  }

  private renderedAt(path: readonly string[], scalar: boolean): readonly Place[] {
    return placesAt(this.rendered()?.Properties, path, RENDERED, '', scalar);
  }

  private rendered(): ReturnType<LiveResource['definition']> {
    if (this.definition === 'not asked for') { this.definition = this.live.definition(); }
    return this.definition;
  }
}
