type Block = { readonly [key: string | symbol]: unknown };

/** A block before a write, and after it. */
interface Origin {
  readonly block: Block;
  readonly was: Block | undefined;
}

/** Marks a block of a temporary write. If an aspect copies the block by spread, the copy has the mark too, so our settings in it can be undone. */
const ORIGIN = Symbol('temporary write');
/** Stands for a list element that did not exist before. */
const NOTHING = Symbol('nothing');
/** The maximum depth of a search for our blocks: the longest path to a block, and a few levels that other aspects may have added. */
const DEPTH = 8;

/** The objects that a write created, each with the value that it replaced. */
export class WrittenBlocks {
  /**
   * The blocks of any write.
   *
   * @param isMarked whether copies of the blocks must be recognized
   */
  public static between(before: unknown, after: unknown, isMarked: boolean): WrittenBlocks {
    const blocks = new WrittenBlocks(before, after, isMarked);
    blocks.compare(before, after);
    return blocks;
  }

  /**
   * A new block. Its copies are recognized.
   *
   * @param replaced the value that it replaced: `undefined` or `null`
   * @param after the block, or a copy of the object that contains it
   */
  public static ofNew(block: Block, replaced: unknown, before: unknown, after: unknown): WrittenBlocks {
    const blocks = new WrittenBlocks(before, after, true);
    blocks.origins.set(block, replaced);
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

  /** A current value without the changes of the write; the same value if it contains none of them. */
  public without(now: unknown): unknown {
    if (now === this.after) { return this.before; }
    try {
      return this.reverted(now, DEPTH);
    } catch {
      return now; // reading it throws an error
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
    let hasNewSetting = false;
    for (let index = 0; index < keys.length; index++) {
      const value = block[keys[index]];
      const before = was?.[keys[index]];
      if (value === before) { continue; }
      if (isContainer(value)) { this.compare(before, value); } else { hasNewSetting = true; }
    }
    if (this.isMarked && hasNewSetting) { this.mark({ block, was }); }
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

/** Whether the value is an object or a list, and not an unresolved value of CDK. */
function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && typeof (value as { readonly resolve?: unknown }).resolve !== 'function';
}
