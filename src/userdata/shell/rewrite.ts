import type { Source } from './text/source';
import type { FoundCall } from './trail';

/** A change of a text. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
}

/** The calls of a script, written for IMDSv2. */
export interface Rewriting {
  /** Each call with its new command. */
  readonly commands: ReadonlyMap<FoundCall, string>;
  /** The calls that use the variable with the token. */
  readonly usesVariable: ReadonlySet<FoundCall>;
  /** The command that fetches the token, if the script has no token. */
  readonly tokenCommand?: string;
  /** The whole script with all changes. */
  readonly script: string;
}

const HEADER = 'X-aws-ec2-metadata-token';
/** The reasons of calls that already have the right header, with a wrong value. */
const SENDS_HEADER: ReadonlySet<FoundCall['reason']> = new Set(['failed token', 'empty token', 'name of a variable']);
const IN_COMMAND = /(X-aws-ec2-metadata-token:[ \t]*)([^"'\s]*)/i;

/** Writes the calls of a script for IMDSv2. They use a token of the script, or one that is fetched before the first call. */
export function rewriteCalls(text: string, calls: readonly FoundCall[]): Rewriting {
  const rewriter = new Rewriter(text, calls);
  for (const call of calls) { rewriter.rewrite(call); }
  return rewriter.result();
}

class Rewriter {
  private readonly commands = new Map<FoundCall, string>();
  private readonly usesVariable = new Set<FoundCall>();
  private readonly edits: Edit[] = [];
  /** The first statement of each script that needs the token. */
  private readonly starts = new Map<FoundCall['script'], number>();
  /** The variable for the token, and the command that fetches it. */
  private readonly variable: string;
  private readonly command: string;

  public constructor(private readonly text: string, calls: readonly FoundCall[]) {
    this.variable = ['IMDS_TOKEN', 'IMDS_SESSION_TOKEN', 'IMDSV2_SESSION_TOKEN'].find(name => !text.includes(name)) ?? 'CDK_IMDS_TOKEN';
    this.command = tokenCommand(calls.filter(call => call.rewritten === undefined));
  }

  public rewrite(call: FoundCall): void {
    if (call.rewritten !== undefined) {
      this.replace(call, { at: call.pos, removed: call.end - call.pos, text: call.rewritten });
      return;
    }
    const isOwnToken = call.tokenNames.length > 0;
    const isInline = call.isOneLiner || call.source !== call.script;
    const value = isOwnToken ? `$${call.tokenNames[0]}` : isInline ? `$(${this.command})` : `$${this.variable}`;
    const edit = editOf(call, value);
    if (!edit) { return; }
    this.replace(call, edit);
    if (value === `$${this.variable}`) {
      this.usesVariable.add(call);
      this.starts.set(call.script, Math.min(this.starts.get(call.script) ?? Infinity, call.statement));
    }
  }

  public result(): Rewriting {
    const fetch = `${this.variable}=$(${this.command})`;
    for (const [script, start] of this.starts) { this.edit(script, { at: start, removed: 0, text: `${fetch}\n` }); }
    const { commands, usesVariable } = this;
    return { commands, usesVariable, tokenCommand: this.starts.size > 0 ? fetch : undefined, script: edited(this.text, this.edits) };
  }

  private replace(call: FoundCall, edit: Edit): void {
    const { source: { text }, pos, end } = call;
    this.commands.set(call, text.slice(pos, edit.at) + edit.text + text.slice(edit.at + edit.removed, end));
    this.edit(call.source, edit);
  }

  /** Notes a change, if the place is in the given text. */
  private edit(source: Source, { at, removed, text }: Edit): void {
    const start = source.editablePosition(at);
    const end = source.editablePosition(at + removed);
    if (start !== undefined && end !== undefined) { this.edits.push({ at: start, removed: end - start, text: source.quoted(text) }); }
  }
}

function tokenCommand(calls: readonly FoundCall[]): string {
  const url = calls.every(call => call.url.includes('[')) && calls.length > 0 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254';
  const lifetime = `"${HEADER}-ttl-seconds: 21600"`;
  return calls.length > 0 && calls.every(({ client }) => client === 'wget')
    ? `wget -qO- --method=PUT --header ${lifetime} ${url}/latest/api/token`
    : `curl -sS -X PUT -H ${lifetime} ${url}/latest/api/token`;
}

function editOf(call: FoundCall, value: string): Edit | undefined {
  const command = call.source.text.slice(call.pos, call.end);
  const sent = SENDS_HEADER.has(call.reason) ? IN_COMMAND.exec(command) : null;
  if (sent) {
    const at = sent.index + sent[1].length;
    return { at: call.pos + at, removed: sent[2].length, text: isInSingleQuotes(command.slice(0, at)) ? `'"${value}"'` : value };
  }
  if (call.client === '/dev/tcp' || /^(?:nc|ncat|netcat|telnet|socat)$/.test(call.client)) { return socketEdit(call, command, value); }
  if (!call.repair) { return undefined; }
  const { at, header } = call.repair;
  return { at, removed: 0, text: ` ${header(/^https?$|^xh$/.test(call.client) ? `"${HEADER}:${value}"` : `"${HEADER}: ${value}"`)}` };
}

/** A request in plain text gets its header before the empty line. */
function socketEdit(call: FoundCall, command: string, value: string): Edit | undefined {
  const end = /((?:\\r)?\\n)((?:\\r)?\\n)/.exec(command);
  if (!end) { return undefined; }
  const line = isInSingleQuotes(command.slice(0, end.index)) ? `${HEADER}: '"${value}"'${end[1]}` : `${HEADER}: ${value}${end[1]}`;
  return { at: call.pos + end.index + end[1].length, removed: 0, text: line };
}

/** Whether the next character is in single quotes, where variables are not expanded. */
function isInSingleQuotes(before: string): boolean {
  const plain = before.replace(/\\['"]/g, '');
  return (plain.match(/'/g)?.length ?? 0) % 2 === 1 && (plain.match(/"/g)?.length ?? 0) % 2 === 0;
}

function edited(text: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((first, second) => first.at - second.at);
  let result = '';
  let from = 0;
  for (const { at, removed, text: put } of inOrder) {
    if (at < from) { continue; }
    result += text.slice(from, at) + put;
    from = at + removed;
  }
  return result + text.slice(from);
}
