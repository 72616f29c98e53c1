/** A part of a text that only CloudFormation knows. */
export interface Blank {
  /** The name of its pseudo parameter, or its attribute. */
  readonly name: string;
  /** The stack or the resource that it is of; nothing where it is the same in every stack. */
  readonly of?: object;
  /** How messages show it. */
  readonly words: string;
}

/** How many pieces, and how many characters, a text may have that is followed: names and ARNs are shorter. */
const MAX_PIECES = 200;
const MAX_LENGTH = 20_000;

/** A text, which may have parts that only CloudFormation knows. */
export class PartialText {
  /** A text without such parts. */
  public static literal(text: string): PartialText {
    return new PartialText([text]);
  }

  /** A value that only CloudFormation knows. */
  public static blank(blank: Blank): PartialText {
    return new PartialText([blank]);
  }

  private constructor(private readonly pieces: readonly (string | Blank)[]) {}

  /** Whether it is longer than any name: text that is put together may be without end. */
  public get isLong(): boolean {
    return this.pieces.length > MAX_PIECES || this.pieces.reduce((length, piece) => length + (typeof piece === 'string' ? piece.length : 0), 0) > MAX_LENGTH;
  }

  /** How messages show it. */
  public get words(): string {
    const [first] = this.pieces;
    if (this.pieces.length === 1 && typeof first === 'string') { return first; }
    return this.pieces.map(piece => typeof piece === 'string' ? piece : piece.words).join('');
  }

  /** How many pieces it has, known or not. */
  public get length(): number {
    return this.pieces.length;
  }

  /** The parts of it that are known. */
  public get knownParts(): readonly string[] {
    return this.pieces.filter(piece => typeof piece === 'string');
  }

  /** The names of the parts that only CloudFormation knows. */
  public get sources(): readonly object[] {
    return this.pieces.flatMap(piece => typeof piece === 'object' && piece.of ? [piece.of] : []);
  }

  /** The text, where all of it is known. */
  public get known(): string | undefined {
    return this.pieces.every(piece => typeof piece === 'string') ? this.words : undefined;
  }

  /** Whether it begins with a text, for certain. */
  public startsWith(text: string): boolean {
    const [first] = this.pieces;
    return typeof first === 'string' && first.startsWith(text);
  }

  /** The text with another one behind it. */
  public plus(other: PartialText): PartialText {
    const [last, first] = [this.pieces[this.pieces.length - 1], other.pieces[0]];
    return typeof last === 'string' && typeof first === 'string'
      ? new PartialText([...this.pieces.slice(0, -1), last + first, ...other.pieces.slice(1)])
      : new PartialText([...this.pieces, ...other.pieces]);
  }

  /** The texts between separators. Unknown parts are assumed to have no separator. */
  public split(separator: string): readonly PartialText[] {
    return this.pieces.reduce<readonly PartialText[]>((parts, piece) => {
      const [first, ...rest] = typeof piece === 'string' ? piece.split(separator).map(PartialText.literal) : [PartialText.blank(piece)];
      return [...parts.slice(0, -1), parts[parts.length - 1].plus(first), ...rest];
    }, [PartialText.literal('')]);
  }

  /** Whether it is the same text for all values of its unknown parts. */
  public equals(other: PartialText): boolean {
    const [own, others] = [this, other].map(({ pieces }) => pieces.filter(piece => piece !== ''));
    return own.length === others.length && own.every((piece, index) => isSame(piece, others[index]));
  }
}

function isSame(one: string | Blank, other: string | Blank): boolean {
  return one === other || (typeof one === 'object' && typeof other === 'object' && one.name === other.name && one.of === other.of);
}

/** Things by texts. */
export class TextIndex<Value> {
  /** Texts that look equal can differ, so the list keeps them apart. */
  private readonly byWords = new Map<string, { readonly text: PartialText; readonly values: Value[] }[]>();

  /** Adds a thing; the one that was added last is not added again. */
  public add(text: PartialText, value: Value): void {
    const alike = this.byWords.get(text.words) ?? [];
    const entry = alike.find(each => each.text.equals(text));
    if (entry) {
      if (entry.values[entry.values.length - 1] !== value) { entry.values.push(value); }
    } else {
      this.byWords.set(text.words, [...alike, { text, values: [value] }]);
    }
  }

  /** The things of a text. */
  public of(text: PartialText): readonly Value[] {
    return this.byWords.get(text.words)?.find(each => each.text.equals(text))?.values ?? [];
  }
}
