import type { CfnResource } from 'aws-cdk-lib';
import { TagManager } from 'aws-cdk-lib';
import { RENDERED } from '../resources/layer';
import { LiveResource } from '../resources/live-resource';
import type { Place, PlaceOptions } from '../resources/places';
import { placesFor } from '../resources/places';
import { plainL1Of } from '../resources/plain-l1';
import { mayLack, plainAt, valuesAt } from '../resources/plain-places';
import type { ResourceRecord } from '../resources/record';
import { recordOf } from '../resources/record-table';
import type { ContainerMark } from './container-mark';
import { markOf } from './container-mark';
import type { LiveStack } from './live-stack';
import { tagKeysBeyond } from './live-tags';
import type { LiveTree } from './live-tree';
import { Reading } from './reading';
import type { LaunchResource } from './world';
import { initIn } from './world';

/** A value, and the path from there. */
type Way = Pick<Place, 'value' | 'layer' | 'where'> & { readonly path: readonly string[] };

/** A resource in a construct tree. It is rendered only on demand. */
export class LiveLaunchResource implements LaunchResource {
  public readonly type: string;
  public readonly record: ResourceRecord | undefined;
  public readonly stack: LiveStack;
  public readonly reading: Reading = new Reading(this);
  private readonly live: LiveResource;
  private definition: ReturnType<LiveResource['definition']> | 'not asked for' = 'not asked for';

  public constructor(public readonly resource: CfnResource, private readonly tree: LiveTree) {
    const plain = plainL1Of(resource);
    this.type = plain ? plain.record.type : LiveResource.typeOf(resource);
    this.record = plain ? plain.record : recordOf(this.type);
    this.stack = tree.stackOf(resource.stack);
    this.live = new LiveResource(resource, this.stack.layers);
  }

  public get path(): string {
    return this.resource.node.path;
  }

  public get logicalId(): string | undefined {
    const logicalId = this.stack.resolve(this.resource.logicalId);
    return typeof logicalId === 'string' ? logicalId : undefined;
  }

  public get mark(): ContainerMark | undefined {
    return markOf(this.resource);
  }

  /** Whether it names a launch template by its name, and not by its id. */
  public get namesTemplate(): boolean {
    const { references = [] } = this.record?.launchesFrom ?? {};
    return references.some(({ segments, keys }) => keys?.name !== undefined && this.at([...segments, keys.name]).length > 0);
  }

  public at(path: readonly string[], scalar = false): readonly Place[] {
    return this.placesFor(path, { scalar });
  }

  public placesFor(path: readonly string[], options: PlaceOptions): readonly Place[] {
    const { value, path: rest, layer, where } = this.toBeRead(path);
    return placesFor(value, rest, layer, where, options);
  }

  public valuesAt(path: readonly string[]): readonly unknown[] {
    const { value, path: rest, layer } = this.toBeRead(path);
    return valuesAt(value, rest, layer);
  }

  public plainAt(path: readonly string[]): Pick<Place, 'value' | 'layer'> | undefined {
    const written = this.live.writtenAsRendered(path);
    return written && plainAt(written.value, written.path, written.layer);
  }

  /** Reads anew from now on: something was written. */
  public forget(): void {
    this.definition = 'not asked for';
    this.reading.forget();
  }

  public mayLack(path: readonly string[]): boolean {
    const { value, path: rest, layer } = this.toBeRead(path);
    return mayLack(value, rest, layer);
  }

  /** A synthesized resource is not rendered again. */
  public isRenderable(): boolean {
    return this.tree.isSynthesized || this.rendered() !== undefined;
  }

  public properties(): unknown {
    const definition = this.rendered();
    return definition && (definition.Properties ?? {});
  }

  public init(): unknown {
    if (this.live.overridesMetadata) { return initIn(this.rendered()?.Metadata); }
    const init = initIn(this.resource.cfnOptions.metadata);
    return init === undefined ? undefined : this.stack.resolve(init);
  }

  public updatePolicy(): unknown {
    return this.rendered()?.UpdatePolicy;
  }

  public moreTagKeys(): readonly unknown[] {
    return tagKeysBeyond(this.resource).map(key => this.stack.resolve(key));
  }

  /** The value on a path: that of the user, or the rendered one if it may differ. */
  private toBeRead(path: readonly string[]): Way {
    const written = this.live.writtenAsRendered(path);
    return written && !(written.value instanceof TagManager) ? written : { value: this.rendered()?.Properties, path, layer: RENDERED, where: '' };
  }

  private rendered(): ReturnType<LiveResource['definition']> {
    if (this.definition === 'not asked for') { this.definition = this.live.definition(); }
    return this.definition;
  }
}
