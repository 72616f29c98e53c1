/** The position of a value: the line of its key or element, and the offset of the value in the text. */
interface Place {
  /** The line of the key or of the element, from 1. */
  readonly line: number;
  /** The offset of the first character of the value. */
  readonly start: number;
  /** The line where the value starts, if it differs from the line of the key. */
  readonly startLine: number;
  /** The values directly inside, by key or index, cached after the first call. */
  inside?: Map<string, Place>;
}

/**
 * Positions in a JSON text, such as a template.
 *
 * The text is read on demand: the values directly inside a value are found in one pass, and cached. The text may be invalid JSON.
 */
export class JsonLines {
  private readonly root: Place;

  public constructor(private readonly text: string) {
    const start = Math.max(text.search(/[^\s\uFEFF]/), 0);
    const line = countLines(text.slice(0, start));
    this.root = { line, start, startLine: line };
  }

  /**
   * The line of the key or the element at a path, from 1. If the path does not exist, it is the line of the nearest parent.
   *
   * Of equal keys the last one counts, as in a JSON parser.
   */
  public lineOf(path: readonly (string | number)[]): number {
    let place = this.root;
    for (const key of path) {
      place.inside ??= new Pass(this.text, place).found;
      const next = place.inside.get(String(key));
      if (!next) { break; }
      place = next;
    }
    return place.line;
  }
}

/** One pass over a value. It skips deeper values by counting brackets, so no depth is too deep. */
class Pass {
  /** The direct contents, by key or index. Empty if the value is neither an object nor a list. */
  public readonly found = new Map<string, Place>();
  private readonly isList: boolean;
  private line: number;
  private depth = 0;
  private elements = 0;
  /** The last key, with its line, until its value is read. */
  private key?: { readonly name: string; readonly line: number };
  private expects: 'key' | 'colon' | 'value' | 'comma';

  public constructor(private readonly text: string, { start, startLine }: Place) {
    this.line = startLine;
    this.isList = text[start] === '[';
    this.expects = this.isList ? 'value' : 'key';
    if (this.isList || text[start] === '{') { this.read(start); }
  }

  private read(start: number): void {
    for (let index = start; index < this.text.length; index++) {
      switch (this.text[index]) {
        case '\n': this.line++; break;
        case ' ': case '\t': case '\r': break;
        case '{': case '[': this.begin(index); this.depth++; break;
        case '}': case ']': if (--this.depth === 0) { return; } break;
        case '"': index = this.string(index); break;
        case ':': if (this.depth === 1 && this.expects === 'colon') { this.expects = 'value'; } break;
        case ',': if (this.depth === 1) { this.next(); } break;
        default: this.begin(index);
      }
    }
  }

  /** Records a value that starts here, if it is directly inside. */
  private begin(start: number): void {
    if (this.depth !== 1 || this.expects !== 'value') { return; }
    const key = this.isList ? { name: String(this.elements), line: this.line } : this.key!;
    this.found.set(key.name, { line: key.line, start, startLine: this.line });
    this.expects = 'comma';
  }

  private next(): void {
    this.elements++;
    this.expects = this.isList ? 'value' : 'key';
  }

  /** Skips a string, which can be a key. Returns the offset of its last character. */
  private string(start: number): number {
    if (this.depth !== 1 || this.expects !== 'key') {
      this.begin(start);
      return this.endOfString(start);
    }
    const line = this.line;
    const end = this.endOfString(start);
    this.key = { name: unescaped(this.text.slice(start, end + 1)), line };
    this.expects = 'colon';
    return end;
  }

  /** The offset of the quote that ends a string. An escaped quote does not end it. */
  private endOfString(start: number): number {
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end === -1) { end = this.text.length; }
    } while (end < this.text.length && this.isEscaped(end));
    this.line += countLines(this.text.slice(start, end)) - 1;
    return end;
  }

  private isEscaped(index: number): boolean {
    let first = index;
    while (this.text[first - 1] === '\\') { first--; }
    return (index - first) % 2 === 1;
  }
}

/** The text of a JSON string, or the raw text between the quotes if it is invalid JSON. */
function unescaped(quoted: string): string {
  if (!quoted.includes('\\')) { return quoted.slice(1, -1); }
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

function countLines(text: string): number {
  let lines = 1;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) { lines++; }
  return lines;
}
