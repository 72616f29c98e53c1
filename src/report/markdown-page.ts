/** The longest comment that GitHub accepts. It is compared with bytes, which are never fewer than characters. */
const MAX_BYTES = 65_536;
/** The space that is reserved for the note about omitted items. */
const NOTE_BYTES = 400;

/** Markdown with a limited length. It ends after a whole item, and closes all elements that it opened. */
export class MarkdownPage {
  private readonly parts: string[] = [];
  private readonly leftOut = new Map<string, number>();
  private room: number;

  /** `ending` is at the end of the page, even if items are omitted. */
  public constructor(private readonly ending: string) {
    this.room = MAX_BYTES - NOTE_BYTES - sizeOf(ending);
  }

  /** Adds items, one on each line, between an opening and a closing text. After the first item without space, it adds nothing more. */
  public add(items: readonly string[], kind: string, opening = '', closing = ''): void {
    const room = this.leftOut.size > 0 ? 0 : this.room - sizeOf(opening) - sizeOf(closing);
    const taken = howManyFit(items, room);
    if (taken < items.length) { this.leftOut.set(kind, (this.leftOut.get(kind) ?? 0) + items.length - taken); }
    if (taken === 0) { return; }
    const part = `${opening}${items.slice(0, taken).join('\n')}\n${closing}`;
    this.parts.push(part);
    this.room -= sizeOf(part);
  }

  public toString(): string {
    const counts = [...this.leftOut].map(([kind, count]) => `${kind}: ${count}`);
    const note = counts.length > 0 ? `\n**Left out, because a comment must not be longer** (the other reports have everything): ${counts.join(', ')}\n` : '';
    return `${this.parts.join('')}${note}${this.ending}`;
  }
}

function howManyFit(items: readonly string[], room: number): number {
  let used = 0;
  const tooMany = items.findIndex(item => (used += sizeOf(item) + 1) > room);
  return tooMany === -1 ? items.length : tooMany;
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
