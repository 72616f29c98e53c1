import { isObject } from '../model/intrinsics';
import { isSameJson } from '../model/same-json';
import { RENDERED } from './layer';
import type { LiveResource, WrittenPlace } from './live-resource';
import { overlay } from './overlay';
import type { BlockVisitor } from './rewrite-at';
import { rewriteAt } from './rewrite-at';

/** A visitor that rewrites blocks, and records what it did. */
export interface NotingVisitor extends BlockVisitor {
  /** From here on it still rewrites, as tokens are resolved at synthesis, but notes nothing any more. */
  close(): void;
}

/** The visitors of one place: each search uses its own. */
export interface NotingVisitors<Visitor extends NotingVisitor> {
  /** For the properties, and for overrides that replace the value. */
  readonly whole: () => Visitor;
  /** For overrides that are merged. */
  readonly merged: () => Visitor;
}

/** The rendered value, and the wanted one. */
interface Rendering {
  readonly rendered: unknown;
  readonly desired: unknown;
}

/** Rewrites one place in the properties of a resource: first the user's properties, and then overrides that hide them. */
export class PropertyWriter<Visitor extends NotingVisitor> {
  public constructor(
    private readonly live: LiveResource,
    private readonly path: readonly string[],
    private readonly visitors: NotingVisitors<Visitor>,
  ) {}

  /** A fast check whether the property needs no change. */
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

  /** Writes the result of a visitor, and returns it with its notes. */
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

  /** If the rendered value differs from the user's properties, both are written, and the rendered value shows what has changed. */
  private writeShadowed(): Visitor {
    const before = this.visitors.whole();
    const rendered = this.live.rendered();
    const desired = rendered === undefined ? undefined : rewriteAt(rendered, this.path, RENDERED, before);
    const effective = this.live.isReplaced(this.path[0]) ? rendered : this.writeUnderOverrides({ rendered, desired });
    this.writeOverrides(effective);
    return before;
  }

  /** Writes the property, unless the overrides would then render another value than the wanted one. Returns the rendered value after that. */
  private writeUnderOverrides({ rendered, desired }: Rendering): unknown {
    const written = this.live.written(this.path);
    if (!written || this.writeProperty(written, this.visitors.whole()) !== 'written') { return rendered; }
    const effective = this.live.rendered();
    const asWanted = effective === undefined ? undefined : rewriteAt(effective, this.path, RENDERED, this.visitors.whole());
    if (isSameJson(asWanted, desired)) { return effective; }
    this.live.write(this.path, written.value);
    return rendered;
  }

  /** Writes where the user wrote, so that readers of typed properties see it, unless nothing changes or a class of the user refuses it. */
  private writeProperty(written: WrittenPlace, visitor: BlockVisitor): 'unchanged' | 'written' | 'refused' {
    try {
      const wanted = rewritten(written, visitor);
      if (wanted === written.value) { return 'unchanged'; }
      return this.live.write(this.path, wanted) ? 'written' : 'refused';
    } catch {
      return 'refused'; // a class of the user's lets nobody read it
    }
  }

  /** What overrides are merged into. A list in the place of an object goes, which an override deleted: CDK would write the keys of the object into it. */
  private baseOf(desired: unknown): unknown {
    const [name] = this.path;
    const base = this.live.renderedWithoutOverrides();
    const isListBelow = isObject(base) && Array.isArray(base[name]) && isObject(desired) && isObject(desired[name]);
    return isListBelow && this.live.dropGeneric(name) ? this.live.renderedWithoutOverrides() : base;
  }

  /** Writes what did not arrive into the raw overrides. */
  private writeOverrides(effective: unknown): void {
    if (effective === undefined) { return; }
    const replacing = this.visitors.whole();
    const desired = rewriteAt(effective, this.path, RENDERED, replacing);
    const { isThere, value } = this.live.propertyOverrides;
    const base = desired === effective ? undefined : this.baseOf(desired);
    const visitors = { replacing, merged: this.visitors.merged() };
    const override = overlay({ where: '', isThere, override: value, effective, desired, base }, this.path, this.live.overrideLayer, visitors);
    if (override !== value) { this.live.setPropertyOverrides(override); }
  }
}

/** The user's value, with its blocks rewritten by a visitor. */
function rewritten({ value, path, where, layer }: WrittenPlace, visitor: BlockVisitor): unknown {
  return rewriteAt(value, path, layer, visitor, where);
}
