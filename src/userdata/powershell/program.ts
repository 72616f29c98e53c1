import type { Alternative } from './alternatives';
import { alternativesIn } from './alternatives';
import { CommandReader } from './command-reader';
import { DEEPEST } from './expression-reader';
import type { CommandExpression, Expression, MemberExpression } from './expressions';
import { rootOf } from './expressions';
import type { Token } from './tokens';
import { powerShellTokens } from './tokens';

/** A function, with its parameters and results. */
export interface ScriptFunction {
  readonly parameters: { readonly name: string; readonly byDefault?: Expression }[];
  readonly results: Expression[];
}

/** The contents of a script, without order. */
export interface Program {
  readonly given: ReadonlyMap<string, readonly Expression[]>;
  readonly added: ReadonlyMap<string, readonly (readonly [Expression, Expression])[]>;
  readonly functions: ReadonlyMap<string, ScriptFunction>;
  readonly commands: readonly CommandExpression[];
  readonly members: readonly MemberExpression[];
  /** Texts of several lines. A script in such a text can run later. */
  readonly scripts: readonly { readonly text: string; readonly pos: number }[];
  readonly alternatives: readonly Alternative[];
  /** How often each variable is named, also in texts. */
  readonly uses: ReadonlyMap<string, number>;
}

const KEYWORDS = new Set('if elseif else while foreach for try catch finally do until switch return begin process end throw trap'.split(' '));
/** The most values of a variable, and the most results of a function, that are kept. */
const MOST_GIVEN = 20;
const MOST_RESULTS = 40;

export function readProgram(text: string, offset = 0): Program {
  const reader = new ProgramReader(powerShellTokens(text), offset);
  reader.readAll();
  return reader;
}

/** Reads statements. */
class ProgramReader extends CommandReader implements Program {
  public readonly given = new Map<string, Expression[]>();
  public readonly added = new Map<string, (readonly [Expression, Expression])[]>();
  public readonly functions = new Map<string, ScriptFunction>();
  public readonly members: MemberExpression[] = [];
  public readonly scripts: { text: string; pos: number }[];
  public readonly alternatives: readonly Alternative[];
  public readonly uses = new Map<string, number>();
  /** The function whose body is being read. */
  private current: ScriptFunction | undefined;

  public constructor(tokens: readonly Token[], offset: number) {
    super(tokens, offset);
    this.scripts = tokens.filter(({ kind, value }) => kind === 'text' && /\n|Invoke-|WebClient|\bi[rw][mr]\b/i.test(value) && /http/i.test(value))
      .map(({ value, end, expands }) => ({ text: expands ? value.replace(/`([$`"])/g, '$1') : value, pos: end - 3 - value.length + offset }));
    this.alternatives = alternativesIn(tokens, offset);
    for (const token of tokens) { this.countUses(token); }
  }

  public readAll(): void {
    while (this.at < this.tokens.length) { this.readOne(); }
  }

  /** Reads a statement, or at least one token. */
  private readOne(): void {
    const before = this.at;
    this.readStatement();
    if (this.at === before) { this.at += 1; }
  }

  private readStatement(): void {
    const { token } = this;
    if (!token || token.kind === 'line' || this.is('}') || this.is(')') || this.is('{')) {
      this.at += 1;
    } else if (this.isWord(/^(?:function|filter)$/i)) {
      this.readFunction();
    } else if (this.isWord(/^param$/i)) {
      this.at += 1;
      this.readParameters();
    } else if (token.kind === 'word' && KEYWORDS.has(token.value.toLowerCase())) {
      this.at += 1;
      if (/^return$/i.test(token.value)) { this.addResult(this.readPipeline()); }
    } else {
      this.readAssignment();
    }
  }

  /** Reads an assignment or a result of a function. */
  private readAssignment(): void {
    const target = this.readPipeline();
    const isAdded = this.skips('+=');
    if (isAdded || this.skips('=')) { this.assign(target, this.readPipeline(), isAdded); } else { this.addResult(target); }
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
    this.skipLines();
    if (this.skips('{')) { this.readBlock(); }
    this.current = outer;
  }

  protected readBlock(): void {
    let open = 1;
    this.depth += 1;
    while (this.token && this.depth < DEEPEST) {
      if (this.skips('}')) {
        open -= 1;
        if (open === 0) { break; }
        continue;
      }
      if (this.is('{')) { open += 1; }
      this.readOne();
    }
    this.depth -= 1;
  }

  private readParameters(): void {
    this.skipLines();
    if (!this.skips('(')) { return; }
    let open = 1;
    while (this.token && open > 0) {
      if (this.is('(') || this.is('$(') || this.is('@(')) { open += 1; }
      if (this.is(')')) { open -= 1; }
      if (this.token.kind === 'variable' && open === 1) { this.readDeclaredParameter(); } else { this.at += 1; }
    }
  }

  private readDeclaredParameter(): void {
    const name = this.token!.value;
    this.at += 1;
    const byDefault = this.skips('=') ? this.readExpression() : undefined;
    this.current?.parameters.push({ name, byDefault });
    if (!this.current && byDefault) { this.given.set(name, [byDefault]); }
  }

  protected assign(target: Expression, value: Expression, isAdded: boolean): void {
    if (target.kind === 'variable') {
      const known = this.given.get(target.name) ?? [];
      const before = known[known.length - 1];
      const given: Expression = isAdded && before ? { kind: 'sum', left: before, right: value, pos: value.pos, end: value.end } : value;
      this.given.set(target.name, [...known.slice(-MOST_GIVEN), given]);
    }
    if (target.kind === 'member') {
      const owner = rootOf(target.of);
      if (owner !== undefined) { this.add(owner, [{ kind: 'text', value: target.name, expands: false, pos: target.pos, end: target.end }, value]); }
    }
  }

  /** Notes `request.Headers.Add(name, value)`. */
  protected noteCall(call: MemberExpression, args: readonly Expression[]): void {
    this.members.push(call);
    const owner = rootOf(call.of);
    if (/^(?:add|set|tryaddwithoutvalidation|append)$/.test(call.name) && args.length >= 2 && owner !== undefined) { this.add(owner, [args[0], args[1]]); }
  }

  private addResult(value: Expression): void {
    if (this.current && this.current.results.length < MOST_RESULTS) { this.current.results.push(value); }
  }

  private add(name: string, entry: readonly [Expression, Expression]): void {
    const known = this.added.get(name);
    if (known) { known.push(entry); } else { this.added.set(name, [entry]); }
  }

  private countUses({ kind, value, expands }: Token): void {
    const names = kind === 'variable' ? [value] : expands ? Array.from(value.matchAll(/\$\{?(?:\w+:)?(\w+)/g), ([, name]) => name.toLowerCase()) : [];
    for (const name of names) { this.uses.set(name, (this.uses.get(name) ?? 0) + 1); }
  }
}
