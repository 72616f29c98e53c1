/** The position of a piece of a nested script in the outer text. */
interface Piece {
  readonly start: number;
  readonly outer: number;
  readonly length: number;
}

/** The quotes around a nested script, which determine how text in it is escaped. */
export type Quoting = 'none' | 'single' | 'double' | 'here-document';

/** A script, or a script inside another one, such as in quotes or in a here-document. It can find each of its positions in the given text. */
export class Source {
  /** A script as it was given. */
  public static of(text: string): Source {
    return new Source(text, undefined, [], 'none', 0);
  }

  /** A script inside another text, made of pieces of that text. */
  public static within(outer: Source, text: string, pieces: readonly Piece[], quoting: Quoting, anchor: number): Source {
    return new Source(text, outer, pieces, quoting, anchor);
  }

  private constructor(
    public readonly text: string,
    private readonly outer: Source | undefined,
    private readonly pieces: readonly Piece[],
    private readonly quoting: Quoting,
    /** The position in the given text for parts that have no position. */
    private readonly anchor: number,
  ) {}

  /** A part of this script as its own script. */
  public part(from: number, to: number): Source {
    return new Source(this.text.slice(from, to), this, [{ start: 0, outer: from, length: to - from }], 'none', from);
  }

  /** The depth of its nesting. */
  public get depth(): number {
    return this.outer ? this.outer.depth + 1 : 0;
  }

  /** The position in the given text. */
  public rootPosition(position: number): number {
    if (!this.outer) { return position; }
    const piece = this.pieceAt(position);
    return this.outer.rootPosition(piece ? piece.outer + Math.min(Math.max(position - piece.start, 0), piece.length) : this.anchor);
  }

  /** The position in the given text. `undefined` if the text at this position was not copied from there, and so cannot be changed there. */
  public editablePosition(position: number): number | undefined {
    if (!this.outer) { return position; }
    const piece = this.pieceAt(position);
    const isInside = piece && position >= piece.start && position <= piece.start + piece.length;
    return isInside ? this.outer.editablePosition(piece.outer + position - piece.start - (this.isEscaped(position) ? 1 : 0)) : undefined;
  }

  /** Whether the character at the position has a backslash before it in the outer text that escapes it. */
  private isEscaped(position: number): boolean {
    const piece = this.pieceAt(position)!;
    const before = piece.outer - 1;
    const last = position > 0 ? this.pieceAt(position - 1) : undefined;
    return position === piece.start && this.outer!.text[before] === '\\' && last!.outer + last!.length <= before;
  }

  /** Escapes text of this script for the given text. */
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
