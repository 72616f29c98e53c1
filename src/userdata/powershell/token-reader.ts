import type { Token } from './tokens';

/** Reads tokens in sequence. */
export class TokenReader {
  protected at = 0;
  /** The current depth of nesting. */
  protected depth = 0;

  /** @param offset the position of the text of these tokens in the whole script */
  public constructor(protected readonly tokens: readonly Token[], protected readonly offset: number) {}

  protected get token(): Token | undefined {
    return this.tokens[this.at];
  }

  protected is(value: string): boolean {
    return this.token?.kind === 'operator' && this.token.value === value;
  }

  /** Whether the next token is a word that matches the pattern. */
  protected isWord(pattern: RegExp): boolean {
    return this.token?.kind === 'word' && pattern.test(this.token.value);
  }

  /** Skips the next token if it has this value. Returns whether it had. */
  protected skips(value: string): boolean {
    if (!this.is(value)) { return false; }
    this.at += 1;
    return true;
  }

  protected skipLines(): void {
    while (this.token?.kind === 'line') { this.at += 1; }
  }

  /** The end of the last token. */
  protected lastEnd(): number {
    return (this.tokens[Math.min(this.at, this.tokens.length) - 1]?.end ?? 0) + this.offset;
  }
}
