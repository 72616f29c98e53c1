import { NEVER_SET, NO_TOKEN, UNKNOWN, hasToken } from '../request/possible-text';
import type { CommandExpression, Expression, MemberExpression } from './expressions';
import type { Program } from './program';

/** Returns the results of requests. `undefined` for expressions that make no request. */
export interface Answers {
  toCommand(command: CommandExpression): readonly string[] | undefined;
  toMember(member: MemberExpression): readonly string[] | undefined;
}

type Entry = readonly [Expression, Expression];

const DEEPEST = 24;
const DEEPEST_MAP = 6;
/** The most texts of an expression, and the most expressions of a variable, that are followed. */
const MOST = 6;
/** The most entries that are read of those added to a map. */
const MOST_ADDED = 20;
const LONGEST = 8_192;
/** A variable in a text, an expression, or an escaped character. */
const EXPANSION = /`([\s\S])|\$\{([^{}]*)\}|\$((?:\w+:)?\w+)|\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' };

/** Evaluates the expressions of a script, as far as they are known. */
export class Values {
  private readonly known = new Map<Expression, readonly string[]>();
  private readonly names = new Map<string, readonly string[]>();
  private readonly callsOf = new Map<string, CommandExpression[]>();
  private depth = 0;

  /** @param asksForTokens whether the script requests a session token */
  public constructor(private readonly program: Program, private readonly asksForTokens: boolean, private readonly answers: Answers) {
    for (const command of program.commands) {
      if (program.functions.has(command.name)) { this.callsOf.set(command.name, [...this.callsOf.get(command.name)?.slice(0, MOST) ?? [], command]); }
    }
  }

  /** The possible texts of an expression. */
  public texts(expression: Expression): readonly string[] {
    const known = this.known.get(expression);
    if (known) { return known; }
    if (this.depth > DEEPEST) { return [UNKNOWN]; }
    this.known.set(expression, [UNKNOWN]);
    this.depth += 1;
    const texts = [...new Set(this.workOut(expression))].slice(0, MOST);
    this.depth -= 1;
    const result = texts.length > 0 ? texts : [UNKNOWN];
    this.known.set(expression, result);
    return result;
  }

  /** The possible headers for a name and a value. */
  public headerTexts(key: Expression, value: Expression): string[] {
    return this.texts(key).slice(0, 2).flatMap(name => this.texts(value).slice(0, MOST).map(each => `${name}: ${each}`));
  }

  /** The headers that are added to a variable, or to its `Headers`. */
  public headersAddedTo(name: string): string[] {
    return this.addedTo(name).flatMap(([key, value]) =>
      this.texts(key)[0] === 'headers' ? this.mapOf(value).flatMap(entry => this.headerTexts(...entry)) : this.headerTexts(key, value));
  }

  /** The entries of a map. The expression can be the map itself, or a variable. */
  public mapOf(expression: Expression, depth = 0): readonly Entry[] {
    if (depth > DEEPEST_MAP) { return []; }
    const inAll = (expressions: readonly Expression[]) => expressions.flatMap(each => this.mapOf(each, depth + 1));
    switch (expression.kind) {
      case 'map': return expression.entries;
      case 'sum': return inAll([expression.left, expression.right]);
      case 'variable': return [...inAll(this.givenTo(expression.name)), ...this.addedTo(expression.name), ...inAll(this.passedTo(expression.name))];
      case 'command': return inAll(this.program.functions.get(expression.name)?.results.slice(0, MOST) ?? []);
      default: return [];
    }
  }

  private workOut(expression: Expression): readonly string[] {
    switch (expression.kind) {
      case 'text': return expression.expands ? this.expanded(expression.value) : [expression.value];
      case 'variable': return this.named(expression.name);
      case 'sum': return pairs(this.texts(expression.left), this.texts(expression.right));
      case 'format': return this.formatted(expression.left, expression.right);
      case 'list': return expression.elements.slice(0, MOST).flatMap(each => this.texts(each));
      case 'member': return this.memberTexts(expression);
      case 'command': return this.commandTexts(expression);
      default: return [UNKNOWN];
    }
  }

  private memberTexts(member: MemberExpression): readonly string[] {
    const answers = this.answers.toMember(member);
    if (answers) { return answers; }
    const entry = member.of.kind === 'variable' && !member.args ? this.entryOf(member.of.name, member.name) : undefined;
    if (entry) { return this.texts(entry); }
    const of = this.texts(member.of);
    if (of.some(text => hasToken(text) || text.includes(NO_TOKEN))) { return of; }
    return /^(?:trim|tostring|trimend|tolower)$/.test(member.name) ? of : [UNKNOWN];
  }

  private commandTexts(command: CommandExpression): readonly string[] {
    const answers = this.answers.toCommand(command);
    if (answers) { return answers; }
    const called = this.program.functions.get(command.name);
    if (called) { return called.results.slice(-MOST).flatMap(each => this.texts(each)); }
    if (command.input) { return this.texts(command.input).map(text => hasToken(text) ? text : UNKNOWN); }
    const [first] = command.args;
    return /^(?:write-output|echo|join-path)$/.test(command.name) && first?.value ? this.texts(first.value) : [UNKNOWN];
  }

  private named(name: string): readonly string[] {
    const known = this.names.get(name);
    if (known) { return known; }
    this.names.set(name, [UNKNOWN]);
    const all = [...this.givenTo(name), ...this.passedTo(name)].flatMap(each => this.texts(each));
    const tokens = all.filter(hasToken);
    const texts = tokens.length > 0 ? tokens : all;
    // A variable that appears only once in the script is not set in it.
    const otherwise = this.program.uses.get(name) === 1 && this.asksForTokens ? NEVER_SET : UNKNOWN;
    const result = texts.length > 0 ? [...new Set(texts)].slice(0, MOST) : [otherwise];
    this.names.set(name, result);
    return result;
  }

  private givenTo(name: string): readonly Expression[] {
    return (this.program.given.get(name) ?? []).slice(0, MOST);
  }

  private addedTo(name: string): readonly Entry[] {
    return (this.program.added.get(name) ?? []).slice(0, MOST_ADDED);
  }

  /** The arguments for all parameters with this name. */
  private passedTo(name: string): Expression[] {
    const values: Expression[] = [];
    for (const [called, { parameters }] of this.program.functions) {
      const index = parameters.findIndex(parameter => parameter.name === name);
      if (index < 0) { continue; }
      const calls = this.callsOf.get(called) ?? [];
      for (const { args } of calls) {
        const given = args.find(arg => arg.name === name) ?? args.filter(arg => arg.name === undefined)[index];
        const value = given?.value ?? parameters[index].byDefault;
        if (value) { values.push(value); }
      }
      const { byDefault } = parameters[index];
      if (calls.length === 0 && byDefault) { values.push(byDefault); }
      if (values.length > MOST) { break; }
    }
    return values;
  }

  /** A text with its variables expanded. */
  private expanded(text: string): readonly string[] {
    let texts: readonly string[] = [''];
    let from = 0;
    for (const { 0: whole, 1: escape, 2: braced, 3: name, 4: inside, index } of text.matchAll(EXPANSION)) {
      const variable = (braced ?? name)?.replace(/^(?:script|global|local|private|using):/i, '').toLowerCase();
      const value = escape !== undefined ? [ESCAPES[escape] ?? escape] : variable !== undefined ? this.named(variable) : this.insideText(inside);
      texts = pairs(texts.map(each => each + text.slice(from, index)), value);
      from = index + whole.length;
    }
    return texts.map(each => each + text.slice(from));
  }

  private insideText(text: string): readonly string[] {
    const [, variable, key] = /^\s*\$(\w+)(?:\.(\w+))*\s*$/.exec(text) ?? [];
    const entry = key ? this.entryOf(variable.toLowerCase(), key.toLowerCase()) : undefined;
    if (entry) { return this.texts(entry); }
    return variable ? this.named(variable.toLowerCase()) : [UNKNOWN];
  }

  /** The value of a key in a map. */
  private entryOf(variable: string, key: string): Expression | undefined {
    const given = this.program.given.get(variable)?.find(each => each.kind === 'map');
    return given && this.mapOf(given).find(([name]) => this.texts(name)[0].toLowerCase() === key)?.[1];
  }

  private formatted(left: Expression, right: Expression): readonly string[] {
    const values = right.kind === 'list' ? right.elements.map(each => this.texts(each)[0]) : this.texts(right);
    return this.texts(left).map(text => text.replace(/\{(\d+)(?:[^\d{}][^{}]*)?\}/g, (_, index: string) => values[Number(index)] ?? UNKNOWN));
  }
}

function pairs(first: readonly string[], second: readonly string[]): readonly string[] {
  return first.flatMap(left => second.map(right => (left + right).slice(0, LONGEST))).slice(0, MOST);
}
