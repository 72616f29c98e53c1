import { judgeRequest } from '../request/judge-request';
import type { PossibleText } from '../request/possible-text';
import { ANYTHING, NOTHING, NO_TOKEN, TOKEN, UNKNOWN, hasToken, isKnown, oneOfAll, shown } from '../request/possible-text';
import { BUILTINS } from './builtins';
import type { Client } from './clients/other-clients';
import { CLIENTS } from './clients/other-clients';
import type { ClientFiles } from './clients/transfer';
import { FILTERS } from './filters';
import { INTERPRETERS, noteFetched } from './interpreters';
import type { Caller, Invocation } from './invocation';
import type { ShellRun } from './shell-run';
import type { Source } from './source';
import type { FoundCall } from './trail';
import { inner } from './wrappers';

/** What a command does, as far as it matters here; what it writes. */
export interface RunCommand {
  (run: ShellRun, call: Invocation): PossibleText;
}

/** Commands that say, compare or install what their arguments name, and run none of it. */
const SAYS_ONLY = new Set(`echo printf logger grep egrep fgrep sed awk gawk test [ [[ : true false yum dnf apt apt-get apk pip pip3 npm rpm dpkg brew zypper
  which type hash man info rm cp mv mkdir chmod chown ls ln touch cat head tail sort uniq wc cut tr iptables ip6tables ip nft ufw route firewall-cmd
  systemctl service kill killall pkill pgrep ping dig nslookup host traceroute nc ncat netcat telnet jq aws`.split(/\s+/));
/** What is done before a script does anything. */
const PREPARES = new Set('set shopt export local declare typeset readonly source . : true umask alias unalias unset trap ulimit'.split(' '));

/** The script that the EC2 team published in 2008: a host that has its own `ec2-metadata` has one that sends tokens. */
const OLD_TOOL = { name: 'ec2-metadata', source: /\bs3[\w.-]{0,80}\.amazonaws\.com\/(?:ec2metadata\/)?ec2-metadata$|\bec2metadata\.s3[\w.-]{0,80}\.amazonaws\.com\/ec2-metadata$/ };

/** Runs a command that has been expanded. */
export function callCommand(run: ShellRun, call: Invocation): PossibleText {
  const { argv } = call;
  const name = argv[0].replace(/^.*\//, '').replace(/^\\/, '');
  const isFunction = run.functions.has(argv[0]);
  run.written = undefined;
  if (!run.isInFunction && (isFunction || !PREPARES.has(name))) { run.actions += 1; }
  if (isFunction) { return run.callFunction(run.functions.get(argv[0])!, argv.slice(1), call); }
  if (/^[\uE000\uE002]+$/.test(argv[0]) && !run.isInFunction) { run.functions.forEach(each => run.called.has(each.name) || run.callFunction(each, undefined)); }
  const wrapped = inner(name, call);
  if (wrapped) {
    const output = wrapped.argv.length > 0 ? inNewEnvironment(run, wrapped) : NOTHING;
    if (name === 'exec' && wrapped.argv.length > 0) { run.endList('script'); }
    return output;
  }
  const client = CLIENTS.get(name);
  if (client) { return request(run, call, client, name); }
  if (name === OLD_TOOL.name && run.world.trail.downloads.get(OLD_TOOL.name)?.match(OLD_TOOL.source)) { return oldTool(run, call); }
  const command = BUILTINS.get(name) ?? INTERPRETERS.get(name) ?? FILTERS.get(name);
  if (command) { return command(run, call); }
  if (name === 'aws' && argv[1] === 's3' && argv[2] === 'cp') { noteDownload(run, argv[3] ?? '', argv[4]); }
  noteFetched(run, run.world.trail.downloads.get(argv[0]));
  if (isWrittenFile(run, argv[0])) { return INTERPRETERS.get('sh')!(run, { ...call, argv: ['sh', ...argv], words: [undefined, ...call.words] }); }
  return SAYS_ONLY.has(name) ? ANYTHING : findClient(run, call);
}

/** What `env` and `sudo` set is theirs. */
function inNewEnvironment(run: ShellRun, call: Invocation): PossibleText {
  let count = 0;
  while (/^[A-Za-z_]\w*=/.test(call.argv[count] ?? '')) { count += 1; }
  if (count === 0) { return callCommand(run, call); }
  const base = run.scope;
  run.scope = base.fork();
  for (const setting of call.argv.slice(0, count)) {
    const name = setting.slice(0, setting.indexOf('='));
    run.scope.set(name, [setting.slice(name.length + 1)]);
    run.scope.export(name);
  }
  const rest = { ...call, argv: call.argv.slice(count), words: call.words.slice(count) };
  const output = rest.argv.length > 0 ? callCommand(run, rest) : NOTHING;
  run.scope = base;
  return output;
}

function isWrittenFile(run: ShellRun, path: string): boolean {
  return path.includes('/') && (run.world.files.get(path)?.sources.length ?? 0) > 0;
}

/** A program that nobody knows here may run a client that it is given: `retry 5 curl ...`. */
function findClient(run: ShellRun, call: Invocation): PossibleText {
  const at = call.argv.findIndex((arg, index) => index > 0 && (CLIENTS.has(arg.replace(/^.*\/(?=[\w.]+$)/, '')) || run.functions.has(arg) || /^(?:ba|da|z)?sh$/.test(arg)));
  if (at < 0 || at > 40) { return ANYTHING; }
  const argv = call.argv.slice(at);
  const isShell = !CLIENTS.has(argv[0].replace(/^.*\//, '')) && !run.functions.has(argv[0]);
  if (isShell && argv[1]?.startsWith('-') !== true) { return ANYTHING; }
  return callCommand(run, { ...call, argv, words: call.words.slice(at) });
}

/** A request on the command line. */
function request(run: ShellRun, call: Invocation, client: Client, name: string): PossibleText {
  const outputs: string[] = [];
  for (const transfer of client.read(call.argv.slice(1), clientFiles(run, call))) {
    const judgement = judgeRequest(transfer);
    if (judgement) {
      run.world.trail.note(judgement, () => foundCall(run, call, { client: name.replace(/\.exe$/, ''), url: shown(transfer.url), header: client.header, operation: transfer.operation }));
    } else { noteDownload(run, transfer.url, transfer.output); }
    const answer = judgement?.kind === 'token' ? TOKEN : judgement?.kind === 'failed token' ? NO_TOKEN : UNKNOWN;
    if (transfer.output !== undefined) { run.writeFile(transfer.output, [answer], 'replace', undefined); }
    outputs.push(transfer.output !== undefined ? (transfer.writesOther ? UNKNOWN : '') : answer);
  }
  return outputs.length > 0 ? [outputs.join('')] : ANYTHING;
}

function noteDownload(run: ShellRun, from: string, to: string | undefined): void {
  const { downloads } = run.world.trail;
  if (to === undefined) { run.lastDownload = from; } else { downloads.set(to, from); }
  if (OLD_TOOL.source.test(from)) { downloads.set(OLD_TOOL.name, from); }
}

/** What the script has downloaded from there is older than IMDSv2, wherever it has put it. */
function oldTool(run: ShellRun, call: Invocation): PossibleText {
  const url = 'http://169.254.169.254/latest/meta-data';
  run.world.trail.note({ kind: 'v1', reason: 'old program', isCertain: true }, () => foundCall(run, call, { client: OLD_TOOL.name, url }));
  return ANYTHING;
}

/** All arguments of a function, or the last of them. */
const REST = /^"?\$(?:[@*]|\{[@*](?::\d+)?\})"?$/;

/** Where a command is written: a function that runs its arguments runs what its caller wrote. */
function originOf(call: Invocation, source: Source, caller: Caller | undefined): Pick<Invocation, 'node' | 'words'> & { readonly source: Source } {
  const { argv, node, words } = call;
  const from = caller ? caller.call.argv.length - argv.length : 0;
  const isPassedOn = caller && from > 0 && REST.test(words[0]?.text ?? '') && argv.every((arg, index) => caller.call.argv[from + index] === arg);
  if (!isPassedOn) { return { node, words, source }; }
  const passed = { ...caller.call, argv, words: caller.call.words.slice(from) };
  return originOf(passed, caller.source, caller.outer);
}

/** Where curl starts anew. */
function anew(words: Invocation['words']): Invocation['words'] {
  return words.filter(word => word?.text === '--next' || word?.text === '-:');
}

/** What is written down of an IMDSv1 call. */
export function foundCall(
  run: ShellRun, call: Invocation, what: { client: string; url: string; header?: (header: string) => string; operation?: number },
): Omit<FoundCall, 'reason' | 'header' | 'isCertain'> {
  const origin = originOf(call, run.source, run.caller);
  const { node, words } = origin;
  const word = what.client === 'http' || what.client === 'https' || what.client === 'xh' ? words[words.length - 1] : what.operation ? anew(words)[what.operation - 1] : words[0];
  const at = word?.end;
  return {
    source: origin.source,
    pos: node.pos,
    end: node.end,
    client: what.client,
    url: what.url,
    visits: [{ isGuarded: run.guards > 0 || run.afterAttempt }],
    repair: at !== undefined && what.header ? { at, header: what.header } : undefined,
    tokenNames: run.scope.tokenNames(),
    script: run.top,
    statement: run.statement,
    isOneLiner: run.isOneLiner,
  };
}

function clientFiles(run: ShellRun, call: Invocation): ClientFiles {
  const { files, aliases } = run.world;
  return {
    textOf: path => files.get(path)?.text[0],
    inHome: name => [...files.values()].find(({ path }) => path.endsWith(`/${name}`))?.text[0],
    isAlias: host => aliases.has(host),
    stdin: call.stdin?.text.join('\n'),
  };
}

/** What comes out of something that only changes what it reads: a token stays one. */
export function filtered({ stdin }: Invocation): PossibleText {
  if (!stdin) { return ANYTHING; }
  return oneOfAll(stdin.text.map(text => hasToken(text) ? TOKEN : text.includes(NO_TOKEN) ? NO_TOKEN : isKnown(text) && text.trim() === '' ? '' : UNKNOWN));
}
