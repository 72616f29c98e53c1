import type { Judgement } from '../request/judge-request';
import { answerTo, judgeRequest } from '../request/judge-request';
import { NEVER_SET, NO_TOKEN, UNKNOWN, hasToken, shown } from '../request/possible-text';
import { CLIENTS } from '../shell/commands/clients/other-clients';
import type { Block } from './alternatives';
import type { CommandExpression, Expression, MemberExpression } from './expressions';
import { rootOf } from './expressions';
import type { Program } from './program';
import { readProgram } from './program';

/** A request in a PowerShell script. */
export interface PowerShellRequest {
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly judgement: Judgement;
  /** Whether it is made only where IMDSv2 has failed. */
  readonly isFallback?: boolean;
  /** Where a parameter can be put in, behind the name of the command. */
  readonly at?: number;
  /** Whether other statements need what it is now: nobody can tell here how to write it. */
  readonly isWhole?: boolean;
}

const WEB_COMMANDS = /^(?:invoke-restmethod|invoke-webrequest|irm|iwr|curl|wget|start-bitstransfer)$/;
const WEB_METHODS = /^(?:downloadstring|downloaddata|downloadfile|openread|getstringasync|getasync|getstreamasync|downloadstringtaskasync|uploadstring|putasync|sendasync|getresponse)$/;
const DEEPEST = 24;
const MOST = 6;
const MOST_ALTERNATIVES = 100;

/** Goes through a PowerShell script. */
export function scanPowerShell(text: string): readonly PowerShellRequest[] {
  return scanAt(text, 0, 0);
}

/** Commands that write a script somewhere, or run it. */
const WRITES = /^(?:out-file|set-content|add-content|new-item|invoke-expression|iex|register-scheduledtask|invoke-command|start-process|tee-object|new-scheduledtaskaction|powershell|powershell\.exe|pwsh|pwsh\.exe|cmd|cmd\.exe|schtasks|schtasks\.exe)$/;
/** The script in the arguments of a program: `-NoProfile -Command "..."`. */
const IN_ARGUMENTS = /(?:^|\s)-c(?:o\w*)?\s+(["']?)([\s\S]*)\1\s*$/i;
const MOST_NESTED = 20;

function scanAt(text: string, offset: number, depth: number): readonly PowerShellRequest[] {
  const program = readProgram(text, offset);
  const own = new PowerShellReader(program, text).requests();
  if (depth > 2 || !program.commands.some(({ name }) => WRITES.test(name))) { return own; }
  const nested = program.scripts.slice(0, MOST_NESTED).map(inArguments).flatMap(script => scanAt(script.text, script.pos, depth + 1));
  return [...own, ...nested];
}

function inArguments(script: { readonly text: string; readonly pos: number }): { readonly text: string; readonly pos: number } {
  const [, , text] = /^\s*-/.test(script.text) ? IN_ARGUMENTS.exec(script.text) ?? [] : [];
  return text === undefined ? script : { text, pos: script.pos + script.text.lastIndexOf(text) };
}

class PowerShellReader {
  private readonly known = new Map<Expression, readonly string[]>();
  private readonly names = new Map<string, readonly string[]>();
  private readonly callsOf = new Map<string, CommandExpression[]>();
  private depth = 0;
  private readonly asksForTokens: boolean;

  public constructor(private readonly program: Program, text: string) {
    this.asksForTokens = text.includes('/api/token');
    for (const command of program.commands) {
      if (program.functions.has(command.name)) { this.callsOf.set(command.name, [...this.callsOf.get(command.name)?.slice(0, MOST) ?? [], command]); }
    }
  }

  public requests(): PowerShellRequest[] {
    const all = [
      ...this.program.commands.flatMap(command => this.commandRequests(command)),
      ...this.program.members.flatMap(member => this.memberRequests(member)),
    ].sort((first, second) => first.pos - second.pos);
    const lastResorts = this.lastResorts(all);
    return lastResorts.length === 0 ? all : all.map(request => ({ ...request, isFallback: lastResorts.some(block => isIn(block, request.pos)) }));
  }

  /** The blocks that are run where another one has tried IMDSv2. */
  private lastResorts(all: readonly PowerShellRequest[]): readonly Block[] {
    const tries = all.filter(({ judgement }) => judgement.kind !== 'v1');
    const triesIn = (block: Block) => tries.some(({ pos }) => isIn(block, pos));
    return this.program.alternatives.slice(0, MOST_ALTERNATIVES).flatMap(({ first, second, kind }) =>
      [...triesIn(first) ? [second] : [], ...kind === 'if' && triesIn(second) ? [first] : []]);
  }

  private commandRequests(command: CommandExpression): PowerShellRequest[] {
    const sent = this.sentBy(command);
    return (sent?.urls ?? []).flatMap(url => {
      const judgement = judgeRequest({ url, method: sent!.method, headers: sent!.headers, mayHaveOthers: sent!.isOpen });
      return judgement ? [{ pos: command.pos, end: command.end, client: command.name, url: shown(url), judgement, at: command.nameEnd }] : [];
    });
  }

  private sentBy(command: CommandExpression): { urls: readonly string[]; method: string; headers: readonly string[]; isOpen: boolean } | undefined {
    const { name, args } = command;
    if (/^(?:curl|wget)\.exe$/.test(name) || (name === 'curl' && args.some(arg => /^(?:s|ss|fss|x|h)$/i.test(arg.name ?? '')))) {
      const [transfer] = CLIENTS.get(name.replace('.exe', ''))!.read(this.argv(command), NO_FILES);
      return transfer && { urls: [transfer.url], method: transfer.method, headers: transfer.headers, isOpen: transfer.mayHaveOthers === true };
    }
    if (!WEB_COMMANDS.test(name) || this.program.functions.has(name)) { return undefined; }
    const splats = args.filter(arg => arg.name === undefined && arg.value?.kind === 'variable').flatMap(({ value }) => this.mapOf(value as Expression));
    const find = (...wanted: string[]) => args.find(arg => wanted.some(each => isParameter(arg.name, each)))?.value
      ?? splats.find(([key]) => wanted.includes(this.texts(key)[0].toLowerCase()))?.[1];
    const url = find('uri', 'url', 'source') ?? args.find(arg => arg.name === undefined && arg.value && !this.isSplat(arg.value))?.value;
    if (!url) { return undefined; }
    const headers = find('headers');
    const entries = headers ? this.mapOf(headers) : [];
    const method = find('method');
    const session = find('websession');
    return {
      urls: this.texts(url),
      method: method ? this.texts(method)[0] : 'GET',
      headers: entries.flatMap(([key, value]) => this.headerTexts(key, value)),
      isOpen: (headers !== undefined && entries.length === 0) || session !== undefined,
    };
  }

  private isSplat(value: Expression): boolean {
    return value.kind === 'variable' && this.mapOf(value).length > 0;
  }

  private argv({ args }: CommandExpression): string[] {
    return args.flatMap(({ name, value }) => [...name === undefined ? [] : [name.length > 2 && !/^(?:ss|fss|ssl)$/.test(name) ? `-${name}` : `-${name.length === 1 && /x|h/.test(name) ? name.toUpperCase() : name}`], ...value ? [this.texts(value)[0]] : []]);
  }

  private memberRequests(member: MemberExpression): PowerShellRequest[] {
    if (member.name === 'open' && member.args && member.args.length > 1) { return this.openedRequests(member, member.args); }
    const isCreate = member.name === 'create' && member.of.kind === 'type' && /webrequest$/.test(member.of.name);
    if (!isCreate && !WEB_METHODS.test(member.name)) { return []; }
    const urls = member.args?.[0] ? this.texts(member.args[0]) : [];
    const owner = isCreate ? this.ownerOf(member) : rootOf(member.of);
    const headers = this.addedTo(owner);
    const method = isCreate ? this.methodOf(owner) : /^(?:uploadstring|putasync)$/.test(member.name) ? this.texts(member.args?.[1] ?? member.of)[0] : 'GET';
    return urls.flatMap(url => {
      const judgement = judgeRequest({ url, method, headers });
      return judgement ? [{ pos: member.pos, end: member.end, client: isCreate ? 'WebRequest' : 'WebClient', url: shown(url), judgement, isWhole: !/^(?:downloadstring|getstringasync|downloadstringtaskasync)$/.test(member.name) }] : [];
    });
  }

  /** An object of COM is told the method first, and its headers later. */
  private openedRequests(member: MemberExpression, [method, url]: readonly Expression[]): PowerShellRequest[] {
    const owner = rootOf(member.of);
    const headers = this.program.members.filter(({ name, of, args }) => name === 'setrequestheader' && args?.length === 2 && rootOf(of) === owner)
      .slice(0, 20).flatMap(({ args }) => this.headerTexts(args![0], args![1]));
    return this.texts(url).flatMap(each => {
      const judgement = judgeRequest({ url: each, method: this.texts(method)[0], headers });
      return judgement ? [{ pos: member.pos, end: member.end, client: 'XMLHTTP', url: shown(each), judgement, isWhole: true }] : [];
    });
  }

  /** The variable that is given what a member returns. */
  private ownerOf(member: MemberExpression): string | undefined {
    for (const [name, values] of this.program.given) {
      if (values.includes(member)) { return name; }
    }
    return undefined;
  }

  private methodOf(owner: string | undefined): string {
    const method = owner === undefined ? undefined : this.program.added.get(owner)?.find(([key]) => this.texts(key)[0] === 'method');
    return method ? this.texts(method[1])[0] : 'GET';
  }

  private addedTo(name: string | undefined): string[] {
    if (name === undefined) { return []; }
    return (this.program.added.get(name) ?? []).slice(0, 20).flatMap(([key, value]) =>
      this.texts(key)[0] === 'headers' ? this.mapOf(value).flatMap(entry => this.headerTexts(...entry)) : this.headerTexts(key, value));
  }

  private headerTexts(key: Expression, value: Expression): string[] {
    return this.texts(key).slice(0, 2).flatMap(name => this.texts(value).slice(0, MOST).map(each => `${name}: ${each}`));
  }

  /** The entries of a map, wherever it is written. */
  private mapOf(expression: Expression, depth = 0): readonly (readonly [Expression, Expression])[] {
    if (depth > 6) { return []; }
    if (expression.kind === 'map') { return expression.entries; }
    if (expression.kind === 'sum') { return [...this.mapOf(expression.left, depth + 1), ...this.mapOf(expression.right, depth + 1)]; }
    if (expression.kind === 'variable') {
      const given = (this.program.given.get(expression.name) ?? []).slice(0, MOST).flatMap(each => this.mapOf(each, depth + 1));
      const added = this.program.added.get(expression.name)?.slice(0, 20) ?? [];
      const passed = this.passedTo(expression.name).flatMap(each => this.mapOf(each, depth + 1));
      return [...given, ...added, ...passed];
    }
    if (expression.kind === 'command') { return this.program.functions.get(expression.name)?.results.slice(0, MOST).flatMap(each => this.mapOf(each, depth + 1)) ?? []; }
    return [];
  }

  private texts(expression: Expression): readonly string[] {
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
    if (member.name === 'create' || WEB_METHODS.test(member.name)) {
      const [request] = this.memberRequests(member);
      return [answerTo(request?.judgement)];
    }
    const entry = member.of.kind === 'variable' && !member.args ? this.entryOf(member.of.name, member.name) : undefined;
    if (entry) { return this.texts(entry); }
    const of = this.texts(member.of);
    if (of.some(text => hasToken(text) || text.includes(NO_TOKEN))) { return of; }
    return /^(?:trim|tostring|trimend|tolower)$/.test(member.name) ? of : [UNKNOWN];
  }

  private commandTexts(command: CommandExpression): readonly string[] {
    const sent = this.sentBy(command);
    if (sent) {
      const { method, headers, isOpen } = sent;
      return sent.urls.map(url => answerTo(judgeRequest({ url, method, headers, mayHaveOthers: isOpen })));
    }
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
    const all = [...(this.program.given.get(name) ?? []).slice(0, MOST), ...this.passedTo(name)].flatMap(each => this.texts(each));
    const tokens = all.filter(hasToken);
    const texts = tokens.length > 0 ? tokens : all;
    // What is named once in the whole script, nothing in it sets.
    const otherwise = this.program.uses.get(name) === 1 && this.asksForTokens ? NEVER_SET : UNKNOWN;
    const result = texts.length > 0 ? [...new Set(texts)].slice(0, MOST) : [otherwise];
    this.names.set(name, result);
    return result;
  }

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

  private expanded(text: string): readonly string[] {
    let texts: readonly string[] = [''];
    let from = 0;
    for (const { 0: whole, 1: escape, 2: braced, 3: name, 4: inside, index } of text.matchAll(/`([\s\S])|\$\{([^{}]*)\}|\$((?:\w+:)?\w+)|\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
      const variable = (braced ?? name)?.replace(/^(?:script|global|local|private|using):/i, '').toLowerCase();
      const value = escape !== undefined ? [({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[escape] ?? escape] : variable !== undefined ? this.named(variable) : this.insideText(inside);
      texts = pairs(texts.map(each => each + text.slice(from, index)), value);
      from = index + whole.length;
    }
    return texts.map(each => each + text.slice(from));
  }

  private insideText(text: string): readonly string[] {
    const [, variable, key] = /^\s*\$(\w+)(?:\.(\w+))*\s*$/.exec(text) ?? [];
    const entry = key ? this.entryOf(variable.toLowerCase(), key.toLowerCase()) : undefined;
    if (entry) { return this.texts(entry); }
    return variable ? this.named(variable.toLowerCase()).map(each => each) : [UNKNOWN];
  }

  /** What a map has under a key. */
  private entryOf(variable: string, key: string): Expression | undefined {
    const given = this.program.given.get(variable)?.find(each => each.kind === 'map');
    return given && this.mapOf(given).find(([name]) => this.texts(name)[0].toLowerCase() === key)?.[1];
  }

  private formatted(left: Expression, right: Expression): readonly string[] {
    const values = right.kind === 'list' ? right.elements.map(each => this.texts(each)[0]) : this.texts(right);
    return this.texts(left).map(text => text.replace(/\{(\d+)(?:[^\d{}][^{}]*)?\}/g, (_, index: string) => values[Number(index)] ?? UNKNOWN));
  }
}

function isIn({ from, to }: Block, position: number): boolean {
  return position >= from && position < to;
}

/** A parameter may be shortened. */
function isParameter(name: string | undefined, wanted: string): boolean {
  return name !== undefined && (name === wanted || (name.length > 1 && wanted.startsWith(name)));
}

const NO_FILES = { textOf: () => undefined, inHome: () => undefined, isAlias: () => false, stdin: undefined };

function pairs(first: readonly string[], second: readonly string[]): readonly string[] {
  return first.flatMap(left => second.map(right => (left + right).slice(0, 8_192))).slice(0, MOST);
}
