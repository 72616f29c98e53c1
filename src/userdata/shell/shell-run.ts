import { serviceAddressIn } from '../lines';
import type { PossibleText } from '../request/possible-text';
import { ANYTHING, NOTHING, followedBy } from '../request/possible-text';
import type { Input } from './commands/invocation';
import { redirected } from './commands/redirections';
import { runSimple } from './commands/simple-command';
import { Attempts } from './flow/attempts';
import { runCase } from './flow/case-clause';
import type { Branch } from './flow/functions';
import { Functions } from './flow/functions';
import { runIf } from './flow/if-clause';
import { runArithmeticFor, runFor, runWhile } from './flow/loops';
import { runAndOr, runPipeline } from './flow/pipelines';
import { runUncalled } from './flow/uncalled-functions';
import type { End } from './flow/ways';
import { inSubshell } from './flow/ways';
import type { Scope } from './scope';
import type { Command, List, Part, Script, Statement } from './syntax';
import { parseShell } from './syntax';
import { MappedText } from './text/mapped-text';
import type { Source } from './text/source';
import type { Surrounding } from './words/expansions';
import { commandsIn } from './words/nested-commands';
import { Substitutions } from './words/substitutions';
import type { World } from './world';

const DEEPEST_NESTING = 40;
const DEEPEST_SCRIPT = 6;

/** Options of a script that runs in its own shell. */
export interface ChildOptions {
  /** Its input. */
  readonly input?: Input;
  readonly isOneLiner?: boolean;
  /** Its variables, if they are not the exported ones. */
  readonly scope?: Scope;
}

/** Simulates a shell script without running it. It has the state of a shell at the current place. */
export class ShellRun implements Surrounding {
  /** The script as a whole. `source` can be a part of it. */
  public readonly top: Source;
  public readonly functions: Functions;
  public readonly attempts: Attempts;
  public readonly isOneLiner: boolean;
  /** The current input. */
  public input: Input | undefined;
  /** The place of the text that the last command printed, if the text is in the script. */
  public written: Source | undefined;
  /** The response of the metadata service to the last request over a connection. */
  public answer: PossibleText = ANYTHING;
  /** The address of the last download. */
  public lastDownload: string | undefined;
  /** The position of the current statement at the top level of the script. */
  public statement = 0;
  /** The number of commands that do more than prepare something. */
  public actions = 0;
  /** The number of loops around this place. In a loop, a condition can change. */
  public loops = 0;
  /** The branch that contains this place. */
  public branch: Branch | undefined;
  /** What ends here, if anything. */
  public end: End | undefined;
  private readonly substitutions = new Substitutions(this);
  private nesting = 0;

  public constructor(public readonly world: World, public source: Source, public scope: Scope, outer?: ShellRun, options: ChildOptions = {}) {
    this.top = source;
    this.functions = new Functions(this, outer?.functions);
    this.attempts = outer?.attempts.forChild() ?? new Attempts(world.trail);
    this.input = options.input;
    this.isOneLiner = options.isOneLiner === true;
  }

  /** Runs the whole script. Returns its output. */
  public run(): PossibleText {
    const script = this.source.depth > DEEPEST_SCRIPT ? undefined : parseShell(this.source.text);
    if (!script) {
      this.world.byLines(this.source, 0);
      return ANYTHING;
    }
    const output = this.runTop(script);
    if (script.errors && script.errors.length > 0) { this.world.byLines(this.source, script.errors[0].pos); }
    runUncalled(this);
    return output;
  }

  /** Runs a script in this shell, as `eval` and `source` do. */
  public runHere(source: Source): PossibleText {
    const script = source.depth > DEEPEST_SCRIPT || this.isTooDeep ? undefined : parseShell(source.text);
    if (!script) { return this.skipped(); }
    const output = this.inSource(source, () => this.nested(() => this.runList(script)));
    if (this.end === 'function') { this.end = undefined; }
    return output;
  }

  /** Runs a script in its own shell. */
  public runChild(source: Source, args: readonly string[] | undefined, options: ChildOptions = {}): PossibleText {
    const { trail } = this.world;
    if (!trail.hasTime(() => trail.mayParse(source.text) && serviceAddressIn(source.text) !== undefined)) {
      trail.skip();
      return ANYTHING;
    }
    trail.step();
    const child = new ShellRun(this.world, source, options.scope ?? this.scope.forChild(args), this, options);
    const output = child.run();
    for (const name of child.functions.called) { this.functions.called.add(name); }
    return output;
  }

  public runList({ commands }: List): PossibleText {
    let output: PossibleText = NOTHING;
    for (const statement of commands) {
      output = followedBy(output, this.runStatement(statement));
      if (this.end) { break; }
    }
    return output;
  }

  public runCommand(command: Command): PossibleText {
    if (this.isTooDeep) { return this.skipped(); }
    if (this.functions.areRunning) { this.world.trail.step(); }
    return this.nested(() => this.runAny(command));
  }

  private runTop(script: Script): PossibleText {
    let output: PossibleText = NOTHING;
    for (const statement of script.commands) {
      this.statement = statement.pos;
      this.lastDownload = undefined;
      output = followedBy(output, this.runStatement(statement));
      if (this.end) { break; }
    }
    this.end = undefined;
    return output;
  }

  private runStatement(statement: Statement): PossibleText {
    const output = this.runCommand(statement.command);
    return statement.background ? NOTHING : output;
  }

  private runAny(command: Command): PossibleText {
    switch (command.type) {
      case 'Command': return runSimple(this, command);
      case 'Statement': return this.runStatement(command as unknown as Statement);
      case 'CompoundList': return this.runList(command as unknown as List);
      case 'Pipeline': return runPipeline(this, command);
      case 'AndOr': return runAndOr(this, command);
      case 'If': return runIf(this, command);
      case 'Case': return runCase(this, command);
      case 'For': case 'Select': return runFor(this, command);
      case 'ArithmeticFor': return runArithmeticFor(this, command);
      case 'TestCommand': case 'ArithmeticCommand':
        this.runIn(command.expression);
        return NOTHING;
      case 'While': return runWhile(this, command);
      case 'Subshell': return inSubshell(this, () => this.runList(command.body as List));
      case 'BraceGroup': return this.runList(command.body as List);
      case 'Redirected': return redirected(this, command, command.redirects ?? [], () => this.runCommand(command.command!));
      case 'Coproc': return this.runCommand(command.body as Command);
      case 'Function':
        this.functions.define(command);
        return NOTHING;
      default: return NOTHING;
    }
  }

  /** Whether the nesting is deeper than in any real script. */
  public get isTooDeep(): boolean {
    return this.nesting > DEEPEST_NESTING;
  }

  /** The unknown output of something that is not run. If a function calls itself, its body was run in an outer call. */
  public skipped(): PossibleText {
    if (!this.functions.areRecursive) { this.world.trail.skip(); }
    return ANYTHING;
  }

  /** Runs something one level deeper. */
  public nested<T>(body: () => T): T {
    this.nesting += 1;
    const result = body();
    this.nesting -= 1;
    return result;
  }

  /** Runs something that is in another text. */
  public inSource<T>(source: Source, body: () => T): T {
    const before = this.source;
    this.source = source;
    const result = body();
    this.source = before;
    return result;
  }

  // The members that the expansion of words needs.

  public outputOf(part: Part): PossibleText {
    return this.substitutions.outputOf(part);
  }

  public fileOf(part: Part): string {
    return this.substitutions.fileOf(part);
  }

  public runIn(node: unknown): void {
    for (const part of commandsIn(node)) { this.substitutions.outputOf(part); }
  }

  public mayCopy(length: number): boolean {
    return this.world.trail.mayCopy(length);
  }

  public touched(): void {
    this.world.trail.touches += 1;
  }

  /** Creates a text that the script puts together from words. It keeps the positions of its pieces. */
  public mapped(anchor: number): MappedText {
    return new MappedText(this.source, anchor, part => this.substitutions.expansionOf(part));
  }
}
