import type { Expression, MemberExpression } from './expressions';
import { TokenReader } from './token-reader';

/** The deepest nesting of expressions that is read. */
export const DEEPEST = 60;

/** Reads expressions. It skips tokens that it does not know. */
export abstract class ExpressionReader extends TokenReader {
  protected abstract readPipeline(): Expression;
  protected abstract readArgument(): Expression;
  protected abstract assign(target: Expression, value: Expression, isAdded: boolean): void;
  protected abstract noteCall(call: MemberExpression, args: readonly Expression[]): void;

  /** A whole expression. An argument ends where the next one starts. */
  protected readExpression(isArgument = false): Expression {
    let left = this.readPostfix();
    for (;;) {
      const { pos } = left;
      if (!isArgument && this.skips('+')) {
        left = { kind: 'sum', left, right: this.readPostfix(), pos, end: this.lastEnd() };
      } else if (this.skips('-f')) {
        left = { kind: 'format', left, right: this.readList(), pos, end: this.lastEnd() };
      } else if (!isArgument && this.skips(',')) {
        left = { kind: 'list', elements: [...left.kind === 'list' ? left.elements : [left], this.readPostfix()], pos, end: this.lastEnd() };
      } else {
        return left;
      }
    }
  }

  private readList(): Expression {
    const elements = [this.readPostfix()];
    while (this.skips(',')) { elements.push(this.readPostfix()); }
    return { kind: 'list', elements, pos: elements[0].pos, end: this.lastEnd() };
  }

  /** A value with its members: `.Name`, `::Name(...)`, `['Name']`. */
  private readPostfix(): Expression {
    let value = this.readPrimary();
    for (;;) {
      const { token } = this;
      const next = this.tokens[this.at + 1];
      if (!token || token.isApart) { return value; }
      if ((this.is('.') || this.is('::')) && next && /^(?:word|variable|text)$/.test(next.kind)) {
        value = this.readMember(value, next.value);
      } else if (this.is('[')) {
        value = this.readIndex(value);
      } else {
        return value;
      }
    }
  }

  private readMember(of: Expression, names: string): Expression {
    this.at += 2;
    let value = of;
    // The tokenizer reads `.Headers.Add(...)` as one word.
    for (const name of names.split('.')) {
      value = { kind: 'member', of: value, name: name.toLowerCase(), pos: value.pos, end: this.lastEnd() };
    }
    return this.is('(') && !this.token!.isApart ? this.readCall(value as MemberExpression) : value;
  }

  private readIndex(of: Expression): Expression {
    this.at += 1;
    const index = this.readExpression();
    while (this.token && !this.is(']') && this.token.kind !== 'line') { this.at += 1; }
    this.at += 1;
    return { kind: 'member', of, name: index.kind === 'text' ? index.value : '', pos: of.pos, end: this.lastEnd() };
  }

  private readCall(member: MemberExpression): Expression {
    const args = this.readGroup();
    const call: MemberExpression = { ...member, args, end: this.lastEnd() };
    this.noteCall(call, args);
    return call;
  }

  /** The expressions in round brackets. */
  private readGroup(): Expression[] {
    const elements: Expression[] = [];
    this.at += 1;
    this.depth += 1;
    while (this.token && !this.is(')')) {
      const before = this.at;
      if (this.token.kind === 'line' || this.is(',')) {
        this.at += 1;
        continue;
      }
      if (this.depth > DEEPEST) { break; }
      const value = this.readPipeline();
      if (this.skips('=')) { this.assign(value, this.readPipeline(), false); }
      elements.push(...value.kind === 'list' ? value.elements : [value]);
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return elements;
  }

  protected readPrimary(): Expression {
    const { token } = this;
    if (!token || this.depth > DEEPEST) {
      this.at += 1;
      return { kind: 'other', pos: this.lastEnd(), end: this.lastEnd() };
    }
    const pos = token.pos + this.offset;
    if (token.kind === 'operator' && /^[$@]?\($/.test(token.value)) {
      const elements = this.readGroup();
      return elements.length === 1 ? elements[0] : { kind: 'list', elements, pos, end: this.lastEnd() };
    }
    if (this.is('@{')) { return this.readMap(pos); }
    if (this.is('[')) { return this.readType(pos); }
    if (token.kind === 'line' || token.kind === 'operator') {
      if (!this.is(')') && !this.is('}') && token.kind !== 'line') { this.at += 1; }
      return { kind: 'other', pos, end: pos };
    }
    this.at += 1;
    if (token.kind === 'variable') { return { kind: 'variable', name: token.value, pos, end: this.lastEnd() }; }
    return { kind: 'text', value: token.value, expands: token.expands === true, pos, end: this.lastEnd() };
  }

  private readType(pos: number): Expression {
    let name = '';
    this.at += 1;
    while (this.token && !this.is(']') && this.token.kind !== 'line') {
      name += this.token.value;
      this.at += 1;
    }
    this.at += 1;
    if (this.is('::')) { return { kind: 'type', name: name.toLowerCase(), pos, end: this.lastEnd() }; }
    // A type before a value is a cast.
    return this.token && this.token.kind !== 'line' ? this.readPostfix() : { kind: 'type', name: name.toLowerCase(), pos, end: this.lastEnd() };
  }

  private readMap(pos: number): Expression {
    const entries: (readonly [Expression, Expression])[] = [];
    this.at += 1;
    this.depth += 1;
    while (this.token && !this.is('}')) {
      const before = this.at;
      if (this.token.kind === 'line') {
        this.at += 1;
        continue;
      }
      const key = this.readArgument();
      if (this.skips('=')) { entries.push([key, this.readPipeline()]); }
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return { kind: 'map', entries, pos, end: this.lastEnd() };
  }
}
