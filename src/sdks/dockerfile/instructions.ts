/** An instruction of a Dockerfile. */
export interface Instruction {
  /** Its name, in upper case. */
  readonly name: string;
  /** The text after the name. Continued lines are joined, and here-documents follow on their own lines. */
  readonly text: string;
  /** The position of the text in the file. Each character of the text has a place there. */
  readonly position: number;
  /** The here-documents of the instruction. */
  readonly documents: readonly BroughtDocument[];
}

/** A here-document in a Dockerfile: `<<EOF`. */
export interface BroughtDocument {
  readonly text: string;
  readonly position: number;
}

const DIRECTIVE = /^#\s*(\w+)\s*=\s*(\S+)\s*$/;
const INSTRUCTION = /^\s*([A-Za-z]+)\s+(?=\S)/;
const DOCUMENT = /(?<![^\s;|&()])\d*<<-?(["']?)([A-Za-z_][\w.-]*)\1(?![^\s;|&()<>])/g;
const BRINGS_DOCUMENTS = new Set(['RUN', 'COPY', 'ADD']);

/** The instructions of a Dockerfile, without comments. */
export function instructionsOf(text: string): readonly Instruction[] {
  const reader = new InstructionReader(text.replaceAll('\r', ' ').split('\n'));
  const instructions: Instruction[] = [];
  while (!reader.isAtEnd) { instructions.push(...reader.next()); }
  return instructions;
}

class InstructionReader {
  private readonly goesOn: RegExp;
  /** The last line with each text. */
  private readonly last = new Map<string, number>();
  private at = 0;
  private position = 0;

  public constructor(private readonly lines: readonly string[]) {
    this.goesOn = escapeOf(lines) === '`' ? /`[ \t]*$/ : /\\[ \t]*$/;
    lines.forEach((line, index) => this.last.set(endOf(line), index));
  }

  public get isAtEnd(): boolean {
    return this.at >= this.lines.length;
  }

  /** The next instruction. Empty if there is none on the line. */
  public next(): readonly Instruction[] {
    const start = this.position;
    const whole = this.wholeLine();
    const [head, word] = INSTRUCTION.exec(whole) ?? [];
    if (head === undefined) { return []; }
    const name = word.toUpperCase();
    const text = whole.slice(head.length);
    const documents = BRINGS_DOCUMENTS.has(name) ? [...text.matchAll(DOCUMENT)].flatMap(({ 2: end }) => this.document(end)) : [];
    return [{ name, text: [text, ...documents.map(each => `${each.text}\n${each.end}`)].join('\n'), position: start + head.length, documents }];
  }

  /** The next line with its continuation lines. Line breaks and comments in between become spaces. */
  private wholeLine(): string {
    const pieces: string[] = [];
    while (!this.isAtEnd) {
      const line = this.take();
      const isNothing = /^\s*(?:#|$)/.test(line);
      const goesOn = isNothing ? pieces.length > 0 : this.goesOn.test(line);
      pieces.push(isNothing ? ' '.repeat(line.length) : line.replace(this.goesOn, blank => ' '.repeat(blank.length)));
      if (!goesOn) { break; }
    }
    return pieces.join(' ');
  }

  /** The lines up to the end of a here-document. Empty if it has no end. */
  private document(end: string): readonly (BroughtDocument & { readonly end: string })[] {
    if ((this.last.get(end) ?? -1) < this.at) { return []; }
    const { position } = this;
    const lines = [this.take()];
    while (endOf(lines[lines.length - 1]) !== end) { lines.push(this.take()); }
    return [{ text: lines.slice(0, -1).join('\n'), end: lines[lines.length - 1], position }];
  }

  private take(): string {
    const line = this.lines[this.at++];
    this.position += line.length + 1;
    return line;
  }
}

/** The text of a line as the end of a here-document, which can be indented with tabs. */
function endOf(line: string): string {
  return line.replace(/^\t+/, '').trimEnd();
}

/** The escape character for continued lines. A directive at the start of the file can set it. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, key, value] = DIRECTIVE.exec(line) ?? [];
    if (key === undefined) { break; }
    if (key.toLowerCase() === 'escape') { return value; }
  }
  return '\\';
}
