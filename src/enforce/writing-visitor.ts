import type { Decider } from '../inspect/noted-deciders';
import { decidersLost } from '../inspect/noted-deciders';
import type { ParameterLookup } from '../model/intrinsics';
import { isAbsent } from '../model/intrinsics';
import { UNSET, describe, isAlways } from '../model/setting';
import type { WantedSettings } from '../model/settings';
import type { Layer } from '../resources/layer';
import type { NotingVisitor } from '../resources/property-writer';
import type { Carrier } from '../resources/record';

/** The tokens of a block that does not exist, in words. */
const NOT_SET = describe(UNSET);

/** A block that enforcement changed. */
export interface Change {
  readonly carrier: Carrier;
  /** The path below `Properties`, with indices. */
  readonly where: string;
  /** Its tokens before, in words; `undefined` if they were required, and another setting was filled. */
  readonly before: string | undefined;
  /** The parameters and conditions that no longer decide about it. */
  readonly overwritten: readonly Decider[];
}

/** The change of a block that did not exist. */
export function newBlock(carrier: Carrier, where: string): Change {
  return { carrier, where, before: NOT_SET, overwritten: [] };
}

/** Requires tokens in the blocks that it visits, and notes what it changed. */
export class WritingVisitor implements NotingVisitor {
  public readonly scalar: boolean;
  public readonly createsParents: boolean;
  public readonly changes: Change[] = [];
  private isOpen = true;

  public constructor(
    private readonly carrier: Carrier,
    private readonly wanted: WantedSettings,
    private readonly parameters: ParameterLookup,
  ) {
    this.scalar = carrier.dialect.scalar;
    this.createsParents = !carrier.needsParent;
  }

  public close(): void {
    this.isOpen = false;
  }

  public block(value: unknown, layer: Layer, where: string): unknown {
    try {
      const next = this.required(value, layer);
      if (this.isOpen && next !== value) { this.noteChange(value, next, layer, where); }
      return next;
    } catch {
      return value; // the judge reports that it cannot be read, or that tokens are not required
    }
  }

  public barred(): void {
    // Nothing is changed there, and the judge reports it.
  }

  private required(value: unknown, layer: Layer): unknown {
    const { dialect, inherits } = this.carrier;
    return inherits ? dialect.requireWhereSet(value, layer, this.parameters) : dialect.require(value, this.wanted, layer, this.parameters);
  }

  private noteChange(value: unknown, next: unknown, layer: Layer, where: string): void {
    const { carrier, carrier: { dialect } } = this;
    if (isAbsent(value)) {
      this.changes.push(newBlock(carrier, where));
      return;
    }
    const [old, changed] = [layer.resolve(value), layer.resolve(next)];
    if (JSON.stringify(old) !== JSON.stringify(changed)) {
      const overwritten = decidersLost(old, changed, this.parameters);
      const tokens = dialect.read(value, layer, this.parameters)?.tokens ?? UNSET;
      this.changes.push({ carrier, where, before: isAlways(tokens, dialect.fields.tokens.accepts) ? undefined : describe(tokens), overwritten });
    }
  }
}
