import type { InspectedBlock, Inspection } from '../inspect/inspect';
import { inspectBlock, unreadable } from '../inspect/inspect';
import type { ParameterLookup } from '../model/intrinsics';
import { isAbsent } from '../model/intrinsics';
import { UNSET, describe, isAlways } from '../model/setting';
import type { WantedSettings } from '../model/settings';
import type { Finding } from '../policy/finding';
import type { Layer } from '../resources/layer';
import type { BlockVisitor } from '../resources/paths';
import type { Carrier } from '../resources/record';

/** A block that enforcement changed. */
export interface Change {
  readonly row: Carrier;
  /** The path below `Properties`, with indices. */
  readonly where: string;
  /** What it said about tokens before; `undefined` where it required them, and another setting was filled. */
  readonly before: string | undefined;
}

/** What enforcement did to a resource, what stands there now, and what it could not do. */
export interface Outcome extends Inspection {
  readonly changes: readonly Change[];
}

/** Requires tokens in the blocks that it visits, and notes what it changed. */
export class ChangingVisitor implements BlockVisitor {
  public readonly scalar: boolean;
  public readonly createsParents: boolean;
  public readonly changes: Change[] = [];
  private isOpen = true;

  public constructor(
    protected readonly row: Carrier,
    private readonly wanted: WantedSettings,
    protected readonly parameters: ParameterLookup,
  ) {
    this.scalar = row.dialect.scalar;
    this.createsParents = !row.needsParent;
  }

  /** From here on the visitor still rewrites, as tokens are resolved at synthesis, but notes nothing any more. */
  public close(): void {
    this.isOpen = false;
  }

  public block(value: unknown, layer: Layer, where: string): unknown {
    const { dialect, inherits } = this.row;
    const next = inherits
      ? dialect.requireWhereSet(value, layer, this.parameters)
      : dialect.require(value, this.wanted, layer, this.parameters);
    if (this.isOpen) {
      if (next !== value) { this.noteChange(value, next, layer, where); }
      this.noteBlock(next, layer, where, isAbsent(value));
    }
    return next;
  }

  public barred(value: unknown, where: string): void {
    if (this.isOpen) { this.noteBarred(value, where); }
  }

  /** A block as it stands now; `isNew` where nothing stood there before. */
  protected noteBlock(_value: unknown, _layer: Layer, _where: string, _isNew: boolean): void {
    // Only changes count.
  }

  protected noteBarred(_value: unknown, _where: string): void {
    // Nothing is changed there.
  }

  private noteChange(value: unknown, next: unknown, layer: Layer, where: string): void {
    const { row } = this;
    if (isAbsent(value)) {
      this.changes.push({ row, where, before: 'unset' });
    } else if (!rendersTheSame(value, next, layer)) {
      const tokens = row.dialect.read(value, layer, this.parameters)?.tokens ?? UNSET;
      this.changes.push({ row, where, before: isAlways(tokens, row.dialect.fields.tokens.accepts) ? undefined : describe(tokens) });
    }
  }
}

/** Notes besides what stands in the blocks now, and what could not be changed. */
export class WritingVisitor extends ChangingVisitor implements Outcome {
  public readonly blocks: InspectedBlock[] = [];
  public readonly findings: Finding[] = [];

  protected noteBlock(value: unknown, layer: Layer, where: string, isNew: boolean): void {
    if (isAbsent(value)) { return; }
    const { row } = this;
    const settings = row.dialect.read(value, layer, this.parameters);
    this.blocks.push({ row, where, settings });
    if (!isNew) { this.findings.push(...inspectBlock(row, settings, value, where)); }
  }

  protected noteBarred(value: unknown, where: string): void {
    this.findings.push(unreadable(value, where));
  }
}

function rendersTheSame(one: unknown, other: unknown, layer: Layer): boolean {
  return JSON.stringify(layer.resolve(one)) === JSON.stringify(layer.resolve(other));
}
