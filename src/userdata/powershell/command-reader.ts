import { DEEPEST, ExpressionReader } from './expression-reader';
import type { CommandArgument, CommandExpression, Expression } from './expressions';

/** The parameters without a value, of the commands that make requests. PowerShell accepts shortened names. */
const SWITCHES = /^(?:useb\w*|used\w*|disablek\w*|skip\w*|nop\w*|verbose|debug|vb|db|passthru|allow\w*|resume|asjob|force|asbytestream|raw|nonewline)$/i;
const PARAMETER = /^-[A-Za-z]/;

/** Reads commands with their arguments, and pipelines. */
export abstract class CommandReader extends ExpressionReader {
  public readonly commands: CommandExpression[] = [];

  /** Reads statements up to the end of a block. */
  protected abstract readBlock(): void;

  /** A command or an expression, and the commands that its output is piped to. */
  protected readPipeline(): Expression {
    let value = this.readCommandOrExpression();
    while (this.skips('|')) {
      this.skipLines();
      value = this.readCommandOrExpression(value);
    }
    return value;
  }

  private readCommandOrExpression(input?: Expression): Expression {
    if (this.is('&') || (this.is('.') && this.token!.isApart)) { this.at += 1; }
    return this.isWord(/^[^\d-]/) ? this.readCommand(input) : this.readExpression();
  }

  private readCommand(input: Expression | undefined): Expression {
    const { pos } = this.token!;
    const name = this.readName();
    const nameEnd = this.lastEnd();
    const args: CommandArgument[] = [];
    while (!this.isAtEnd()) {
      const before = this.at;
      if (this.is('{')) { this.skipBlock(); } else { args.push(this.isWord(PARAMETER) ? this.readParameter() : { value: this.readArgument() }); }
      if (this.at === before) { this.at += 1; }
    }
    const command: CommandExpression = { kind: 'command', name: name.toLowerCase(), nameEnd, args, input, pos: pos + this.offset, end: this.lastEnd() };
    this.commands.push(command);
    return command;
  }

  private readName(): string {
    let name = this.token!.value;
    this.at += 1;
    while (this.token && !this.token.isApart && (this.token.kind === 'word' || this.is('.'))) {
      name += this.token.value;
      this.at += 1;
    }
    return name;
  }

  /** Whether the command ends at this token. */
  private isAtEnd(): boolean {
    return !this.token || this.token.kind === 'line' || this.is('|') || this.is(')') || this.is('}');
  }

  /** `-Name value`, `-Name:value`, or a switch. */
  private readParameter(): CommandArgument {
    const { value: word } = this.token!;
    const [parameter] = word.slice(1).split(':', 1);
    const glued = word.slice(parameter.length + 2);
    const name = parameter.toLowerCase();
    this.at += 1;
    if (glued !== '') { return { name, value: this.text(glued) }; }
    const hasValue = !SWITCHES.test(parameter) && !this.isAtEnd() && !this.is('{') && !this.isWord(PARAMETER);
    return { name, value: hasValue ? this.readArgument() : undefined };
  }

  /** Skips a block. Its statements are read with all others. */
  private skipBlock(): void {
    this.at += 1;
    if (this.depth < DEEPEST) { this.readBlock(); }
  }

  /** An argument: one or several tokens without a space between them. */
  protected readArgument(): Expression {
    const first = this.token!;
    if (first.kind !== 'word') { return this.gluedTo(this.readExpression(true)); }
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
}
