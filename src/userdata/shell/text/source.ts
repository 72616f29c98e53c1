/** Where a piece of a nested script stands in the text around it. */
interface Piece {
  readonly start: number;
  readonly outer: number;
  readonly length: number;
}

/** How text has to be written to stand in the quotes around a nested script. */
export type Quoting = 'none' | 'single' | 'double' | 'here-document';

/**
 * A script, or one inside another: in quotes, in a here-document. It knows where each of its places is in the text that was given.
 */
export class Source {
  /** A script as it was given. */
  public static of(text: string): Source {
    return new Source(text, undefined, [], 'none', 0);
  }

  /** A script in a text, put together of pieces of it. */
  public static within(outer: Source, text: string, pieces: readonly Piece[], quoting: Quoting, anchor: number): Source {
    return new Source(text, outer, pieces, quoting, anchor);
  }

  private constructor(
    public readonly text: string,
    private readonly outer: Source | undefined,
    private readonly pieces: readonly Piece[],
    private readonly quoting: Quoting,
    /** Where in the given text all of it is said to be that has no place of its own. */
    private readonly anchor: number,
  ) {}

  /** A part of it as a script of its own. */
  public part(from: number, to: number): Source {
    return new Source(this.text.slice(from, to), this, [{ start: 0, outer: from, length: to - from }], 'none', from);
  }

  /** How deep it is inside others. */
  public get depth(): number {
    return this.outer ? this.outer.depth + 1 : 0;
  }

  /** Where a place is in the given text. */
  public rootPosition(position: number): number {
    if (!this.outer) { return position; }
    const piece = this.pieceAt(position);
    return this.outer.rootPosition(piece ? piece.outer + Math.min(Math.max(position - piece.start, 0), piece.length) : this.anchor);
  }

  /** Where a place is in the given text, if what stands there is part of that text and can be changed. */
  public editablePosition(position: number): number | undefined {
    if (!this.outer) { return position; }
    const piece = this.pieceAt(position);
    const isInside = piece && position >= piece.start && position <= piece.start + piece.length;
    return isInside ? this.outer.editablePosition(piece.outer + position - piece.start - (this.isEscaped(position) ? 1 : 0)) : undefined;
  }

  /** Whether a backslash stands in front of a place that belongs to what is there, and not to what is before. */
  private isEscaped(position: number): boolean {
    const piece = this.pieceAt(position)!;
    const before = piece.outer - 1;
    const last = position > 0 ? this.pieceAt(position - 1) : undefined;
    return position === piece.start && this.outer!.text[before] === '\\' && last!.outer + last!.length <= before;
  }

  /** Text of this script as it has to be written in the given text. */
  public quoted(text: string): string {
    return this.outer ? this.outer.quoted(written(text, this.quoting)) : text;
  }

  private pieceAt(position: number): Piece | undefined {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.pieces[middle].start <= position) { low = middle; } else { high = middle - 1; }
    }
    return this.pieces[low];
  }
}

function written(text: string, quoting: Quoting): string {
  switch (quoting) {
    case 'single': return text.replaceAll("'", "'\\''");
    case 'double': return text.replace(/[\\"$`]/g, '\\$&');
    case 'here-document': return text.replace(/[\\$`]/g, '\\$&');
    default: return text;
  }
}
