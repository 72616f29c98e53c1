import type { CfnResource } from 'aws-cdk-lib';
import { ConstructNote } from '../model/construct-note';
import type { ParameterLookup } from '../model/intrinsics';
import { isSameJson } from '../model/same-json';
import type { WantedSettings } from '../model/settings';
import { RENDERED } from '../resources/layer';
import type { WrittenPlace } from '../resources/live-resource';
import { LiveResource } from '../resources/live-resource';
import type { BlockVisitor } from '../resources/paths';
import { rewriteAt } from '../resources/paths';
import type { Carrier } from '../resources/record';
import type { StackLayers } from '../resources/stack-layers';
import { overlay } from './overlay';
import type { Change } from './writing-visitor';
import { WritingVisitor } from './writing-visitor';

/** What is rendered, and what should be. */
interface Rendering {
  readonly rendered: unknown;
  readonly desired: unknown;
}

/** On a resource: the places in which a class of the user's renders something else, whatever is written. */
const UNWRITABLE = new ConstructNote<readonly Carrier[]>('Unwritable');

/** Writes what is wanted into one resource, in place. */
export class ResourceWriter {
  private readonly live: LiveResource;

  /**
   * @param parameters what parameters of its stack may be
   * @param layers those of its stack, where they are at hand
   */
  public constructor(private readonly resource: CfnResource, private readonly parameters: ParameterLookup, layers?: StackLayers) {
    this.live = new LiveResource(resource, layers);
  }

  /** What would be changed in a place. */
  public pending(row: Carrier, wanted: WantedSettings): readonly Change[] {
    if (this.isUnwritable(row) || this.leavesAsItIs(row, wanted)) { return []; }
    const visitor = this.visitorFor(row, wanted);
    this.readWith(visitor, row);
    return visitor.changes;
  }

  /** Writes what is wanted in a place, and says what was changed. */
  public write(row: Carrier, wanted: WantedSettings): readonly Change[] {
    const written = this.live.writtenAsRendered(row.path);
    const visitor = this.visitorFor(row, wanted);
    if (!written || this.writeProperty(row, written, visitor) === 'refused') { return this.writeShadowed(row, wanted); }
    visitor.close();
    return visitor.changes;
  }

  private isUnwritable(row: Carrier): boolean {
    return UNWRITABLE.of(this.resource)?.includes(row) === true;
  }

  /** A quick look: whether the property needs no change, whatever there is to note about it. */
  private leavesAsItIs(row: Carrier, wanted: WantedSettings): boolean {
    const written = this.live.writtenAsRendered(row.path);
    if (!written) { return false; }
    const visitor = this.visitorFor(row, wanted);
    visitor.close();
    return rewritten(written, visitor) === written.value;
  }

  /** What is rendered differs from what the user's properties say: both are written, and the rendering tells what has changed. */
  private writeShadowed(row: Carrier, wanted: WantedSettings): readonly Change[] {
    if (this.isUnwritable(row)) { return []; }
    const before = this.visitorFor(row, wanted);
    const rendered = this.live.rendered();
    const desired = rendered === undefined ? undefined : rewriteAt(rendered, row.path, RENDERED, before);
    const effective = this.live.isReplaced(row.path[0]) ? rendered : this.writeUnderOverrides(row, wanted, { rendered, desired });
    this.writeOverrides(row, effective, wanted);
    if (before.changes.length === 0 || this.hasArrived(row, wanted)) { return before.changes; }
    UNWRITABLE.write(this.resource, [...UNWRITABLE.of(this.resource) ?? [], row]);
    return [];
  }

  /** Whether what was written is what is rendered now: a class of the user's may not care. */
  private hasArrived(row: Carrier, wanted: WantedSettings): boolean {
    if (!LiveResource.rendersItself(this.resource)) { return true; }
    const visitor = this.visitorFor(row, wanted);
    this.readWith(visitor, row);
    return visitor.changes.length === 0;
  }

  /** Writes the property, unless the overrides make something else of it then than is wanted; returns what is rendered after that. */
  private writeUnderOverrides(row: Carrier, wanted: WantedSettings, { rendered, desired }: Rendering): unknown {
    const written = this.live.written(row.path);
    if (!written || this.writeProperty(row, written, this.visitorFor(row, wanted)) !== 'written') { return rendered; }
    const effective = this.live.rendered();
    const asWanted = effective === undefined ? undefined : rewriteAt(effective, row.path, RENDERED, this.visitorFor(row, wanted));
    if (isSameJson(asWanted, desired)) { return effective; }
    this.live.write(row.path, written.value);
    return rendered;
  }

  /** Shows a visitor what will be rendered, and writes nothing. */
  private readWith(visitor: BlockVisitor, row: Carrier): void {
    const written = this.live.writtenAsRendered(row.path);
    if (written) {
      rewritten(written, visitor);
      return;
    }
    const rendered = this.live.rendered();
    if (rendered !== undefined) { rewriteAt(rendered, row.path, RENDERED, visitor); }
  }

  /** Writes where the user wrote, so that whoever reads typed properties sees it, unless there is nothing to write, or a class of the user's refuses it. */
  private writeProperty(row: Carrier, written: WrittenPlace, visitor: BlockVisitor): 'unchanged' | 'written' | 'refused' {
    const required = rewritten(written, visitor);
    if (required === written.value) { return 'unchanged'; }
    return this.live.write(row.path, required) ? 'written' : 'refused';
  }

  /** Writes what did not arrive into the raw overrides. */
  private writeOverrides(row: Carrier, effective: unknown, wanted: WantedSettings): void {
    if (effective === undefined) { return; }
    const visitor = this.visitorFor(row, wanted);
    const desired = rewriteAt(effective, row.path, RENDERED, visitor);
    const { isThere, value } = this.live.propertyOverrides;
    const base = desired === effective ? undefined : this.live.renderedWithoutOverrides();
    const visitors = { replacing: visitor, merged: this.visitorFor(row, { tokens: wanted.tokens }) };
    const override = overlay({ isThere, override: value, effective, desired, base }, row.path, this.live.overrideLayer, visitors);
    if (override !== value) { this.live.setPropertyOverrides(override); }
  }

  private visitorFor(row: Carrier, wanted: WantedSettings): WritingVisitor {
    return new WritingVisitor(row, wanted, this.parameters);
  }
}

/** What the user wrote, with the blocks in it as a visitor wants them. */
function rewritten({ value, path, where, layer }: WrittenPlace, visitor: BlockVisitor): unknown {
  return rewriteAt(value, path, layer, visitor, where);
}
