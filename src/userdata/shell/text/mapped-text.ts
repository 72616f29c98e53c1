import type { PossibleText } from '../../request/possible-text';
import type { Part, Word } from '../syntax';
import type { Quoting } from './source';
import { Source } from './source';

/** Returns the replacement for an expansion. */
export interface Expand {
  (part: Part): PossibleText;
}

/** A text that a script puts together, such as a script in quotes, in a here-document or after `echo`. It keeps the position of each piece. */
export class MappedText {
  private text = '';
  private readonly pieces: { start: number; outer: number; length: number }[] = [];
  private quoting: Quoting = 'none';
  private most = -1;
  private copied = 0;

  public constructor(private readonly outer: Source, private readonly anchor: number, private readonly expand: Expand) {}

  /** Appends words with spaces between them. */
  public addWords(words: readonly Word[]): this {
    words.forEach((word, index) => (index > 0 ? this.addText(' ') : this).addWord(word));
    return this;
  }

  /** Appends a word in its expanded form. */
  public addWord(word: Word): this {
    if (word.parts) { this.addParts(word.parts, 'none'); } else { this.addEscaped(word.text, word.value, word.pos, 'none'); }
    return this;
  }

  /** Appends the body of a here-document. */
  public addBody(body: Word, isQuoted: boolean): this {
    if (isQuoted || !body.parts) { this.addEscaped(body.text, undefined, body.pos, isQuoted ? 'none' : 'here-document'); } else { this.addParts(body.parts, 'here-document'); }
    return this;
  }

  /** Appends text that is not in the script. */
  public addText(text: string): this {
    this.text += text;
    return this;
  }

  /** The text as a script. */
  public toSource(): Source {
    return Source.within(this.outer, this.text, this.pieces, this.quoting, this.anchor);
  }

  /** The text as a script, with `\n` and `\t` replaced as `printf` and `echo -e` do. */
  public toSourceOfEscapes(): Source {
    if (!this.text.includes('\\')) { return this.toSource(); }
    const result = new MappedText(this.outer, this.anchor, this.expand);
    result.quoting = this.quoting;
    let from = 0;
    for (const { 0: escape, index } of this.text.matchAll(/\\[ntr\\"']/g)) {
      this.copyTo(result, from, index);
      result.text += ({ n: '\n', t: '\t', r: '\r' } as Record<string, string>)[escape[1]] ?? escape[1];
      from = index + 2;
    }
    this.copyTo(result, from, this.text.length);
    return result.toSource();
  }

  /** Pieces are in order, and so are the copied ranges. */
  private copyTo(other: MappedText, from: number, to: number): void {
    while (this.copied < this.pieces.length && this.pieces[this.copied].start + this.pieces[this.copied].length <= from) { this.copied += 1; }
    for (let index = this.copied; index < this.pieces.length && this.pieces[index].start < to; index += 1) {
      const { start, outer, length } = this.pieces[index];
      const first = Math.max(start, from);
      const last = Math.min(start + length, to);
      if (first < last) { other.pieces.push({ start: other.text.length + first - from, outer: outer + first - start, length: last - first }); }
    }
    other.text += this.text.slice(from, to);
  }

  private addParts(parts: readonly Part[], quoting: Quoting): void {
    for (const part of parts) {
      switch (part.type) {
        case 'DoubleQuoted':
        case 'LocaleString': this.addParts(part.parts!, 'double'); break;
        case 'SingleQuoted': this.addPiece(part.value!, part.pos + 1, 'single'); break;
        case 'SimpleExpansion':
        case 'ParameterExpansion':
        case 'CommandExpansion':
        case 'ArithmeticExpansion':
        case 'ProcessSubstitution': this.text += this.expand(part)[0]; break;
        default: this.addEscaped(part.text, part.value, part.pos, quoting);
      }
    }
  }

  /** Adds a text without the backslashes that escape its characters. */
  private addEscaped(text: string, value: string | undefined, position: number, quoting: Quoting): void {
    if (value === text || !text.includes('\\') || (value === undefined && quoting === 'none')) {
      this.addPiece(text, position, quoting);
      return;
    }
    const escapes = quoting === 'none' ? /\\([\s\S])/g : quoting === 'double' ? /\\([$`"\\\n])/g : /\\([$`\\\n])/g;
    let from = 0;
    for (const { 0: whole, 1: escaped, index } of text.matchAll(escapes)) {
      this.addPiece(text.slice(from, index), position + from, quoting);
      if (escaped !== '\n') { this.addPiece(escaped, position + index + 1, quoting); }
      from = index + whole.length;
    }
    this.addPiece(text.slice(from), position + from, quoting);
  }

  private addPiece(text: string, outer: number, quoting: Quoting): void {
    if (text === '') { return; }
    if (text.length > this.most) {
      this.most = text.length;
      this.quoting = quoting;
    }
    this.pieces.push({ start: this.text.length, outer, length: text.length });
    this.text += text;
  }
}
