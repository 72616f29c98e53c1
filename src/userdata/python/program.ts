import type { CallExpression, Expression } from './expressions';
import { ExpressionReader } from './expressions';
import type { Token } from './tokens';
import { pythonTokens } from './tokens';

/** A function, with its parameters and results. */
export interface PythonFunction {
  readonly parameters: readonly { readonly name: string; readonly byDefault?: Expression }[];
  readonly returns: Expression[];
  /** Its start and end. */
  readonly from: number;
  to: number;
}

/** The contents of a program, without order: assignments and calls. */
export interface Program {
  readonly given: ReadonlyMap<string, readonly Expression[]>;
  /** The entries added to a map or set on an object, by its name. */
  readonly added: ReadonlyMap<string, readonly { readonly key: Expression; readonly value: Expression }[]>;
  readonly functions: ReadonlyMap<string, PythonFunction>;
  /** The expressions that are assigned to attributes, which are not local to a function. */
  readonly attributes: ReadonlySet<Expression>;
  readonly calls: readonly CallExpression[];
  /** The function that contains a position. */
  functionAt(position: number): PythonFunction | undefined;
}

/** The most functions of a program that is read with local variables. In a larger program, a name means the same everywhere. */
const MOST_BODIES = 300;
const BLOCKS = new Set(['if', 'elif', 'while', 'with', 'for', 'try', 'except', 'assert', 'return', 'yield', 'raise', 'print', 'del', 'async', 'lambda']);

/** Parses a program. */
export function readProgram(text: string): Program {
  const builder = new ProgramBuilder();
  const tokens = pythonTokens(text);
  let start = 0;
  tokens.forEach((token, index) => {
    const isEnd = token.kind === 'line' || (token.kind === 'operator' && token.value === ';');
    if (isEnd) {
      if (index > start) { builder.addStatement(tokens, start, index); }
      start = index + 1;
    }
  });
  return builder;
}

class ProgramBuilder implements Program {
  public readonly given = new Map<string, Expression[]>();
  public readonly added = new Map<string, { key: Expression; value: Expression }[]>();
  public readonly functions = new Map<string, PythonFunction>();
  public readonly calls: CallExpression[] = [];
  public readonly attributes = new Set<Expression>();
  private readonly bodies: PythonFunction[] = [];
  private current: PythonFunction | undefined;
  private indent = 0;

  public functionAt(position: number): PythonFunction | undefined {
    if (this.bodies.length > MOST_BODIES) { return undefined; }
    let low = 0;
    let high = this.bodies.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.bodies[middle].from <= position) { low = middle + 1; } else { high = middle; }
    }
    const body = this.bodies[low - 1] as PythonFunction | undefined;
    return body && position < body.to ? body : undefined;
  }

  public addStatement(tokens: readonly Token[], start: number, end: number): void {
    let at = start;
    const first = tokens[start];
    const column = first.pos;
    const lineStart = tokens[start - 1]?.kind === 'line' ? column - tokens[start - 1].end : this.indent + 1;
    if (this.current && lineStart <= this.indent) {
      this.current.to = column;
      this.current = undefined;
    }
    if (first.value === 'async') { at += 1; }
    if (tokens[at]?.value === 'def' && tokens[at + 1]?.kind === 'name') {
      this.addFunction(tokens, at, end);
      this.indent = lineStart;
      return;
    }
    if (first.value === 'class' || first.value === 'import' || first.value === 'from') { return; }
    const isReturn = first.value === 'return';
    while (at < end && tokens[at].kind === 'name' && BLOCKS.has(tokens[at].value)) { at += 1; }
    this.addExpressions(tokens, at, end, isReturn, first.value);
  }

  private addFunction(tokens: readonly Token[], at: number, end: number): void {
    const reader = new ExpressionReader(tokens, at + 1, end);
    const header = reader.read();
    const args = header.kind === 'call' ? header.args : [];
    const parameters = args.filter(({ name, value }) => name !== '' && (name !== undefined || value.kind === 'name'))
      .map(({ name, value }) => name === undefined ? { name: (value as { name: string }).name } : { name, byDefault: value });
    if (this.current) { this.current.to = tokens[at].pos; }
    this.current = { parameters: parameters.filter(({ name }) => name !== 'self'), returns: [], from: tokens[at].pos, to: Infinity };
    this.bodies.push(this.current);
    this.functions.set(tokens[at + 1].value, this.current);
    // A body on the same line.
    while (!reader.isAtEnd && tokens[reader.at].value !== ':') { reader.at += 1; }
    if (reader.at + 1 < end) { this.addExpressions(tokens, tokens[reader.at + 1].value === 'return' ? reader.at + 2 : reader.at + 1, end, tokens[reader.at + 1].value === 'return', ''); }
  }

  private addExpressions(tokens: readonly Token[], from: number, end: number, isReturn: boolean, keyword: string): void {
    const reader = new ExpressionReader(tokens, from, end);
    const targets: Expression[] = [];
    while (!reader.isAtEnd) {
      const before = reader.at;
      const expression = reader.read();
      this.collect(expression);
      const next = reader.isAtEnd ? undefined : tokens[reader.at];
      if (next?.kind === 'operator' && next.value === '=') {
        targets.push(expression);
        reader.at += 1;
        continue;
      }
      if (next?.kind === 'operator' && next.value === ':' && keyword === '' ) { reader.at += 1; }
      if (next?.value === 'as' && tokens[reader.at + 1]?.kind === 'name') {
        this.give(tokens[reader.at + 1].value, expression);
        reader.at += 2;
      }
      if (next?.value === 'in' && keyword === 'for' && expression.kind === 'name') {
        reader.at += 1;
        const list = reader.read();
        this.collect(list);
        if (list.kind === 'list') { list.elements.forEach(each => this.give(expression.name, each)); }
        continue;
      }
      for (const target of targets) { this.assign(target, expression); }
      if (isReturn && this.current && targets.length === 0) { this.current.returns.push(expression); }
      targets.length = 0;
      if (reader.at === before) { reader.at += 1; }
    }
  }

  private assign(target: Expression, value: Expression): void {
    if (target.kind === 'name') { this.give(target.name, value); }
    if (target.kind === 'attribute') {
      this.give(target.name, value);
      this.attributes.add(value);
    }
    if (target.kind === 'item') { this.add(nameOf(target.of), target.index, value); }
  }

  private give(name: string, value: Expression): void {
    const known = this.given.get(name);
    if (known) { known.push(value); } else { this.given.set(name, [value]); }
  }

  private add(name: string | undefined, key: Expression, value: Expression): void {
    if (name === undefined) { return; }
    const known = this.added.get(name);
    if (known) { known.push({ key, value }); } else { this.added.set(name, [{ key, value }]); }
  }

  /** Notes the calls in an expression, at any depth. */
  private collect(root: Expression): void {
    const left = [root];
    for (let expression = left.pop(); expression; expression = left.pop()) {
      switch (expression.kind) {
        case 'call':
          this.calls.push(expression);
          this.noteAdded(expression);
          left.push(expression.callee, ...expression.args.map(({ value }) => value));
          break;
        case 'attribute': left.push(expression.of); break;
        case 'item': left.push(expression.of, expression.index); break;
        case 'sum': case 'format': case 'either': left.push(expression.left, expression.right); break;
        case 'map': for (const entry of expression.entries) { left.push(...entry); } break;
        case 'list': left.push(...expression.elements); break;
        default:
      }
    }
  }

  /** Notes `request.add_header(name, value)`, `headers.update({...})` and `connection.putheader(name, value)`. */
  private noteAdded({ callee, args }: CallExpression): void {
    if (callee.kind !== 'attribute') { return; }
    const name = nameOf(callee.of);
    if (/^(?:add_header|add_unredirected_header|putheader|setdefault)$/.test(callee.name) && args.length >= 2) { this.add(name, args[0].value, args[1].value); }
    if (callee.name === 'update') {
      for (const { value } of args) {
        if (value.kind === 'map') { for (const [key, each] of value.entries) { this.add(name, key, each); } }
      }
    }
  }
}

/** The last name of an expression. */
export function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') { return expression.name; }
  // `session.headers` is sent with each request of `session`.
  if (expression.kind === 'attribute') { return expression.name === 'headers' ? nameOf(expression.of) : expression.name; }
  return undefined;
}
