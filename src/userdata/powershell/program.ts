import type { Alternative } from './alternatives';
import { alternativesIn } from './alternatives';
import type { Token } from './tokens';
import { powerShellTokens } from './tokens';

/** An expression or a command of PowerShell, as far as requests are made of it. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly expands: boolean; readonly pos: number; readonly end: number }
  | { readonly kind: 'variable'; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'list'; readonly elements: readonly Expression[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'sum' | 'format'; readonly left: Expression; readonly right: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string; readonly args?: readonly Expression[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'command'; readonly name: string; readonly nameEnd: number; readonly args: readonly CommandArgument[]; readonly input?: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'type'; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'other'; readonly pos: number; readonly end: number };

export type CommandExpression = Extract<Expression, { kind: 'command' }>;
export type MemberExpression = Extract<Expression, { kind: 'member' }>;

/** An argument, with the name of its parameter where that is written. */
export interface CommandArgument {
  readonly name?: string;
  readonly value?: Expression;
}

export interface ScriptFunction {
  readonly parameters: { readonly name: string; readonly byDefault?: Expression }[];
  readonly results: Expression[];
}

/** What a script says, in no order. */
export interface Program {
  readonly given: ReadonlyMap<string, readonly Expression[]>;
  readonly added: ReadonlyMap<string, readonly (readonly [Expression, Expression])[]>;
  readonly functions: ReadonlyMap<string, ScriptFunction>;
  readonly commands: readonly CommandExpression[];
  readonly members: readonly MemberExpression[];
  /** Texts of several lines: a script in one is run later. */
  readonly scripts: readonly { readonly text: string; readonly pos: number }[];
  readonly alternatives: readonly Alternative[];
  /** How often each variable is named, in texts too. */
  readonly uses: ReadonlyMap<string, number>;
}

const KEYWORDS = new Set('if elseif else while foreach for try catch finally do until switch return begin process end throw trap'.split(' '));
/** Parameters that no value follows, of the commands that make requests; they may be shortened. */
const SWITCHES = /^(?:useb\w*|used\w*|disablek\w*|skip\w*|nop\w*|verbose|debug|vb|db|passthru|allow\w*|resume|asjob|force|asbytestream|raw|nonewline)$/i;
const DEEPEST = 60;

export function readProgram(text: string, offset = 0): Program {
  return new ProgramReader(powerShellTokens(text), offset).readAll();
}

class ProgramReader implements Program {
  public readonly given = new Map<string, Expression[]>();
  public readonly added = new Map<string, (readonly [Expression, Expression])[]>();
  public readonly functions = new Map<string, ScriptFunction>();
  public readonly commands: CommandExpression[] = [];
  public readonly members: MemberExpression[] = [];
  public readonly scripts: { text: string; pos: number }[];
  public readonly alternatives: readonly Alternative[];
  public readonly uses = new Map<string, number>();
  private at = 0;
  private depth = 0;
  private current: ScriptFunction | undefined;

  public constructor(private readonly tokens: readonly Token[], private readonly offset: number) {
    this.scripts = tokens.filter(({ kind, value }) => kind === 'text' && /\n|Invoke-|WebClient|\bi[rw][mr]\b/i.test(value) && /http/i.test(value))
      .map(({ value, end, expands }) => ({ text: expands ? value.replace(/`([$`"])/g, '$1') : value, pos: end - 3 - value.length + offset }));
    this.alternatives = alternativesIn(tokens, offset);
    for (const token of tokens) { this.countUses(token); }
  }

  private countUses({ kind, value, expands }: Token): void {
    const names = kind === 'variable' ? [value] : expands ? Array.from(value.matchAll(/\$\{?(?:\w+:)?(\w+)/g), ([, name]) => name.toLowerCase()) : [];
    for (const name of names) { this.uses.set(name, (this.uses.get(name) ?? 0) + 1); }
  }

  public readAll(): Program {
    while (this.at < this.tokens.length) {
      const before = this.at;
      this.readStatement();
      if (this.at === before) { this.at += 1; }
    }
    return this;
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  private is(value: string, kind: Token['kind'] = 'operator'): boolean {
    const { token } = this;
    return token?.kind === kind && token.value === value;
  }

  private readStatement(): void {
    const { token } = this;
    if (!token || token.kind === 'line' || this.is('}') || this.is(')')) {
      this.at += 1;
      return;
    }
    if (token.kind === 'word' && /^(?:function|filter)$/i.test(token.value)) {
      this.readFunction();
      return;
    }
    if (token.kind === 'word' && /^param$/i.test(token.value)) {
      this.at += 1;
      this.readParameters();
      return;
    }
    if (token.kind === 'word' && KEYWORDS.has(token.value.toLowerCase())) {
      const isReturn = /^return$/i.test(token.value);
      this.at += 1;
      if (isReturn) { this.addResult(this.readPipeline()); }
      return;
    }
    if (this.is('{')) {
      this.at += 1;
      return;
    }
    const target = this.readPipeline();
    if (this.is('=') || this.is('+=')) {
      const isAdded = this.is('+=');
      this.at += 1;
      const value = this.readPipeline();
      this.assign(target, value, isAdded);
    } else {
      this.addResult(target);
    }
  }

  private addResult(value: Expression): void {
    if (this.current && this.current.results.length < 40) { this.current.results.push(value); }
  }

  private assign(target: Expression, value: Expression, isAdded: boolean): void {
    if (target.kind === 'variable') {
      const known = this.given.get(target.name) ?? [];
      const before = known[known.length - 1];
      const given: Expression = isAdded && before ? { kind: 'sum', left: before, right: value, pos: value.pos, end: value.end } : value;
      this.given.set(target.name, [...known.slice(-20), given]);
    }
    if (target.kind === 'member') {
      const owner = rootOf(target.of);
      if (owner !== undefined) { this.add(owner, [{ kind: 'text', value: target.name, expands: false, pos: target.pos, end: target.end }, value]); }
    }
  }

  private add(name: string, entry: readonly [Expression, Expression]): void {
    const known = this.added.get(name);
    if (known) { known.push(entry); } else { this.added.set(name, [entry]); }
  }

  private readFunction(): void {
    this.at += 1;
    const name = this.token?.value.toLowerCase() ?? '';
    this.at += 1;
    const known: ScriptFunction = { parameters: [], results: [] };
    this.functions.set(name, known);
    const outer = this.current;
    this.current = known;
    if (this.is('(')) { this.readParameters(); }
    while (this.token?.kind === 'line') { this.at += 1; }
    if (this.is('{')) {
      this.at += 1;
      this.readBlock();
    }
    this.current = outer;
  }

  /** Statements to the end of the block. */
  private readBlock(): void {
    let open = 1;
    this.depth += 1;
    while (this.token && this.depth < DEEPEST) {
      if (this.is('}')) {
        open -= 1;
        this.at += 1;
        if (open === 0) { break; }
        continue;
      }
      if (this.is('{')) { open += 1; }
      const before = this.at;
      this.readStatement();
      if (this.at === before) { this.at += 1; }
    }
    this.depth -= 1;
  }

  private readParameters(): void {
    while (this.token?.kind === 'line') { this.at += 1; }
    if (!this.is('(')) { return; }
    this.at += 1;
    let open = 1;
    while (this.token && open > 0) {
      if (this.is('(') || this.is('$(') || this.is('@(')) { open += 1; }
      if (this.is(')')) { open -= 1; }
      if (this.token.kind === 'variable' && open === 1) {
        const name = this.token.value;
        this.at += 1;
        let byDefault: Expression | undefined;
        if (this.is('=')) {
          this.at += 1;
          byDefault = this.readExpression();
        }
        this.current?.parameters.push({ name, byDefault });
        if (!this.current && byDefault) { this.given.set(name, [byDefault]); }
        continue;
      }
      this.at += 1;
    }
  }

  /** A command or an expression, and what it is passed to. */
  private readPipeline(): Expression {
    let value = this.readCommandOrExpression();
    while (this.is('|')) {
      this.at += 1;
      while (this.token?.kind === 'line') { this.at += 1; }
      value = this.readCommandOrExpression(value);
    }
    return value;
  }

  private readCommandOrExpression(input?: Expression): Expression {
    if (this.is('&') || (this.token?.kind === 'operator' && this.token.value === '.' && this.token.isApart)) { this.at += 1; }
    const { token } = this;
    if (token?.kind === 'word' && !/^[\d-]/.test(token.value)) { return this.readCommand(input); }
    return this.readExpression();
  }

  private readCommand(input: Expression | undefined): Expression {
    const first = this.token!;
    let name = first.value;
    this.at += 1;
    while (this.token && !this.token.isApart && (this.token.kind === 'word' || this.is('.'))) {
      name += this.token.value;
      this.at += 1;
    }
    const nameEnd = this.lastEnd();
    const args: CommandArgument[] = [];
    while (this.token && this.token.kind !== 'line' && !this.is('|') && !this.is(')') && !this.is('}')) {
      const before = this.at;
      if (this.is('{')) {
        this.skipBlock();
      } else if (this.token.kind === 'word' && /^-[A-Za-z]/.test(this.token.value)) {
        const [parameter] = this.token.value.slice(1).split(':', 1);
        const glued = this.token.value.slice(parameter.length + 2);
        this.at += 1;
        const next = this.tokens[this.at] as Token | undefined;
        const hasValue = glued === '' && !SWITCHES.test(parameter) && next !== undefined && next.kind !== 'line' && !this.is('|') && !this.is(')') && !this.is('}') && !this.is('{')
          && !(next.kind === 'word' && /^-[A-Za-z]/.test(next.value));
        args.push({ name: parameter.toLowerCase(), value: hasValue ? this.readArgument() : glued === '' ? undefined : this.text(glued) });
      } else {
        args.push({ value: this.readArgument() });
      }
      if (this.at === before) { this.at += 1; }
    }
    const command: CommandExpression = { kind: 'command', name: name.toLowerCase(), nameEnd, args, input, pos: first.pos + this.offset, end: this.lastEnd() };
    this.commands.push(command);
    return command;
  }

  /** The statements of a block are read with all others. */
  private skipBlock(): void {
    this.at += 1;
    const outer = this.depth;
    if (outer < DEEPEST) { this.readBlock(); }
  }

  /** An argument: words and what is glued to them. */
  private readArgument(): Expression {
    const first = this.token!;
    if (first.kind !== 'word') {
      const value = this.readExpression(true);
      return this.gluedTo(value);
    }
    this.at += 1;
    return this.gluedTo({ kind: 'text', value: first.value, expands: false, pos: first.pos + this.offset, end: this.lastEnd() });
  }

  private gluedTo(first: Expression): Expression {
    let value = first;
    while (this.token && !this.token.isApart && (this.token.kind === 'word' || this.token.kind === 'variable' || this.token.kind === 'text' || this.is('.') || this.is('$('))) {
      const next: Expression = this.token.kind === 'word' || this.is('.') ? this.text(this.token.value) : this.readPrimary();
      if (next.kind === 'text' && !next.expands && (this.token.kind === 'word' || this.is('.'))) { this.at += 1; }
      value = { kind: 'sum', left: value, right: next, pos: value.pos, end: this.lastEnd() };
    }
    return value;
  }

  private text(value: string): Expression {
    return { kind: 'text', value, expands: false, pos: this.lastEnd(), end: this.lastEnd() };
  }

  private readExpression(isArgument = false): Expression {
    let left = this.readPostfix();
    for (;;) {
      const { token } = this;
      if (token?.kind === 'operator' && token.value === '+' && !isArgument) {
        this.at += 1;
        left = { kind: 'sum', left, right: this.readPostfix(), pos: left.pos, end: this.lastEnd() };
      } else if (token?.kind === 'operator' && token.value === '-f') {
        this.at += 1;
        left = { kind: 'format', left, right: this.readList(), pos: left.pos, end: this.lastEnd() };
      } else if (token?.kind === 'operator' && token.value === ',' && !isArgument) {
        this.at += 1;
        left = { kind: 'list', elements: [...left.kind === 'list' ? left.elements : [left], this.readPostfix()], pos: left.pos, end: this.lastEnd() };
      } else {
        return left;
      }
    }
  }

  private readList(): Expression {
    const elements = [this.readPostfix()];
    while (this.is(',')) {
      this.at += 1;
      elements.push(this.readPostfix());
    }
    return { kind: 'list', elements, pos: elements[0].pos, end: this.lastEnd() };
  }

  private readPostfix(): Expression {
    let value = this.readPrimary();
    for (;;) {
      const next = this.tokens[this.at + 1];
      if ((this.is('.') || this.is('::')) && next && (next.kind === 'word' || next.kind === 'variable' || next.kind === 'text') && !this.token!.isApart) {
        this.at += 2;
        // `.Headers.Add(...)` is one word to the tokenizer.
        for (const name of next.value.split('.')) {
          value = { kind: 'member', of: value, name: name.toLowerCase(), pos: value.pos, end: this.lastEnd() };
        }
        if (this.is('(') && !this.token!.isApart) { value = this.readCall(value as MemberExpression); }
      } else if (this.is('[') && !this.token!.isApart) {
        this.at += 1;
        const index = this.readExpression();
        while (this.token && !this.is(']') && this.token.kind !== 'line') { this.at += 1; }
        this.at += 1;
        value = { kind: 'member', of: value, name: index.kind === 'text' ? index.value : '', pos: value.pos, end: this.lastEnd() };
      } else {
        return value;
      }
    }
  }

  private readCall(member: MemberExpression): Expression {
    const args = this.readGroup(')');
    const call: MemberExpression = { ...member, args, end: this.lastEnd() };
    this.members.push(call);
    const owner = rootOf(member.of);
    if (/^(?:add|set|tryaddwithoutvalidation|append)$/.test(member.name) && args.length >= 2 && owner !== undefined) { this.add(owner, [args[0], args[1]]); }
    return call;
  }

  private readGroup(close: string): Expression[] {
    const elements: Expression[] = [];
    this.at += 1;
    this.depth += 1;
    while (this.token && !this.is(close)) {
      const before = this.at;
      if (this.token.kind === 'line' || this.is(',')) {
        this.at += 1;
        continue;
      }
      if (this.depth > DEEPEST) { break; }
      const value = this.readPipeline();
      if (this.is('=')) {
        this.at += 1;
        this.assign(value, this.readPipeline(), false);
      }
      elements.push(...value.kind === 'list' ? value.elements : [value]);
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return elements;
  }

  private readPrimary(): Expression {
    const { token } = this;
    if (!token || this.depth > DEEPEST) {
      this.at += 1;
      return { kind: 'other', pos: this.lastEnd(), end: this.lastEnd() };
    }
    const pos = token.pos + this.offset;
    if (token.kind === 'operator' && /^[$@]?\($/.test(token.value)) {
      const elements = this.readGroup(')');
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
    // A type in front of a value is a cast.
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
      if (this.is('=')) {
        this.at += 1;
        entries.push([key, this.readPipeline()]);
      }
      if (this.at === before) { this.at += 1; }
    }
    this.at += 1;
    this.depth -= 1;
    return { kind: 'map', entries, pos, end: this.lastEnd() };
  }

  private lastEnd(): number {
    return (this.tokens[Math.min(this.at, this.tokens.length) - 1]?.end ?? 0) + this.offset;
  }
}

/** The variable that something belongs to. */
export function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'variable') { return expression.name; }
  return expression.kind === 'member' ? rootOf(expression.of) : undefined;
}
