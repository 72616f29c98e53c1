type Block = { readonly [key: string | symbol]: unknown };

/** A block before a write, and after it. */
interface Origin {
  readonly block: Block;
  readonly was: Block | undefined;
}

/** On blocks that may be taken back: a copy by spread has it, too, so that a setting in it is known not to be its author's. */
const ORIGIN = Symbol('written for now');
/** In the place of what was not there. */
const NOTHING = Symbol('nothing');
/** The longest way to a block, lists included, and some of it in the hands of others. */
const DEPTH = 8;

/** The objects that a write made, each with what stood in its place. */
export class WrittenBlocks {
  /**
   * Those of any write.
   *
   * @param isMarked whether copies of the blocks are to be known again
   */
  public static between(before: unknown, after: unknown, isMarked: boolean): WrittenBlocks {
    const blocks = new WrittenBlocks(before, after, isMarked);
    blocks.compare(before, after);
    return blocks;
  }

  /**
   * Those of a new block. Its copies are known again.
   *
   * @param stood what stood in its place: `undefined` or `null`
   * @param after the block, or a copy of the object that holds it
   */
  public static ofNew(block: Block, stood: unknown, before: unknown, after: unknown): WrittenBlocks {
    const blocks = new WrittenBlocks(before, after, true);
    blocks.origins.set(block, stood);
    blocks.origins.set(after, before);
    blocks.mark({ block, was: undefined });
    return blocks;
  }

  private readonly origins = new Map<unknown, unknown>();
  private readonly marked: Block[] = [];

  private constructor(private readonly before: unknown, private readonly after: unknown, private readonly isMarked: boolean) {}

  /** Removes the marks: from now on, copies of a block are not recognized. */
  public settle(): void {
    for (const block of this.marked.splice(0)) { Reflect.deleteProperty(block, ORIGIN); }
  }

  /** A value as it would be without the write; the value itself where there is nothing of the write in it. */
  public without(now: unknown): unknown {
    if (now === this.after) { return this.before; }
    try {
      return this.reverted(now, DEPTH);
    } catch {
      return now; // it lets nobody read it
    }
  }

  private compare(before: unknown, after: unknown): void {
    if (after === before || !isContainer(after)) { return; }
    this.origins.set(after, before);
    if (Array.isArray(after)) {
      const list: readonly unknown[] = Array.isArray(before) ? before : [];
      after.forEach((element: unknown, index) => {
        if (index < list.length) { this.compare(list[index], element); } else { this.origins.set(element, NOTHING); }
      });
      return;
    }
    this.compareBlocks(isContainer(before) && !Array.isArray(before) ? before as Block : undefined, after as Block);
  }

  private compareBlocks(was: Block | undefined, block: Block): void {
    const keys = Object.keys(block);
    let saysMore = false;
    for (let index = 0; index < keys.length; index++) {
      const value = block[keys[index]];
      const before = was?.[keys[index]];
      if (value === before) { continue; }
      if (isContainer(value)) { this.compare(before, value); } else { saysMore = true; }
    }
    if (this.isMarked && saysMore) { this.mark({ block, was }); }
  }

  private mark(origin: Origin): void {
    Object.defineProperty(origin.block, ORIGIN, { value: origin, enumerable: true, configurable: true });
    this.marked.push(origin.block);
  }

  private reverted(now: unknown, depth: number): unknown {
    if (this.origins.has(now)) { return this.origins.get(now); }
    if (depth === 0 || !isContainer(now)) { return now; }
    if (Array.isArray(now)) {
      const elements = now.map((element: unknown) => this.reverted(element, depth - 1)).filter(element => element !== NOTHING);
      return elements.length === now.length && elements.every((element, index) => element === now[index]) ? now : elements;
    }
    const origin = (now as Block)[ORIGIN] as Origin | undefined;
    const isCopy = origin !== undefined && this.origins.has(origin.block);
    const entries = Object.entries(now).flatMap(([key, value]) => {
      const isOurs = isCopy && value === origin.block[key] && value !== origin.was?.[key];
      const own = isOurs ? origin.was?.[key] : this.reverted(value, depth - 1);
      return own === NOTHING || (own === undefined && value !== undefined) ? [] : [[key, own] as const];
    });
    const isChanged = isCopy || entries.length !== Object.keys(now).length || entries.some(([key, value]) => value !== (now as Block)[key]);
    return isChanged ? Object.fromEntries(entries) : now;
  }
}

/** Whether the value is an object or a list, and nothing that CDK has yet to resolve. */
function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && typeof (value as { readonly resolve?: unknown }).resolve !== 'function';
}
