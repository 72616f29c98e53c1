import type { Token } from './tokens';

/** Reads tokens, one after the other. */
export class TokenReader {
  protected at = 0;
  /** How deep what is read is inside other things. */
  protected depth = 0;

  /** @param offset where the text of the tokens begins in the whole script */
  public constructor(protected readonly tokens: readonly Token[], protected readonly offset: number) {}

  protected get token(): Token | undefined {
    return this.tokens[this.at];
  }

  protected is(value: string): boolean {
    return this.token?.kind === 'operator' && this.token.value === value;
  }

  /** Whether the next is a word as a pattern has it. */
  protected isWord(pattern: RegExp): boolean {
    return this.token?.kind === 'word' && pattern.test(this.token.value);
  }

  /** Whether something is the next, and goes on behind it. */
  protected skips(value: string): boolean {
    if (!this.is(value)) { return false; }
    this.at += 1;
    return true;
  }

  protected skipLines(): void {
    while (this.token?.kind === 'line') { this.at += 1; }
  }

  /** Where the last token ends. */
  protected lastEnd(): number {
    return (this.tokens[Math.min(this.at, this.tokens.length) - 1]?.end ?? 0) + this.offset;
  }
}
