import type { PossibleText } from '../request/possible-text';
import { ANYTHING, NOTHING, UNKNOWN, followedBy, oneOfAll } from '../request/possible-text';
import { callCommand } from './commands';
import { decide } from './conditions';
import { isSocket, noteAliases } from './hosts';
import type { Caller, Input, Invocation, World } from './invocation';
import { MappedText } from './mapped-text';
import { countNames } from './names';
import { patternsMatch } from './patterns';
import type { Branch, PossibleValue, ShellFunction } from './scope';
import { Scope } from './scope';
import { written } from './sockets';
import { Source } from './source';
import type { Assignment, Command, List, Node, Part, Redirect, Script, Statement, Word } from './syntax';
import { parseShell } from './syntax';
import type { Surrounding } from './words';
import { fieldsOf, textOf, textOfParts } from './words';

/** How a list ends before its last command. */
type End = 'script' | 'function' | 'loop';

const DEEPEST_NESTING = 40;
const DEEPEST_SCRIPT = 6;
const DEEPEST_CALL = 10;
const MOST_WAYS = 8;
const MOST_ELEMENTS = 100;
/** How many functions a script at least leaves uncalled that others read in. */
const LEAST_OF_LIBRARY = 3;

/** Goes through a shell script, without running anything. */
export class ShellRun implements Surrounding {
  public scope: Scope;
  /** The script as a whole, whatever piece of it runs. */
  public readonly top: Source;
  public readonly functions: Map<string, ShellFunction>;
  public readonly called = new Set<string>();
  public input: Input | undefined;
  /** Where it has last downloaded from. */
  public lastDownload: string | undefined;
  /** How many conditions around this place let IMDSv2 fail. */
  public guards = 0;
  /** How many loops are around this place: a condition in one may hold the next time. */
  public loops = 0;
  /** The statement of the script, outside of everything, that is being run. */
  public statement = 0;
  /** How many commands it runs that are more than preparation. */
  public actions = 0;
  /** Where the text stands that the last command wrote, if it is written in the script. */
  public written: Source | undefined;
  /** Whether a branch before has tried IMDSv2 and left. */
  public afterAttempt = false;
  private end: End | undefined;
  /** What commands in words have written: nothing is run again because its text is asked for again. */
  private readonly outputs = new WeakMap<Part, PossibleText>();
  private isReplaying = false;
  /** What the metadata service has answered to what was sent last. */
  private answer: PossibleText = ANYTHING;
  private nesting = 0;
  private calls = 0;
  private locals: Map<string, readonly PossibleValue[] | undefined> | undefined;
  private virtualFiles = 0;
  /** The branch that this place is in. */
  private branch: Branch | undefined;
  /** The call of the function that runs. */
  public caller: Caller | undefined;

  public constructor(
    public readonly world: World,
    public source: Source,
    scope: Scope,
    functions: ReadonlyMap<string, ShellFunction> = new Map(),
    input?: Input,
    public readonly isOneLiner = false,
  ) {
    this.scope = scope;
    this.functions = new Map(functions);
    this.input = input;
    this.top = source;
  }

  /** Runs all of it; what it writes. */
  public run(): PossibleText {
    const script = this.source.depth > DEEPEST_SCRIPT ? undefined : parseShell(this.source.text);
    if (!script) {
      this.world.byLines(this.source, 0);
      return ANYTHING;
    }
    const inherited = new Set(this.functions.keys());
    const output = this.runTop(script);
    if (script.errors && script.errors.length > 0) { this.world.byLines(this.source, script.errors[0].pos); }
    this.runUncalled(inherited);
    return output;
  }

  /** Runs a script in this very shell: `eval`, `source`. */
  public runHere(source: Source): PossibleText {
    const script = source.depth > DEEPEST_SCRIPT || this.nesting > DEEPEST_NESTING ? undefined : parseShell(source.text);
    if (!script) { return ANYTHING; }
    const before = this.source;
    this.source = source;
    this.nesting += 1;
    const output = this.runList(script);
    this.nesting -= 1;
    this.source = before;
    if (this.end === 'function') { this.end = undefined; }
    return output;
  }

  /** Runs a script in a shell of its own. */
  public runChild(
    source: Source, args: readonly string[] | undefined, options: { input?: Input; isOneLiner?: boolean; scope?: Scope } = {},
  ): PossibleText {
    if (!this.world.trail.hasTime()) { return ANYTHING; }
    this.world.trail.step();
    const child = new ShellRun(this.world, source, options.scope ?? this.scope.forChild(args), this.functions, options.input, options.isOneLiner);
    child.guards = this.guards;
    const output = child.run();
    for (const name of child.called) { this.called.add(name); }
    return output;
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

  public runList({ commands }: List): PossibleText {
    let output: PossibleText = NOTHING;
    for (const statement of commands) {
      output = followedBy(output, this.runStatement(statement));
      if (this.end) { break; }
    }
    return output;
  }

  private runStatement(statement: Statement): PossibleText {
    const output = this.runCommand(statement.command);
    return statement.background ? NOTHING : output;
  }

  public runCommand(command: Command): PossibleText {
    if (this.nesting > DEEPEST_NESTING) {
      this.world.trail.notes.add('too deep');
      return ANYTHING;
    }
    this.nesting += 1;
    if (this.calls > 0) { this.world.trail.step(); }
    try {
      return this.runAny(command);
    } finally {
      this.nesting -= 1;
    }
  }

  private runAny(command: Command): PossibleText {
    switch (command.type) {
      case 'Command': return this.runSimple(command);
      case 'Statement': return this.runStatement(command as unknown as Statement);
      case 'CompoundList': return this.runList(command as unknown as List);
      case 'Pipeline': return this.runPipeline(command);
      case 'AndOr': return this.runAndOr(command);
      case 'If': return this.runIf(command);
      case 'For': case 'Select': return this.runFor(command);
      case 'While': return this.runWhile(command);
      case 'ArithmeticFor': return this.inLoop(() => this.runList(command.body as List), true);
      case 'Case': return this.runCase(command);
      case 'Subshell': return this.inSubshell(() => this.runList(command.body as List));
      case 'BraceGroup': return this.runList(command.body as List);
      case 'Redirected': return this.redirected(command, command.redirects ?? [], () => this.runCommand(command.command!));
      case 'Function': {
        this.define(command);
        return NOTHING;
      }
      case 'Coproc': return this.runCommand(command.body as Command);
      default: return NOTHING;
    }
  }

  /** Each command of a pipeline has a shell of its own: what it sets is gone with it. */
  private runPipeline({ commands = [] }: Command): PossibleText {
    if (commands.length === 1) { return this.runCommand(commands[0]); }
    const before = this.input;
    let output: PossibleText = NOTHING;
    commands.forEach((command, index) => {
      if (index > 0) { this.input = { text: output, source: this.written }; }
      this.written = undefined;
      const isHere = index === commands.length - 1 && this.world.keepsLast;
      output = isHere ? this.runCommand(command) : this.inSubshell(() => this.runCommand(command));
    });
    this.input = before;
    return output;
  }

  private runAndOr({ commands = [], operators = [] }: Command): PossibleText {
    const { trail } = this.world;
    let status: boolean | undefined;
    let output: PossibleText = NOTHING;
    let isTouched = false;
    commands.forEach((command, index) => {
      const operator = operators[index - 1];
      if (index > 0 && status !== undefined && status !== (operator === '&&')) { return; }
      const isSure = index === 0 || status !== undefined;
      const touches = trail.touches;
      const isGuarded = operator === '||' && isTouched;
      const text = isSure ? this.runCommand(command) : this.maybe(() => this.runCommand(command), isGuarded);
      isTouched ||= trail.touches > touches;
      output = index === 0 ? text : operator === '||' && !isSure ? oneOfAll([...output, ...text].filter((each, _, all) => each !== '' || all.every(other => other === ''))) : followedBy(output, text);
      status = isSure && this.loops === 0 ? decide(command, this) : undefined;
    });
    return output;
  }

  /** Runs what may be run or not. */
  private maybe(run: () => PossibleText, isGuarded: boolean): PossibleText {
    const base = this.scope;
    this.scope = base.fork();
    if (isGuarded) { this.guards += 1; }
    const output = run();
    if (isGuarded) { this.guards -= 1; }
    const fork = this.scope;
    this.scope = base;
    if (!this.end) { base.join([fork], true); }
    this.end = undefined;
    return output;
  }

  /** Of the functions that branches define under one name, any may be the one. */
  private define({ name, body }: Command): void {
    const known = this.functions.get(name!.text);
    const also = this.branch && known && (known.also?.length ?? 0) < MOST_WAYS ? [known, ...known.also ?? []] : [];
    this.functions.set(name!.text, { name: name!.text, body: body as Command, source: this.source, branch: this.branch, also });
  }

  private runIf(command: Command): PossibleText {
    const { trail } = this.world;
    const branches = [{ clause: command.clause!, then: command.then! }, ...command.elif ?? []];
    const base = this.scope;
    const forks: Scope[] = [];
    const outputs: string[] = [];
    const ends: (End | undefined)[] = [];
    let isTouched = false;
    let isDecided = false;
    const before = this.branch;
    const branch: Branch = { isGuarded: false };
    const tried: { readonly from: number; readonly to: number; readonly v2: number; readonly end: End | undefined }[] = [];
    const take = (list: List) => {
      const from = trail.visits.length;
      const { v2 } = trail;
      this.scope = base.fork();
      this.branch = isDecided ? before : branch;
      outputs.push(...this.runList(list));
      this.branch = before;
      if (!this.end) { forks.push(this.scope); }
      ends.push(this.end);
      tried.push({ from, to: trail.visits.length, v2: trail.v2 - v2, end: this.end });
      this.end = undefined;
      this.scope = base;
    };
    for (const { clause, then } of branches) {
      const touches = trail.touches;
      this.runList(clause);
      this.end = undefined;
      const sure = clause.commands.length === 1 ? decide(clause.commands[0].command, this) : undefined;
      const status = this.loops > 0 ? undefined : sure;
      isTouched ||= trail.touches > touches;
      isDecided = status === true;
      if (status !== false) { take(then); }
      if (isDecided) { break; }
    }
    if (!isDecided && command.else) { take(command.else); }
    const mayStay = !isDecided && !command.else;
    base.join(forks, mayStay);
    if (!mayStay && ends.every(end => end !== undefined)) { this.end = ends[0]; }
    if (isTouched) { this.noteAttempts(tried); }
    branch.isGuarded = isTouched;
    return mayStay ? oneOfAll([...outputs, '']) : oneOfAll(outputs);
  }

  /** What is done where another branch calls IMDSv2 is the last resort, and so is what follows a branch that has called it and left. */
  private noteAttempts(tried: readonly { readonly from: number; readonly to: number; readonly v2: number; readonly end: End | undefined }[]): void {
    const all = tried.reduce((sum, { v2 }) => sum + v2, 0);
    for (const { from, to, v2, end } of tried) {
      const hasLeft = end === 'script' || end === 'function';
      if (hasLeft && v2 > 0) { this.afterAttempt = true; }
      if (all > v2 || (hasLeft && v2 === 0)) { this.world.trail.visits.slice(from, to).forEach(visit => { visit.isGuarded = true; }); }
    }
  }

  private runFor({ name, wordlist, body }: Command): PossibleText {
    const variable = name!.text;
    const values = wordlist ? wordlist.flatMap(word => fieldsOf(word, this).flat()) : this.scope.args ?? ANYTHING;
    const different = [...new Set(values)];
    const followed = different.length > 8 ? [...different.slice(0, 7), UNKNOWN] : different;
    return this.inLoop(() => {
      this.scope.set(variable, followed.length > 0 ? followed : [UNKNOWN]);
      return this.runList(body as List);
    }, followed.length === 0);
  }

  private runWhile({ clause, body }: Command): PossibleText {
    return this.inLoop(() => {
      this.runList(clause!);
      return followedBy(this.runList(body as List), NOTHING);
    }, false);
  }

  private inLoop(run: () => PossibleText, mayStay: boolean): PossibleText {
    const base = this.scope;
    this.scope = base.fork();
    this.loops += 1;
    const output = run();
    this.loops -= 1;
    const fork = this.scope;
    this.scope = base;
    base.join([fork], mayStay);
    this.end = undefined;
    return output;
  }

  private runCase({ word, items = [] }: Command): PossibleText {
    const touches = this.world.trail.touches;
    const texts = textOf(word!, this);
    const isTouched = this.world.trail.touches > touches;
    const known = texts.length === 1 && this.loops === 0 && !/[\uE000-\uF8FF]/.test(texts[0]) ? texts[0] : undefined;
    const base = this.scope;
    const forks: Scope[] = [];
    const outputs: string[] = [];
    let ended: End | undefined | 'no' = items.length > 0 ? undefined : 'no';
    let isTaken = false;
    for (const { pattern, body } of items) {
      const matches = known === undefined ? undefined : patternsMatch(pattern, known);
      if (matches === false || !body) { continue; }
      this.scope = base.fork();
      if (isTouched) { this.guards += 1; }
      outputs.push(...this.runList(body));
      if (isTouched) { this.guards -= 1; }
      if (this.end) { ended = ended === 'no' ? 'no' : this.end; } else {
        forks.push(this.scope);
        ended = 'no';
      }
      this.end = undefined;
      this.scope = base;
      if (matches === true) {
        isTaken = true;
        break;
      }
    }
    const hasRest = items.some(({ pattern }) => pattern.some(each => each.text === '*'));
    base.join(forks, !isTaken && !hasRest);
    if (ended !== 'no' && ended !== undefined && (isTaken || hasRest)) { this.end = ended; }
    return oneOfAll(outputs.length > 0 ? outputs : ['']);
  }

  /** Runs something that leaves the variables as they are, and ends nothing but itself. */
  public inSubshell(run: () => PossibleText): PossibleText {
    const base = this.scope;
    this.scope = base.fork();
    const output = run();
    this.scope = base;
    this.end = undefined;
    return output;
  }

  // Words

  public outputOf(part: Part): PossibleText {
    const known = this.isReplaying ? this.outputs.get(part) : undefined;
    if (known || this.isReplaying) { return known ?? ANYTHING; }
    const output = this.world.trail.mayParse(part.text.length) ? this.outputOfScript(part.script, part) : ANYTHING;
    this.outputs.set(part, output);
    return output;
  }

  private outputOfScript(script: Script | undefined, part: Part): PossibleText {
    if (!script || this.nesting > DEEPEST_NESTING) { return ANYTHING; }
    if (script.source !== undefined) {
      // In escaped backquotes the script is another text than the one around.
      const offset = this.source.text.startsWith('`', part.pos) ? part.pos + 1 : part.pos;
      return this.inSource(decodedWithin(this.source, script.source, offset), () => this.substituted(script));
    }
    return this.substituted(script);
  }

  private substituted(script: Script): PossibleText {
    const file = readsFile(script);
    this.nesting += 1;
    const output = file ? this.fileText(textOf(file, this)[0]) : this.inSubshell(() => this.runList(script));
    this.nesting -= 1;
    return output;
  }

  private inSource<T>(source: Source, run: () => T): T {
    const before = this.source;
    this.source = source;
    const result = run();
    this.source = before;
    return result;
  }

  public fileOf(part: Part): string {
    if (this.isReplaying || !this.world.trail.mayParse(part.text.length)) { return '/dev/fd/63'; }
    this.virtualFiles += 1;
    const path = `/dev/fd/${60 + this.virtualFiles}`;
    const text = part.script ? this.substituted(part.script) : ANYTHING;
    this.world.files.set(path, { path, text, sources: this.written ? [this.written] : [] });
    return path;
  }

  public mayCopy(length: number): boolean {
    return this.world.trail.mayCopy(length);
  }

  public touched(): void {
    this.world.trail.touches += 1;
  }

  public fileText(path: string): PossibleText {
    return this.world.files.get(path)?.text ?? ANYTHING;
  }

  /** A text that the script makes of words, with the places of its pieces. */
  public mapped(anchor: number): MappedText {
    return new MappedText(this.source, anchor);
  }

  /** What a part of a word was expanded to. */
  public expansion = (part: Part): PossibleText => {
    const before = this.isReplaying;
    this.isReplaying = true;
    const text = textOfParts([part], this);
    this.isReplaying = before;
    return text;
  };

  // Simple commands

  private runSimple(command: Command): PossibleText {
    const assignments = (command.prefix ?? []).filter((each): each is Assignment => each.type === 'Assignment');
    const redirects = [...(command.prefix ?? []), ...(command.suffix ?? [])].filter((each): each is Redirect => 'operator' in each && each.type !== 'Assignment');
    if (!command.name) {
      return this.redirected(command, redirects, () => {
        for (const assignment of assignments) { this.assign(assignment); }
        return NOTHING;
      });
    }
    return this.redirected(command, redirects, () => this.withVariables(assignments, () => this.runArguments(command)));
  }

  /** Variables in front of a command are its own. */
  private withVariables(assignments: readonly Assignment[], run: () => PossibleText): PossibleText {
    if (assignments.length === 0) { return run(); }
    const base = this.scope;
    this.scope = base.fork();
    for (const assignment of assignments) {
      this.assign(assignment);
      this.scope.export(assignment.name);
    }
    const output = run();
    this.scope = base;
    return output;
  }

  private runArguments(command: Command): PossibleText {
    const words = [command.name!, ...(command.suffix ?? []).filter((each): each is Word | Assignment => each.type === 'Word' || each.type === 'Assignment')];
    let ways: { argv: string[]; words: Word[] }[] = [{ argv: [], words: [] }];
    for (const word of words) {
      const fields = word.type === 'Assignment' ? this.assignmentFields(word as Assignment) : fieldsOf(word as Word, this);
      if (fields.length === 1) {
        for (const way of ways) { for (const field of fields[0]) { way.argv.push(field); way.words.push(word as Word); } }
      } else {
        const longer = (way: (typeof ways)[number]) => fields.map(each => ({
          argv: [...way.argv, ...each], words: [...way.words, ...each.map(() => word as Word)],
        }));
        ways = ways.flatMap(longer).slice(0, MOST_WAYS);
      }
    }
    const outputs: string[] = [];
    for (const way of ways) {
      if (way.argv.length > 0) { outputs.push(...callCommand(this, { node: command, argv: way.argv, words: way.words, stdin: this.input })); }
    }
    return oneOfAll(outputs.length > 0 ? outputs : ['']);
  }

  private assignmentFields(assignment: Assignment): readonly (readonly string[])[] {
    if (assignment.value.type === 'ArrayValue') {
      this.assign(assignment);
      return [[assignment.name]];
    }
    return textOf(assignment.value as Word, this).map(text => [`${assignment.name}=${text}`]);
  }

  /** Gives a variable what an assignment says. */
  public assign({ name, value, append, index }: Assignment): void {
    if (value.type === 'ArrayValue') {
      this.assignArray(name, (value as { elements: readonly Word[] }).elements, append === true);
      return;
    }
    const texts = textOf(value as Word, this);
    if (index) {
      const key = textOf(index, this)[0];
      this.scope.set(`${name}[${key}]`, texts);
      const known = this.scope.get(name)?.find((each): each is readonly string[] => typeof each !== 'string') ?? [];
      this.scope.set(name, [/^\d+$/.test(key) && Number(key) < known.length ? known.map((each, at) => at === Number(key) ? texts[0] : each) : [...known, texts[0]]]);
      return;
    }
    const before = append ? this.scope.get(name) : undefined;
    this.scope.set(name, before ? followedBy(before.filter(each => typeof each === 'string'), texts) : texts);
  }

  private assignArray(name: string, elements: readonly Word[], isAppended: boolean): void {
    let ways: (readonly string[])[] = [[]];
    for (const element of elements) {
      const keyed = /^\[([^\]]*)\]=/.exec(element.text);
      const fields = fieldsOf(element, this);
      if (keyed) { this.scope.set(`${name}[${keyed[1].replace(/^["']|["']$/g, '')}]`, fields.map(each => each.join(' ').replace(/^\[[^\]]*\]=/, ''))); }
      if (fields.length === 1) { ways = ways.map(way => [...way, ...fields[0]]); } else {
        ways = ways.flatMap(way => fields.map(each => [...way, ...each])).slice(0, MOST_WAYS);
      }
    }
    const before = isAppended ? this.scope.get(name) ?? [] : [];
    const lists = before.map(each => typeof each === 'string' ? [each] : each);
    const longer = lists.flatMap(list => ways.map(way => [...list.slice(0, MOST_ELEMENTS), ...way]));
    this.scope.set(name, lists.length === 0 ? ways : longer.slice(0, MOST_WAYS));
  }

  /** Declares a variable of the function that runs. */
  public declareLocal(name: string): void {
    if (this.locals && !this.locals.has(name)) { this.locals.set(name, this.scope.get(name)); }
  }

  // Redirections

  private redirected(node: Node, redirects: readonly Redirect[], run: () => PossibleText): PossibleText {
    if (redirects.length === 0) { return run(); }
    const before = this.input;
    const targets: { path: string; isAppended: boolean }[] = [];
    let isSilent = false;
    let isSent = false;
    for (const redirect of redirects) {
      const { operator, descriptor, target } = redirect;
      if (operator === '<<' || operator === '<<-') { this.input = this.hereDocument(redirect); continue; }
      if (!target) { continue; }
      if (operator === '<<<') {
        const text = textOf(target, this).map(each => `${each}\n`);
        this.input = { text, source: this.mapped(target.pos).addWord(target, this.expansion).toSource() };
        continue;
      }
      const path = fieldsOf(target, this)[0]?.join(' ') ?? '';
      const fd = descriptor?.name ?? String(descriptor?.value ?? 1);
      if (isSocket(path)) {
        if (descriptor === undefined || fd === '1') { isSent ||= operator !== '<'; } else { this.world.sockets.add(fd); }
        continue;
      }
      if (operator === '>&' && this.world.sockets.has(target.text.replace(/^"?\$\{?|\}?"?$/g, ''))) {
        isSent = true;
        continue;
      }
      if (operator === '<&' && this.world.sockets.has(target.text.replace(/^"?\$\{?|\}?"?$/g, ''))) {
        this.input = { text: this.answer };
        continue;
      }
      if (operator === '<') {
        const file = this.world.files.get(path);
        this.input = { text: this.fileText(path), source: file?.sources[0] };
      } else if (operator === '>&' && (descriptor?.value ?? 1) === 1) {
        isSilent ||= path === '2';
      } else if (/^(?:>|>>|>\||&>|&>>)$/.test(operator) && (descriptor === undefined || descriptor.value === 1)) {
        targets.push({ path, isAppended: operator.endsWith('>>') });
      }
    }
    this.written = undefined;
    const output = run();
    this.input = before;
    if (isSent) {
      this.answer = written(this, { node, words: [] }, output, '/dev/tcp');
      return NOTHING;
    }
    for (const { path, isAppended } of targets) { this.writeFile(path, output, isAppended ? 'append' : 'replace', this.written); }
    if (targets.length > 0 || isSilent) {
      this.written = undefined;
      return NOTHING;
    }
    return output;
  }

  private hereDocument({ operator, delimiter, body }: Redirect): Input {
    if (!body) { return { text: NOTHING }; }
    const isQuoted = delimiter?.quoted === true;
    const text = isQuoted || !body.parts ? [isQuoted ? body.text : body.text.replace(/\\([$`\\])/g, '$1').replace(/\\\n/g, '')] : textOfParts(body.parts, this);
    const source = this.mapped(body.pos).addBody(body, isQuoted, this.expansion).toSource();
    return { text: operator === '<<-' ? text.map(each => each.replace(/^\t+/gm, '')) : text, source };
  }

  /** Notes what the script writes into a file. */
  public writeFile(path: string, text: PossibleText, how: 'append' | 'replace', source: Source | undefined): void {
    if (path === '' || path.startsWith('/dev/')) { return; }
    const known = how === 'append' ? this.world.files.get(path) : undefined;
    const sources = [...known?.sources ?? [], ...source ? [source] : []];
    this.world.files.set(path, { path, text: known ? followedBy(known.text, text) : text, sources });
    if (path === '/etc/hosts') { text.forEach(each => noteAliases(each, this.world.aliases)); }
  }

  // Functions

  /** Calls a function of the script, or each that it may be. Without arguments nobody knows what it is called with. */
  public callFunction(called: ShellFunction, args: readonly string[] | undefined, call?: Invocation): PossibleText {
    if (called.also.length === 0) { return this.runFunction(called, args, call); }
    const base = this.scope;
    const forks: Scope[] = [];
    const outputs = [called, ...called.also].flatMap(each => {
      this.scope = base.fork();
      forks.push(this.scope);
      return this.runFunction(each, args, call);
    });
    this.scope = base;
    base.join(forks, false);
    this.end = undefined;
    return oneOfAll(outputs);
  }

  private runFunction(called: ShellFunction, args: readonly string[] | undefined, call: Invocation | undefined): PossibleText {
    this.called.add(called.name);
    const { trail } = this.world;
    if (this.calls >= DEEPEST_CALL || this.nesting > DEEPEST_NESTING || !trail.hasTime()) { return ANYTHING; }
    const { caller } = this;
    const before = { args: this.scope.args, source: this.source, locals: this.locals, loops: this.loops, afterAttempt: this.afterAttempt };
    this.caller = call && { call, source: this.source, outer: caller };
    if (called.branch?.isGuarded) { this.guards += 1; }
    this.scope.args = args;
    this.source = called.source;
    this.locals = new Map();
    this.loops = 0;
    this.calls += 1;
    trail.step();
    const output = this.runCommand(called.body);
    this.calls -= 1;
    this.caller = caller;
    if (called.branch?.isGuarded) { this.guards -= 1; }
    for (const [name, values] of this.locals) {
      if (values === undefined) { this.scope.remove(name); } else { this.scope.set(name, values); }
    }
    this.source = before.source;
    this.locals = before.locals;
    this.loops = before.loops;
    this.afterAttempt = before.afterAttempt;
    this.scope.args = before.args;
    if (this.end !== 'script') { this.end = undefined; }
    return output;
  }

  /** Whether the list that runs ends here. */
  public endList(end: End): void {
    this.end = end;
  }

  /** Counts what a function does as often as it is called. */
  public get isInFunction(): boolean {
    return this.calls > 0;
  }

  /** A function that nothing calls is part of a library, or called in a way that nobody sees; in a script that does other things it is just not used. */
  private runUncalled(inherited: ReadonlySet<string>): void {
    const own = [...this.functions.keys()].filter(name => !inherited.has(name));
    const uncalled = own.filter(name => !this.called.has(name)).length;
    const isLibrary = this.actions === 0 || (uncalled >= LEAST_OF_LIBRARY && uncalled * 2 > own.length);
    const counts = new Map<string, number>();
    for (const [name, each] of this.functions) {
      if (inherited.has(name) || this.called.has(name)) { continue; }
      if (!isLibrary) {
        if (counts.size === 0) { countNames(this.source.text, counts); }
        if ((counts.get(name) ?? 0) < 2) { continue; }
      }
      this.statement = each.source === this.source ? this.statementOf(each) : this.statement;
      this.inSubshell(() => this.callFunction(each, undefined));
    }
  }

  private statementOf({ body }: ShellFunction): number {
    return this.source.text.lastIndexOf('\n', body.pos) + 1;
  }
}

function decodedWithin(outer: Source, text: string, offset: number): Source {
  return Source.within(outer, text, [{ start: 0, outer: offset, length: text.length }], 'double', offset);
}

/** `$(< file)` */
function readsFile({ commands }: Script): Word | undefined {
  const only = commands.length === 1 ? commands[0].command : undefined;
  if (only?.type !== 'Command' || only.name || only.prefix?.length !== 1) { return undefined; }
  const [redirect] = only.prefix as Redirect[];
  return redirect.operator === '<' ? redirect.target : undefined;
}
