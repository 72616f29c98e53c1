import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, NOTHING } from '../../request/possible-text';
import { inOwnScope } from '../flow/ways';
import type { ShellRun } from '../shell-run';
import { BUILTINS } from './builtins/builtins';
import { CLIENTS } from './clients/other-clients';
import { isOldTool, noteDownload, noteFetched, runOldTool } from './downloads';
import { FILTERS } from './filters';
import { INTERPRETERS } from './interpreters';
import type { Invocation } from './invocation';
import { runClient } from './requests';
import { noteUnknown } from './unknown-programs';
import { inner } from './wrappers';

/** Commands that print, compare or install their arguments, and run none of them. */
const SAYS_ONLY = new Set(`echo printf logger grep egrep fgrep sed awk gawk test [ [[ : true false yum dnf apt apt-get apk pip pip3 npm rpm dpkg brew zypper
  which type hash man info expr basename dirname rm cp mv mkdir chmod chown ls ln touch cat head tail sort uniq wc cut tr iptables ip6tables ip nft ufw route firewall-cmd
  systemctl service kill killall pkill pgrep ping dig nslookup host traceroute nc ncat netcat telnet jq aws`.split(/\s+/));
/** Commands that only prepare a script. */
const PREPARES = new Set('set shopt export local declare typeset readonly source . : true umask alias unalias unset trap ulimit'.split(' '));

/** Runs a command whose words are expanded. */
export function callCommand(run: ShellRun, call: Invocation): PossibleText {
  const { argv } = call;
  run.world.called?.(call, run);
  const name = argv[0].replace(/^.*\//, '').replace(/^\\/, '');
  const called = run.functions.get(argv[0]);
  run.written = undefined;
  if (!run.functions.areRunning && (called || !PREPARES.has(name))) { run.actions += 1; }
  if (called) { return run.functions.call(called, argv.slice(1), call); }
  if (/^[\uE000\uE002]+$/.test(argv[0]) && !run.functions.areRunning) { run.functions.callUncalled(); }
  const wrapped = inner(name, call);
  return wrapped ? runWrapped(run, name, wrapped) : runProgram(run, name, call);
}

/** The command behind `sudo` or a similar command. After `exec`, the script ends. */
function runWrapped(run: ShellRun, name: string, wrapped: Invocation): PossibleText {
  if (wrapped.argv.length === 0) { return NOTHING; }
  const output = inNewEnvironment(run, wrapped);
  if (name === 'exec') { run.end = 'script'; }
  return output;
}

function runProgram(run: ShellRun, name: string, call: Invocation): PossibleText {
  const { argv } = call;
  const client = CLIENTS.get(name);
  if (client) { return runClient(run, call, client, name); }
  if (isOldTool(run, name)) { return runOldTool(run, call); }
  const command = BUILTINS.get(name) ?? INTERPRETERS.get(name) ?? FILTERS.get(name);
  if (command) { return command(run, call); }
  if (name === 'aws' && argv[1] === 's3' && argv[2] === 'cp') { noteDownload(run, argv[3] ?? '', argv[4]); }
  noteFetched(run, run.world.trail.downloads.get(argv[0]));
  if (isWrittenFile(run, argv[0])) { return INTERPRETERS.get('sh')!(run, { ...call, argv: ['sh', ...argv], words: [undefined, ...call.words] }); }
  return SAYS_ONLY.has(name) ? ANYTHING : findClient(run, call);
}

/** The variables that `env` and `sudo` set are local to their command. */
function inNewEnvironment(run: ShellRun, call: Invocation): PossibleText {
  let count = 0;
  while (/^[A-Za-z_]\w*=/.test(call.argv[count] ?? '')) { count += 1; }
  if (count === 0) { return callCommand(run, call); }
  const rest = { ...call, argv: call.argv.slice(count), words: call.words.slice(count) };
  return inOwnScope(run, () => {
    for (const setting of call.argv.slice(0, count)) {
      const name = setting.slice(0, setting.indexOf('='));
      run.scope.set(name, [setting.slice(name.length + 1)]);
      run.scope.export(name);
    }
    return rest.argv.length > 0 ? callCommand(run, rest) : NOTHING;
  });
}

function isWrittenFile(run: ShellRun, path: string): boolean {
  return path.includes('/') && (run.world.files.get(path)?.sources.length ?? 0) > 0;
}

/** An unknown program can run a client that is among its arguments: `retry 5 curl ...`. */
function findClient(run: ShellRun, call: Invocation): PossibleText {
  const at = call.argv.findIndex((arg, index) => index > 0 && (CLIENTS.has(arg.replace(/^.*\/(?=[\w.]+$)/, '')) || run.functions.get(arg) || /^(?:ba|da|z)?sh$/.test(arg)));
  if (at < 0 || at > 40) {
    noteUnknown(run, call);
    return ANYTHING;
  }
  const argv = call.argv.slice(at);
  const isShell = !CLIENTS.has(argv[0].replace(/^.*\//, '')) && !run.functions.get(argv[0]);
  if (isShell && argv[1]?.startsWith('-') !== true) { return ANYTHING; }
  return callCommand(run, { ...call, argv, words: call.words.slice(at) });
}
