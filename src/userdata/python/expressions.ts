import type { Token } from './tokens';

/** An expression of Python, with only what requests need. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly isFormatted: boolean; readonly pos: number; readonly end: number }
  | { readonly kind: 'name'; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'item'; readonly of: Expression; readonly index: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'sum' | 'format' | 'either'; readonly left: Expression; readonly right: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'list'; readonly elements: readonly Expression[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'other'; readonly parts: readonly Expression[]; readonly pos: number; readonly end: number };

export type CallExpression = Extract<Expression, { kind: 'call' }>;

export interface Argument {
  readonly name?: string;
  readonly value: Expression;
}

const DEEPEST = 60;
const NOT_NAMES = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'lambda', 'await', 'async', 'yield', 'from', 'as', 'import']);

/** Reads expressions from tokens. It skips tokens that it does not know. */
export class ExpressionReader {
  private depth = 0;

  public constructor(private readonly tokens: readonly Token[], public at: number, private readonly end: number) {}

  public get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** A whole expression. */
  public read(): Expression {
    const left = this.readSum();
    if (this.isName('if')) {
      this.at += 1;
      this.readSum();
      while (!this.isAtEnd && !this.isName('else') && !this.isCloser()) { this.skipOne(); }
      if (this.isName('else')) {
        this.at += 1;
        return this.joined('either', left, this.read());
      }
    }
    return left;
  }

  private readSum(): Expression {
    let left = this.readPostfix();
    for (;;) {
      if (this.isOperator('+')) {
        this.at += 1;
        left = this.joined('sum', left, this.readPostfix());
      } else if (this.isOperator('%')) {
        this.at += 1;
        left = this.joined('format', left, this.readPostfix());
      } else if (this.isName('or')) {
        this.at += 1;
        left = this.joined('either', left, this.readPostfix());
      } else {
        return left;
      }
    }
  }

  private joined(kind: 'sum' | 'format' | 'either', left: Expression, right: Expression): Expression {
    return { kind, left, right, pos: left.pos, end: right.end };
  }

  private readPostfix(): Expression {
    let value = this.readPrimary();
    for (;;) {
      if (this.isOperator('.') && this.tokens[this.at + 1]?.kind === 'name') {
        const name = this.tokens[this.at + 1];
        this.at += 2;
        value = { kind: 'attribute', of: value, name: name.value, pos: value.pos, end: name.end };
      } else if (this.isOperator('(')) {
        const args = this.readArguments(')');
        value = { kind: 'call', callee: value, args, pos: value.pos, end: this.lastEnd() };
      } else if (this.isOperator('[')) {
        const [index] = this.readArguments(']');
        value = { kind: 'item', of: value, index: index?.value ?? this.nothing(), pos: value.pos, end: this.lastEnd() };
      } else {
        return value;
      }
    }
  }

  private readPrimary(): Expression {
    const token = this.tokens[this.at];
    if (!token || this.isAtEnd || this.depth > DEEPEST) {
      this.at = this.depth > DEEPEST ? this.at + 1 : this.at;
      return this.nothing();
    }
    this.at += 1;
    if (token.kind === 'text') { return this.readText(token); }
    if (token.kind === 'name') {
      if (token.value === 'await' || token.value === 'not') { return this.readPostfix(); }
      return NOT_NAMES.has(token.value) ? { kind: 'other', parts: [], pos: token.pos, end: token.end } : { kind: 'name', name: token.value, pos: token.pos, end: token.end };
    }
    if (token.value === '(') {
      this.at -= 1;
      const elements = this.readArguments(')').map(({ value }) => value);
      return elements.length === 1 ? { ...elements[0], end: this.lastEnd() } : { kind: 'list', elements, pos: token.pos, end: this.lastEnd() };
    }
    if (token.value === '[') {
      this.at -= 1;
      return { kind: 'list', elements: this.readArguments(']').map(({ value }) => value), pos: token.pos, end: this.lastEnd() };
    }
    if (token.value === '{') { return this.readMap(token); }
    return { kind: 'other', parts: [], pos: token.pos, end: token.end };
  }

  /** Adjacent string literals are one text. */
  private readText(first: Token): Expression {
    let value = first.value;
    let isFormatted = first.prefix!.includes('f');
    let { end } = first;
    while (!this.isAtEnd && this.tokens[this.at]?.kind === 'text') {
      const next = this.tokens[this.at];
      value += next.value;
      isFormatted ||= next.prefix!.includes('f');
      end = next.end;
      this.at += 1;
    }
    return { kind: 'text', value, isFormatted, pos: first.pos, end };
  }

  private readMap(open: Token): Expression {
    const entries: [Expression, Expression][] = [];
    this.depth += 1;
    while (!this.isAtEnd && !this.isOperator('}')) {
      const before = this.at;
      const key = this.read();
      if (this.isOperator(':')) {
        this.at += 1;
        entries.push([key, this.read()]);
      }
      while (!this.isAtEnd && !this.isOperator(',') && !this.isOperator('}')) { this.skipOne(); }
      if (this.isOperator(',')) { this.at += 1; }
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return { kind: 'map', entries, pos: open.pos, end: this.lastEnd() };
  }

  private readArguments(close: string): Argument[] {
    const args: Argument[] = [];
    this.at += 1;
    this.depth += 1;
    while (!this.isAtEnd && !this.isOperator(close)) {
      const before = this.at;
      const isSpread = this.isOperator('**');
      while (this.isOperator('*') || this.isOperator('**')) { this.at += 1; }
      const [first, second] = [this.tokens[this.at], this.tokens[this.at + 1]];
      const isNamed = first?.kind === 'name' && second?.value === '=' && second.kind === 'operator';
      if (isNamed) { this.at += 2; }
      const value = this.read();
      args.push(isNamed ? { name: first.value, value } : isSpread ? { name: '', value } : { value });
      while (!this.isAtEnd && !this.isOperator(',') && !this.isOperator(close)) {
        const at = this.at;
        if (this.tokens[at].kind !== 'operator' || '([{'.includes(this.tokens[at].value)) { args.push({ name: '', value: this.read() }); } else { this.at += 1; }
        if (this.at === at) { this.at += 1; }
      }
      if (this.isOperator(',')) { this.at += 1; }
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return args;
  }

  private skipOne(): void {
    const before = this.at;
    if (this.tokens[this.at].kind !== 'operator') { this.readPostfix(); }
    if (this.at === before) { this.at += 1; }
  }

  private isOperator(value: string): boolean {
    const token = this.tokens[this.at];
    return !this.isAtEnd && token?.kind === 'operator' && token.value === value;
  }

  private isName(value: string): boolean {
    const token = this.tokens[this.at];
    return !this.isAtEnd && token?.kind === 'name' && token.value === value;
  }

  private isCloser(): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'operator' && /^[)\]},]$/.test(token.value);
  }

  private lastEnd(): number {
    return this.tokens[Math.min(this.at, this.tokens.length) - 1]?.end ?? 0;
  }

  private nothing(): Expression {
    const pos = this.tokens[Math.min(this.at, this.tokens.length - 1)]?.pos ?? 0;
    return { kind: 'other', parts: [], pos, end: pos };
  }
}
