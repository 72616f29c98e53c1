import type { Judgement, Request } from '../request/judge-request';
import { answerTo, judgeRequest } from '../request/judge-request';
import { shown } from '../request/possible-text';
import { CLIENTS } from '../shell/commands/clients/other-clients';
import type { CommandArgument, CommandExpression, Expression, MemberExpression } from './expressions';
import { rootOf } from './expressions';
import type { Program } from './program';
import type { Answers } from './values';
import { Values } from './values';

/** A request in a PowerShell script. */
export interface PowerShellRequest {
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly judgement: Judgement;
  /** Whether the script makes it only after IMDSv2 has failed. */
  readonly isFallback?: boolean;
  /** The position after the name of the command, where a parameter can be inserted. */
  readonly at?: number;
  /** Whether other statements depend on this one, so that it cannot be rewritten by itself. */
  readonly isWhole?: boolean;
}

const WEB_COMMANDS = /^(?:invoke-restmethod|invoke-webrequest|irm|iwr|curl|wget|start-bitstransfer)$/;
const WEB_METHODS = /^(?:downloadstring|downloaddata|downloadfile|openread|getstringasync|getasync|getstreamasync|downloadstringtaskasync|uploadstring|putasync|sendasync|getresponse)$/;
/** Methods that return the response as a text. */
const TEXT_METHODS = /^(?:downloadstring|getstringasync|downloadstringtaskasync)$/;
/** The most headers of a COM object that are read. */
const MOST_HEADERS = 20;
const NO_FILES = { textOf: () => undefined, inHome: () => undefined, isAlias: () => false, stdin: undefined };

/** What a command sends, to any of several possible addresses. */
interface Sent extends Omit<Request, 'url'> {
  readonly urls: readonly string[];
}

/** Finds the requests of a script: those of commands, and of .NET and COM objects. */
export class RequestReader implements Answers {
  private readonly values: Values;

  public constructor(private readonly program: Program, text: string) {
    this.values = new Values(program, text.includes('/api/token'), this);
  }

  /** All requests, in order. */
  public all(): PowerShellRequest[] {
    const { commands, members } = this.program;
    return [...commands.flatMap(each => this.ofCommand(each)), ...members.flatMap(each => this.ofMember(each))]
      .sort((first, second) => first.pos - second.pos);
  }

  public toCommand(command: CommandExpression): readonly string[] | undefined {
    const sent = this.sentBy(command);
    return sent?.urls.map(url => answerTo(judgeRequest({ ...sent, url })));
  }

  public toMember(member: MemberExpression): readonly string[] | undefined {
    return member.name === 'create' || WEB_METHODS.test(member.name) ? [answerTo(this.ofMember(member)[0]?.judgement)] : undefined;
  }

  private ofCommand(command: CommandExpression): PowerShellRequest[] {
    const { pos, end, name, nameEnd } = command;
    const sent = this.sentBy(command);
    return sent ? judged(sent, (url, judgement) => ({ pos, end, client: name, url, judgement, at: nameEnd })) : [];
  }

  private sentBy(command: CommandExpression): Sent | undefined {
    const { name, args } = command;
    if (/^(?:curl|wget)\.exe$/.test(name) || (name === 'curl' && args.some(arg => /^(?:s|ss|fss|x|h)$/i.test(arg.name ?? '')))) { return this.sentByProgram(command); }
    return WEB_COMMANDS.test(name) && !this.program.functions.has(name) ? this.sentByCmdlet(args) : undefined;
  }

  /** A request of the programs curl or wget. The cmdlet aliases with these names do not belong here. */
  private sentByProgram({ name, args }: CommandExpression): Sent | undefined {
    const argv = args.flatMap(arg => [...arg.name === undefined ? [] : [optionOf(arg.name)], ...arg.value ? [this.values.texts(arg.value)[0]] : []]);
    const [transfer] = CLIENTS.get(name.replace('.exe', ''))!.read(argv, NO_FILES);
    return transfer && { urls: [transfer.url], method: transfer.method, headers: transfer.headers, mayHaveOthers: transfer.mayHaveOthers };
  }

  private sentByCmdlet(args: readonly CommandArgument[]): Sent | undefined {
    const splats = args.filter(arg => arg.name === undefined && arg.value?.kind === 'variable').flatMap(({ value }) => this.values.mapOf(value as Expression));
    const find = (...wanted: string[]) => args.find(arg => wanted.some(each => isParameter(arg.name, each)))?.value
      ?? splats.find(([key]) => wanted.includes(this.values.texts(key)[0].toLowerCase()))?.[1];
    const url = find('uri', 'url', 'source') ?? args.find(arg => arg.name === undefined && arg.value && !this.isSplat(arg.value))?.value;
    if (!url) { return undefined; }
    const headers = find('headers');
    const entries = headers ? this.values.mapOf(headers) : [];
    const method = find('method');
    const session = find('websession');
    return {
      urls: this.values.texts(url),
      method: method ? this.values.texts(method)[0] : 'GET',
      headers: [...entries.flatMap(([key, value]) => this.values.headerTexts(key, value)), ...session?.kind === 'variable' ? this.values.headersAddedTo(session.name) : []],
      mayHaveOthers: (headers !== undefined && entries.length === 0) || session !== undefined,
    };
  }

  private isSplat(value: Expression): boolean {
    return value.kind === 'variable' && this.values.mapOf(value).length > 0;
  }

  private ofMember(member: MemberExpression): PowerShellRequest[] {
    const { pos, end, name, args, of } = member;
    if (name === 'open' && args && args.length > 1) { return this.ofOpened(member, args); }
    const isCreate = name === 'create' && of.kind === 'type' && /webrequest$/.test(of.name);
    if (!isCreate && !WEB_METHODS.test(name)) { return []; }
    const urls = args?.[0] ? this.values.texts(args[0]) : [];
    const owner = isCreate ? this.ownerOf(member) : rootOf(of);
    const headers = owner === undefined ? [] : this.values.headersAddedTo(owner);
    const method = isCreate ? this.methodOf(owner) : /^(?:uploadstring|putasync)$/.test(name) ? this.values.texts(args?.[1] ?? of)[0] : 'GET';
    return judged({ urls, method, headers }, (url, judgement) => ({
      pos, end, client: isCreate ? 'WebRequest' : 'WebClient', url, judgement, isWhole: !TEXT_METHODS.test(name),
    }));
  }

  /** A COM object gets the method and address first, in `open`, and the headers later. */
  private ofOpened({ pos, end, of: opened }: MemberExpression, [method, url]: readonly Expression[]): PowerShellRequest[] {
    const owner = rootOf(opened);
    const headers = this.program.members.filter(({ name, of, args }) => name === 'setrequestheader' && args?.length === 2 && rootOf(of) === owner)
      .slice(0, MOST_HEADERS).flatMap(({ args }) => this.values.headerTexts(args![0], args![1]));
    const sent = { urls: this.values.texts(url), method: this.values.texts(method)[0], headers };
    return judged(sent, (each, judgement) => ({ pos, end, client: 'XMLHTTP', url: each, judgement, isWhole: true }));
  }

  /** The variable that the result of a member is assigned to. */
  private ownerOf(member: MemberExpression): string | undefined {
    for (const [name, values] of this.program.given) {
      if (values.includes(member)) { return name; }
    }
    return undefined;
  }

  /** The method that is set by `$request.Method = ...`. */
  private methodOf(owner: string | undefined): string {
    const method = owner === undefined ? undefined : this.program.added.get(owner)?.find(([key]) => this.values.texts(key)[0] === 'method');
    return method ? this.values.texts(method[1])[0] : 'GET';
  }
}

/** Judges what is sent, and returns the requests to the metadata service. */
function judged({ urls, ...request }: Sent, found: (url: string, judgement: Judgement) => PowerShellRequest): PowerShellRequest[] {
  return urls.flatMap(url => {
    const judgement = judgeRequest({ ...request, url });
    return judgement ? [found(shown(url), judgement)] : [];
  });
}

/** An option of curl, which was read as a PowerShell parameter. */
function optionOf(name: string): string {
  if (name.length > 2 && !/^(?:ss|fss|ssl)$/.test(name)) { return `-${name}`; }
  return `-${/^[xh]$/.test(name) ? name.toUpperCase() : name}`;
}

/** Whether a name is the wanted parameter. PowerShell accepts shortened names. */
function isParameter(name: string | undefined, wanted: string): boolean {
  return name !== undefined && (name === wanted || (name.length > 1 && wanted.startsWith(name)));
}
