import { isSameJson } from '../model/same-json';
import { RENDERED } from './layer';
import type { LiveResource, WrittenPlace } from './live-resource';
import { overlay } from './overlay';
import type { BlockVisitor } from './rewrite-at';
import { rewriteAt } from './rewrite-at';

/** A visitor that rewrites blocks, and notes what it did. */
export interface NotingVisitor extends BlockVisitor {
  /** From here on it still rewrites, as tokens are resolved at synthesis, but notes nothing any more. */
  close(): void;
}

/** The visitors of one place: each way over it takes one of its own. */
export interface NotingVisitors<Visitor extends NotingVisitor> {
  /** For the properties, and for overrides that replace what they meet. */
  readonly whole: () => Visitor;
  /** For overrides that are merged into what they meet. */
  readonly merged: () => Visitor;
}

/** What is rendered, and what should be. */
interface Rendering {
  readonly rendered: unknown;
  readonly desired: unknown;
}

/** Rewrites one place in the properties of a resource, where it stands: the user's properties first, and then overrides where those do not arrive. */
export class PropertyWriter<Visitor extends NotingVisitor> {
  public constructor(
    private readonly live: LiveResource,
    private readonly path: readonly string[],
    private readonly visitors: NotingVisitors<Visitor>,
  ) {}

  /** A quick look: whether the property needs no change, whatever there is to note about it. */
  public get leavesAsItIs(): boolean {
    const written = this.live.writtenAsRendered(this.path);
    if (!written) { return false; }
    const visitor = this.visitors.whole();
    visitor.close();
    return rewritten(written, visitor) === written.value;
  }

  /** Shows a visitor what will be rendered, and writes nothing. */
  public read(): Visitor {
    const visitor = this.visitors.whole();
    const written = this.live.writtenAsRendered(this.path);
    if (written) {
      rewritten(written, visitor);
      return visitor;
    }
    const rendered = this.live.rendered();
    if (rendered !== undefined) { rewriteAt(rendered, this.path, RENDERED, visitor); }
    return visitor;
  }

  /** Writes what a visitor makes of what stands there, and returns it with its notes. */
  public write(): Visitor {
    const written = this.live.writtenAsRendered(this.path);
    const visitor = this.visitors.whole();
    if (!written || this.writeProperty(written, visitor) === 'refused') { return this.writeShadowed(); }
    visitor.close();
    return visitor;
  }

  /** The same in the properties alone: what overrides hide stays as it is. Returns no notes where nothing was written. */
  public writeProperties(): Visitor | undefined {
    const written = this.live.writtenAsRendered(this.path);
    const visitor = this.visitors.whole();
    if (written) { return this.writeProperty(written, visitor) === 'written' ? visitor : undefined; }
    const rendered = this.live.rendered();
    if (rendered === undefined || this.live.isReplaced(this.path[0])) { return undefined; }
    const desired = rewriteAt(rendered, this.path, RENDERED, visitor);
    return this.writeUnderOverrides({ rendered, desired }) === rendered ? undefined : visitor;
  }

  /** What is rendered differs from what the user's properties say: both are written, and the rendering tells what has changed. */
  private writeShadowed(): Visitor {
    const before = this.visitors.whole();
    const rendered = this.live.rendered();
    const desired = rendered === undefined ? undefined : rewriteAt(rendered, this.path, RENDERED, before);
    const effective = this.live.isReplaced(this.path[0]) ? rendered : this.writeUnderOverrides({ rendered, desired });
    this.writeOverrides(effective);
    return before;
  }

  /** Writes the property, unless the overrides make something else of it then than is wanted; returns what is rendered after that. */
  private writeUnderOverrides({ rendered, desired }: Rendering): unknown {
    const written = this.live.written(this.path);
    if (!written || this.writeProperty(written, this.visitors.whole()) !== 'written') { return rendered; }
    const effective = this.live.rendered();
    const asWanted = effective === undefined ? undefined : rewriteAt(effective, this.path, RENDERED, this.visitors.whole());
    if (isSameJson(asWanted, desired)) { return effective; }
    this.live.write(this.path, written.value);
    return rendered;
  }

  /** Writes where the user wrote, so that whoever reads typed properties sees it, unless there is nothing to write, or a class of the user's refuses it. */
  private writeProperty(written: WrittenPlace, visitor: BlockVisitor): 'unchanged' | 'written' | 'refused' {
    const wanted = rewritten(written, visitor);
    if (wanted === written.value) { return 'unchanged'; }
    return this.live.write(this.path, wanted) ? 'written' : 'refused';
  }

  /** Writes what did not arrive into the raw overrides. */
  private writeOverrides(effective: unknown): void {
    if (effective === undefined) { return; }
    const replacing = this.visitors.whole();
    const desired = rewriteAt(effective, this.path, RENDERED, replacing);
    const { isThere, value } = this.live.propertyOverrides;
    const base = desired === effective ? undefined : this.live.renderedWithoutOverrides();
    const visitors = { replacing, merged: this.visitors.merged() };
    const override = overlay({ isThere, override: value, effective, desired, base }, this.path, this.live.overrideLayer, visitors);
    if (override !== value) { this.live.setPropertyOverrides(override); }
  }
}

/** What the user wrote, with the blocks in it as a visitor wants them. */
function rewritten({ value, path, where, layer }: WrittenPlace, visitor: BlockVisitor): unknown {
  return rewriteAt(value, path, layer, visitor, where);
}
