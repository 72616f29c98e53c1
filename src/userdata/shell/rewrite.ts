import type { FoundCall } from './trail';

/** A change of a text. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
}

/** What makes calls of a script IMDSv2. */
export interface Rewriting {
  /** The calls, each as it should be. */
  readonly commands: ReadonlyMap<FoundCall, string>;
  /** Those that use the variable which the token is put into. */
  readonly usesVariable: ReadonlySet<FoundCall>;
  /** What fetches the token, where the script has none. */
  readonly tokenCommand?: string;
  /** The whole script with all of it. */
  readonly script: string;
}

const HEADER = 'X-aws-ec2-metadata-token';
/** Why a call is IMDSv1 that sends the right header. */
const SENDS_HEADER: ReadonlySet<FoundCall['reason']> = new Set(['failed token', 'empty token', 'name of a variable']);
const IN_COMMAND = /(X-aws-ec2-metadata-token:[ \t]*)([^"'\s]*)/i;

/** Writes the calls of a script for IMDSv2: with a token that the script has, or with one that is fetched before the first call. */
export function rewriteCalls(text: string, calls: readonly FoundCall[]): Rewriting {
  const variable = ['IMDS_TOKEN', 'IMDS_SESSION_TOKEN', 'IMDSV2_SESSION_TOKEN'].find(name => !text.includes(name)) ?? 'CDK_IMDS_TOKEN';
  const own = calls.filter(call => call.rewritten === undefined);
  const command = tokenCommand(own);
  const commands = new Map<FoundCall, string>();
  const usesVariable = new Set<FoundCall>();
  const edits: Edit[] = [];
  const starts = new Map<FoundCall['script'], number>();
  for (const call of calls) {
    if (call.rewritten !== undefined) {
      commands.set(call, call.rewritten);
      const start = call.source.editablePosition(call.pos);
      const end = call.source.editablePosition(call.end);
      if (start !== undefined && end !== undefined) { edits.push({ at: start, removed: end - start, text: call.source.quoted(call.rewritten) }); }
      continue;
    }
    const isInline = call.isOneLiner || call.source !== call.script;
    const value = call.tokenNames.length > 0 ? `$${call.tokenNames[0]}` : isInline ? `$(${command})` : `$${variable}`;
    const edit = editOf(call, value);
    if (!edit) { continue; }
    const { text: script } = call.source;
    commands.set(call, script.slice(call.pos, edit.at) + edit.text + script.slice(edit.at + edit.removed, call.end));
    const at = call.source.editablePosition(edit.at);
    if (at !== undefined) { edits.push({ at, removed: edit.removed, text: call.source.quoted(edit.text) }); }
    if (value === `$${variable}`) {
      usesVariable.add(call);
      starts.set(call.script, Math.min(starts.get(call.script) ?? Infinity, call.statement));
    }
  }
  for (const [script, start] of starts) {
    const at = script.editablePosition(start);
    if (at !== undefined) { edits.push({ at, removed: 0, text: script.quoted(`${variable}=$(${command})\n`) }); }
  }
  return { commands, usesVariable, tokenCommand: starts.size > 0 ? `${variable}=$(${command})` : undefined, script: edited(text, edits) };
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

/** A request that is written out by hand gets its header in front of the empty line. */
function socketEdit(call: FoundCall, command: string, value: string): Edit | undefined {
  const end = /((?:\\r)?\\n)((?:\\r)?\\n)/.exec(command);
  if (!end) { return undefined; }
  const line = isInSingleQuotes(command.slice(0, end.index)) ? `${HEADER}: '"${value}"'${end[1]}` : `${HEADER}: ${value}${end[1]}`;
  return { at: call.pos + end.index + end[1].length, removed: 0, text: line };
}

/** Whether what follows is in single quotes, in which there is no variable. */
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
